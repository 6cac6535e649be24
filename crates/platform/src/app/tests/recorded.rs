//! What a visit from a telephone brings along: promises, needs, risks, who was told, what was looked at, signatures; and what
//! is refused or doubted, as on the page.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::Actor;
use serde_json::json;

use super::*;
use crate::access::{Asker, Enter, permit};
use crate::clients::{Clients, Person};
use crate::documents;

/// The page of what an entry wrote, as the station's manager sees it.
fn page(world: &World<'_>, path: &str) -> String {
    world.at(Role::StationManager).get(path).body
}

/// What a refused entry says, field by field.
fn faults(phone: &Phone, entry: &Value) -> Vec<(String, String)> {
    let (_, said) = phone.send("entries", &json!({ "entries": [entry] }));
    let one = &said["results"][0];
    assert_eq!((&one["state"], &one["code"]), (&json!("refused"), &json!("wrong_fields")), "{said}");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    one["said"].as_array().unwrap().iter().map(|said| (text(&said["field"]), text(&said["what"]))).collect()
}

/// Somebody under 18 in the household of station 1.
fn child(world: &World<'_>) -> Id {
    let write = |tx: &mut db::Tx<'_>| {
        let (_, mut person) = <Person as db::Record>::last(tx.conn(), station::id(1, 502))?.unwrap();
        person.id = station::id(1, 503);
        (person.name, person.born_on) = ("示例童".into(), "2015-05-01".parse().unwrap());
        person.id_number_hash = "hash of a child".into();
        person.id_number = db::Sealed::new(tx.keys(), "persons.id_number", &person.id, "x").unwrap();
        permit::<Enter<Clients>>(&Asker::Console, station::id(1, 0))?.append(tx, &[person])
    };
    world.database().write(&Actor::Console, write).unwrap();
    world.pass(1);
    station::id(1, 503)
}

#[test]
fn a_visit_brings_promises_needs_risk_and_what_was_looked_at() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        let entry = saying(
            &visit(1),
            &[
                ("started_at", "14:05"),
                ("ended_at", "14:40"),
                ("place", "home"),
                ("physical_state", "changed"),
                ("physical_seen", "用药,睡眠"),
                ("risk", "middle"),
                ("risk_kinds", "fall,fire"),
                ("follow_1", "联系社区医生"),
                ("follow_1_due", "2025-01-03"),
                ("follow_2", "送药盒"),
                ("follow_2_due", "2025-01-05"),
                ("need_1", "浴室加扶手"),
                ("need_1_urgency", "week"),
                ("explained", "居家改造补贴"),
            ],
        );
        assert_eq!(phone.push(&[entry.clone(), entry.clone()]), ["written", "written"]);
        let visit = page(world, &format!("/visits/visits/{}", entry["record"].as_str().unwrap()));
        for part in ["14:05", "35", "用药、睡眠", "有变化", "跌倒、用火用电", "居家改造补贴", "单示例"]
        {
            assert!(visit.contains(part), "{part} in {visit}");
        }
        let promises = page(world, "/visits/follow_ups");
        assert!(promises.contains("联系社区医生") && promises.contains("2025-01-05"), "{promises}");
        let file = page(world, &format!("/clients/{}", household_id(1)));
        assert!(file.contains("浴室加扶手") && file.contains("风险：中"), "{file}");
        assert!(!page(world, "/").contains("紧急上报，还没有处置"), "nothing was raised");
        // What was promised goes onto the device, and what became of it comes back.
        let (_, today) = phone.get("today");
        let promised = today["items"][0]["promised"].as_array().unwrap().clone();
        assert_eq!((promised.len(), &promised[0]["due_on"]), (2, &json!("2025-01-03")), "{today}");
        let first = format!("promise_{}", promised[0]["id"].as_str().unwrap());
        let next = saying(&super::visit(1), &[("kind", "phone"), (&first, "done")]);
        assert_eq!(phone.push(&[next]), ["written"]);
        assert_eq!(phone.get("today").1["items"][0]["promised"].as_array().unwrap().len(), 1);
        // Somebody else said something else of it meanwhile: whoever sends this sees it, and nothing is lost silently.
        let late = saying(&another(1), &[(&first, "dropped")]);
        let said = faults(&phone, &late);
        assert!(said[0].0 == first && said[0].1.contains("已经有人填了“已做”"), "{said:?}");
        assert_eq!(phone.push(&[saying(&another(1), &[(&first, "done")])]), ["written"]);
    });
}

#[test]
fn what_the_page_refuses_is_refused_field_by_field() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        for (fields, field, what) in [
            (&[("met", "")][..], "met", "没见到人的不算一次探访"),
            (&[("visited_on", "2025-01-01")], "visited_on", "不能在今天"),
            (&[("psychological", "")], "psychological", "写一句"),
            (&[("follow_1", "联系医生")], "follow_1_due", "填完成日期"),
            (&[("follow_1_due", "2025-01-03")], "follow_1", "填做什么"),
            (&[("risk", "middle")], "risk_kinds", "选是哪一类风险"),
            (&[("risk", "high"), ("risk_kinds", "fall")], "told", "现在就告知站长"),
            (&[("risk", "high"), ("risk_kinds", "fall"), ("told", "站长")], "told_at", "几点告知的"),
            (&[("administrative", "很多")], "administrative", "0 到 20"),
            (&[("station_id", "x")], "station_id", "请更新应用"),
            (&[("promise_x", "done")], "promise_x", "请更新应用"),
        ] {
            let said = faults(&phone, &saying(&visit(1), fields));
            assert!(
                said.iter().any(|(name, text)| name == field && text.contains(what)),
                "{fields:?}: {said:?}"
            );
        }
        assert_eq!(world.lines("visits.record"), 0, "nothing was written by any of them");
    });
}

#[test]
fn a_high_risk_is_raised_from_the_telephone_and_suspected_harm_of_a_minor_must_be_reported() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        let high = [("risk", "high"), ("risk_kinds", "fall"), ("told", "站长 样本"), ("told_at", "14:50")];
        assert_eq!(phone.push(&[saying(&visit(1), &high)]), ["written"]);
        let raised = page(world, "/visits/escalations");
        assert!(raised.contains("高风险") && raised.contains("站长 样本，14:50"), "{raised}");
        let child = child(world).to_string();
        let harm = [("met", child.as_str()), ("risk", "middle"), ("risk_kinds", "harm"), ("again", "yes")];
        let said = faults(&phone, &saying(&visit(1), &harm));
        let fields: Vec<&str> = said.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["told", "reported_to"], "{said:?}");
        assert!(said[1].1.contains("未成年人保护法第十一条"), "{said:?}");
        let told = [("told", "站长"), ("told_at", "9:05"), ("reported_to", "示例派出所")];
        let reported = saying(&saying(&visit(1), &harm), &told);
        assert_eq!(phone.push(&[reported]), ["written"]);
        let raised = page(world, "/visits/escalations");
        assert!(raised.contains("未成年人疑似受侵害") && raised.contains("站长，09:05"), "{raised}");
        // Of the list on the device: who is a minor, and nothing more of their age.
        let (_, today) = phone.get("today");
        let minors: Vec<&Value> =
            today["items"][0]["persons"].as_array().unwrap().iter().map(|one| &one["minor"]).collect();
        assert_eq!(minors.iter().filter(|minor| **minor == &json!(true)).count(), 1, "{today}");
        assert!(!today.to_string().contains("2015"), "{today}");
    });
}

#[test]
fn a_correction_that_makes_a_risk_high_says_who_was_told() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        let entry = visit(1);
        phone.push(std::slice::from_ref(&entry));
        let high = correction(&entry, 1, "risk", "high");
        assert_eq!(faults(&phone, &high)[0].0, "told");
        let told = saying(&correction(&entry, 1, "risk", "high"), &[("told", "站长"), ("told_at", "10:00")]);
        assert_eq!(phone.push(&[told]), ["written"]);
        assert!(page(world, "/visits/escalations").contains("站长，10:00"));
        // It is raised once: further corrections ask nothing.
        let more = saying(&correction(&entry, 2, "risk", "high"), &[("risk_kinds", "跌倒")]);
        assert_eq!(phone.push(&[more]), ["written"]);
        assert_eq!(page(world, "/visits/escalations").matches("站长，10:00").count(), 1);
    });
}

#[test]
fn a_second_visit_on_a_day_is_doubted_with_both_side_by_side() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        let first = visit(1);
        phone.push(std::slice::from_ref(&first));
        let second = saying(&visit(1), &[("physical", "又去了一次"), ("minutes", "15")]);
        let (_, said) = phone.send("entries", &json!({ "entries": [second] }));
        let one = &said["results"][0];
        assert_eq!((&one["state"], &one["code"]), (&json!("refused"), &json!("second_visit")), "{said}");
        assert!(one["said"][0]["what"].as_str().unwrap().contains("已经记过一次入户探访"));
        assert_eq!(one["theirs"]["id"], first["record"]);
        let differ = one["differ"].as_array().unwrap();
        let physical = differ.iter().find(|row| row["field"] == "physical").unwrap();
        assert_eq!((&physical["theirs"], &physical["yours"]), (&json!("血压正常"), &json!("又去了一次")));
        assert_eq!(world.lines("visits.record"), 1);
        // A call on the same day is something else; and so is a second visit that is meant.
        let call = saying(&visit(1), &[("kind", "phone")]);
        let mut meant = saying(&second, &[("again", "yes")]);
        meant["id"] = json!(number());
        assert_eq!(phone.push(&[call, meant]), ["written", "written"]);
    });
}

#[test]
fn nobody_met_is_written_down_and_is_no_visit() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        let mut attempt = visit(1);
        attempt["fields"] = json!({
            "kind": "home", "visited_on": "2024-12-30", "started_at": "14:05", "unmet": "no_answer", "unmet_note": "邻居说去了女儿家",
        });
        assert_eq!(phone.push(&[attempt.clone(), attempt.clone()]), ["written", "written"]);
        let path = format!("/visits/attempts/{}", attempt["record"].as_str().unwrap());
        let shown = page(world, &path);
        assert!(shown.contains("无人应门") && shown.contains("邻居说去了女儿家"), "{shown}");
        assert_eq!(phone.get("visits").1["items"], json!([]), "no visit");
        assert_eq!(phone.get("today").1["items"][0]["last_home"], json!(null), "and no contact");
        assert!(page(world, &format!("/clients/{}", household_id(1))).contains("去过，没见到人"));
        // A visit on the same day is not a second one.
        assert_eq!(phone.push(&[visit(1)]), ["written"]);
        let both = saying(&another(1), &[("unmet", "no_answer")]);
        assert_eq!(faults(&phone, &both)[0].0, "unmet");
        let mut again = visit(1);
        again["record"] = attempt["record"].clone();
        assert_eq!(phone.push(&[again]), ["refused record_exists"]);
    });
}

#[test]
fn a_signature_is_a_document_of_its_own_kind() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        let sha256 =
            |bytes: &[u8]| super::super::envelope::hex(&<sha2::Sha256 as sha2::Digest>::digest(bytes));
        let signed = |bytes: &[u8]| {
            let mut entry = visit(1);
            entry["signature"] = json!({ "sha256": sha256(bytes), "content": STANDARD.encode(bytes) });
            entry
        };
        assert_eq!(phone.push(&[signed(b"no picture")]), ["refused bad_signature"]);
        let entry = signed(documents::tests::PNG);
        assert_eq!(phone.push(std::slice::from_ref(&entry)), ["written"]);
        let shown = page(world, &format!("/visits/visits/{}", entry["record"].as_str().unwrap()));
        assert!(shown.contains("签名") && shown.contains("2024-12-30"), "{shown}");
        assert!(!shown.contains("缺签名"), "{shown}");
    });
}

#[test]
fn what_an_older_app_wrote_down_is_understood() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        let old = |follow_up: &str| {
            let mut entry = visit(1);
            let fields = entry["fields"].as_object_mut().unwrap();
            let person = fields.remove("met").unwrap();
            fields.insert("person_id".into(), person);
            fields.insert("follow_up".into(), json!(follow_up));
            entry
        };
        assert_eq!(phone.push(&[old("")]), ["written"]);
        // A promise without a day is asked about: nothing of it is dropped.
        assert_eq!(faults(&phone, &saying(&old("送药"), &[("again", "yes")]))[0].0, "follow_1_due");
    });
}

#[test]
fn somebody_met_before_the_file_was_closed_may_be_written_down_after() {
    on_both(|world| {
        let write = |tx: &mut db::Tx<'_>| {
            let (_, mut row) =
                <crate::clients::Household as db::Record>::last(tx.conn(), household_id(1))?.unwrap();
            row.closed_on = Some("2024-12-31".parse().unwrap());
            permit::<crate::access::Correct<Clients>>(&Asker::Console, station::id(1, 0))?.correct(tx, &row)
        };
        world.database().write(&Actor::Console, write).unwrap();
        world.pass(1);
        let phone = world.phone(Role::Worker);
        assert_eq!(phone.push(&[visit(1)]), ["written"]);
        let late = saying(&visit(1), &[("visited_on", "2024-12-31")]);
        assert_eq!(phone.push(&[late]), ["refused out_of_scope"]);
    });
}

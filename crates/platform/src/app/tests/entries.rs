//! Entries: once, in order, never over what somebody else wrote.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::*;
use crate::documents;

#[test]
fn an_entry_is_written_once_however_often_it_comes() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        let entry = visit(1);
        assert_eq!(phone.push(std::slice::from_ref(&entry)), ["written"]);
        assert_eq!(phone.push(&[entry.clone(), entry.clone()]), ["written", "written"]);
        assert_eq!(world.lines("visits.record"), 1);
        let mut other = entry.clone();
        other["fields"]["physical"] = json!("别的话");
        assert_eq!(phone.push(&[other]), ["refused entry_changed"]);
        let mut again = visit(1);
        again["record"] = entry["record"].clone();
        assert_eq!(phone.push(&[again]), ["refused record_exists"]);
        let page = world
            .at(Role::StationManager)
            .get(&format!("/visits/visits/{}", entry["record"].as_str().unwrap()));
        assert!(page.body.contains("血压正常") && !page.body.contains("别的话"), "{}", page.body);
    });
}

#[test]
fn entries_of_a_household_are_written_in_their_order() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        let (first, mut second) = (visit(1), another(1));
        second["after"] = first["id"].clone();
        assert_eq!(phone.push(std::slice::from_ref(&second)), ["held"]);
        assert_eq!(phone.push(&[second.clone(), first.clone()]), ["held", "written"]);
        assert_eq!(phone.push(&[first, second]), ["written", "written"]);
        let mut bad = visit(1);
        bad["fields"]["visited_on"] = json!("2099-01-01");
        let mut next = another(1);
        next["after"] = bad["id"].clone();
        assert_eq!(phone.push(&[bad, next]), ["refused wrong_fields", "held"]);
    });
}

#[test]
fn nothing_is_written_over_what_somebody_else_wrote() {
    on_both(|world| {
        let (one, other) = (world.phone(Role::Worker), world.phone(Role::Worker));
        let entry = visit(1);
        one.push(std::slice::from_ref(&entry));
        assert_eq!(one.push(&[correction(&entry, 1, "physical", "血压偏高")]), ["written"]);
        let mine = correction(&entry, 1, "minutes", "45");
        let (_, said) = other.send("entries", &json!({ "entries": [mine] }));
        let result = &said["results"][0];
        assert_eq!((&result["state"], &result["version"]), (&json!("conflict"), &json!(2)));
        assert_eq!(
            result["differ"],
            json!([
                { "field": "minutes", "label": "分钟", "theirs": "30", "yours": "45" },
                { "field": "physical", "label": "身体情况", "theirs": "血压偏高", "yours": "血压正常" },
            ])
        );
        assert_eq!(result["theirs"]["physical"], "血压偏高");
        assert_eq!(world.lines("visits.correct"), 1);
        // Decided in sight of version 2; the old one, late, changes nothing.
        let decided = correction(&correction(&entry, 2, "minutes", "45"), 2, "physical", "血压偏高");
        assert_eq!(other.push(&[decided, mine]), ["written", "conflict"]);
        assert_eq!(world.lines("visits.correct"), 2);
    });
}

#[test]
fn what_is_withdrawn_or_unknown_is_not_corrected() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        let entry = visit(1);
        assert_eq!(phone.push(&[correction(&entry, 1, "minutes", "5")]), ["refused unknown_record"]);
        phone.push(std::slice::from_ref(&entry));
        let path = format!("/visits/visits/{}/withdraw", entry["record"].as_str().unwrap());
        assert_eq!(world.at(Role::StationManager).post(&path, &[("reason", "重复")]).status, 303);
        assert_eq!(phone.push(&[correction(&entry, 1, "minutes", "5")]), ["refused withdrawn"]);
    });
}

#[test]
fn what_may_not_be_written_is_refused() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        let with = |field: &str, value: serde_json::Value| {
            let mut entry = visit(1);
            entry[field] = value;
            entry
        };
        let field = |name: &str, value: &str| {
            let mut entry = visit(1);
            entry["fields"][name] = json!(value);
            entry
        };
        let other = station::id(2, 501).to_string();
        for (entry, expected) in [
            (visit(2), "refused out_of_scope"),
            (with("household", json!(number())), "refused out_of_scope"),
            (with("id", json!("x")), "refused bad_id"),
            (with("kind", json!("person")), "refused unknown_kind"),
            (field("met", &other), "refused wrong_fields"),
            (field("minutes", "很久"), "refused wrong_fields"),
            (field("station_id", &other), "refused wrong_fields"),
            (with("photos", json!([{ "sha256": "00", "content": "Zg==" }])), "refused bad_photo"),
        ] {
            assert_eq!(phone.push(std::slice::from_ref(&entry)), [expected], "{entry}");
        }
        assert_eq!(world.lines("visits.record"), 0);
        let many = vec![visit(1); 51];
        for (body, expected) in [
            (json!({ "entries": [] }), "bad_count"),
            (json!({ "entries": many }), "bad_count"),
            (json!({ "entries": "x" }), "bad_json"),
            (json!({ "entries": [], "more": 1 }), "bad_json"),
        ] {
            let (status, said) = phone.send("entries", &body);
            assert_eq!((status, &said["code"]), (422, &json!(expected)));
        }
        let plain = super::said(&send(&phone.client, "entries", "text/plain", b"{}".to_vec()));
        assert_eq!((plain.0, &plain.1["code"]), (415, &json!("not_json")));
        let reader = world.phone(Role::Worker);
        let large = format!("{{\"entries\":\"{}\"}}", "x".repeat(13 << 20)).into_bytes();
        let large = super::said(&send(&reader.client, "entries", "application/json", large));
        assert_eq!((large.0, &large.1["code"]), (413, &json!("too_large")));
        let foreign = [("content-type", "application/json"), ("origin", "https://elsewhere.example")];
        let answer = phone.client.send(Method::POST, "/api/v1/entries", &foreign, b"{}".to_vec());
        assert_eq!(super::said(&answer).1["code"], "cross_origin");
    });
}

#[test]
fn photographs_come_with_their_visit() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        let png: &[u8] = documents::tests::PNG;
        let sha256 = super::super::envelope::hex(&<sha2::Sha256 as sha2::Digest>::digest(png));
        let mut entry = visit(1);
        entry["photos"] = json!([{ "sha256": sha256, "content": STANDARD.encode(png) }]);
        let record = entry["record"].as_str().unwrap().to_owned();
        assert_eq!(phone.push(&[entry.clone(), entry]), ["written", "written"]);
        // The photograph leaves a line of its own, and one under the number of its visit.
        assert_eq!((world.lines("documents.record"), world.lines("visits.record")), (2, 1));
        let path = format!("/visits/visits/{record}");
        let page = world.at(Role::StationManager).get(&path).body;
        assert!(page.contains("入户照片-1") && page.contains("照片") && page.contains("/file\""), "{page}");
    });
}

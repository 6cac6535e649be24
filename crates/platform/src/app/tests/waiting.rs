//! What comes sealed from a device that is no longer trusted waits, and is written once somebody accepts it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::*;
use crate::app::envelope;

/// An entry as a device seals it for the server.
fn sealed(world: &World<'_>, device: &str, entry: &Value) -> Value {
    let public = envelope::public_key(world.database().keys());
    let id = entry["id"].as_str().unwrap();
    let text = json!({ "device": device, "entry": entry }).to_string();
    let (enc, bytes) = envelope::seal(&public, id, text.as_bytes());
    json!({ "id": id, "key": envelope::key_id(&public), "enc": envelope::hex(&enc), "sealed": STANDARD.encode(&bytes) })
}

fn hand_in(world: &World<'_>, envelopes: &[Value]) -> Vec<String> {
    let stranger = Client::new(world.site());
    world.pass(1);
    let body = json!({ "entries": envelopes }).to_string().into_bytes();
    let (status, said) = said(&send(&stranger, "quarantine", "application/json", body));
    assert_eq!(status, 200, "{said}");
    states(&said)
}

#[test]
fn sealed_entries_of_an_ended_device_wait_and_are_written_once_when_accepted() {
    on_both(|world| {
        let author = world.at(Role::Worker);
        let phone = author.phone(&world.site());
        let (first, mut second) = (visit(1), visit(1));
        second["after"] = first["id"].clone();
        phone.send("device/end", &json!({}));
        let envelopes = [sealed(world, &phone.id, &first), sealed(world, &phone.id, &second)];
        assert_eq!(hand_in(world, &envelopes), ["waiting", "waiting"]);
        assert_eq!(hand_in(world, &envelopes), ["waiting", "waiting"]);
        assert_eq!((world.lines("app.quarantine"), world.lines("visits.record")), (2, 0));
        assert!(author.get("/app/quarantine").body.contains("单示例 户"));
        let address = |entry: &Value| format!("/app/quarantine/{}", entry["id"].as_str().unwrap());
        assert!(author.get(&address(&first)).body.contains("血压正常"));
        let early = author.post(&format!("{}/accept", address(&second)), &[("version", "0")]);
        assert_eq!(early.status, 409, "{}", early.body);
        let lead = world.at(Role::AreaLead);
        let done = lead.post(&format!("{}/accept", address(&first)), &[("version", "0")]);
        assert_eq!(done.status, 303, "{}", done.body);
        // The second is of the same day: whoever accepts it says that it is another one.
        assert!(lead.get(&address(&second)).body.contains("已经记过一次入户探访"));
        let doubted = lead.post(&format!("{}/accept", address(&second)), &[("version", "0")]);
        assert_eq!(doubted.status, 409, "{}", doubted.body);
        let done = lead.post(&format!("{}/accept", address(&second)), &[("version", "0"), ("again", "yes")]);
        assert_eq!(done.status, 303, "{}", done.body);
        assert_eq!(author.post(&format!("{}/accept", address(&first)), &[("version", "0")]).status, 404);
        assert_eq!((world.lines("app.accept"), world.lines("visits.record")), (2, 2));
        assert_eq!(hand_in(world, &envelopes), ["written", "written"]);
        // The same by a device that is trusted again.
        assert_eq!(author.phone(&world.site()).push(&[first]), ["written"]);
    });
}

#[test]
fn what_was_written_before_the_end_does_not_wait() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        let entry = visit(1);
        phone.push(std::slice::from_ref(&entry));
        phone.send("device/end", &json!({}));
        assert_eq!(hand_in(world, &[sealed(world, &phone.id, &entry)]), ["written"]);
    });
}

#[test]
fn what_waits_is_seen_by_its_author_and_those_who_lead_there_alone_and_may_be_sent_back() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        let entry = visit(1);
        assert_eq!(hand_in(world, &[sealed(world, &phone.id, &entry)]), ["waiting"]);
        let path = format!("/app/quarantine/{}", entry["id"].as_str().unwrap());
        let elsewhere = world.browser(&world.site(), &[in_station(Role::StationManager, station::id(2, 0))]);
        for other in [&elsewhere, &world.at(Role::Worker)] {
            assert_eq!(other.get(&path).status, 404);
            assert_eq!(other.post(&format!("{path}/accept"), &[("version", "0")]).status, 404);
            assert_eq!(other.post(&format!("{path}/reject"), &[("reason", "x")]).status, 404);
            assert!(other.get("/app/quarantine").body.contains("没有等人接受的记录"));
        }
        assert_eq!(world.at(Role::Evaluator).get("/app/quarantine").status, 403);
        let manager = world.at(Role::StationManager);
        assert_eq!(manager.post(&format!("{path}/reject"), &[]).status, 422);
        assert_eq!(manager.post(&format!("{path}/reject"), &[("reason", "重复")]).status, 303);
        assert_eq!((world.lines("app.reject"), world.lines("visits.record")), (1, 0));
        assert_eq!(manager.get(&path).status, 404);
    });
}

#[test]
fn a_correction_that_waits_shows_both_values_and_is_accepted_in_sight_of_them() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        let entry = visit(1);
        phone.push(&[entry.clone(), correction(&entry, 1, "physical", "血压偏高")]);
        let late = correction(&entry, 1, "minutes", "45");
        assert_eq!(hand_in(world, &[sealed(world, &phone.id, &late)]), ["waiting"]);
        let path = format!("/app/quarantine/{}", late["id"].as_str().unwrap());
        let manager = world.at(Role::StationManager);
        let page = manager.get(&path).body;
        assert!(page.contains("现在是“血压偏高”，送来的是“血压正常”"), "{page}");
        assert_eq!(
            manager.post(&format!("{path}/accept"), &[("version", "1")]).status,
            409,
            "seen another version"
        );
        assert_eq!(manager.post(&format!("{path}/accept"), &[("version", "2")]).status, 303);
        assert_eq!(world.lines("visits.correct"), 2);
    });
}

#[test]
fn what_no_device_of_ours_sealed_is_refused() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        let entry = visit(1);
        let good = sealed(world, &phone.id, &entry);
        let mut moved = good.clone();
        moved["id"] = json!(number());
        let mut altered = good.clone();
        altered["sealed"] = json!("AAAA");
        let mut key = good.clone();
        key["key"] = json!("0000000000000000");
        let stranger = sealed(world, &number(), &entry);
        for bad in [moved, altered, key, stranger] {
            assert_eq!(hand_in(world, &[bad]), ["refused unreadable"]);
        }
        let nowhere = {
            let mut entry = visit(1);
            entry["household"] = json!(number());
            sealed(world, &phone.id, &entry)
        };
        assert_eq!(hand_in(world, &[nowhere]), ["refused unknown_household"]);
        assert_eq!(world.lines("app.quarantine"), 0);
    });
}

#[test]
fn strangers_are_slowed_down() {
    on_both(|world| {
        let stranger = Client::new(world.site());
        let body = json!({ "entries": [] }).to_string().into_bytes();
        let ask = || send(&stranger, "quarantine", "application/json", body.clone());
        let slow = (0..60).map(|_| ask()).find(|answer| answer.status == 429).unwrap();
        assert_eq!(said(&slow).1["code"], "too_often");
    });
}

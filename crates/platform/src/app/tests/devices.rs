//! Devices: registered by whoever is signed in, for some days, ended by them or by an administrator; and their rate.

use serde_json::json;

use super::*;
use crate::access::testing::everywhere;

const DAY: i64 = 24 * 3600;

#[test]
fn only_a_device_asks_and_only_while_it_is_trusted() {
    on_both(|world| {
        let browser = world.at(Role::Worker);
        let answer = browser.client.get("/api/v1/me");
        assert_eq!(
            (said(&answer).0, &said(&answer).1["code"]),
            (401, &json!("no_device")),
            "a login is no device"
        );
        let phone = browser.phone(&world.site());
        world.pass(14 * DAY - 60);
        assert_eq!(phone.get("me").0, 200);
        world.pass(120);
        assert_eq!((phone.get("me").0, &phone.get("me").1["code"]), (401, &json!("device_expired")));
        assert_eq!(phone.send("entries", &json!({ "entries": [visit(1)] })).0, 401);
        assert_eq!(world.lines("visits.record"), 0);
    });
}

#[test]
fn a_device_is_ended_by_its_owner_or_an_administrator_and_by_nobody_else() {
    on_both(|world| {
        let owner = world.at(Role::Worker);
        let phone = owner.phone(&world.site());
        let end = format!("/app/devices/{}/end", phone.id);
        assert!(owner.get("/app/devices").body.contains("我的手机"));
        assert_eq!(world.at(Role::StationManager).post(&end, &[]).status, 404, "somebody else's");
        assert_eq!(phone.get("me").0, 200);
        assert_eq!(owner.post(&end, &[]).status, 303);
        assert_eq!(phone.get("me").1["code"], "device_ended");
        assert_eq!(owner.post("/app/devices/x/end", &[]).status, 404);

        let phone = owner.phone(&world.site());
        let end = format!("/app/devices/all/{}/end", phone.id);
        assert_eq!(owner.get("/app/devices/all").status, 403);
        assert_eq!(owner.post(&end, &[("reason", "x")]).status, 403);
        let admin = world.browser(&world.site(), &[everywhere(Role::SystemAdmin)]);
        assert!(admin.get("/app/devices/all").body.contains("我的手机"));
        assert_eq!(admin.post(&end, &[]).status, 422, "without a reason");
        assert_eq!(admin.post(&end, &[("reason", "手机丢了")]).status, 303);
        assert_eq!(phone.get("me").1["code"], "device_ended");
        assert_eq!(world.lines("app.end"), 2);
    });
}

#[test]
fn signing_out_on_the_device_ends_it() {
    on_both(|world| {
        let browser = world.at(Role::Worker);
        let phone = browser.phone(&world.site());
        let both = format!("{}; {}", browser.client.cookie().unwrap(), phone.client.cookie().unwrap());
        let leaving = Client::new(world.site()).with_cookie(both);
        assert_eq!(leaving.post("/sign-out", &[("_token", &browser.token)]).status, 303);
        assert_eq!(phone.get("me").1["code"], "device_ended");
        let phone = world.phone(Role::Worker);
        assert_eq!(phone.send("device/end", &json!({})).0, 200);
        assert_eq!(phone.get("me").1["code"], "device_ended");
    });
}

#[test]
fn a_device_is_registered_by_a_form_that_says_for_how_long() {
    on_both(|world| {
        let browser = world.at(Role::Worker);
        for (name, days) in [("", "14"), ("手机", "0"), ("手机", "31"), ("手机", "x")] {
            let answer = browser.post("/app/devices", &[("name", name), ("days", days)]);
            assert_eq!(answer.status, 422, "{name} {days}");
            assert_eq!(answer.header("set-cookie"), "");
        }
        let evaluator = world.at(Role::Evaluator);
        assert_eq!(evaluator.get("/app/devices").status, 403);
        assert_eq!(evaluator.post("/app/devices", &[("name", "手机"), ("days", "3")]).status, 403);
        assert_eq!(world.lines("app.register"), 0);
    });
}

#[test]
fn a_device_that_asks_without_end_is_slowed_down() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        let slow = (0..300).map(|_| phone.client.get("/api/v1/visits")).find(|answer| answer.status == 429);
        let slow = slow.unwrap();
        assert_eq!(said(&slow).1["code"], "too_often");
        let seconds: i64 = slow.header("retry-after").parse().unwrap();
        world.pass(seconds);
        assert_eq!(phone.get("visits").0, 200);
    });
}

#[test]
fn the_app_opens_before_anybody_signs_in() {
    on_both(|world| {
        let stranger = Client::new(world.site());
        for (path, kind, part) in [
            ("/app/", "text/html", "manifest"),
            ("/app/worker.js", "text/javascript", "self.FILES = ["),
            ("/app/manifest.webmanifest", "application/manifest+json", "\"start_url\":\"/app/\""),
            ("/api/v1/openapi.json", "application/json", "/api/v1/entries"),
        ] {
            let answer = stranger.get(path);
            assert_eq!(answer.status, 200, "{path}");
            assert!(answer.header("content-type").starts_with(kind), "{path}");
            assert!(answer.body.contains(part), "{path}: {}", answer.body);
        }
        let none = stranger.ask(Method::GET, "/api/v1/nothing", &[("accept", "application/json")]);
        assert_eq!((said(&none).0, &said(&none).1["code"]), (401, &json!("no_device")));
    });
}

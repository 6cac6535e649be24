//! What devices fetch: within scope, masked, a page at a time; and the description of it all.

use serde_json::json;
use utoipa::OpenApi as _;

use super::*;
use crate::app::openapi::Api;

#[test]
fn a_device_learns_who_it_is_and_what_is_asked() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        let (status, me) = phone.get("me");
        assert_eq!(
            (status, &me["device"]["name"], &me["today"]),
            (200, &json!("我的手机"), &json!("2024-12-31"))
        );
        assert_eq!(me["key"]["public"].as_str().unwrap().len(), 130);
        let (_, form) = phone.get("form");
        let sections = form["sections"].as_array().unwrap().iter();
        let fields: Vec<_> = sections.flat_map(|section| section["fields"].as_array().unwrap()).collect();
        let kind = fields.iter().find(|field| field["name"] == "kind").unwrap();
        assert_eq!((&kind["kind"], &kind["options"][0][1]), (&json!("word"), &json!("入户探访")));
        let correct = form["correct"].as_array().unwrap();
        for name in ["person_id", "seen", "risk", "risk_kinds", "told"] {
            assert!(correct.iter().any(|field| field["name"] == name), "{name}");
        }
    });
}

#[test]
fn todays_list_is_masked_and_holds_only_what_may_be_seen() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        phone.push(&[visit(1)]);
        let (status, page) = phone.get("today");
        assert_eq!((status, page["items"].as_array().unwrap().len()), (200, 1), "{page}");
        let one = &page["items"][0];
        assert_eq!((&one["title"], &one["last_home"]), (&json!("单示例 户"), &json!("2024-12-30")));
        assert_eq!(one["persons"].as_array().unwrap().len(), 2);
        for secret in ["301", "110105", "示例-2"] {
            assert!(!page.to_string().contains(secret), "{secret}");
        }
        assert!(world.lines("app.fetch") > 0);
        let next = one["household"].as_str().unwrap();
        assert_eq!(phone.get(&format!("today?cursor={next}")).1["items"], json!([]));
        assert_eq!(phone.get("today?cursor=x").1["code"], "bad_cursor");
        assert_eq!(world.phone(Role::StationManager).get("today?limit=1").1["next"], json!(null));
    });
}

#[test]
fn changes_of_visits_come_once_each_is_seen() {
    on_both(|world| {
        let phone = world.phone(Role::Worker);
        let (entry, second) = (visit(1), another(1));
        phone.push(&[entry.clone(), second]);
        let (_, page) = phone.get("visits?limit=1");
        assert_eq!((&page["more"], &page["items"][0]["version"]), (&json!(true), &json!(1)));
        let next = page["next"].as_str().unwrap().to_owned();
        let (_, rest) = phone.get(&format!("visits?cursor={next}"));
        assert_eq!(rest["items"].as_array().unwrap().len(), 1, "{rest}");
        world.pass(60);
        let (_, all) = phone.get("visits");
        let next = all["next"].as_str().unwrap().to_owned();
        world.pass(60);
        phone.push(&[correction(&entry, 1, "minutes", "40")]);
        let (_, changed) = phone.get(&format!("visits?cursor={next}"));
        let items = changed["items"].as_array().unwrap();
        assert_eq!(items.len(), 1, "{changed}");
        assert_eq!((&items[0]["version"], &items[0]["fields"]["minutes"]), (&json!(2), &json!("40")));
        assert_eq!(phone.get("visits?cursor=1").1["code"], "bad_cursor");
        let other = world.browser(&world.site(), &[in_station(Role::Worker, station::id(2, 0))]);
        assert_eq!(other.phone(&world.site()).get("visits").1["items"], json!([]));
    });
}

#[test]
fn every_address_of_the_api_is_described() {
    let described = serde_json::to_value(Api::openapi()).unwrap();
    assert!(described["openapi"].as_str().unwrap().starts_with("3.1"));
    for schema in ["FormSection", "FormField", "PromiseSaid", "Entry", "Outcome"] {
        assert!(described["components"]["schemas"][schema].is_object(), "{schema}");
    }
    let paths = described["paths"].as_object().unwrap();
    let mut known: Vec<(String, String)> = Vec::new();
    for (path, methods) in paths {
        known.extend(methods.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone())));
    }
    let routes = crate::routes();
    let mut routed: Vec<(String, String)> = routes
        .iter()
        .filter(|route| route.path.starts_with("/api/") && !route.path.ends_with("openapi.json"))
        .map(|route| (route.method.to_string(), route.path.to_owned()))
        .collect();
    known.sort();
    routed.sort();
    assert_eq!(known, routed);
    for (path, methods) in paths {
        for (method, said) in methods.as_object().unwrap() {
            assert!(said["summary"].is_string() || said["description"].is_string(), "{method} {path}");
        }
    }
}

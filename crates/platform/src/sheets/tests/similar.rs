//! A new record that looks like one that is there, and what the next form begins with.

use super::*;
use crate::access::testing::signed_in_as;

/// Of every kind: entered twice, the second time is shown the first and saved all the same.
#[test]
fn each_kind_tells_of_what_looks_alike() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (home, person) = household(fresh, &who, id(1, 11), "单示例", 1);
        let made = made(person, home);
        for sheet in crate::SHEETS.all().iter().filter(|sheet| sheet.page.is_none()) {
            let (path, fields) = (format!("{}/new", sheet.href()), fields(fresh, &made, sheet));
            let first = who.done_anyway(&path, &fields);
            let again = who.refused(&path, &fields);
            assert!(again.contains("已经有很像的记录") && again.contains("仍然保存"), "{path}: {again}");
            assert!(again.contains(&format!("<a href=\"{first}\">")), "{path}: {again}");
            let unique = ["contract", "programme", "attendance", "attendance_due"];
            if !unique.contains(&sheet.kind()) {
                assert_ne!(who.done_anyway(&path, &fields), first, "{path}");
            }
        }
    });
}

#[test]
fn what_another_may_not_read_is_not_told() {
    on_both(|fresh| {
        let (who, worker) = (manager(fresh, 1), of_an_area(fresh));
        let made = made(id(1, 5), id(1, 5));
        let activity = fields(fresh, &made, kind("activity"));
        who.done("/activities/events/new", &with(&activity, "community_id", id(1, 21).as_str()));
        // The same name on the same day in a community of another area is another activity.
        worker.done("/activities/events/new", &activity);
        assert!(worker.refused("/activities/events/new", &activity).contains("仍然保存"));
        // What was seen is not told again, and what came since is.
        let other = with(&activity, "name", "另一场");
        who.done("/activities/events/new", &other);
        let mut seen = other.clone();
        seen.push(("anyway", "/activities/events/1".to_owned()));
        assert!(who.refused("/activities/events/new", &seen).contains("仍然保存"));
    });
}

#[test]
fn a_form_begins_where_the_last_one_was() {
    on_both(|fresh| {
        let manager = manager(fresh, 1);
        let who = joined_worker(fresh);
        let made = made(id(1, 5), id(1, 5));
        let chosen = |path: &str, field: &str| {
            let body = who.good(path);
            let select = between(&body, &format!("name=\"{field}\""), "</select>").to_owned();
            select.split(" selected").next().unwrap().rsplit("value=\"").next().unwrap()[..36].to_owned()
        };
        let group = fields(fresh, &made, kind("group"));
        let empty = who.good("/groups/groups/new");
        assert!(!between(&empty, "name=\"community_id\"", "</select>").contains("selected"), "{empty}");
        who.done("/groups/groups/new", &with(&group, "community_id", id(1, 12).as_str()));
        assert_eq!(chosen("/groups/groups/new", "community_id"), id(1, 12).to_string());
        let programme = group.iter().find(|(name, _)| *name == "programme_id").unwrap().1.clone();
        assert_eq!(chosen("/groups/groups/new", "programme_id"), programme);
        // What an address says comes first; what a colleague entered does not count.
        let said = format!("/groups/groups/new?community_id={}", id(1, 11));
        assert_eq!(chosen(&said, "community_id"), id(1, 11).to_string());
        let colleague = with(&with(&group, "worker_id", ""), "name", "别人的");
        manager.done("/groups/groups/new", &colleague);
        assert_eq!(chosen("/groups/groups/new", "community_id"), id(1, 12).to_string());
    });
}

/// A worker's account that is joined to the worker of station 1.
fn joined_worker(fresh: &Fresh) -> Somebody {
    let cookie =
        signed_in_as(&fresh.database, "worker", Some(id(1, 5)), &[in_station(Role::Worker, id(1, 0))]);
    let token = form_token(&fresh.database, &cookie);
    Somebody { client: Client::new(crate::router(station::site(&fresh.database))).with_cookie(cookie), token }
}

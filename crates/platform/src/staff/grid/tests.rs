//! The attendance grid: which halves are offered, what a form changes, and what somebody else did meanwhile.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use chrono::NaiveDate;
use db::testing::{Fresh, each};
use kernel::{Actor, Clock};
use web::testing::Answer;

use super::super::half::Half;
use super::super::model::{Certificate, Role as Serves};
use super::super::policy::Staff;
use super::super::store::{AttendanceDue, Post, Worker, WorkerCertificate};
use super::{level, on_duty};
use crate::access::testing::in_station;
use crate::access::{Asker, Enter, Role, permit};
use crate::sheets::tests::{Somebody, ground as two_stations, somebody};
use crate::shell::tests::station::id;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn worker(n: u32, name: &str, joined_on: &str, left_on: Option<&str>) -> Worker {
    Worker {
        id: id(1, n),
        station_id: id(1, 0),
        area_id: Some(id(1, 1)),
        community_id: None,
        worker_id: Some(id(1, n)),
        name: name.into(),
        role: Serves::Worker,
        in_field_since: day("2015-01-01"),
        joined_on: day(joined_on),
        left_on: left_on.map(day),
        party_member: false,
    }
}

fn post(n: u32, of: u32, from_on: &str, to_on: Option<&str>) -> Post {
    Post {
        id: id(1, n),
        station_id: id(1, 0),
        area_id: Some(id(1, 1)),
        community_id: None,
        worker_id: Some(id(1, of)),
        role: Serves::Worker,
        from_on: day(from_on),
        to_on: to_on.map(day),
    }
}

fn certificate(
    n: u32,
    of: u32,
    level: Certificate,
    obtained_on: &str,
    until: Option<&str>,
) -> WorkerCertificate {
    WorkerCertificate {
        id: id(1, n),
        station_id: id(1, 0),
        area_id: None,
        community_id: None,
        worker_id: Some(id(1, of)),
        level,
        obtained_on: day(obtained_on),
        expires_on: until.map(day),
    }
}

#[test]
fn whoever_is_at_the_station_and_in_a_post_is_on_duty() {
    let [first, second] = Half::of_month(day("2024-12-01")).unwrap();
    let check = |joined: &str, left: Option<&str>, posts: &[Post], expected: [bool; 2]| {
        let (worker, posts) = (worker(60, "甲", joined, left), posts.iter().collect::<Vec<_>>());
        let found = [first, second].map(|half| on_duty(&worker, &posts, half));
        assert_eq!(found, expected, "{joined} {left:?} {posts:?}");
    };
    check("2024-01-01", None, &[], [true, true]);
    check("2024-12-15", None, &[], [true, true]);
    check("2024-12-16", None, &[], [false, true]);
    check("2025-01-01", None, &[], [false, false]);
    // The day one left is the first no longer at work.
    check("2024-01-01", Some("2024-12-01"), &[], [false, false]);
    check("2024-01-01", Some("2024-12-02"), &[], [true, false]);
    check("2024-01-01", Some("2024-12-17"), &[], [true, true]);
    check("2024-01-01", None, &[post(70, 60, "2024-12-16", None)], [false, true]);
    check("2024-01-01", None, &[post(70, 60, "2024-01-01", Some("2024-12-10"))], [true, false]);
    let two = [post(70, 60, "2024-01-01", Some("2024-12-10")), post(71, 60, "2024-12-20", None)];
    check("2024-01-01", None, &two, [true, true]);
}

#[test]
fn the_highest_certificate_that_holds_on_the_day_is_filled_in() {
    let of = worker(60, "甲", "2020-01-01", None);
    let held = [
        certificate(80, 60, Certificate::Assistant, "2020-11-01", None),
        certificate(81, 60, Certificate::Intermediate, "2024-12-15", Some("2027-12-14")),
        certificate(82, 61, Certificate::Senior, "2020-01-01", None),
    ];
    for (on, expected) in [
        ("2020-10-31", Certificate::None),
        ("2024-12-14", Certificate::Assistant),
        ("2024-12-15", Certificate::Intermediate),
        ("2027-12-31", Certificate::Assistant),
    ] {
        assert_eq!(level(&of, &held, day(on)), expected, "{on}");
    }
}

fn manager(fresh: &Fresh, role: Role) -> Somebody {
    somebody(fresh, "manager", &[in_station(role, id(1, 0))])
}

/// Sends the grid of December with these cells ticked, and these that were when it was shown.
fn save(who: &Somebody, station: u32, ticked: &[&str], seen: &[&str]) -> Answer {
    let station = id(station, 0).to_string();
    let mut fields = vec![("station_id", station.as_str()), ("month", "2024-12")];
    fields.extend(ticked.iter().map(|name| ("tick", *name)));
    fields.extend(seen.iter().map(|name| ("seen", *name)));
    who.post("/staff/grid", &fields)
}

/// The cells that stand ticked.
fn ticked(who: &Somebody) -> BTreeSet<String> {
    let body = who.good("/staff/grid?month=2024-12");
    let parts = body.split("name=\"seen\" value=\"").skip(1);
    parts.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// The station of the small sample with three more workers, what is due in each half, and a certificate.
fn ground(fresh: &Fresh) {
    two_stations(fresh);
    let write = |tx: &mut db::Tx<'_>| {
        let staff = permit::<Enter<Staff>>(&Asker::Console, id(1, 0))?;
        let all = [
            worker(60, "示例甲", "2024-01-01", None),
            worker(61, "示例乙", "2024-12-16", None),
            worker(62, "示例丙", "2020-01-01", Some("2024-06-01")),
        ];
        staff.append(tx, &all)?;
        staff.append(tx, &[certificate(80, 60, Certificate::Assistant, "2020-11-01", None)])?;
        let due = |n: u32, end: &str| AttendanceDue {
            id: id(1, n),
            station_id: id(1, 0),
            area_id: None,
            community_id: None,
            worker_id: None,
            half_ends_on: day(end),
            halves: 1,
            due: 3,
            certified_due: 1,
        };
        staff.append(tx, &[due(90, "2024-12-15"), due(91, "2024-12-31")])
    };
    fresh.database.write(&Actor::Console, write).unwrap();
}

fn cell(of: u32, end: &str) -> String {
    format!("{}.{end}", id(1, of))
}

#[test]
fn a_month_is_ticked_saved_and_corrected() {
    each(Clock::System, |fresh| {
        ground(fresh);
        let who = manager(fresh, Role::Operator);
        assert!(who.good("/staff/attendances").contains("href=\"/staff/grid\""));
        let body = who.good("/staff/grid?month=2024-12");
        for part in ["示例甲", "示例乙", "样本乙", "助理社会工作师", "实到 0 / 应到 3，持证 0 / 1", "不在岗"]
        {
            assert!(body.contains(part), "{part} in {body}");
        }
        assert!(!body.contains("示例丙"), "left in June: {body}");
        assert!(!body.contains(&cell(61, "2024-12-15")), "joined on the 16th: {body}");
        let [a1, a2, b2] = [cell(60, "2024-12-15"), cell(60, "2024-12-31"), cell(61, "2024-12-31")];
        let saved = save(&who, 1, &[&a1, &a2, &b2], &[]);
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        assert_eq!(ticked(&who), [a1.clone(), a2.clone(), b2.clone()].into());
        let body = who.good("/staff/grid?month=2024-12");
        assert!(body.contains("实到 2 / 应到 3，持证 1 / 1") && body.contains("全月实到 1.5 人次"), "{body}");
        let lines = || fresh.database.read(|tx| tx.audit_lines(id(1, 0))).unwrap().0;
        let (before, verb) = (lines().len(), lines().last().unwrap().verb.clone());
        assert_eq!(verb, "staff.record");
        // Saved once more, nothing is written; an old page sent again neither.
        for seen in [&[a1.as_str(), a2.as_str(), b2.as_str()][..], &[]] {
            assert_eq!(save(&who, 1, &[&a1, &a2, &b2], seen).status, StatusCode::SEE_OTHER);
        }
        assert_eq!(lines().len(), before);
        let saved = save(&who, 1, &[&a1, &b2], &[&a1, &a2, &b2]);
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        assert_eq!(ticked(&who), [a1.clone(), b2.clone()].into());
        let last = lines().pop().unwrap();
        assert_eq!((last.verb.as_str(), last.reason.as_deref()), ("staff.withdraw", Some("考勤表更正")));
        assert!(who.good("/staff/attendances").contains("2 条"));
    });
}

#[test]
fn what_somebody_else_did_meanwhile_is_said() {
    each(Clock::System, |fresh| {
        ground(fresh);
        let (one, other) = (manager(fresh, Role::StationManager), manager(fresh, Role::StationManager));
        let [a1, a2, b2] = [cell(60, "2024-12-15"), cell(60, "2024-12-31"), cell(61, "2024-12-31")];
        assert_eq!(save(&one, 1, &[&a1], &[]).status, StatusCode::SEE_OTHER);
        // The other saw an empty page, and ticks something else.
        let stale = save(&other, 1, &[&b2], &[]);
        assert_eq!(stale.status, StatusCode::CONFLICT);
        for part in ["您填表时有人改了同一张表", "示例甲 2024-12-01 至 2024-12-15 刚被别人登记了到岗"]
        {
            assert!(stale.body.contains(part), "{part} in {}", stale.body);
        }
        // What is shown now is what stands, with what was ticked.
        for name in [&a1, &b2] {
            assert!(stale.body.contains(&format!("value=\"{name}\" aria-label=")), "{}", stale.body);
        }
        assert_eq!(stale.body.matches(" checked").count(), 2, "{}", stale.body);
        assert_eq!(ticked(&other), [a1.clone()].into());
        assert_eq!(save(&other, 1, &[&a1, &b2], &[&a1]).status, StatusCode::SEE_OTHER);
        assert_eq!(ticked(&one), [a1.clone(), b2.clone()].into());
        // Both do the same: nothing to say.
        assert_eq!(save(&one, 1, &[&a1, &a2, &b2], &[&a1, &b2]).status, StatusCode::SEE_OTHER);
        assert_eq!(save(&other, 1, &[&a1, &a2, &b2], &[&a1, &b2]).status, StatusCode::SEE_OTHER);
        assert_eq!(ticked(&one), [a1, a2, b2].into());
    });
}

#[test]
fn what_cannot_be_ticked_is_refused() {
    each(Clock::System, |fresh| {
        ground(fresh);
        let who = manager(fresh, Role::StationManager);
        let early = save(&who, 1, &[&cell(61, "2024-12-15")], &[]);
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(early.body.contains("示例乙 2024-12-01 至 2024-12-15 不在岗"), "{}", early.body);
        let foreign = format!("{}.2024-12-15", id(2, 5));
        let refused = save(&who, 1, &[&foreign], &[]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("不是本站"), "{}", refused.body);
        assert_eq!(save(&who, 2, &[&foreign], &[]).status, StatusCode::NOT_FOUND);
        assert_eq!(ticked(&who), BTreeSet::new());
        // The day is 2024-12-31: January has not begun.
        let january = who.good("/staff/grid?month=2025-01");
        assert!(january.contains("这个月没有在岗的社工"), "{january}");
        for (path, status) in [
            ("/staff/grid?month=gestern", 400),
            ("/staff/grid?month=2024-13", 400),
            ("/staff/grid?station_id=x", 404),
            ("/staff/grid", 200),
        ] {
            assert_eq!(who.client.get(path).status.as_u16(), status, "{path}");
        }
        let worker = manager(fresh, Role::Worker);
        assert_eq!(worker.client.get("/staff/grid").status, StatusCode::FORBIDDEN);
    });
}

//! When the next contact is due: levels, days of rest, holidays, re-grading, death, moving, hospital, weather, events.
//!
//! The file of every household was opened on 2024-07-01, which is a Monday. 2024-12-31 is a Tuesday.

use super::super::{By, Closed, Event, Facts, Last, Level, Outlook, Person, Stay, Warning, next};
use super::{calendar, day, levels};

fn level(code: &str, from: &str, to: Option<&str>) -> Level {
    Level { level: code.to_owned(), from: day(from), to: to.map(day) }
}

/// A household of one person at a level since its file was opened, last seen and called on these days.
fn household(code: &str, home: &str, phone: &str) -> Facts {
    let some = |text: &str| (!text.is_empty()).then(|| day(text));
    Facts {
        opened_on: day("2024-07-01"),
        levels: vec![level(code, "2024-07-01", None)],
        persons: vec![Person::default()],
        last: Last { home: some(home), greeting: None, phone: some(phone) },
        ..Facts::default()
    }
}

fn on(facts: &Facts, today: &str) -> Outlook {
    next(facts, day(today), &levels(), &calendar())
}

/// The contacts owed: `入户 12-20 +11`, the most urgent first.
fn said(outlook: &Outlook) -> String {
    let one = |due: &super::super::Due| {
        format!("{} {} {:+}", due.by.word(), due.on.format("%y-%m-%d"), due.overdue)
    };
    outlook.owed.iter().map(one).collect::<Vec<_>>().join("；")
}

#[track_caller]
fn check(facts: &Facts, today: &str, expected: &str) {
    assert_eq!(said(&on(facts, today)), expected, "{:?}", on(facts, today));
}

#[test]
fn each_level_has_its_intervals() {
    check(&household("one", "2024-11-20", "2024-12-19"), "2024-12-31", "入户 24-12-20 +11；电访 25-01-02 -2");
    check(&household("two", "2024-10-23", "2024-12-06"), "2024-12-31", "入户 24-12-20 +11；电访 25-01-03 -3");
    check(
        &household("three", "2024-09-11", "2024-10-30"),
        "2024-12-31",
        "电访 24-12-27 +4；入户 25-09-11 -254",
    );
    check(&household("four", "", "2024-10-30"), "2024-12-31", "电访 25-01-27 -27");
    check(&household("five", "", "2024-10-30"), "2024-12-31", "电访 25-04-28 -118");
    check(&household("six", "", "2024-10-30"), "2024-12-31", "电访 25-10-30 -303");
}

#[test]
fn the_reason_names_level_interval_last_and_day() {
    let outlook = on(&household("one", "2024-11-20", "2024-12-19"), "2024-12-31");
    assert_eq!(outlook.owed[0].why, "一级每 30 天入户 1 次，上次 11-20，应在 12-20");
    let outlook = on(&household("two", "2024-10-23", "2024-12-06"), "2024-12-31");
    assert_eq!(outlook.owed[0].why, "二级每 60 天入户 1 次，上次 10-23，应在 12-22（休息日），提前到 12-20");
    let outlook = on(&household("one", "", ""), "2024-07-09");
    assert_eq!(outlook.owed[1].why, "一级每 30 天入户 1 次，还没有入户过，应在 07-08");
}

#[test]
fn a_visit_counts_as_a_call_and_a_greeting_does_not_count_as_a_visit_at_level_one() {
    let mut facts = household("one", "2024-12-20", "2024-11-20");
    check(&facts, "2024-12-31", "电访 25-01-03 -3；入户 25-01-17 -17");
    facts.last.greeting = Some(day("2024-12-27"));
    // At level one the visit of greetings is no visit; somebody was spoken to all the same.
    check(&facts, "2024-12-31", "电访 25-01-10 -10；入户 25-01-17 -17");
    facts.levels = vec![level("two", "2024-07-01", None)];
    check(&facts, "2024-12-31", "电访 25-01-26 -26；入户 25-02-25 -56");
}

#[test]
fn nobody_seen_yet_is_due_when_there_was_time_for_it() {
    check(&household("one", "", ""), "2024-07-02", "入户 24-07-08 -6；电访 24-07-08 -6");
    // The file is older than the rule: the rule's own interval runs from its first day.
    let mut old = household("one", "", "");
    old.opened_on = day("2020-01-01");
    old.levels = vec![level("one", "2020-01-01", None)];
    check(&old, "2024-07-02", "电访 24-07-05 -3；入户 24-07-19 -17");
}

#[test]
fn holidays_weekends_and_make_up_days() {
    // 30 days after 2024-09-03 is in the week of the national day: back to Monday 09-30.
    check(&household("one", "2024-09-03", "2024-09-29"), "2024-09-29", "入户 24-09-30 -1；电访 24-10-12 -13");
    // 2024-10-12 is a Saturday that is worked: it stays.
    let call = household("one", "2024-09-28", "2024-09-28");
    check(&call, "2024-10-01", "电访 24-10-12 -11；入户 24-10-28 -27");
    // 2025-02-08 is a Saturday that is worked; in the spring festival nobody is due.
    check(
        &household("two", "2025-01-09", "2025-01-09"),
        "2025-01-10",
        "电访 25-02-08 -29；入户 25-03-10 -59",
    );
    // Short intervals over a long holiday do not fall back onto the last contact.
    let mut facts = household("one", "2026-02-13", "2026-02-14");
    facts.levels = vec![level("one", "2026-02-14", None)];
    facts.opened_on = day("2026-02-14");
    check(&facts, "2026-02-14", "电访 26-02-28 -14；入户 26-03-13 -27");
}

#[test]
fn a_household_regraded_has_the_time_of_a_first_contact() {
    // Level three until November, one from then on: a week for the first visit, not two months late at once.
    let mut facts = household("three", "2024-09-02", "2024-11-25");
    facts.levels = vec![level("three", "2024-07-01", Some("2024-12-02")), level("one", "2024-12-02", None)];
    check(&facts, "2024-12-01", "电访 25-01-24 -54；入户 25-09-02 -275");
    check(&facts, "2024-12-02", "入户 24-12-09 -7；电访 24-12-09 -7");
    check(&facts, "2024-12-11", "电访 24-12-09 +2；入户 24-12-09 +2");
    assert_eq!(
        on(&facts, "2024-12-11").owed[1].why,
        "一级每 30 天入户 1 次，上次 09-02；12-02 起是一级，应在 12-09"
    );
    // Less often from now on: what was late is late no more.
    facts.levels = vec![level("one", "2024-07-01", Some("2024-12-02")), level("three", "2024-12-02", None)];
    check(&facts, "2024-12-01", "入户 24-09-30 +62；电访 24-12-09 -8");
    check(&facts, "2024-12-02", "电访 25-01-24 -53；入户 25-09-02 -274");
}

#[test]
fn a_category_shortens_the_interval() {
    let mut facts = household("five", "", "2024-10-30");
    facts.persons[0].categories = vec![("child_in_difficulty".to_owned(), day("2024-07-01"))];
    check(&facts, "2024-12-31", "电访 24-12-27 +4");
    assert!(on(&facts, "2024-12-31").owed[0].why.starts_with("这类对象每 60 天电访 1 次"));
}

#[test]
fn death_and_moving_away_end_it() {
    let closed = |why: &str| Some(Closed { on: day("2024-12-10"), why: why.to_owned() });
    for why in ["死亡", "迁出"] {
        let mut facts = household("one", "2024-10-20", "2024-10-19");
        facts.closed = closed(why);
        assert!(!on(&facts, "2024-12-09").owed.is_empty());
        let outlook = on(&facts, "2024-12-10");
        assert_eq!(
            (said(&outlook), outlook.quiet),
            (String::new(), Some(format!("{why}：12-10 起销档，不再联系")))
        );
        // The only person with a file: the same. One of two: the other is still seen.
        let mut facts = household("one", "2024-11-20", "2024-12-19");
        facts.persons[0].closed = closed(why);
        let quiet = on(&facts, "2024-12-31").quiet;
        assert_eq!(quiet, Some(format!("{why}：12-10 起户里没有建档的人")));
        facts.persons.push(Person::default());
        check(&facts, "2024-12-31", "入户 24-12-20 +11；电访 25-01-02 -2");
    }
}

#[test]
fn whoever_lives_elsewhere_is_called_only() {
    let mut facts = household("one", "2024-11-20", "2024-12-19");
    facts.absent = true;
    check(&facts, "2024-12-31", "电访 25-01-02 -2");
    assert_eq!(on(&facts, "2024-12-31").quiet.as_deref(), Some("户在人不在：不用入户，改为电访"));
}

#[test]
fn in_hospital_calls_only_and_a_visit_within_three_days_of_discharge() {
    let mut facts = household("one", "2024-11-20", "2024-12-19");
    facts.persons[0].stays = vec![Stay { from: day("2024-12-18"), to: None }];
    check(&facts, "2024-12-31", "电访 25-01-02 -2");
    facts.persons[0].stays[0].to = Some(day("2024-12-30"));
    check(&facts, "2024-12-31", "入户 25-01-02 -2；电访 25-01-02 -2；入户 25-01-06 -6");
    let outlook = on(&facts, "2025-01-04");
    assert_eq!(outlook.owed[0].why, "出院：2024-12-30 出院，01-02 前要联系");
    facts.last.home = Some(day("2025-01-02"));
    check(&facts, "2025-01-04", "电访 25-01-16 -12；入户 25-01-27 -23");
    // Of two persons one is at home: the household is visited.
    facts.persons.push(Person::default());
    facts.persons[0].stays[0].to = None;
    check(&facts, "2025-01-04", "电访 25-01-16 -12；入户 25-01-27 -23");
}

#[test]
fn a_warning_of_bad_weather_calls_for_a_contact_while_it_holds() {
    let mut facts = household("two", "2024-12-20", "2024-12-20");
    facts.warnings =
        vec![Warning { from: day("2024-12-29"), to: None, what: "寒冷橙色预警".to_owned() }];
    check(&facts, "2024-12-31", "电访 24-12-30 +1；电访 25-01-17 -17；入户 25-02-18 -49");
    assert_eq!(on(&facts, "2024-12-31").owed[0].why, "恶劣天气：12-29 寒冷橙色预警，12-30 前要联系");
    facts.last.phone = Some(day("2024-12-29"));
    check(&facts, "2024-12-31", "电访 25-01-27 -27；入户 25-02-18 -49");
    facts.last.phone = Some(day("2024-12-20"));
    facts.warnings[0].to = Some(day("2024-12-31"));
    check(&facts, "2024-12-31", "电访 25-01-17 -17；入户 25-02-18 -49");
    facts.levels = vec![level("three", "2024-07-01", None)];
    facts.warnings[0].to = None;
    check(&facts, "2024-12-31", "电访 25-02-18 -49；入户 25-12-19 -353");
}

#[test]
fn a_major_event_is_answered_within_a_day() {
    let mut facts = household("three", "2024-12-20", "2024-12-20");
    facts.events = vec![Event { known_on: day("2024-12-28"), what: "丧偶".to_owned() }];
    check(&facts, "2024-12-28", "入户 24-12-29 -1；电访 25-02-18 -52；入户 25-12-19 -356");
    check(&facts, "2024-12-31", "入户 24-12-29 +2；电访 25-02-18 -49；入户 25-12-19 -353");
    assert_eq!(on(&facts, "2024-12-31").owed[0].why, "重大变故：12-28 得知丧偶，12-29 前要联系");
    facts.last.phone = Some(day("2024-12-28"));
    check(&facts, "2024-12-31", "电访 25-02-26 -57；入户 25-12-19 -353");
}

#[test]
fn before_a_long_holiday_the_closest_level_is_contacted() {
    // The spring festival of 2025 begins on 01-28; the last workday before it is Monday 01-27.
    let facts = household("one", "2025-01-20", "2025-01-20");
    check(&facts, "2025-01-20", "电访 25-01-27 -7；入户 25-02-19 -30");
    let facts = household("one", "2025-01-19", "2025-01-19");
    assert!(said(&on(&facts, "2025-01-21")).contains("电访 25-01-27 -6"));
    let whys: Vec<String> = on(&facts, "2025-01-21").owed.into_iter().map(|due| due.why).collect();
    assert!(whys.contains(&"节前：01-28 春节放假 8 天，01-27 前要联系".to_owned()), "{whys:?}");
    // Level two is not; the single day of the new year calls for nothing.
    assert_eq!(on(&household("two", "2025-01-19", "2025-01-19"), "2025-01-21").owed.len(), 2);
    assert_eq!(on(&household("one", "2024-12-20", "2024-12-20"), "2024-12-31").owed.len(), 2);
}

#[test]
fn nothing_is_owed_without_a_level_and_it_says_so() {
    let facts = Facts { levels: Vec::new(), ..household("one", "", "") };
    let outlook = on(&facts, "2024-12-31");
    assert_eq!(outlook.quiet.as_deref(), Some("还没有评定服务等级：先评定，再排联系"));
}

#[test]
fn urgency_is_lateness_as_a_share_of_the_interval() {
    let third = on(&household("three", "2024-12-01", "2024-10-09"), "2025-01-31");
    let first = on(&household("one", "2024-12-29", "2025-01-11"), "2025-01-31");
    assert!(first.owed[0].urgency() > third.owed[0].urgency(), "{first:?} {third:?}");
    assert_eq!(first.owed[0].by, By::Phone);
}

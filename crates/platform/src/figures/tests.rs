//! The engine on both databases: what it counts, as it was known, and that total, list and breakdown agree.

use db::{Database, DbError};
use kernel::{Actor, Clock, Id, Moment};
use rules::counting::{Basis, Book, By, RuleSet};
use rust_decimal::Decimal;

use super::{At, Detail, Names, Scope, list, total, value};
use crate::access::{Asker, Correct, Enter, Withdraw, permit};
use crate::activities::{Activities, Activity, ActivitySize, ActivityStatus, CountBasis};
use crate::areas::{Area, Areas, Community};
use crate::hotline::{Call, Direction, Hotline, Ticket};

const NOON: Moment = Moment::from_micros(1_735_617_600_000_000);

const RULES: &str = r#"
[rules.activities]
name = "活动" 
unit = "次"
record = "activity"
date = "held_on"
where = { size = ["large", "small"], status = "held" }

[rules.attendances]
name = "人次"
unit = "人次"
record = "activity"
date = "held_on"
count = { sum = "attendances" }
where = { size = ["large", "small"], status = "held", attendances = { at_least = 1 } }

[rules.places]
name = "项目数"
unit = "个"
record = "activity"
until = "held_on"
count = { distinct = "programme" }

[rules.years]
name = "年数"
unit = "年"
record = "station"
count = { years_since = "operated_since" }

[rules.answered]
name = "接通"
unit = "次"
record = "call"
date = "called_on"
where = { answered = true, direction = "inbound" }

[rules.unfilled]
name = "未填"
unit = "次"
record = "ticket"
date = "opened_on"
where = { filled_on = { filled = false } }

[derived.mean]
name = "场均人次"
unit = "人次"
ratio = ["attendances", "activities"]
decimals = 2
"#;

fn id(n: u32) -> Id {
    Id::derived(0, &[&n.to_be_bytes()])
}

fn at(known_at: Moment) -> At {
    let basis = Basis {
        start: "2024-06-21".parse().unwrap(),
        cut_off: "2024-12-31".parse().unwrap(),
        round: None,
        previous_round: None,
    };
    At { station: id(1), basis, known_at, written_at: known_at, scope: Scope::Station }
}

fn activity(n: u32, area: u32, day: &str, attendances: i32) -> Activity {
    Activity {
        id: id(n),
        station_id: id(1),
        area_id: Some(id(area)),
        community_id: Some(id(area + 10)),
        worker_id: None,
        programme: (n.is_multiple_of(2)).then(|| format!("p{}", n % 4)),
        name: "活动".into(),
        size: if n.is_multiple_of(3) { ActivitySize::Small } else { ActivitySize::Large },
        status: ActivityStatus::Held,
        held_on: day.parse().unwrap(),
        place: "广场".into(),
        attendances,
        basis: CountBasis::SignIn,
        summary: String::new(),
    }
}

fn fill(database: &Database) {
    crate::testing::station(database, id(1), "one");
    crate::testing::station(database, id(2), "two");
    let write = |tx: &mut db::Tx<'_>| {
        let areas = permit::<Enter<Areas>>(&Asker::Console, id(1))?;
        let area = |n: u32, code: &str| Area {
            id: id(n),
            station_id: id(1),
            area_id: None,
            community_id: None,
            worker_id: None,
            code: code.into(),
            name: code.into(),
            position: 1,
        };
        areas.append(tx, &[area(30, "east"), area(40, "west")])?;
        let community = |n: u32, area: u32, code: &str| Community {
            id: id(n),
            station_id: id(1),
            area_id: Some(id(area)),
            community_id: None,
            worker_id: None,
            code: code.into(),
            name: code.into(),
            position: 1,
            region_code: None,
            latitude_e6: None,
            longitude_e6: None,
        };
        areas.append(tx, &[community(40 + 10, 40, "w1"), community(30 + 10 + 100, 30, "unused")])?;
        Ok::<_, DbError>(())
    };
    database.write(&Actor::Console, write).unwrap();
}

fn record(database: &Database) {
    let write = |tx: &mut db::Tx<'_>| {
        let enter = permit::<Enter<Activities>>(&Asker::Console, id(1))?;
        let mut rows = vec![
            activity(101, 30, "2024-06-21", 10),
            activity(102, 30, "2024-12-31", 20),
            activity(103, 40, "2024-08-01", 30),
            activity(104, 40, "2024-06-20", 1000),
            activity(105, 40, "2025-01-01", 1000),
            activity(106, 40, "2024-08-02", 0),
        ];
        for row in &mut rows {
            row.community_id = None;
        }
        rows.push(Activity {
            status: ActivityStatus::Planned,
            community_id: None,
            ..activity(107, 40, "2024-08-03", 7)
        });
        rows.push(Activity {
            size: ActivitySize::Regular,
            community_id: None,
            ..activity(108, 40, "2024-08-03", 7)
        });
        enter.append(tx, &rows)?;
        let enter = permit::<Enter<Hotline>>(&Asker::Console, id(1))?;
        let call = |n: u32, direction: Direction, answered: bool| Call {
            id: id(n),
            station_id: id(1),
            area_id: None,
            community_id: None,
            worker_id: None,
            direction,
            called_on: "2024-09-01".parse().unwrap(),
            answered,
            seconds: 60,
            household_id: None,
            person_id: None,
        };
        enter.append(
            tx,
            &[
                call(201, Direction::Inbound, true),
                call(202, Direction::Inbound, false),
                call(203, Direction::Outbound, true),
            ],
        )?;
        let ticket = |n: u32, filled: bool| Ticket {
            id: id(n + 100),
            station_id: id(1),
            area_id: None,
            community_id: None,
            worker_id: None,
            call_id: id(n),
            direction: Direction::Inbound,
            opened_on: "2024-09-01".parse().unwrap(),
            filled_on: filled.then(|| "2024-09-02".parse().unwrap()),
            reason: None,
            action: None,
        };
        enter.append(tx, &[ticket(201, true), ticket(202, false)])
    };
    database.write(&Actor::Console, write).unwrap();
}

fn each(test: impl Fn(&Database, &RuleSet)) {
    let set = RuleSet::parse("test", RULES, &crate::catalogue()).unwrap();
    db::testing::each(Clock::Fixed(NOON), |fresh| {
        fill(&fresh.database);
        record(&fresh.database);
        test(&fresh.database, &set);
    });
}

fn read<T>(database: &Database, work: impl FnOnce(&mut db::Tx<'_>) -> db::DbResult<T>) -> T {
    database.read(work).unwrap()
}

#[test]
fn what_is_counted() {
    each(|database, set| {
        let check = |code: &str, expected: &str| {
            let found = read(database, |tx| value(tx, set, code, &at(NOON)));
            assert_eq!(found, Some(expected.parse::<Decimal>().unwrap()), "{code}");
        };
        check("activities", "4");
        check("attendances", "60");
        check("places", "2");
        check("years", "12");
        check("answered", "1");
        check("unfilled", "1");
        check("mean", "15");
        assert_eq!(read(database, |tx| value(tx, set, "none", &at(NOON))), None);
        let two = At { station: id(2), ..at(NOON) };
        assert_eq!(read(database, |tx| value(tx, set, "activities", &two)), Some(Decimal::ZERO));
    });
}

#[test]
fn total_list_breakdown_and_book_agree() {
    each(|database, set| {
        read(database, |tx| {
            let names = Names::load(tx, id(1), NOON)?;
            let mut rows = std::collections::BTreeMap::new();
            for rule in set.rules() {
                let listed = list(tx, rule, &at(NOON), &names)?;
                rows.insert(rule.code.clone(), listed.into_iter().map(|listed| listed.row).collect());
            }
            let book = Book::new(set.clone(), at(NOON).basis, rows);
            for figure in set.iter() {
                let code = figure.code();
                assert_eq!(value(tx, set, code, &at(NOON))?, book.value(code, None), "{code}");
                for (area, scope) in [("east", Scope::Area(id(30))), ("west", Scope::Area(id(40)))] {
                    let within = at(NOON).within(scope);
                    assert_eq!(value(tx, set, code, &within)?, book.value(code, Some(area)), "{code} {area}");
                }
            }
            let detail = Detail::load(tx, set, "attendances", &at(NOON), &names)?;
            let parts = |by| {
                let parts = detail.by(set, &at(NOON), by);
                parts
                    .into_iter()
                    .map(|part| (part.key.unwrap_or_default(), part.value.unwrap().to_string()))
                    .collect::<Vec<_>>()
            };
            let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
            assert_eq!(parts(By::Area), [pair("east", "30"), pair("west", "30")]);
            assert_eq!(
                parts(By::Month),
                [pair("2024-06", "10"), pair("2024-08", "30"), pair("2024-12", "20")]
            );
            let mean = Detail::load(tx, set, "mean", &at(NOON), &names)?.by(set, &at(NOON), By::Area);
            assert_eq!(
                mean.iter().map(|part| part.value.unwrap().to_string()).collect::<Vec<_>>(),
                ["15", "15"]
            );
            Ok(())
        });
    });
}

#[test]
fn a_figure_counts_what_was_known() {
    each(|database, set| {
        let later = |micros: i64| Moment::from_micros(NOON.micros() + micros);
        let write = |moment: Moment, work: &dyn Fn(&mut db::Tx<'_>) -> db::DbResult<()>| {
            database
                .write(&Actor::Console, |tx| {
                    tx.set_at(moment);
                    work(tx)
                })
                .unwrap();
        };
        let corrected = Activity { community_id: None, ..activity(101, 30, "2024-06-21", 11) };
        write(later(10), &|tx| {
            permit::<Correct<Activities>>(&Asker::Console, id(1))?.correct(tx, &corrected)
        });
        write(later(20), &|tx| {
            permit::<Withdraw<Activities>>(&Asker::Console, id(1))?.withdraw::<Activity>(tx, id(102), "重复")
        });
        let rule = set.rules().find(|rule| rule.code == "attendances").unwrap();
        for (moment, expected) in [(0, 60), (10, 61), (20, 41)] {
            let found = read(database, |tx| total(tx, rule, &at(later(moment))));
            assert_eq!(found, Decimal::from(expected), "at {moment}");
        }
    });
}

#[test]
fn pseudonyms_differ_between_stations_and_lead_nowhere_without_the_key() {
    each(|database, _| {
        read(database, |tx| {
            let names = Names::load(tx, id(1), NOON)?;
            let pseudonym = names.pseudonym(id(101).as_str());
            assert_eq!(pseudonym.len(), 32);
            assert_eq!(pseudonym, names.pseudonym(id(101).as_str()));
            assert_ne!(pseudonym, names.pseudonym(id(102).as_str()));
            assert!(!pseudonym.contains(&id(101).as_str()[..8]));
            Ok(())
        });
    });
}

//! The facts test: every published figure comes out of the records through a counting rule, and withdrawing one
//! record moves exactly the figures that depend on it.

use std::collections::{BTreeMap, BTreeSet};

use db::{Database, DbError, DbResult, Tx};
use kernel::{Actor, Id, Problem};
use platform::figures::{self, At, Listed, Names};
use platform::indicators::rule_set;
use platform::library::Library;
use platform::{evaluation, indicators};
use rules::counting::{Book, Figure, Row, RuleSet, counts};
use rust_decimal::Decimal;
use serde_json::Value;

use super::{clock, sample};
use crate::ROUND;

/// Figures of facts.toml under another name, or not figures at all.
const ELSEWHERE: &[(&str, &str)] = &[
    ("report.title", "a text; the report's cover"),
    ("report.kind", "a word; the round's kind"),
    ("report.evaluated_on", "a date of the round"),
    ("report.records_until", "a date of the round"),
    ("report.evaluator", "a name"),
    ("station.name", "a name"),
    ("station.district", "a name"),
    ("station.street", "a name"),
    ("station.address", "an address"),
    ("station.operated_since", "a date; its years are counted"),
    ("contract.start", "a date of the contract"),
    ("contract.end", "a date of the contract"),
    ("staff.manager_since", "a date; the manager's joined_on"),
];

/// What facts.toml calls otherwise than the rule does.
const RENAMED: &[(&str, &str)] = &[
    ("station.community_count", "station.communities"),
    ("station.area_count", "station.areas"),
    ("contract.agreed_certified_implied", "contract.agreed_certified"),
    ("contract.recipient_category_count", "contract.recipient_categories"),
    ("staff.months_implied", "staff.months"),
    ("staff.manager_years_in_field_over", "staff.manager_years_in_field"),
    ("publicity.brochures_over", "publicity.brochures"),
    ("publicity.media_reports_city_or_above", "publicity.media_reports"),
    ("monitoring.new_volunteers", "new_volunteers"),
    ("monitoring.volunteer_backbones", "volunteer_backbones"),
    ("monitoring.volunteer_teams", "volunteer_teams"),
    ("outcome.home_safety_reached_over", "outcome.home_safety_reached"),
];

struct Engine {
    set: RuleSet,
    at: At,
}

fn engine(database: &Database) -> Engine {
    let library = Library::load(None).unwrap();
    let load = |tx: &mut Tx<'_>| -> DbResult<Engine> {
        let now = tx.at();
        let round = evaluation::round(tx, ROUND, now)?;
        let (contract, at) = evaluation::at_round(tx, &round)?;
        let board =
            indicators::board(tx, &library.catalogue, round.station_id, at.basis.cut_off, at.known_at)?;
        let targets = indicators::targets(tx, contract.id, at.basis.cut_off, at.known_at)?;
        Ok(Engine { set: rule_set(&library, &board, &targets), at })
    };
    database.read(load).unwrap()
}

fn rows(tx: &mut Tx<'_>, engine: &Engine) -> DbResult<BTreeMap<String, Vec<Listed>>> {
    let names = Names::load(tx, engine.at.station, engine.at.known_at)?;
    let mut rows = BTreeMap::new();
    for rule in engine.set.rules() {
        rows.insert(rule.code.clone(), figures::list(tx, rule, &engine.at, &names)?);
    }
    Ok(rows)
}

fn book(engine: &Engine, listed: &BTreeMap<String, Vec<Listed>>, without: Option<Id>) -> Book {
    let kept = |listed: &Vec<Listed>| -> Vec<Row> {
        listed.iter().filter(|listed| Some(listed.id) != without).map(|listed| listed.row.clone()).collect()
    };
    let rows = listed.iter().map(|(code, listed)| (code.clone(), kept(listed))).collect();
    Book::new(engine.set.clone(), engine.at.basis.clone(), rows)
}

/// Every figure of facts.toml: code, place and value.
fn facts() -> Vec<(String, Option<String>, Decimal)> {
    let facts: Value = toml::from_str(include_str!("../../facts.toml")).unwrap();
    let mut found = Vec::new();
    for section in
        ["report", "station", "contract", "staff", "publicity", "registry", "monitoring", "outcome"]
    {
        for (name, value) in facts[section].as_object().unwrap() {
            let code = format!("{section}.{name}");
            if ELSEWHERE.iter().any(|(other, _)| *other == code) {
                continue;
            }
            let renamed =
                RENAMED.iter().find(|(fact, _)| *fact == code).map_or(code.as_str(), |(_, rule)| rule);
            found.push((renamed.to_owned(), None, number(value)));
        }
    }
    for indicator in facts["indicator"].as_array().unwrap() {
        let code = indicator["code"].as_str().unwrap();
        found.push((code.to_owned(), None, number(&indicator["actual"])));
        found.push((format!("{code}.target"), None, number(&indicator["target_implied"])));
        found.push((format!("{code}.completion"), None, number(&indicator["completion_percent"])));
    }
    found.extend(facts["area"].as_array().unwrap().iter().flat_map(area));
    found
}

/// The figures of one area, and the files of its communities where they are given.
fn area(area: &Value) -> Vec<(String, Option<String>, Decimal)> {
    let code = match area["name"].as_str().unwrap() {
        "晓港片区" => "xiaogang",
        "晓园片区" => "xiaoyuan",
        "海富片区" => "haifu",
        _ => "beipian",
    };
    let fact = |name: &str, rule: &str| {
        area.get(name).map(|value| (rule.to_owned(), Some(code.to_owned()), number(value)))
    };
    let facts = [
        fact("files", "registry.files"),
        fact("files", "registry.files_due"),
        fact("persons", "registry.persons"),
        fact("home_visits", "home_visits"),
        fact("phone_visits", "phone_visits"),
        fact("funds_raised_yuan", "area.funds_raised_yuan"),
        fact("aid_attendances", "area.aid_attendances"),
        fact("support_club_attendances", "area.support_club_attendances"),
        fact("service_points", "station.service_points"),
    ];
    let communities = area["communities"].as_array().unwrap();
    let pinyin = ["xiaogangdong", "qinghui", "xiaogangzhong", "xiaoxi", "changgangdong"];
    let pinyin2 = ["xiaoyuandong", "xiaoyuanxin", "yuejinnan", "yuejinbei", "xigangdong", "xigangxi"];
    let codes: &[&str] = if code == "xiaogang" { &pinyin } else { &pinyin2 };
    let own = communities.iter().zip(codes).filter_map(|(community, code)| {
        let files = community.as_array()?.get(1)?;
        Some(("registry.files".to_owned(), Some((*code).to_owned()), number(files)))
    });
    facts.into_iter().flatten().chain(own).collect()
}

fn number(value: &Value) -> Decimal {
    value.to_string().parse().unwrap_or_else(|_| panic!("{value} is not a number"))
}

#[test]
fn every_published_figure_comes_out_of_the_records() {
    let database = &sample().database;
    let engine = engine(database);
    let listed = database.read(|tx| rows(tx, &engine)).unwrap();
    let book = book(&engine, &listed, None);
    let facts = facts();
    assert!(facts.len() > 130, "only {} facts", facts.len());
    let mut differences = Vec::new();
    for (code, place, published) in facts {
        let counted = book.value(&code, place.as_deref());
        let over = code == "publicity.brochures" || code == "outcome.home_safety_reached";
        let agrees = counted.is_some_and(|counted| counted == published || (over && counted > published));
        if !agrees {
            differences.push((code, place, published, counted));
        }
    }
    let only = ("registry.households".to_owned(), None, Decimal::from(1917), Some(Decimal::from(1915)));
    assert_eq!(differences, [only]);
    for word in ["registry.households", "1917", "1915", "555 + 537 + 447 + 376 = 1915"] {
        assert!(crate::PUBLISHED_DIFFERENCES.contains(word), "published-differences.txt lacks {word}");
    }
}

/// On both databases: the database's total, the formulas' tally of the listed rows, and the digests.
#[test]
fn both_databases_and_the_formulas_count_alike() {
    let postgres = db::testing::postgres(clock());
    crate::make(&postgres.database, &mut |_| {}).unwrap();
    let digests = [&sample().database, &postgres.database].map(|database| {
        let engine = engine(database);
        let alike = |tx: &mut Tx<'_>| {
            let listed = rows(tx, &engine)?;
            let book = book(&engine, &listed, None);
            let mut digests = BTreeMap::new();
            for figure in engine.set.iter() {
                let code = figure.code();
                assert_eq!(
                    figures::value(tx, &engine.set, code, &engine.at)?,
                    book.value(code, None),
                    "{code}"
                );
                if let Figure::Counted(rule) = figure {
                    let basis = &engine.at.basis;
                    assert!(listed[code].iter().all(|listed| counts(rule, basis, &listed.row)), "{code}");
                    assert!(!listed[code].is_empty(), "{code} counts nothing in the sample");
                    digests.insert(code.to_owned(), book.tally(code, None).unwrap().digest);
                }
            }
            Ok::<_, DbError>(digests)
        };
        database.read(alike).unwrap()
    });
    assert_eq!(digests[0], digests[1]);
}

/// For every rule: withdraw one record it counts, as it was known when the round was closed, and ask the database
/// for every figure again. What moves must be what the lists say, and nothing else.
#[test]
fn withdrawing_a_record_moves_exactly_the_figures_that_depend_on_it() {
    let database = &sample().database;
    let engine = engine(database);
    let listed = database.read(|tx| rows(tx, &engine)).unwrap();
    let before = values(&book(&engine, &listed, None));
    for rule in engine.set.rules() {
        // A record that moves its figure: the first whose absence changes the value.
        let moving = listed[&rule.code].iter().find(|candidate| {
            values(&book(&engine, &only(&listed, &rule.code), Some(candidate.id))).get(&rule.code)
                != before.get(&rule.code)
        });
        let candidate = moving.unwrap_or_else(|| panic!("no record moves {}", rule.code));
        let expected = values(&book(&engine, &listed, Some(candidate.id)));
        let moved: BTreeSet<&str> =
            before.keys().filter(|code| before[*code] != expected[*code]).map(String::as_str).collect();
        assert!(moved.contains(rule.code.as_str()));
        for code in &moved {
            let counted = engine
                .set
                .roots(code)
                .iter()
                .any(|root| listed[&root.code].iter().any(|l| l.id == candidate.id));
            assert!(counted, "{code} moves with a record it does not count");
        }
        let after = after_withdrawal(database, &engine, rule.kind.name, candidate.id);
        for (code, value) in &after {
            assert_eq!(*value, expected[code], "{code} after withdrawing a record of {}", rule.code);
        }
    }
}

fn only(listed: &BTreeMap<String, Vec<Listed>>, code: &str) -> BTreeMap<String, Vec<Listed>> {
    listed
        .iter()
        .filter(|(other, _)| *other == code)
        .map(|(code, rows)| (code.clone(), rows.clone()))
        .collect()
}

fn values(book: &Book) -> BTreeMap<String, Option<Decimal>> {
    book.set().iter().map(|figure| (figure.code().to_owned(), book.value(figure.code(), None))).collect()
}

/// Every figure after the withdrawal of one record, in a transaction that is then undone.
fn after_withdrawal(database: &Database, engine: &Engine, kind: &str, id: Id) -> figures::Values {
    let mut after = figures::Values::new();
    let undone: DbResult<()> = database.write(&Actor::Console, |tx| {
        let now = clock().now();
        tx.set_at(now);
        platform::withdraw(tx, &platform::access::Asker::Console, engine.at.station, kind, id, "试验")?;
        let at = At { known_at: now, ..engine.at.clone() };
        after = figures::all(tx, &engine.set, &at)?;
        Err(Problem::new("undo", "撤回", "").into())
    });
    assert!(matches!(undone, Err(DbError::Problem(problem)) if problem.code == "undo"));
    after
}

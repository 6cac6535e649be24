//! A sample through the router, on both databases: from the seed to the published file, and what is refused on the way.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::NaiveDate;
use db::Database;
use kernel::{Actor, Id};
use rules::sampling::{Published, replay};

use super::model::{CallResult, unreached};
use super::store::{self, Drawn};
use super::testing::{Someone, USUAL, filled, people, person_id, seed};
use super::{Sample, publish};
use crate::access::Role;
use crate::access::testing::in_station;
use crate::evaluation::testing::{self, empty_round, move_to};
use crate::evaluation::{Round, Stage};
use crate::shell::Trouble;
use crate::shell::tests::station::id;
use crate::surveys::ContactOutcome;
use crate::testing::{Desk, on_both};

const ROUND: &str = "/evaluation/rounds/yizhan-panel";
const SAMPLE: &str = "/evaluation/rounds/yizhan-panel/sample";

#[test]
fn when_somebody_counts_as_not_reached() {
    use CallResult::{Busy, NoAnswer, WrongNumber};
    let check = |attempts: &[(&str, CallResult)], has_number: bool, expected: bool| {
        let attempts: Vec<(NaiveDate, CallResult)> =
            attempts.iter().map(|(day, result)| (day.parse().unwrap(), *result)).collect();
        assert_eq!(unreached(&attempts, has_number).is_ok(), expected, "{attempts:?} {has_number}");
    };
    let (one, two) = ("2025-03-11", "2025-03-12");
    check(&[], false, true);
    check(&[], true, false);
    check(&[(one, NoAnswer), (two, NoAnswer)], true, false);
    check(&[(one, NoAnswer), (one, Busy), (one, NoAnswer)], true, false);
    check(&[(one, NoAnswer), (one, Busy), (two, NoAnswer)], true, true);
    check(&[(one, WrongNumber)], true, true);
    check(&[(one, WrongNumber), (one, NoAnswer)], true, false);
    let told = unreached(&["2025-03-11".parse().map(|day| (day, NoAnswer)).unwrap()], true);
    assert_eq!(told.unwrap_err(), "至少在 2 天里拨打 3 次才算联系不上；现在 1 天 1 次");
}

fn pass(micros: &AtomicI64) {
    micros.fetch_add(1_000_000, Ordering::SeqCst);
}

fn sample(database: &Database) -> Sample {
    database.read(|tx| store::sample_of(tx, "yizhan-panel")).unwrap().unwrap()
}

fn drawn(database: &Database) -> Vec<Drawn> {
    let sample = sample(database).id;
    database.read(|tx| store::drawn_of(tx, sample)).unwrap()
}

fn file(database: &Database, round: &Round) -> Published {
    let sample = sample(database);
    database
        .read(|tx| publish::file(tx, round, &sample))
        .map_err(|trouble: Trouble| format!("{trouble:?}"))
        .unwrap()
}

/// So many usual persons, numbered from one.
fn usual(number: u32) -> Vec<Someone> {
    (1..=number).map(|n| Someone { n, ..USUAL }).collect()
}

/// A round on site with its seed and frame, on a station with these persons.
fn framed<'f>(
    database: &'f Database,
    micros: &'static AtomicI64,
    all: &[Someone],
    strata: &str,
) -> (Desk<'f>, Round) {
    people(database, 1, all);
    pass(micros);
    let round = empty_round(database, 1, "yizhan", Stage::OnSite);
    pass(micros);
    let runs = Desk::at(database, micros, Role::Evaluator);
    assert_eq!(runs.post(&format!("{SAMPLE}/seed"), &[]).0, 303);
    let frame = [("strata_by", strata), ("questionnaire", "satisfaction-2024")];
    assert_eq!(runs.post(&format!("{SAMPLE}/frame"), &frame).0, 303);
    (runs, round)
}

/// Ends calling everybody who is still open: nobody wants to answer.
fn ended(database: &Database) {
    let open: Vec<Id> =
        drawn(database).into_iter().filter(|one| one.outcome.is_none()).map(|one| one.id).collect();
    let closed = database.write(&Actor::Console, |tx| {
        for id in &open {
            store::close(tx, *id, ContactOutcome::Refused)?;
        }
        Ok::<_, db::DbError>(())
    });
    closed.unwrap();
}

#[test]
fn the_seed_comes_first_then_the_frame_then_the_draw_each_once() {
    on_both(|database, micros| {
        let mut all = usual(101);
        all.push(Someone { n: 201, closed: Some(("2024-12-01", "deceased")), ..USUAL });
        all.push(Someone { n: 202, closed: Some(("2024-12-31", "moved_out")), ..USUAL });
        all.push(Someone { n: 203, delisted_on: Some("2024-10-01"), ..USUAL });
        all.push(Someone { n: 204, born_on: "2015-06-01", ..USUAL });
        people(database, 1, &all);
        pass(micros);
        let round = empty_round(database, 1, "yizhan", Stage::Preparing);
        pass(micros);
        let runs = Desk::at(database, micros, Role::Evaluator);
        let post = |step: &str, fields: &[(&str, &str)]| runs.post(&format!("{SAMPLE}/{step}"), fields);
        let check = |(status, body): (u16, String), words: &str| {
            assert_eq!(status, 422, "{body}");
            assert!(body.contains(words), "{body} lacks {words}");
        };
        let none = [("strata_by", "none"), ("questionnaire", "satisfaction-2024")];
        assert!(runs.get(SAMPLE).contains("承诺种子"));
        check(post("frame", &none), "还没有承诺种子");
        check(post("draw", &[("wanted", "100")]), "还没有承诺种子");
        assert_eq!(post("seed", &[]).0, 303);
        check(post("seed", &[]), "一轮只有一个");
        check(post("frame", &none), "实地评估开始");
        let (secret, _) = seed(database, &round.code);
        let commitment = sample(database).commitment;
        assert!(runs.get(SAMPLE).contains(&commitment));
        // Whoever sees the round can note the commitment; the survey itself is for those who evaluate.
        let manager = Desk::at(database, micros, Role::StationManager);
        assert!(manager.get(ROUND).contains(&commitment));
        assert_eq!(manager.status(SAMPLE), 403);
        move_to(database, &round, Stage::OnSite);
        pass(micros);
        check(post("draw", &[("wanted", "100")]), "名单还没有冻结");
        check(post("frame", &[("strata_by", "x"), none[1]]), "分层");
        check(post("frame", &[none[0], ("questionnaire", "x")]), "选一份问卷");
        // Known too late: whoever is entered after the round came on site does not belong.
        people(database, 1, &[Someone { n: 300, ..USUAL }]);
        pass(micros);
        assert_eq!(post("frame", &none).0, 303);
        check(post("frame", &none), "已经冻结");
        let page = runs.get(SAMPLE);
        for words in ["102 人", "已故 1 人", "已迁出 1 人", "已不在名册 1 人", "1 人，未满 14 周岁"]
        {
            assert!(page.contains(words), "{page} lacks {words}");
        }
        assert!(manager.get(ROUND).contains(sample(database).frame_digest.as_ref().unwrap()));
        check(post("draw", &[("wanted", "many")]), "样本量");
        assert_eq!(post("draw", &[("wanted", "5")]).0, 303, "at least a hundred all the same");
        check(post("draw", &[("wanted", "100")]), "不能重抽");
        assert_eq!(drawn(database).len(), 100);
        assert!(!runs.get(SAMPLE).contains(&secret), "the seed stays closed");
        check(post("close", &[]), "还有 100 人没有结束访问");
        check(post("publish", &[]), "还有 100 人没有结束访问");
        assert_eq!(runs.status(&format!("{SAMPLE}/sample.json")), 422);
        ended(database);
        pass(micros);
        check(post("publish", &[]), "先按“结束调查”");
        assert_eq!(post("close", &[]).0, 303);
        check(post("close", &[]), "调查已经结束");
        assert_eq!(post("publish", &[]).0, 303);
        check(post("publish", &[]), "已经公布");
        let file = file(database, &round);
        assert!(replay(&file, Some(&commitment), None).iter().all(|step| step.agrees));
        assert_eq!((file.frame.len(), file.drawn.len(), file.seed.as_str()), (102, 100, secret.as_str()));
        let text = file.text();
        assert!(!text.contains("抽样1") && !text.contains(person_id(1, 1).as_str()), "no person in the file");
        assert_eq!(runs.status(&format!("{SAMPLE}/sample.json")), 200);
        let lines = database.read(|tx| {
            let query = db::AuditQuery { chains: Some(vec![id(1, 0)]), limit: 400, ..Default::default() };
            tx.audit_search(&query)
        });
        let verbs: Vec<String> = lines.unwrap().0.into_iter().map(|entry| entry.line.verb).collect();
        for verb in [
            "surveys.seed",
            "surveys.frame",
            "surveys.draw",
            "surveys.close",
            "surveys.wiped",
            "surveys.publish",
        ] {
            assert_eq!(verbs.iter().filter(|known| *known == verb).count(), 1, "{verb}: {verbs:?}");
        }
    });
}

#[test]
fn a_frame_of_ninety_nine_is_drawn_whole_and_strata_are_kept() {
    on_both(|database, micros| {
        let all: Vec<Someone> =
            usual(99).into_iter().map(|one| Someone { west: one.n > 60, ..one }).collect();
        let (runs, _) = framed(database, micros, &all, "area");
        let (status, body) =
            runs.post(&format!("{SAMPLE}/draw"), &[("wanted", "100"), ("allocation", "fixed"), ("s0", "60")]);
        assert_eq!(status, 422);
        assert!(body.contains("抽几人"), "{body}");
        let few = [("wanted", "100"), ("allocation", "fixed"), ("s0", "60"), ("s1", "30")];
        let (status, body) = runs.post(&format!("{SAMPLE}/draw"), &few);
        assert_eq!(status, 422);
        assert!(body.contains("合计只能抽 90 人，至少要 99 人"), "{body}");
        let fields = [("wanted", "100"), ("allocation", "proportional")];
        assert_eq!(runs.post(&format!("{SAMPLE}/draw"), &fields).0, 303);
        let mut strata: BTreeMap<String, usize> = BTreeMap::new();
        for one in drawn(database) {
            *strata.entry(one.stratum).or_default() += 1;
        }
        assert_eq!(strata, [("东片区".to_owned(), 60), ("西片区".to_owned(), 39)].into());
    });
}

#[test]
fn strata_by_category_take_the_first_of_the_list() {
    on_both(|database, micros| {
        let mut all = usual(120);
        for one in all.iter_mut().filter(|one| one.n <= 20) {
            one.category = Some("minimum_living");
        }
        let (runs, _) = framed(database, micros, &all, "category");
        let fields = [("wanted", "100"), ("allocation", "fixed"), ("s0", "40"), ("s1", "85")];
        assert_eq!(runs.post(&format!("{SAMPLE}/draw"), &fields).0, 303);
        let page = runs.get(SAMPLE);
        assert!(page.contains("低保") && page.contains("其他") && page.contains("各层人数指定"), "{page}");
        // Everyone of the stratum that has fewer than forty.
        let other = drawn(database).iter().filter(|one| one.stratum == "其他").count();
        assert_eq!((other, drawn(database).len()), (85, 105));
    });
}

#[test]
fn numbers_stay_masked_and_whoever_calls_dials_for_ten_minutes() {
    on_both(|database, micros| {
        let mut all = usual(98);
        all.push(Someone { n: 98 + 1, born_on: "2016-01-01", ..USUAL });
        let (runs, _) = framed(database, micros, &all, "none");
        assert_eq!(runs.post(&format!("{SAMPLE}/draw"), &[("wanted", "100")]).0, 303);
        let list = runs.get(&format!("{SAMPLE}/calls"));
        assert!(list.contains("138****4321") && !list.contains("13800004321"));
        assert!(list.contains("母亲 139****8765") && list.contains("由监护人答"), "{list}");
        let found = drawn(database);
        let grown = found.iter().find(|one| !one.guarded).unwrap();
        let one = format!("{SAMPLE}/calls/{}", grown.id);
        assert!(!runs.get(&one).contains("tel:"));
        let (status, body) = runs.post(&format!("{one}/result"), &[("result", "refused")]);
        assert_eq!(status, 422);
        assert!(body.contains("先按“拨打”"), "{body}");
        assert_eq!(runs.post(&format!("{one}/dial"), &[]).0, 303);
        let page = runs.get(&one);
        assert!(page.contains("tel:13800004321") && page.contains("138****4321"), "{page}");
        assert_eq!(page.matches("13800004321").count(), 1, "in the address alone");
        // Nobody else dials through it, and nobody calls the same person meanwhile.
        let other = Desk::at(database, micros, Role::Evaluator);
        assert!(!other.get(&one).contains("tel:"));
        assert_eq!(other.post(&format!("{one}/dial"), &[]).0, 422);
        micros.fetch_add(10 * 60 * 1_000_000, Ordering::SeqCst);
        assert!(!runs.get(&one).contains("tel:"));
        // A child is reached through the guardian, never by a number of its own.
        let child = found.iter().find(|one| one.guarded).unwrap();
        let of_child = format!("{SAMPLE}/calls/{}", child.id);
        assert_eq!(runs.post(&format!("{of_child}/dial"), &[]).0, 303);
        let page = runs.get(&of_child);
        assert!(page.contains("tel:13900008765") && !page.contains("tel:13800004321"), "{page}");
        assert!(page.contains("未满 14 周岁"));
    });
}

#[test]
fn who_cannot_be_asked_is_replaced_by_the_next_in_order() {
    on_both(|database, micros| {
        let (runs, round) = framed(database, micros, &usual(102), "none");
        assert_eq!(runs.post(&format!("{SAMPLE}/draw"), &[("wanted", "100")]).0, 303);
        let found = drawn(database);
        let of = |place: usize| format!("{SAMPLE}/calls/{}", found[place].id);
        let call = |one: &str, result: &str| {
            assert_eq!(runs.post(&format!("{one}/dial"), &[]).0, 303);
            assert_eq!(runs.post(&format!("{one}/result"), &[("result", result), ("note", "说过话")]).0, 303);
        };
        let refused = |(status, body): (u16, String), words: &str| {
            assert_eq!(status, 422, "{body}");
            assert!(body.contains(words), "{body} lacks {words}");
        };
        refused(runs.post(&format!("{}/replace", of(0)), &[]), "拒答或联系不上");
        call(&of(0), "refused");
        refused(runs.post(&format!("{}/dial", of(0)), &[]), "已经结束访问");
        assert_eq!(runs.post(&format!("{}/dial", of(1)), &[]).0, 303);
        refused(runs.post(&format!("{}/result", of(1)), &[("result", "answered")]), "开始问卷");
        assert_eq!(runs.post(&format!("{}/questionnaire", of(1)), &filled("5", &[])).0, 303);
        refused(runs.post(&format!("{}/replace", of(1)), &[]), "拒答或联系不上");
        // Not reached: three attempts on two days.
        call(&of(2), "no_answer");
        call(&of(2), "busy");
        refused(runs.post(&format!("{}/give-up", of(2)), &[]), "现在 1 天 2 次");
        micros.fetch_add(24 * 3_600 * 1_000_000, Ordering::SeqCst);
        let runs = Desk::at(database, micros, Role::Evaluator);
        assert_eq!(runs.post(&format!("{}/dial", of(2)), &[]).0, 303);
        assert_eq!(runs.post(&format!("{}/result", of(2)), &[("result", "no_answer")]).0, 303);
        assert_eq!(runs.post(&format!("{}/give-up", of(2)), &[]).0, 303);
        assert!(runs.get(&of(2)).contains("联系不上") && runs.get(&of(0)).contains("说过话"));
        let (status, to) = runs.post(&format!("{}/replace", of(0)), &[]);
        assert_eq!(status, 303);
        assert!(runs.get(&to).contains("第 101 位"));
        refused(runs.post(&format!("{}/replace", of(0)), &[]), "已经有人替补");
        assert_eq!(runs.post(&format!("{}/replace", of(2)), &[]).0, 303);
        // A hundred and two are all used now.
        let last = drawn(database).last().unwrap().id;
        let of_last = format!("{SAMPLE}/calls/{last}");
        assert_eq!(runs.post(&format!("{of_last}/dial"), &[]).0, 303);
        assert_eq!(runs.post(&format!("{of_last}/result"), &[("result", "gone")]).0, 303);
        refused(runs.post(&format!("{of_last}/replace"), &[]), "全部用完");
        // What came of it counts as records of the survey.
        let kinds = database.read(|tx| tx.record_ids(id(1, 0))).unwrap();
        assert_eq!(kinds.iter().filter(|(_, kind)| *kind == "sampled_person").count(), 4);
        ended(database);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        assert_eq!(runs.post(&format!("{SAMPLE}/close"), &[]).0, 303);
        refused(runs.post(&format!("{of_last}/replace"), &[]), "不再替补");
        assert_eq!(runs.post(&format!("{SAMPLE}/publish"), &[]).0, 303);
        let file = file(database, &round);
        assert_eq!(file.replacements.len(), 2);
        assert!(replay(&file, None, None).iter().all(|step| step.agrees));
        refused(runs.post(&format!("{of_last}/replace"), &[]), "已经公布");
    });
}

#[test]
fn whoever_is_kept_from_the_round_sees_nothing_of_its_sample() {
    on_both(|database, micros| {
        let (runs, round) = framed(database, micros, &usual(5), "none");
        assert_eq!(runs.post(&format!("{SAMPLE}/draw"), &[("wanted", "100")]).0, 303);
        let one = format!("{SAMPLE}/calls/{}", drawn(database)[0].id);
        let calls = format!("{SAMPLE}/calls");
        let expert = Desk::of(database, micros, &[]);
        assert_eq!(expert.status(SAMPLE), 403);
        testing::cleared(database, &round.code, expert.user(), runs.user());
        pass(micros);
        let page = expert.get(SAMPLE);
        assert!(page.contains("5 人") && !page.contains("抽样1") && !page.contains("访问名单"), "{page}");
        assert_eq!((expert.status(&calls), expert.status(&one)), (403, 403));
        // Somebody of the evaluator's who had to leave the panel, and the neighbour's evaluator.
        let gone = Desk::at(database, micros, Role::Evaluator);
        assert_eq!(gone.status(&calls), 200);
        testing::recused(database, &round.code, gone.user(), runs.user());
        pass(micros);
        let next = Desk::of(database, micros, &[in_station(Role::Evaluator, id(2, 0))]);
        for who in [&gone, &next] {
            for path in [SAMPLE, &calls, &one, &format!("{SAMPLE}/sample.json")] {
                assert!([403, 404].contains(&who.status(path)), "{path}: {}", who.status(path));
            }
            assert!([403, 404].contains(&who.post(&format!("{one}/dial"), &[]).0));
        }
        // Who evaluates elsewhere and manages here sees the round, and not its sample.
        let both = [in_station(Role::StationManager, id(1, 0)), in_station(Role::Evaluator, id(2, 0))];
        let both = Desk::of(database, micros, &both);
        assert_eq!((both.status(ROUND), both.status(SAMPLE), both.status(&calls)), (200, 404, 403));
    });
}

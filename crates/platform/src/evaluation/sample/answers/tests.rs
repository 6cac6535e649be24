//! Answers through the router, on both databases: the form, corrections, closing, what is seen after it, and that no stored
//! byte leads from an answer to a person.

mod joins;

use std::sync::atomic::{AtomicI64, Ordering};

use db::Database;
use kernel::Id;

use super::super::Sample;
use super::super::store::{self as samples, Drawn};
use super::super::testing::{Someone, USUAL, filled, people};
use super::kept;
use crate::access::Role;
use crate::access::testing::in_station;
use crate::evaluation::testing::{cleared, empty_round};
use crate::evaluation::{Round, Stage};
use crate::shell::tests::station::id;
use crate::surveys::{ContactOutcome, SurveyAnswer};
use crate::testing::{Desk, on_both};

const ROUND: &str = "/evaluation/rounds/yizhan-panel";
const SAMPLE: &str = "/evaluation/rounds/yizhan-panel/sample";

fn pass(micros: &AtomicI64) {
    micros.fetch_add(1_000_000, Ordering::SeqCst);
}

fn sample(database: &Database) -> Sample {
    database.read(|tx| samples::sample_of(tx, "yizhan-panel")).unwrap().unwrap()
}

fn drawn(database: &Database) -> Vec<Drawn> {
    let sample = sample(database).id;
    database.read(|tx| samples::drawn_of(tx, sample)).unwrap()
}

/// The answers that stand sealed.
fn sealed(database: &Database) -> Vec<kept::Kept> {
    let sample = sample(database).id;
    database.read(|tx| kept::all(tx, sample)).unwrap()
}

fn records(database: &Database) -> Vec<SurveyAnswer> {
    use diesel::prelude::*;
    let read = database.read(|tx| {
        let now = tx.at();
        Ok::<_, db::DbError>(SurveyAnswer::known(now).load::<SurveyAnswer>(tx.conn())?)
    });
    let mut all = read.unwrap();
    all.sort_by_key(|one| one.id);
    all
}

/// A round on site whose sample is drawn: all of these persons.
fn called<'f>(database: &'f Database, micros: &'static AtomicI64, all: &[Someone]) -> (Desk<'f>, Round) {
    people(database, 1, all);
    pass(micros);
    let round = empty_round(database, 1, "yizhan", Stage::OnSite);
    pass(micros);
    let runs = Desk::at(database, micros, Role::Evaluator);
    assert_eq!(runs.post(&format!("{SAMPLE}/seed"), &[]).0, 303);
    let frame = [("strata_by", "area"), ("questionnaire", "satisfaction-2024")];
    assert_eq!(runs.post(&format!("{SAMPLE}/frame"), &frame).0, 303);
    assert_eq!(
        runs.post(&format!("{SAMPLE}/draw"), &[("wanted", "100"), ("allocation", "proportional")]).0,
        303
    );
    (runs, round)
}

fn usual(number: u32) -> Vec<Someone> {
    (1..=number).map(|n| Someone { n, ..USUAL }).collect()
}

fn page_of(one: Id) -> String {
    format!("{SAMPLE}/calls/{one}")
}

/// Dials somebody and fills the questionnaire in; the code that the next page tells, in groups.
fn answers(runs: &Desk<'_>, one: Id, fields: &[(&str, &str)]) -> String {
    assert_eq!(runs.post(&format!("{}/dial", page_of(one)), &[]).0, 303);
    let (status, to) = runs.post(&format!("{}/questionnaire", page_of(one)), fields);
    assert_eq!(status, 303, "{to}");
    assert_eq!(to, format!("{SAMPLE}/calls"), "the address says nothing of the answer");
    let page = runs.get(&to);
    let (_, rest) = page.split_once("撤回码 ").expect("the code is told");
    rest[..14].to_owned()
}

fn ends(runs: &Desk<'_>, one: Id, result: &str) {
    assert_eq!(runs.post(&format!("{}/dial", page_of(one)), &[]).0, 303);
    let fields = [("result", result), ("note", "家人代接，说了情况")];
    assert_eq!(runs.post(&format!("{}/result", page_of(one)), &fields).0, 303);
}

fn refused((status, body): (u16, String), words: &str) {
    assert_eq!(status, 422, "{body}");
    assert!(body.contains(words), "{body} lacks {words}");
}

#[test]
fn a_form_skips_on_the_server_and_keeps_no_name() {
    on_both(|database, micros| {
        let (runs, _) = called(database, micros, &usual(6));
        let all = drawn(database);
        let one = format!("{}/questionnaire", page_of(all[0].id));
        assert_eq!(runs.status(&one), 422, "nobody is on the telephone");
        refused(runs.post(&one, &filled("4", &[])), "先按“拨打”");
        assert_eq!(runs.post(&format!("{}/dial", page_of(all[0].id)), &[]).0, 303);
        let form = runs.get(&one);
        for words in
            ["问题解决", "能力提升", "支持网络", "知晓度", "不清楚", "不愿回答", "您好，我是评估机构"]
        {
            assert!(form.contains(words), "{form} lacks {words}");
        }
        let missing = filled("4", &[("q_helped", ""), ("q_manages", "9")]);
        let (status, body) = runs.post(&one, &missing);
        assert_eq!(status, 422);
        assert!(body.contains("href=\"#f-q_helped\"") && body.contains("这一题要答"), "{body}");
        assert!(body.contains("没有这个答案") && body.contains("要改 2 处"), "{body}");
        assert!(sealed(database).is_empty() && drawn(database)[0].outcome.is_none(), "nothing was kept");
        let skipped =
            filled("4", &[("q_contacted", "never"), ("q_listened", "declined"), ("q_more_care", "unknown")]);
        assert_eq!(runs.post(&one, &skipped).0, 303);
        let kept = sealed(database);
        assert_eq!(kept.len(), 1);
        let entry = &kept[0].entry.filled;
        assert_eq!((entry.answer("manages"), entry.answer("listened")), (None, Some("declined")));
        assert_eq!(drawn(database)[0].outcome, Some(ContactOutcome::Answered));
        assert!(records(database).is_empty(), "there is no record before closing");
        // Nobody sees a result of it, and sending the same once more keeps nothing.
        assert_eq!(runs.status(&format!("{ROUND}/survey")), 404);
        assert_eq!(runs.status(&format!("{ROUND}/survey.xlsx")), 404);
        refused(runs.post(&one, &skipped), "已经结束访问");
        assert_eq!(sealed(database).len(), 1);
    });
}

#[test]
fn a_wrong_result_is_corrected_with_its_history_until_publishing() {
    on_both(|database, micros| {
        let (runs, _) = called(database, micros, &usual(7));
        let all = drawn(database);
        let correct = |one: usize, fields: &[(&str, &str)]| {
            runs.post(&format!("{}/correct", page_of(all[one].id)), fields)
        };
        let fields = |result, reason| [("result", result), ("reason", reason)];
        refused(correct(0, &fields("refused", "x")), "还没有结束访问");
        ends(&runs, all[0].id, "refused");
        refused(correct(0, &fields("unable", "")), "为什么更正");
        refused(correct(0, &fields("answered", "其实答了")), "按问卷逐题登记");
        assert_eq!(correct(0, &fields("unable", "听错了，是病着")).0, 303);
        let page = runs.get(&page_of(all[0].id));
        assert!(page.contains("听错了，是病着") && page.contains("拒答 → 因病、听力或语言答不了"), "{page}");
        let code = answers(
            &runs,
            all[1].id,
            &filled("5", &[("q_more_care", "yes"), ("consent", "yes"), ("wish", "多来看看")]),
        );
        let other = answers(&runs, all[2].id, &filled("2", &[]));
        assert_ne!(code, other);
        refused(correct(1, &fields("later", "登记错了人")), "没有这个撤回码的问卷");
        let with = |code| [("result", "later"), ("reason", "登记错了人"), ("code", code)];
        refused(correct(1, &with("0000-0000-0000")), "没有这个撤回码的问卷");
        let code = code.to_lowercase();
        assert_eq!(correct(1, &with(&code)).0, 303);
        assert_eq!(sealed(database).len(), 1);
        assert!(drawn(database)[1].outcome.is_none(), "it goes on");
        assert_eq!(answers(&runs, all[1].id, &filled("3", &[])).len(), 14);
        for one in &all[3..] {
            ends(&runs, one.id, "refused");
        }
        assert_eq!(runs.post(&format!("{SAMPLE}/close"), &[]).0, 303);
        refused(correct(1, &with(&other)), "只能更正没有作答的原因");
        assert_eq!(correct(3, &fields("gone", "后来才知道")).0, 303);
        refused(correct(3, &fields("busy", "x")), "只能更正没有作答的原因");
        assert_eq!(runs.post(&format!("{SAMPLE}/publish"), &[]).0, 303);
        refused(correct(3, &fields("refused", "x")), "已经公布");
        assert_eq!(records(database).len(), 2);
        // Who had the wish was somebody else: nothing is passed on.
        let worker = Desk::at(database, micros, Role::StationManager);
        assert!(!worker.get("/evaluation/wishes").contains("多来看看"));
    });
}

#[test]
fn closing_makes_records_of_answers_and_shows_what_they_come_to() {
    on_both(|database, micros| {
        // Eight in the east, three in the west: those three are not told apart, nor is what would tell them.
        let all: Vec<Someone> = usual(11).into_iter().map(|one| Someone { west: one.n > 8, ..one }).collect();
        let (runs, round) = called(database, micros, &all);
        let expert = Desk::of(database, micros, &[]);
        cleared(database, &round.code, expert.user(), runs.user());
        for (n, one) in drawn(database).into_iter().enumerate() {
            match n {
                0 => ends(&runs, one.id, "refused"),
                1 => drop(answers(
                    &runs,
                    one.id,
                    &filled("5", &[("q_more_care", "yes"), ("consent", "yes"), ("wish", "多来看看老人")]),
                )),
                2 => drop(answers(&runs, one.id, &filled("5", &[("q_more_care", "yes")]))),
                _ => drop(answers(&runs, one.id, &filled("4", &[]))),
            }
        }
        let missing = runs.get(ROUND);
        assert!(missing.contains("满意度调查还没有结束并公布样本"), "{missing}");
        refused(runs.post(&format!("{SAMPLE}/publish"), &[]), "先按“结束调查”");
        assert_eq!(runs.post(&format!("{SAMPLE}/close"), &[]).0, 303);
        assert!(sealed(database).is_empty());
        let rows = records(database);
        assert_eq!(rows.len(), 10);
        let sum = |of: fn(&SurveyAnswer) -> i32| rows.iter().map(of).sum::<i32>();
        assert_eq!((sum(|row| row.points), sum(|row| row.points_possible)), (2 * 30 + 8 * 24, 300));
        assert_eq!(rows.iter().filter(|row| row.wants_more_care).count(), 2);
        let days: std::collections::BTreeSet<_> = rows.iter().map(|row| row.answered_on).collect();
        assert_eq!(days.len(), 1, "the day of closing alone");
        assert!(
            rows.iter().all(|row| row.community_id.is_none() && row.area_id.is_none()),
            "the west would be left over"
        );
        for who in [&runs, &expert] {
            let page = who.get(&format!("{ROUND}/survey"));
            for words in ["90.9%", "没有作答：不愿意答", "4.20", "其中同意转告社工站", "84 %"]
            {
                assert!(page.contains(words), "{page} lacks {words}");
            }
            assert!(!page.contains("多来看看老人") && !page.contains("分片区"), "{page}");
        }
        assert_eq!(runs.status(&format!("{ROUND}/survey.xlsx")), 200);
        // The station sees who wishes for more care, because they agreed, and nothing else of the survey.
        let manager = Desk::at(database, micros, Role::StationManager);
        assert_eq!(manager.status(&format!("{ROUND}/survey")), 403);
        let wishes = manager.get("/evaluation/wishes");
        assert_eq!(wishes.matches("多来看看老人").count(), 1, "{wishes}");
        assert!(manager.get("/").contains("希望多关心"));
        let wish = wishes.split("/evaluation/wishes/").nth(1).unwrap()[..36].to_owned();
        let next = Desk::of(database, micros, &[in_station(Role::StationManager, id(2, 0))]);
        assert_eq!(next.post(&format!("/evaluation/wishes/{wish}/done"), &[("done", "x")]).0, 404);
        assert!(!next.get("/evaluation/wishes").contains("多来看看老人"));
        let done = format!("/evaluation/wishes/{wish}/done");
        refused(manager.post(&done, &[("done", "")]), "做了什么");
        assert_eq!(manager.post(&done, &[("done", "当天上门看望")]).0, 303);
        assert!(manager.get("/evaluation/wishes").contains("当天上门看望"));
        refused(manager.post(&done, &[("done", "又一次")]), "已经登记过");
        // The figures count what was written after the freeze of the records.
        let figures = runs.get("/figures/monitoring.satisfaction_percent?round=yizhan-panel");
        assert!(figures.contains("84"), "{figures}");
    });
}

#[test]
fn areas_are_told_apart_where_enough_answered_and_few_answers_are_not_shown() {
    on_both(|database, micros| {
        let all: Vec<Someone> = usual(12).into_iter().map(|one| Someone { west: one.n > 6, ..one }).collect();
        let (runs, _) = called(database, micros, &all);
        for one in drawn(database) {
            answers(&runs, one.id, &filled("4", &[]));
        }
        assert_eq!(runs.post(&format!("{SAMPLE}/close"), &[]).0, 303);
        let page = runs.get(&format!("{ROUND}/survey"));
        for words in ["分片区", "东片区 · 合计", "西片区 · 问题解决", "4.00 至 4.00"] {
            assert!(page.contains(words), "{page} lacks {words}");
        }
        assert_eq!(records(database).iter().filter(|row| row.area_id.is_some()).count(), 12);
    });
    on_both(|database, micros| {
        let (runs, _) = called(database, micros, &usual(6));
        for (n, one) in drawn(database).into_iter().enumerate() {
            if n < 4 {
                drop(answers(&runs, one.id, &filled("4", &[])))
            } else {
                ends(&runs, one.id, "refused")
            }
        }
        assert_eq!(runs.post(&format!("{SAMPLE}/close"), &[]).0, 303);
        let page = runs.get(&format!("{ROUND}/survey"));
        assert!(page.contains("作答不足 5 人") && !page.contains("题目与回答"), "{page}");
    });
}

#[test]
fn notes_and_reasons_stand_sealed() {
    on_both(|database, micros| {
        let (runs, _) = called(database, micros, &usual(5));
        let one = drawn(database)[0].id;
        ends(&runs, one, "no_answer");
        assert!(runs.get(&page_of(one)).contains("家人代接，说了情况"));
        let sample = sample(database).id;
        let calls = database.read(|tx| samples::calls_of(tx, sample)).unwrap();
        assert!(format!("{:?}", calls[0].note).contains("Sealed"));
    });
}

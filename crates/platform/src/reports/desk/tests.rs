//! The desk of a report through the router, on both databases: wording with locked figures, errors that keep the report in the
//! house, what was changed between its versions, and who may see it when.

use std::sync::atomic::{AtomicI64, Ordering};

use axum::http::Method;
use db::Database;
use kernel::{Actor, Id};
use rules::scoring::Paper;

use super::super::manifest::Manifest;
use super::super::{Facts, composed, verify};
use crate::access::{Asker, Enter, Role, new_id, permit};
use crate::evaluation::testing::{self, empty_round};
use crate::evaluation::{Evaluation, ReportWording, Round, Stage};
use crate::library::Library;
use crate::testing::{Desk, on_both};

const ROUND: &str = "/evaluation/rounds/yizhan-panel";
const REPORT: &str = "/reports/yizhan-panel";
const LEAD: &str = "/reports/yizhan-panel/wording/background.lead";
/// Two areas are called three: no figure is typed, and it is wrong all the same.
const WRONG: &str = "{round.evaluator}走访了三个片区，分别为东片区、西片区。";
const GOOD: &str = "{round.evaluator}走访了两个片区，分别为东片区、西片区。";
const REASON: &str = "示例：第三个片区评估后才设立";

/// A round that is being drafted, with scores and a finding.
fn drafted(database: &Database, micros: &'static AtomicI64) -> Round {
    let round = empty_round(database, 1, "yizhan", Stage::OnSite);
    micros.fetch_add(1_000_000, Ordering::SeqCst);
    drafting(database, micros, &round);
    round
}

fn drafting(database: &Database, micros: &'static AtomicI64, round: &Round) {
    testing::scored(database, round);
    testing::finding(database, &round.code);
    testing::move_to(database, round, Stage::Drafting);
    micros.fetch_add(1_000_000, Ordering::SeqCst);
}

/// The first error on the wording page, as its form sends it.
fn error(page: &str) -> (String, String) {
    let value = |name: &str| {
        let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        rest.split('"').next().unwrap().replace("&#34;", "\"").replace("&#38;", "&").replace("&#39;", "'")
    };
    (value("rule"), value("message"))
}

#[test]
fn wording_is_changed_with_locked_figures_and_told_apart() {
    on_both(|database, micros| {
        drafted(database, micros);
        let (writes, manager) =
            (Desk::at(database, micros, Role::Evaluator), Desk::at(database, micros, Role::StationManager));
        let list = writes.get(&format!("{REPORT}/wording"));
        assert!(list.contains("评估背景") && list.contains("评语") && list.contains("文书不齐"), "{list}");
        assert!(list.len() < 120_000, "{}", list.len());
        assert_eq!(manager.status(&format!("{REPORT}/wording")), 403);
        let page = writes.get(LEAD);
        assert!(page.contains("{round.evaluated_on}") && page.contains("2025年3月25日"), "tokens: {page}");
        for (words, expected) in [
            ("评估组走访了3个片区。", "手写的数字"),
            ("评估组走访了{station.arias}个片区。", "不是计数规则"),
            ("评估组走访了{station.areas@none}个片区。", "不是这个社工站的片区"),
            ("评估组走访了{station.areas个片区。", "没有配上"),
            ("", "填文字"),
        ] {
            let (status, body) = writes.post(LEAD, &[("words", words), ("version", "0")]);
            assert!(status == 422 && body.contains(expected), "{words}: {status} {body}");
        }
        assert_eq!(
            writes.post(&format!("{REPORT}/wording/none"), &[("words", "好"), ("version", "0")]).0,
            404
        );
        assert_eq!(manager.post(LEAD, &[("words", "好"), ("version", "0")]).0, 403);

        // Looked at before it is saved, then saved; the figure is filled in by the report.
        let words = "{round.evaluator}到{station.short}走访了{station.areas}个片区。";
        let (status, body) = writes.post(&format!("{LEAD}/preview"), &[("words", words), ("version", "0")]);
        let filled = "示例评估机构到示例街社工站走访了";
        assert!(status == 200 && body.contains("还没有保存") && body.contains(filled), "{body}");
        assert!(!writes.get(REPORT).contains(filled), "nothing was written");
        assert_eq!(writes.post(LEAD, &[("words", words), ("version", "0")]).0, 303);
        let report = writes.get(REPORT);
        assert!(report.contains(filled) && report.contains(">2</a>个片区"), "{report}");
        let (status, _) = writes.post(LEAD, &[("words", "别人的话"), ("version", "0")]);
        assert_eq!(status, 409, "made from a version that is no longer the last");
        assert_eq!(writes.post(LEAD, &[("words", words), ("version", "1")]).0, 422, "nothing changed");
        assert_eq!(writes.post(LEAD, &[("words", GOOD), ("version", "1")]).0, 303);
        let page = writes.get(LEAD);
        assert!(page.contains("<ins>") && page.contains("<del>") && page.contains("改写"), "{page}");

        // The manifest holds the words, and they are filled again from it.
        let library = Library::load(None).unwrap();
        let facts = database.read(|tx| Facts::load(tx, &library, "yizhan-panel", None)).unwrap();
        let made = composed(&facts, &facts.scheme.scheme, &|_, _| String::new()).unwrap();
        let mut manifest = Manifest::of(&facts, &library, &made, vec![]).unwrap();
        assert_eq!(manifest.wording.len(), 1);
        assert_eq!(verify::wording(&manifest), vec![]);
        assert_eq!(verify::text(&manifest, &made.document), None);
        manifest.wording[0].printed.push('改');
        assert_eq!(verify::wording(&manifest).len(), 1);
        manifest.text = Some("0".repeat(64));
        assert!(verify::text(&manifest, &made.document).is_some());

        // Taken back, the report says its own words.
        assert_eq!(writes.post(&format!("{LEAD}/withdraw"), &[]).0, 303);
        assert_eq!(writes.post(&format!("{LEAD}/withdraw"), &[]).0, 404);
        assert!(!writes.get(REPORT).contains("走访了"));
        assert!(writes.get(LEAD).contains("作废"), "its history stays");
    });
}

#[test]
fn an_error_keeps_the_report_in_the_house_until_it_is_mended_or_let_stand_by_somebody_else() {
    on_both(|database, micros| {
        let round = drafted(database, micros);
        let (writes, other) =
            (Desk::at(database, micros, Role::Evaluator), Desk::at(database, micros, Role::Evaluator));
        assert_eq!(writes.post(LEAD, &[("words", WRONG), ("version", "0")]).0, 303);
        let wording = format!("{REPORT}/wording");
        let page = writes.get(&wording);
        assert!(page.contains("必须改") && page.contains("未处理 1 处"), "{page}");
        assert!(writes.get(LEAD).contains("文字核验"), "beside the passage");
        let next = |from: &str| writes.post(&format!("{ROUND}/stage"), &[("from", from)]);
        let (status, body) = next("drafting");
        assert!(status == 422 && body.contains("1 处核验错误"), "{body}");
        assert!(writes.get(ROUND).contains("1 处核验错误"));

        let (rule, message) = error(&page);
        let accept = |desk: &Desk<'_>, message: &str, reason: &str| {
            let fields = [("rule", rule.as_str()), ("message", message), ("reason", reason)];
            desk.post(&format!("{REPORT}/accepted"), &fields)
        };
        let (status, body) = accept(&writes, &message, REASON);
        assert!(status == 422 && body.contains("您最后改的"), "not one's own: {body}");
        assert_eq!(accept(&other, &message, "照旧").0, 422, "with a reason");
        assert_eq!(accept(&other, "别的错误", REASON).0, 422, "what is there");
        assert_eq!(accept(&other, &message, REASON).0, 303);
        assert_eq!(accept(&other, &message, REASON).0, 422, "once");
        let report = writes.get(REPORT);
        assert!(report.contains("文字核验中保留的问题") && report.contains(REASON), "printed: {report}");

        // It lapses with the words it was said of.
        let more = "{round.evaluator}走访了四个片区，分别为东片区、西片区。";
        assert_eq!(writes.post(LEAD, &[("words", more), ("version", "1")]).0, 303);
        let page = writes.get(&wording);
        assert!(page.contains("未处理 1 处") && page.contains("不再适用的保留 1 处"), "{page}");
        assert!(!writes.get(REPORT).contains(REASON), "not printed any more");
        assert_eq!(next("drafting").0, 422);
        assert_eq!(writes.post(LEAD, &[("words", WRONG), ("version", "2")]).0, 303);
        let (status, body) = next("drafting");
        assert_eq!(status, 303, "{body}");

        // After the answers the words are mended; what was let stand for them is taken back by itself.
        let changes = format!("{REPORT}/changes");
        assert!(writes.get(&changes).contains("初稿"));
        assert_eq!(writes.post(LEAD, &[("words", GOOD), ("version", "3")]).0, 303);
        let page = writes.get(&changes);
        assert!(page.contains("<del>三</del><ins>两</ins>"), "{page}");
        assert_eq!(writes.post(&changes, &[]).0, 303, "a version in between");
        testing::delivered(database, &round, Paper::Draft, writes.user());
        for (role, party) in [
            (Role::StationManager, "station"),
            (Role::StreetOffice, "purchaser"),
            (Role::SupervisionCentre, "supervision_centre"),
            (Role::DistrictBureau, "supervisor"),
        ] {
            let desk = Desk::at(database, micros, role);
            let answer = [("answer", "no_objection")];
            assert_eq!(desk.post(&format!("{ROUND}/feedback/{party}"), &answer).0, 303, "{party}");
        }
        let (status, body) = next("feedback");
        assert_eq!(status, 303, "{body}");

        testing::delivered(database, &round, Paper::Final, writes.user());
        let manager = Desk::at(database, micros, Role::StationManager);
        let page = manager.get(&changes);
        assert!(page.contains("定稿") && page.contains("修改稿") && page.contains("<ins>两</ins>"), "{page}");
        let page = manager.get(&format!("{changes}?from=3&to=4"));
        assert!(!page.contains("<ins>两</ins>") && page.contains("无异议"), "the answers: {page}");
        let report = manager.get(REPORT);
        assert!(report.contains("初稿送出以后的改动") && report.contains("<strong>三</strong>"), "{report}");
        assert!(!report.contains(REASON));
        let (status, body) = writes.post(LEAD, &[("words", WRONG), ("version", "4")]);
        assert!(status == 422 && body.contains("出具报告"), "it is issued: {body}");
        assert_eq!(writes.post(&changes, &[]).0, 422);
    });
}

#[test]
fn wording_whose_passage_is_gone_is_said_and_keeps_the_report_in_the_house() {
    on_both(|database, micros| {
        let round = drafted(database, micros);
        let writes = Desk::at(database, micros, Role::Evaluator);
        wording(database, &round, writes.user(), "no.such.passage", "这一段从前有");
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        let page = writes.get(&format!("{REPORT}/wording"));
        assert!(page.contains("找不到原来的段落") && page.contains("这一段从前有"), "{page}");
        let (status, body) = writes.post(&format!("{ROUND}/stage"), &[("from", "drafting")]);
        assert!(status == 422 && body.contains("1 段改写找不到"), "{body}");
        assert_eq!(writes.post(&format!("{REPORT}/wording/no.such.passage/withdraw"), &[]).0, 303);
        assert_eq!(writes.post(&format!("{ROUND}/stage"), &[("from", "drafting")]).0, 303);
    });
}

fn wording(database: &Database, round: &Round, by: Id, passage: &str, words: &str) {
    let made = database.write(&Actor::Console, |tx| {
        let wording = ReportWording {
            id: new_id(tx.at())?,
            station_id: round.station_id,
            area_id: None,
            community_id: None,
            worker_id: None,
            round: round.code.clone(),
            passage: passage.into(),
            template: "原来的话".into(),
            words: words.into(),
            written_by: by,
            writer: "示例".into(),
        };
        permit::<Enter<Evaluation>>(&Asker::Console, round.station_id)?.append(tx, &[wording])
    });
    made.unwrap();
}

/// Every page of a round, asked by those who must not read its draft.
#[test]
fn the_wording_of_a_draft_is_seen_by_nobody_but_those_who_write_it() {
    const SECRET: &str = "此处另有一段未送出的话";
    on_both(|database, micros| {
        let round = empty_round(database, 1, "yizhan", Stage::OnSite);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        let writes = Desk::at(database, micros, Role::Evaluator);
        let recused = Desk::of(database, micros, &[crate::access::testing::everywhere(Role::Evaluator)]);
        testing::recused(database, &round.code, recused.user(), writes.user());
        drafting(database, micros, &round);
        wording(database, &round, writes.user(), "background.lead", SECRET);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        assert!(writes.get(REPORT).contains(SECRET), "the test would see it");
        let roles = [
            Role::Worker,
            Role::StationManager,
            Role::Operator,
            Role::Expert,
            Role::StreetOffice,
            Role::SupervisionCentre,
            Role::DistrictBureau,
            Role::City,
        ];
        let mut readers: Vec<(&str, Desk<'_>)> =
            roles.into_iter().map(|role| (role.as_str(), Desk::at(database, micros, role))).collect();
        readers.push(("recused", recused));
        let routes = crate::routes().into_iter().filter(|route| route.method == Method::GET);
        let paths: Vec<String> = routes
            .filter(|route| route.path.contains("{round}"))
            .map(|route| {
                let path = route.path.replace("{round}", &round.code);
                let path = path.replace("{passage}", "background.lead").replace("{file}", "manifest.json");
                let path = path.replace("{finding}", Id::NIL.as_str());
                path.replace("{item}", "pm_staffing").replace("{party}", "station").replace("{cell}", "x")
            })
            .collect();
        assert!(paths.len() > 15, "{paths:?}");
        for path in &paths {
            for (who, desk) in &readers {
                assert!(!desk.body(path).contains(SECRET), "{who} reads it at {path}");
            }
        }
        // In the next stage it is still nobody's who has not signed for it.
        assert_eq!(writes.post(&format!("{ROUND}/stage"), &[("from", "drafting")]).0, 303);
        for (who, desk) in &readers {
            assert!(!desk.body(REPORT).contains(SECRET), "{who} has not signed for it");
        }
        testing::delivered(database, &round, Paper::Draft, writes.user());
        // With the draft it is out, but for whoever is kept from the station and an expert without a seat.
        for (who, desk) in &readers {
            if *who != "expert" {
                assert_eq!(desk.body(REPORT).contains(SECRET), *who != "recused", "{who}");
            }
        }
    });
}

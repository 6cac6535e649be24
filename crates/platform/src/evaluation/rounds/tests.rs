//! What each stage asks for, case by case; and rounds through the router, on both databases.

use kernel::Id;
use rules::scoring::Scheme;

use super::guard::{Facts, after, missing};
use crate::access::Role;
use crate::access::testing::in_station;
use crate::evaluation::Stage;
use crate::evaluation::feedback::{About, Unchanged};
use crate::evaluation::schemes::testing as schemes;
use crate::library::Library;
use crate::shell::tests::station::id;
use crate::testing::{Desk, on_both};

fn scheme() -> Scheme {
    Library::load(None).unwrap().scheme
}

/// Everything there that any stage asks for.
fn whole() -> Facts {
    Facts {
        scheme_adopted: true,
        experts: 5,
        answered: scheme().items().count(),
        sealed: 5,
        findings: 1,
        ..Facts::default()
    }
}

#[test]
fn each_stage_says_what_it_still_needs() {
    let check = |stage: Stage, facts: Facts, expected: &[&str]| {
        let found = missing(stage, &scheme(), &facts);
        let found: Vec<&str> = found.iter().map(|one| one.what.as_str()).collect();
        assert_eq!(found.len(), expected.len(), "{stage:?} {found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected), "{stage:?}: {found} has no {expected}");
        }
    };
    for stage in Stage::ALL {
        check(*stage, whole(), &[]);
    }
    check(Stage::Preparing, Facts { scheme_adopted: false, ..whole() }, &["指标体系"]);
    check(Stage::Preparing, Facts { experts: 2, ..whole() }, &["已准入 2 名专家，至少要 3 名"]);
    check(Stage::Preparing, Facts { pending: 1, ..whole() }, &["1 个席位"]);
    check(Stage::Preparing, Facts { open_challenges: 2, ..whole() }, &["2 件"]);
    check(Stage::SelfReview, Facts { answered: 3, ..whole() }, &["自评答了 3 项"]);
    check(Stage::OnSite, Facts { sealed: 4, to_discuss: 3, ..whole() }, &["4 名已封存"]);
    check(Stage::OnSite, Facts { to_discuss: 3, ..whole() }, &["3 项分差过大"]);
    check(Stage::OnSite, Facts { parties_open: vec!["区民政局".into()], ..whole() }, &["区民政局"]);
    check(Stage::OnSite, Facts { sample_open: true, ..whole() }, &["满意度调查还没有结束并公布样本"]);
    check(Stage::SelfReview, Facts { sample_open: true, ..whole() }, &[]);
    check(Stage::OnSite, Facts { pending: 1, sealed: 0, ..whole() }, &["席位", "封存"]);
    check(Stage::Drafting, Facts { findings: 0, pending: 1, ..whole() }, &["评估意见"]);
    check(Stage::Feedback, Facts { unanswered: 2, ..whole() }, &["2 方还没有答复初稿"]);
    let late = vec!["区民政局已过 2025-01-07".to_owned(), "督导中心已过 2025-01-08".to_owned()];
    let held_up = vec!["社工站还没有把初稿转交街道办事处，已过 2025-01-03".to_owned()];
    check(
        Stage::Feedback,
        Facts { unanswered: 3, late, held_up, ..whole() },
        &[
            "3 方还没有答复初稿，其中区民政局已过 2025-01-07，督导中心已过 2025-01-08",
            "社工站还没有把初稿转交",
        ],
    );
    let unchanged = |about: About| Unchanged {
        id: Id::NIL,
        what: format!("第 1 号异议已采纳，{}", about.label()),
        about,
        passage: None,
    };
    let facts = Facts { unchanged: About::ALL.iter().map(|about| unchanged(*about)).collect(), ..whole() };
    check(Stage::Drafting, facts.clone(), &[]);
    let pages: Vec<&str> = missing(Stage::Feedback, &scheme(), &facts).iter().map(|one| one.page).collect();
    assert_eq!(pages, ["findings", "scores", "wording"]);
    check(
        Stage::Feedback,
        Facts { open_objections: 1, scoring_again: 3, ..whole() },
        &["1 条异议", "3 名专家"],
    );
}

#[test]
fn a_party_that_may_be_missing_keeps_nothing_closed() {
    let text = Library::load(None).unwrap().scheme_text.replace("\"refuse\"", "\"reweigh\"");
    let known: Vec<String> =
        Library::load(None).unwrap().rules.iter().map(|figure| figure.code().to_owned()).collect();
    let scheme = Scheme::parse("x", &text, &known).unwrap();
    let facts = Facts { parties_open: vec!["区民政局".into()], ..whole() };
    assert_eq!(missing(Stage::OnSite, &scheme, &facts), []);
}

#[test]
fn stages_follow_one_another() {
    let mut stage = Stage::Preparing;
    let mut seen = vec![stage];
    while let Some(next) = after(stage) {
        stage = next;
        seen.push(stage);
    }
    assert_eq!(seen, Stage::ALL);
}

#[test]
fn a_round_is_opened_and_its_scheme_is_fixed_once_the_station_answers() {
    on_both(|database, micros| {
        let scheme = schemes::adopted(database).to_string();
        let desk = Desk::at(database, micros, Role::Evaluator);
        let contract = id(1, 6).to_string();
        let fields = [
            ("contract", contract.as_str()),
            ("kind", "final"),
            ("scheme", scheme.as_str()),
            ("records_until", "2025-06-20"),
            ("evaluated_on", "2025-07-10"),
            ("evaluator", "示例评估机构"),
            ("supervision_centre", "示例督导中心"),
        ];
        let post = |path: &str, (field, value): (&str, &str)| {
            let all: Vec<(&str, &str)> =
                fields.iter().map(|(name, old)| (*name, if *name == field { value } else { *old })).collect();
            desk.post(path, &all)
        };
        desk.get("/evaluation/rounds/new");
        for (field, value, words) in [
            ("scheme", "", "选一版已采用的"),
            ("evaluated_on", "2025-06-01", "不能早于"),
            ("contract", "x", "选一份服务协议"),
            ("evaluator", "", "填评估机构"),
        ] {
            let (status, body) = post("/evaluation/rounds/new", (field, value));
            assert_eq!(status, 422, "{field}");
            assert!(body.contains(words), "{field}: {body}");
        }
        let (status, to) = post("/evaluation/rounds/new", ("", ""));
        assert_eq!((status, to.as_str()), (303, "/evaluation/rounds/yizhan-2024-final"));
        let page = desk.get(&to);
        assert!(page.contains("已准入 0 名专家，至少要 3 名"), "{page}");
        assert!(desk.get("/evaluation").contains("yizhan-2024-final"));
        // Days may change, the stage may not be skipped.
        assert_eq!(post(&format!("{to}/edit"), ("evaluated_on", "2025-07-11")).0, 303);
        assert!(desk.get(&to).contains("2025-07-11"));
        let (status, body) = desk.post(&format!("{to}/stage"), &[("from", "preparing")]);
        assert_eq!(status, 422);
        assert!(body.contains("还不能进入“自评”"), "{body}");
        // The neighbour's evaluator sees nothing of it.
        let other = Desk::of(database, micros, &[in_station(Role::Evaluator, id(2, 0))]);
        assert_eq!(other.status(&to), 404);
        assert!(!other.get("/evaluation").contains("yizhan"));
        // Once the station answers, another scheme is refused.
        let round = database
            .read(|tx| {
                let now = tx.at();
                crate::evaluation::round(tx, "yizhan-2024-final", now)
            })
            .unwrap();
        crate::evaluation::testing::move_to(database, &round, Stage::SelfReview);
        micros.fetch_add(1_000_000, std::sync::atomic::Ordering::SeqCst);
        let another = schemes::another(database).to_string();
        let (status, body) = post(&format!("{to}/edit"), ("scheme", &another));
        assert_eq!(status, 422);
        assert!(body.contains("不能再换指标体系"), "{body}");
        // Nor does anything change once the report is issued: it rests on what was known then.
        crate::evaluation::testing::move_to(database, &round, Stage::Issued);
        micros.fetch_add(1_000_000, std::sync::atomic::Ordering::SeqCst);
        let (status, body) = post(&format!("{to}/edit"), ("evaluator", "另一家机构"));
        assert!(status == 422 && body.contains("报告已经出具"), "{body}");
    });
}

//! The feedback on a draft through the router, on both databases: two objections, one granted that changes a score, one
//! refused; what a granted one obliges; and the round is over only when everything is answered, or nobody is waited for.

use std::sync::atomic::{AtomicI64, Ordering};

use db::Database;
use kernel::Id;
use rules::scoring::Paper;

use crate::access::Role;
use crate::evaluation::panel::testing as panel;
use crate::evaluation::testing::{self, empty_round};
use crate::evaluation::{FeedbackAnswer, Round, Stage, find};
use crate::library::Library;
use crate::testing::{Desk, on_both};

const ROUND: &str = "/evaluation/rounds/yizhan-panel";
const PARTIES: [(Role, &str); 3] = [
    (Role::StreetOffice, "purchaser"),
    (Role::SupervisionCentre, "supervision_centre"),
    (Role::DistrictBureau, "supervisor"),
];

/// What is kept of a round beside its report.
fn kept(database: &Database, round: &Round) -> serde_json::Value {
    let record = database.read(|tx| {
        let now = tx.at();
        let round = find::round(tx, &round.code, now)?;
        crate::evaluation::round_record(tx, &round)
    });
    serde_json::to_value(record.unwrap()).unwrap()
}

/// A round whose draft was kept, with scores and a finding; the finding's id.
fn draft(database: &Database, micros: &'static AtomicI64) -> (Round, Id) {
    let round = empty_round(database, 1, "yizhan", Stage::Drafting);
    testing::scored(database, &round);
    let finding = testing::finding(database, &round.code);
    micros.fetch_add(1_000_000, Ordering::SeqCst);
    (round, finding)
}

/// Days pass; whoever was signed in no longer is.
fn days(micros: &AtomicI64, days: i64) {
    micros.fetch_add(days * 86_400_000_000, Ordering::SeqCst);
}

#[test]
fn a_granted_objection_keeps_the_report_until_what_it_is_about_was_changed() {
    on_both(|database, micros| {
        let (round, finding) = draft(database, micros);
        let desk = |role| Desk::at(database, micros, role);
        let (runs, manager) = (desk(Role::Evaluator), desk(Role::StationManager));
        let next = |from: &str| runs.post(&format!("{ROUND}/stage"), &[("from", from)]);
        assert_eq!(next("drafting").0, 303);
        testing::delivered(database, &round, Paper::Draft, runs.user());
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        let finding = finding.to_string();
        let object = |fields: [(&str, &str); 2], words: &str| {
            let all = [("answer", "objection"), fields[0], fields[1], ("words", words)];
            assert_eq!(manager.post(&format!("{ROUND}/feedback/station"), &all).0, 303, "{words}");
        };
        object([("about", "finding"), ("finding", &finding)], "文书都在");
        object([("about", "passage"), ("passage", "background.lead")], "没有到那个片区");
        object([("about", "passage"), ("passage", "service_quality.strength.none")], "有值得肯定的");
        for (role, party) in PARTIES {
            let path = format!("{ROUND}/feedback/{party}");
            assert_eq!(desk(role).post(&path, &[("answer", "no_objection")]).0, 303, "{party}");
        }
        // Changed before it is ruled on is not changed by the ruling.
        let lead = "/reports/yizhan-panel/wording/background.lead";
        let say = |words: &str, version: &str| runs.post(lead, &[("words", words), ("version", version)]);
        assert_eq!(say("{round.evaluator}到站评估。", "0").0, 303);
        let page = runs.get(&format!("{ROUND}/feedback"));
        let ids: Vec<String> = page.split("/objections/").skip(1).map(|rest| rest[..36].to_owned()).collect();
        for id in &ids {
            let granted = [("ruling", "granted"), ("reason", "核实"), ("change", "改")];
            assert_eq!(runs.post(&format!("{ROUND}/objections/{id}"), &granted).0, 303);
        }
        let owed = [
            "第 1 号异议已采纳，评估意见“文书不齐补齐”还没有改",
            "第 2 号异议已采纳，报告文字“2025年3月25日，示例评估机构派出评估组到示例区示例街社…”还没有改",
            "第 3 号异议已采纳，报告文字“没有列出值得肯定的方面。”还没有改",
        ];
        let said = |expected: &[bool; 3]| {
            let (status, body) = next("feedback");
            assert_eq!(status, 422, "{body}");
            for (words, expected) in owed.iter().zip(expected) {
                assert_eq!(body.contains(words), *expected, "{words}: {body}");
            }
        };
        said(&[true, true, true]);
        let page = runs.get(&format!("{ROUND}/feedback"));
        assert_eq!(page.matches("采纳了，还没有改").count(), 3, "{page}");
        assert!(page.contains(&format!("{ROUND}/findings/{finding}")), "{page}");
        // A version later than the ruling, each for its own; withdrawing a finding is one.
        assert_eq!(say("{round.evaluator}到两个片区评估。", "1").0, 303);
        said(&[true, false, true]);
        // A passage that the report no longer has was changed by what took its place.
        testing::strength(database, &round.code);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        said(&[true, false, false]);
        let reason = [("reason", "复核后文书都在")];
        assert_eq!(runs.post(&format!("{ROUND}/findings/{finding}/withdraw"), &reason).0, 303);
        let (status, body) = next("feedback");
        assert_eq!(status, 303, "{body}");

        let report = runs.get("/reports/yizhan-panel");
        let annex = report.split_once("改动的文字").unwrap().1;
        let row = |words: &str| {
            annex.split("<tr").find(|row| row.contains(words)).unwrap_or_else(|| panic!("{words}: {annex}"))
        };
        assert!(row("文书不齐").contains(">第1号</td>"), "{annex}");
        assert!(row("到两个片区").contains(">第2号</td>"), "{annex}");
        assert!(row("没有列出值得肯定的方面").contains(">第3号</td>"), "{annex}");
        assert_eq!(annex.matches(">第1号</td>").count(), 1, "its own change and no other: {annex}");
    });
}

#[test]
fn after_the_last_day_a_party_is_late_and_waited_for_or_told_as_silent() {
    for waits in [true, false] {
        on_both(|database, micros| silence(database, micros, waits));
    }
}

fn silence(database: &Database, micros: &'static AtomicI64, waits: bool) {
    let (round, _) = draft(database, micros);
    if !waits {
        testing::waits_no_more(database, &round);
    }
    let desk = |role| Desk::at(database, micros, role);
    let runs = desk(Role::Evaluator);
    assert_eq!(runs.post(&format!("{ROUND}/stage"), &[("from", "drafting")]).0, 303);
    testing::sent(database, &round, runs.user());
    let step = |desk: &Desk<'_>, to: &str, what: &str| {
        assert_eq!(desk.post(&format!("{ROUND}/delivery/draft/{to}/{what}"), &[]).0, 303, "{to} {what}");
    };
    let answer = |desk: &Desk<'_>, party: &str| {
        let answer = [("answer", "no_objection")];
        assert_eq!(desk.post(&format!("{ROUND}/feedback/{party}"), &answer).0, 303, "{party}");
    };
    let manager = desk(Role::StationManager);
    step(&manager, "station", "receive");
    assert!(manager.get("/").contains("社工站还没有答复初稿，2025-01-07 前答复"));
    answer(&manager, "station");
    assert!(!runs.get("/").contains("已过") && !runs.get(ROUND).contains("已过"));

    // Signing and handing on have their day too.
    days(micros, 4);
    let (runs, manager) = (desk(Role::Evaluator), desk(Role::StationManager));
    let onward = "社工站还没有把初稿转交街道办事处（镇人民政府），已过 2025-01-03";
    for page in ["/", ROUND] {
        let page = runs.get(page);
        assert!(page.contains(onward) && page.contains("区民政局还没有签收初稿，已过 2025-01-03"), "{page}");
    }
    assert!(manager.get("/").contains("初稿等您转交街道办事处（镇人民政府），已过 2025-01-03"));
    assert!(desk(Role::DistrictBureau).get("/").contains("初稿等您签收，已过 2025-01-03"));
    step(&manager, "street_office", "send");
    assert!(!runs.get(ROUND).contains(onward));
    let street = desk(Role::StreetOffice);
    step(&street, "street_office", "receive");

    // Two are late, and the street office has its days from the day it was sent to.
    days(micros, 4);
    let (runs, bureau, centre) =
        (desk(Role::Evaluator), desk(Role::DistrictBureau), desk(Role::SupervisionCentre));
    let next = || runs.post(&format!("{ROUND}/stage"), &[("from", "feedback")]);
    let (status, body) = next();
    let late = "，其中督导中心已过 2025-01-07，区民政局已过 2025-01-07";
    let expected = if waits { "3 方还没有答复初稿" } else { "1 方还没有答复初稿" };
    assert!(status == 422 && body.contains(expected), "{body}");
    assert_eq!((body.contains(late), runs.get(ROUND).contains(late)), (waits, waits), "{body}");
    let home = runs.get("/");
    assert!(home.contains("区民政局还没有答复初稿，已过 2025-01-07"), "{home}");
    assert_eq!(home.contains("不再等候，将记为逾期未反馈"), !waits, "{home}");
    assert!(!home.contains("街道办事处（镇人民政府）还没有答复"), "{home}");
    let page = runs.get(&format!("{ROUND}/feedback"));
    assert_eq!(page.matches("已过 2025-01-07，仍等答复").count(), if waits { 2 } else { 0 }, "{page}");
    assert_eq!(page.matches("逾期未反馈").count(), if waits { 0 } else { 2 }, "{page}");
    let street = desk(Role::StreetOffice);
    assert!(street.get("/").contains("街道办事处（镇人民政府）还没有答复初稿，2025-01-11 前答复"));
    answer(&street, "purchaser");
    // A late answer is an answer.
    step(&bureau, "district_bureau", "receive");
    assert!(bureau.get("/").contains("区民政局还没有答复初稿，已过 2025-01-07"));
    answer(&bureau, "supervisor");
    if waits {
        assert!(next().1.contains("1 方还没有答复初稿，其中督导中心已过 2025-01-07"));
        step(&centre, "supervision_centre", "receive");
        answer(&centre, "supervision_centre");
    }
    let (status, body) = next();
    assert_eq!(status, 303, "{body}");

    let said = database.read(|tx| {
        let now = tx.at();
        let round = find::round(tx, &round.code, now)?;
        find::feedback_of(tx, &round)
    });
    let said = said.unwrap();
    let silent: Vec<_> = said.iter().filter(|one| one.answer == FeedbackAnswer::Silent).collect();
    let audited = testing::verbs(database, round.station_id);
    let report = runs.get("/reports/yizhan-panel");
    let kept = kept(database, &round);
    assert_eq!((said.len(), silent.len()), (4, if waits { 0 } else { 1 }), "{said:?}");
    assert_eq!(audited.iter().filter(|verb| *verb == "evaluation.feedback_silent").count(), silent.len());
    assert_eq!(report.contains("示例督导中心逾期未反馈"), !waits, "{report}");
    for one in silent {
        assert_eq!((one.party.as_str(), &one.signer), ("supervision_centre", &None));
        assert_eq!(one.answered_on.to_string(), "2025-01-07");
        assert_eq!(one.note, "初稿2024-12-31送出，没有签收；到2025-01-07没有答复，不作无异议");
        let row =
            report.split("<tr").find(|row| row.contains("示例督导中心") && row.contains("初稿反馈")).unwrap();
        assert!(row.contains("逾期未反馈") && row.contains("2025-01-07"), "{row}");
        let own = kept["answers"].as_array().unwrap().iter().find(|own| own["answer"] == "silent").unwrap();
        assert_eq!((&own["answered_at"], &own["signer"]), (&"2025-01-07".into(), &serde_json::Value::Null));
    }
}

#[test]
fn an_objection_that_is_granted_changes_the_score_and_the_round_ends_when_all_is_answered() {
    on_both(|database, micros| {
        let round = empty_round(database, 1, "yizhan", Stage::OnSite);
        let pass = || micros.fetch_add(1_000_000, Ordering::SeqCst);
        let count = |verb: &str| {
            testing::verbs(database, round.station_id).iter().filter(|known| *known == verb).count()
        };
        pass();
        let runs = Desk::at(database, micros, Role::Evaluator);
        let manager = Desk::at(database, micros, Role::StationManager);
        let parties: Vec<Desk<'_>> =
            PARTIES.iter().map(|(role, _)| Desk::at(database, micros, *role)).collect();
        let experts: Vec<Desk<'_>> = (0..3)
            .map(|_| {
                let desk = Desk::of(database, micros, &[]);
                let seat = testing::seat(database, &round.code, desk.user());
                panel::cleared(database, &round, seat, runs.user());
                pass();
                desk
            })
            .collect();
        let scheme = Library::load(None).unwrap().scheme;
        for expert in &experts {
            for (_, item) in scheme.items() {
                let cells = match item.per_area {
                    true => vec![format!("{}@dong", item.code), format!("{}@xi", item.code)],
                    false => vec![item.code.clone()],
                };
                for cell in cells {
                    let fields = [("score", "2"), ("reason", "现场"), ("note", ""), ("then", "next")];
                    assert_eq!(expert.post(&format!("{ROUND}/desk/{cell}"), &fields).0, 303, "{cell}");
                }
            }
            assert_eq!(expert.post(&format!("{ROUND}/desk/seal"), &[]).0, 303);
        }
        for ((_, code), desk) in PARTIES.iter().zip(&parties) {
            let path = format!("{ROUND}/party/{code}");
            assert_eq!(desk.post(&path, &[("score", "80"), ("note", "好")]).0, 303);
            assert_eq!(desk.post(&format!("{path}/seal"), &[]).0, 303);
        }
        let next = |from: &str| runs.post(&format!("{ROUND}/stage"), &[("from", from)]);
        assert_eq!(next("on_site").0, 303);
        testing::finding(database, &round.code);
        pass();
        assert_eq!(manager.status(&format!("{ROUND}/feedback")), 404, "the draft is not out");
        assert_eq!(next("drafting").0, 303);
        let total = || {
            database
                .read(|tx| {
                    let now = tx.at();
                    let round = find::round(tx, &round.code, now)?;
                    crate::evaluation::outcome(tx, &round, &scheme)
                })
                .unwrap()
                .total
        };
        let before = total();

        assert_eq!(manager.status(&format!("{ROUND}/feedback")), 404, "it is not signed for");
        testing::delivered(database, &round, Paper::Draft, runs.user());
        pass();
        // The station objects to a score, the street office to a finding, the others have nothing to say.
        let answer = |desk: &Desk<'_>, party: &str, fields: &[(&str, &str)]| {
            desk.post(&format!("{ROUND}/feedback/{party}"), fields)
        };
        assert_eq!(answer(&manager, "purchaser", &[("answer", "no_objection")]).0, 404, "not its own");
        assert_eq!(
            answer(&manager, "station", &[("answer", "objection"), ("words", "x")]).0,
            422,
            "about what"
        );
        let about = [
            ("answer", "objection"),
            ("about", "item"),
            ("item", "pm_staffing"),
            ("words", "持证人数算少了"),
        ];
        assert_eq!(answer(&manager, "station", &about).0, 303);
        assert_eq!(answer(&manager, "station", &[("answer", "no_objection")]).0, 422, "what was said stands");
        // A passage is one of the draft's.
        let passage = |key: &str| {
            let about =
                [("answer", "objection"), ("about", "passage"), ("words", "社区名写错"), ("passage", key)];
            answer(&parties[0], "purchaser", &about)
        };
        let page = parties[0].get(&format!("{ROUND}/feedback"));
        assert!(
            page.contains("<option value=\"background.lead\">一、末期评估背景 · 2025年3月25日，"),
            "{page}"
        );
        assert!(!page.contains("value=\"finding."), "findings are chosen as findings");
        assert!(page.contains("需要关注 · 文书不齐补齐"), "{page}");
        for (key, words) in
            [("", "选针对的是初稿的哪一处报告文字"), ("no.such", "没有代码为“no.such”的报告文字")]
        {
            let (status, body) = passage(key);
            assert!(status == 422 && body.contains(words), "{body}");
        }
        let (status, body) = answer(&parties[0], "purchaser", &[("answer", "silent")]);
        assert!(status == 422 && body.contains("选“无异议”或“有异议”"), "nobody says that they say nothing");
        assert_eq!(passage("background.lead").0, 303);
        assert_eq!(count("evaluation.feedback"), 2, "two answers");
        let (status, body) = next("feedback");
        assert_eq!(status, 422);
        assert!(body.contains("2 方还没有答复") && body.contains("2 条异议"), "{body}");
        // What was objected to stands beside the objection, and whoever may change it is led there.
        let page = runs.get(&format!("{ROUND}/feedback"));
        assert!(
            page.contains("第 2 号 · 报告文字 · 一、末期评估背景") && page.contains("初稿：2025年3月25日，"),
            "{page}"
        );
        assert!(page.contains("href=\"/reports/yizhan-panel/wording/background.lead\""), "{page}");
        let page = parties[0].get(&format!("{ROUND}/feedback"));
        assert!(page.contains("初稿：2025年3月25日，") && !page.contains("/wording/"), "{page}");
        for place in [1, 2] {
            assert_eq!(answer(&parties[place], PARTIES[place].1, &[("answer", "no_objection")]).0, 303);
        }

        // Ruled on by the evaluator, never by a party.
        let page = runs.get(&format!("{ROUND}/feedback"));
        let ids: Vec<String> = page.split("/objections/").skip(1).map(|rest| rest[..36].to_owned()).collect();
        assert_eq!(ids.len(), 2);
        let rule = |id: &str, fields: &[(&str, &str)]| runs.post(&format!("{ROUND}/objections/{id}"), fields);
        assert_eq!(manager.post(&format!("{ROUND}/objections/{}", ids[0]), &[]).0, 403);
        assert_eq!(
            rule(&ids[0], &[("ruling", "granted"), ("reason", "核实")]).0,
            422,
            "with what is changed"
        );
        let granted = [("ruling", "granted"), ("reason", "核实"), ("change", "该项重新评")];
        assert_eq!(rule(&ids[0], &granted).0, 303);
        assert_eq!(rule(&ids[0], &granted).0, 422, "once");
        assert_eq!(rule(&ids[1], &[("ruling", "refused"), ("reason", "名称与名册一致")]).0, 303);
        assert_eq!((count("evaluation.feedback"), count("evaluation.objection_ruled")), (4, 2));

        // Every expert scores that item again, and no other.
        let (status, body) = next("feedback");
        assert_eq!(status, 422);
        assert!(body.contains("3 名专家还没有封存重新评的项"), "{body}");
        assert!(body.contains("第 1 号异议已采纳，评分项“人员配置与持证情况”还没有重新评完"), "{body}");
        for expert in &experts {
            let fields = [("score", "4"), ("reason", "补看名册"), ("then", "next")];
            assert_eq!(expert.post(&format!("{ROUND}/desk/pm_retention"), &fields).0, 422);
            assert_eq!(expert.post(&format!("{ROUND}/desk/pm_staffing"), &fields).0, 303);
            assert_eq!(expert.post(&format!("{ROUND}/desk/seal"), &[]).0, 303);
        }
        let (status, body) = next("feedback");
        assert_eq!(status, 303, "{body}");
        // Two points more from each expert are two points of a hundred of the panel, at fifty-five of a hundred.
        assert_eq!(total() - before, "1.10".parse().unwrap());
        let said = database
            .read(|tx| {
                let now = tx.at();
                let round = find::round(tx, &round.code, now)?;
                find::feedback_of(tx, &round)
            })
            .unwrap();
        assert_eq!(said.len(), 4);
        let of = |party: &str| said.iter().find(|one| one.party == party).unwrap();
        assert_eq!(
            of("station").note,
            "第1号异议（评分项，项目管理 · 人员配置与持证情况）：持证人数算少了：采纳，核实，改动：该项重新评"
        );
        assert_eq!(
            of("purchaser").note,
            "第2号异议（报告文字，一、末期评估背景）：社区名写错：不采纳，名称与名册一致"
        );
        // Signed by name: in the records, in the report and in what is kept of the round.
        let names: Vec<&str> = said.iter().filter_map(|one| one.signer.as_deref()).collect();
        assert_eq!(names, ["yangben"; 4]);
        let report = runs.get("/reports/yizhan-panel");
        assert!(report.contains("签署人") && report.contains("yangben"), "{report}");
        let kept = kept(database, &round);
        for (list, field) in [("answers", "signer"), ("objections", "raised_by"), ("objections", "ruled_by")]
        {
            let all = kept[list].as_array().unwrap();
            assert!(
                !all.is_empty() && all.iter().all(|one| one[field] == "yangben"),
                "{list} {field}: {kept}"
            );
        }
        // The annex of changes says which objection moved the score.
        let annex = report.split_once("改动的文字").unwrap().1;
        let row = annex.split("人员配置与持证情况得分").nth(1).unwrap().split("</tr>").next().unwrap();
        assert!(row.contains(">第1号</td>"), "{row}");
        assert!(
            annex.split("总分").last().unwrap().split("</tr>").next().unwrap().contains("第1号"),
            "{annex}"
        );
        assert!(!annex.contains(">第2号</td>"), "it was refused: {annex}");
        assert_eq!(
            answer(&parties[1], "supervision_centre", &[("answer", "no_objection")]).0,
            404,
            "it is over"
        );
        assert_eq!(experts[0].status(ROUND), 403, "with the report the panel's work is done");
    });
}

//! Scores through the router, on both databases: from the first draft to the result, and what nobody may see before.

mod viewer;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};

use db::testing::{TEST_KEY, each};
use db::{Database, Keys, Place};
use kernel::{Actor, Clock};
use rules::scoring::{Inputs, ItemScore, Paper, PartyScore, Scheme, aggregate};
use rust_decimal::Decimal;

use super::cells::cells;
use super::store;
use crate::access::Role;
use crate::evaluation::panel::testing as panel;
use crate::evaluation::testing::{self, empty_round};
use crate::evaluation::{FeedbackAnswer, FeedbackStep, Round, Stage, find};
use crate::library::Library;
use crate::shell::tests::station::{NOW, fill, id};
use crate::testing::{Desk, on_both};

const ROUND: &str = "/evaluation/rounds/yizhan-panel";
/// A note and a score that stand nowhere else.
const NOTE: &str = "此处另记九七五";
const SCORE: &str = "3.37";

fn scheme() -> Scheme {
    Library::load(None).unwrap().scheme
}

/// A round on site with some experts at their desks.
struct Panel<'f> {
    round: Round,
    runs: Desk<'f>,
    experts: Vec<Desk<'f>>,
    /// Codes of the cells, each with its points.
    cells: Vec<(String, Decimal)>,
}

impl<'f> Panel<'f> {
    fn of(database: &'f Database, micros: &'static AtomicI64, experts: usize) -> Self {
        let round = empty_round(database, 1, "yizhan", Stage::OnSite);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        let runs = Desk::at(database, micros, Role::Evaluator);
        let seated = |_| {
            let desk = Desk::of(database, micros, &[]);
            let seat = testing::seat(database, &round.code, desk.user());
            panel::cleared(database, &round, seat, runs.user());
            micros.fetch_add(1_000_000, Ordering::SeqCst);
            desk
        };
        let experts = (0..experts).map(seated).collect();
        let known = database
            .read(|tx| {
                let now = tx.at();
                crate::areas::areas(tx, id(1, 0), now)
            })
            .unwrap();
        let scheme = scheme();
        let cells = cells(&scheme, &known).iter().map(|cell| (cell.code.clone(), cell.item.points)).collect();
        Self { round, runs, experts, cells }
    }

    fn save(&self, expert: usize, cell: &str, score: &str) -> (u16, String) {
        let fields = [("score", score), ("note", NOTE), ("reason", "另有说明"), ("then", "next")];
        self.experts[expert].post(&format!("{ROUND}/desk/{cell}"), &fields)
    }

    /// Scores every cell at so many tenths of its points.
    fn score_all(&self, expert: usize, tenths: i64) {
        for (cell, points) in &self.cells {
            let score = (*points * Decimal::new(tenths, 1)).normalize().to_string();
            let (status, said) = self.save(expert, cell, &score);
            assert_eq!(status, 303, "{cell} {said}");
        }
    }

    fn seal(&self, expert: usize) -> (u16, String) {
        self.experts[expert].post(&format!("{ROUND}/desk/seal"), &[])
    }
}

/// The four parties but the panel's: role, code, score.
const PARTIES: [(Role, &str, &str); 3] = [
    (Role::StreetOffice, "purchaser", "86"),
    (Role::SupervisionCentre, "supervision_centre", "85.2"),
    (Role::DistrictBureau, "supervisor", "83"),
];

#[test]
fn a_whole_round_of_scores_comes_to_the_result_that_the_arithmetic_gives() {
    on_both(|database, micros| {
        let all = Panel::of(database, micros, 3);
        for expert in 0..3 {
            all.score_all(expert, [8, 8, 9][expert]);
            assert_eq!(all.seal(expert).0, 303);
        }
        let parties: Vec<Desk<'_>> =
            PARTIES.iter().map(|(role, ..)| Desk::at(database, micros, *role)).collect();
        for ((_, code, score), desk) in PARTIES.iter().zip(&parties) {
            let path = format!("{ROUND}/party/{code}");
            assert_eq!(desk.post(&path, &[("score", "101"), ("note", "好")]).0, 422);
            assert_eq!(desk.post(&path, &[("score", score), ("note", "意见")]).0, 303);
            assert_eq!(desk.post(&format!("{path}/seal"), &[]).0, 303);
            assert_eq!(desk.post(&path, &[("score", "1"), ("note", "改")]).0, 422, "sealed is sealed");
            // The others' part is not theirs.
            let other = PARTIES.iter().find(|(_, known, _)| known != code).unwrap().1;
            assert_eq!(desk.status(&format!("{ROUND}/party/{other}")), 404);
        }
        for (day, state) in [("2025-03-25", "done"), ("2025-03-26", "differs")] {
            let closing = [
                ("kind", "closing"),
                ("held_on", day),
                ("hour", "17:00"),
                ("whom", "社工站代表"),
                ("words", "当面反馈"),
                ("state", state),
            ];
            assert_eq!(all.runs.post(&format!("{ROUND}/on-site/new"), &closing).0, 303);
        }
        let (status, said) = all.runs.post(&format!("{ROUND}/stage"), &[("from", "on_site")]);
        assert_eq!(status, 303, "{said}");
        // What the station said at the end of each day is its feedback on the spot.
        let spoken = database.read(|tx| {
            let now = tx.at();
            let round = find::round(tx, "yizhan-panel", now)?;
            find::feedback_of(tx, &round)
        });
        let spoken: Vec<_> = spoken
            .unwrap()
            .into_iter()
            .map(|one| (one.step, one.answered_on.to_string(), one.answer))
            .collect();
        let on_spot = |day: &str, answer| (FeedbackStep::OnSpot, day.to_owned(), answer);
        assert_eq!(
            spoken,
            [
                on_spot("2025-03-25", FeedbackAnswer::NoObjection),
                on_spot("2025-03-26", FeedbackAnswer::Objection)
            ]
        );
        // Twice from the same page opens one stage, not two.
        assert_eq!(all.runs.post(&format!("{ROUND}/stage"), &[("from", "on_site")]).0, 422);
        let codes = ["E1", "E2", "E3"];
        let score = |expert: &str, cell: &str, points: Decimal| {
            let tenths = if expert == "E3" { 9 } else { 8 };
            let score = points * Decimal::new(tenths, 1);
            ItemScore { expert: expert.into(), item: cell.into(), score }
        };
        let expected = Inputs {
            experts: codes.iter().map(|code| (*code).to_owned()).collect(),
            areas: vec!["dong".into(), "xi".into()],
            scores: codes
                .iter()
                .flat_map(|expert| all.cells.iter().map(|(cell, points)| score(expert, cell, *points)))
                .collect(),
            parties: PARTIES
                .iter()
                .map(|(_, code, score)| PartyScore { party: (*code).into(), score: score.parse().unwrap() })
                .collect(),
            ..Inputs::default()
        };
        let expected = aggregate(&scheme(), &expected).unwrap();
        let page = all.runs.get(&format!("{ROUND}/result"));
        assert!(page.contains(&format!("<b>{}</b>", expected.total.normalize())), "{page}");
        assert!(page.contains("专家宽严"));
        let found = database
            .read(|tx| {
                let now = tx.at();
                let round = crate::evaluation::round(tx, &all.round.code, now)?;
                crate::evaluation::outcome(tx, &round, &scheme())
            })
            .unwrap();
        assert_eq!(found.total, expected.total);
        // The station and the other parties see it with the draft, not before, and never the severity of experts.
        let manager = Desk::at(database, micros, Role::StationManager);
        assert_eq!(manager.status(&format!("{ROUND}/result")), 404);
        assert!(!manager.get(ROUND).contains("各方评分"));
        testing::move_to(database, &all.round, Stage::Feedback);
        assert_eq!(manager.status(&format!("{ROUND}/result")), 404, "the draft is not signed for");
        testing::delivered(database, &all.round, Paper::Draft, all.runs.user());
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        let page = manager.get(&format!("{ROUND}/result"));
        assert!(page.contains(&expected.total.normalize().to_string()) && !page.contains("专家宽严"));
        assert!(!page.contains("某专家"), "experts appear by number");
        assert_eq!(manager.status(&format!("{ROUND}/result.xlsx")), 200);
    });
}

#[test]
fn nobody_sees_a_score_before_all_are_sealed() {
    on_both(|database, micros| {
        let all = Panel::of(database, micros, 3);
        let (cell, _) = &all.cells[0];
        assert_eq!(all.save(0, cell, SCORE).0, 303);
        let manager = Desk::at(database, micros, Role::StationManager);
        let bureau = Desk::at(database, micros, Role::DistrictBureau);
        let hidden = |when: &str| {
            for desk in [&all.experts[1], &all.runs, &manager, &bureau] {
                for path in [
                    ROUND.to_owned(),
                    format!("{ROUND}/scores"),
                    format!("{ROUND}/panel"),
                    format!("{ROUND}/self"),
                    format!("{ROUND}/desk/{cell}"),
                    "/evaluation".to_owned(),
                ] {
                    if desk.status(&path) == 200 {
                        let page = desk.get(&path);
                        assert!(!page.contains(NOTE) && !page.contains(SCORE), "{when}: {path}");
                    }
                }
            }
        };
        hidden("as a draft");
        assert!(all.experts[0].get(&format!("{ROUND}/desk/{cell}")).contains(NOTE), "one's own");
        all.score_all(0, 8);
        assert_eq!(all.save(0, cell, SCORE).0, 303);
        assert_eq!(all.seal(0).0, 303);
        hidden("sealed by one");
    });
}

#[test]
fn a_sheet_is_sealed_whole_once_and_for_good() {
    on_both(|database, micros| {
        let all = Panel::of(database, micros, 3);
        let (cell, points) = all.cells[0].clone();
        let (status, body) = all.seal(0);
        assert_eq!(status, 422);
        assert!(body.contains("没有评分"), "{body}");
        for (wrong, words) in
            [("", "得分填"), ("-1", "之间"), ("99", "之间"), ("1.234", "小数"), ("好", "得分填")]
        {
            let (status, body) = all.save(0, &cell, wrong);
            assert_eq!(status, 422, "{wrong}");
            assert!(body.contains(words), "{wrong}");
        }
        assert_eq!(all.save(0, "none", "1").0, 404);
        // A draft may be empty and is kept as it is.
        let draft = [("score", ""), ("note", NOTE), ("then", "stay")];
        assert_eq!(all.experts[0].post(&format!("{ROUND}/desk/{cell}"), &draft).0, 303);
        assert!(all.experts[0].get(&format!("{ROUND}/desk/{cell}")).contains(NOTE));
        all.score_all(0, 10);
        assert_eq!(all.seal(0).0, 303);
        assert_eq!(all.seal(0).0, 422, "once");
        let before = entries(database, &all.round);
        assert_eq!(all.save(0, &cell, "0").0, 422, "for good");
        assert_eq!(entries(database, &all.round), before);
        // The digest of what stands there is the digest that was sealed.
        let sheets = database.read(|tx| store::sheets_of(tx, &all.round.code)).unwrap();
        let sealed = sheets.iter().find(|sheet| sheet.sealed_at.is_some()).unwrap();
        let own = database.read(|tx| store::entries_of(tx, &[sealed.id])).unwrap();
        assert_eq!(sealed.digest.as_deref(), Some(super::seal::digest(&own).as_str()));
        assert_eq!(own.len(), all.cells.len());
        let _ = points;
    });
}

fn entries(database: &Database, round: &Round) -> BTreeMap<String, Option<i64>> {
    database
        .read(|tx| {
            let sheets = store::sheets_of(tx, &round.code)?;
            let ids: Vec<_> = sheets.iter().map(|sheet| sheet.id).collect();
            store::entries_of(tx, &ids)
        })
        .unwrap()
        .into_iter()
        .map(|entry| (format!("{} {}", entry.sheet_id, entry.cell), entry.score))
        .collect()
}

#[test]
fn what_lies_too_far_apart_is_discussed_and_scored_again_and_the_first_scores_stay() {
    on_both(|database, micros| {
        let all = Panel::of(database, micros, 3);
        for expert in 0..3 {
            all.score_all(expert, 10);
        }
        let (cell, _) = all.cells[0].clone();
        assert_eq!(all.save(2, &cell, "0").0, 303);
        for expert in 0..3 {
            assert_eq!(all.seal(expert).0, 303);
        }
        let scores = all.runs.get(&format!("{ROUND}/scores"));
        assert!(scores.contains("相差 100%"), "{scores}");
        let (status, body) = all.runs.post(&format!("{ROUND}/stage"), &[("from", "on_site")]);
        assert_eq!(status, 422);
        assert!(body.contains("1 项分差过大"), "{body}");
        let first = entries(database, &all.round);
        assert_eq!(all.runs.post(&format!("{ROUND}/discuss"), &[]).0, 303);
        assert_eq!(all.runs.post(&format!("{ROUND}/discuss"), &[]).0, 422, "not while it is open");
        // Each sees the others' scores of that item now; only that item may be changed.
        let page = all.experts[2].get(&format!("{ROUND}/desk/{cell}"));
        assert!(page.contains("讨论前各位专家的评分") && page.contains("E1"), "{page}");
        let (other, _) = all.cells[1].clone();
        assert_eq!(all.save(2, &other, "0").0, 422);
        assert_eq!(all.save(2, &cell, "5").0, 303);
        for expert in 0..3 {
            assert_eq!(all.seal(expert).0, 303);
        }
        let now = entries(database, &all.round);
        assert!(first.iter().all(|(key, score)| now.get(key) == Some(score)), "the history stays");
        assert!(all.runs.get(&format!("{ROUND}/scores")).contains("没有要讨论的项"));
    });
}

#[test]
fn deductions_and_vetoes_are_noted_with_their_ground_and_reach_the_result() {
    on_both(|database, micros| {
        let all = Panel::of(database, micros, 3);
        let scheme = scheme();
        let veto = scheme.vetoes[0].code.clone();
        let path = format!("{ROUND}/limits");
        let fields = |code: &'static str, times: &'static str, note: &'static str| {
            [("kind", "veto"), ("code", code), ("times", times), ("note", note)]
        };
        assert_eq!(all.runs.post(&path, &fields("none", "1", "x")).0, 404);
        let code: &'static str = veto.leak();
        assert_eq!(all.runs.post(&path, &fields(code, "1", "")).0, 422, "with its ground");
        assert_eq!(all.runs.post(&path, &fields(code, "1", "凭证缺失")).0, 303);
        assert!(all.runs.get(&format!("{ROUND}/scores")).contains("凭证缺失"));
        let mut inputs = Inputs::default();
        database.read(|tx| super::limits_of(tx, &all.round, &mut inputs)).unwrap();
        assert_eq!((inputs.vetoes.len(), inputs.vetoes[0].note.as_str()), (1, "凭证缺失"));
        assert_eq!(all.runs.post(&path, &fields(code, "0", "")).0, 303);
        let mut inputs = Inputs::default();
        database.read(|tx| super::limits_of(tx, &all.round, &mut inputs)).unwrap();
        assert_eq!(inputs.vetoes, []);
        assert_eq!(all.experts[0].post(&path, &fields(code, "1", "x")).0, 403, "an expert does not");
    });
}

#[test]
fn an_expert_who_leaves_counts_no_more() {
    on_both(|database, micros| {
        let all = Panel::of(database, micros, 4);
        for expert in 0..4 {
            all.score_all(expert, 10);
        }
        for expert in 0..3 {
            assert_eq!(all.seal(expert).0, 303);
        }
        let seats = database.read(|tx| crate::evaluation::panel::seats_of(tx, &all.round.code)).unwrap();
        let last = seats.iter().find(|seat| seat.user_id == all.experts[3].user()).unwrap();
        assert_eq!(all.runs.post(&format!("{ROUND}/panel/{}/leave", last.id), &[]).0, 303);
        assert_eq!(all.experts[3].status(&format!("{ROUND}/desk")), 403, "no role is left to them");
        let page = all.runs.get(ROUND);
        assert!(!page.contains("名已封存"), "all who are left have sealed: {page}");
        assert!(page.contains("街道办事处（镇人民政府）"), "{page}");
    });
}

#[test]
fn before_the_panel_is_on_site_nobody_scores() {
    on_both(|database, micros| {
        let all = Panel::of(database, micros, 3);
        testing::move_to(database, &all.round, Stage::SelfReview);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        assert_eq!(all.experts[0].status(&format!("{ROUND}/desk")), 404);
        assert_eq!(all.save(0, &all.cells[0].0, "1").0, 404);
        let street = Desk::at(database, micros, Role::StreetOffice);
        assert_eq!(street.post(&format!("{ROUND}/party/purchaser"), &[("score", "1"), ("note", "x")]).0, 422);
    });
}

#[test]
fn of_two_who_seal_one_sheet_at_one_moment_one_does_and_nothing_slips_in_between() {
    on_both(|database, micros| {
        let all = Panel::of(database, micros, 3);
        for expert in 0..3 {
            all.score_all(expert, 10);
        }
        let sheets = database.read(|tx| store::sheets_of(tx, &all.round.code)).unwrap();
        let by = all.runs.user();
        // Everybody at once: each sheet twice, and somebody writing on the first all the while.
        let (cell, _) = all.cells[0].clone();
        let sealed: usize = std::thread::scope(|threads| {
            let writer = threads.spawn(|| {
                for score in 0..40 {
                    let written = database.write(&Actor::Console, |tx| {
                        if !store::hold(tx, sheets[0].id)? {
                            return Ok(false);
                        }
                        let mut entry = store::entries_of(tx, &[sheets[0].id])?.remove(0);
                        entry.score = Some(score);
                        store::put(tx, &entry)?;
                        Ok::<_, db::DbError>(true)
                    });
                    if !written.unwrap() {
                        break;
                    }
                }
            });
            let seal = |sheet: &store::Sheet| {
                let done = database.write(&Actor::Console, |tx| super::seal::seal(tx, sheet, by));
                usize::from(done.is_ok())
            };
            let sealing: Vec<_> =
                sheets.iter().chain(&sheets).map(|sheet| threads.spawn(move || seal(sheet))).collect();
            let sealed = sealing.into_iter().map(|one| one.join().unwrap()).sum();
            writer.join().unwrap();
            sealed
        });
        assert_eq!(sealed, 3, "each sheet once");
        for sheet in database.read(|tx| store::sheets_of(tx, &all.round.code)).unwrap() {
            let entries = database.read(|tx| store::entries_of(tx, &[sheet.id])).unwrap();
            let digest = super::seal::digest(&entries);
            assert_eq!(
                sheet.digest.as_deref(),
                Some(digest.as_str()),
                "what was sealed is what stands there"
            );
        }
        let _ = cell;
    });
}

/// What the next test starts as a process of its own: it seals a sheet and dies, before the commit or right after it.
#[test]
fn dies_while_sealing() {
    let Ok(task) = std::env::var(DIES) else { return };
    let words: Vec<&str> = task.split('|').collect();
    let place = match words[0].starts_with("postgres") {
        true => Place::Url(words[0].to_owned()),
        false => Place::File(words[0].into()),
    };
    let database = Database::open(&place, Keys::new(TEST_KEY), Clock::System).unwrap();
    let sheets = database.read(|tx| store::sheets_of(tx, "yizhan-panel")).unwrap();
    let sealed = database.write(&Actor::Console, |tx| {
        super::seal::seal(tx, &sheets[0], words[1].parse().unwrap())?;
        if words[2] == "within" {
            std::process::abort();
        }
        Ok::<_, db::DbError>(())
    });
    sealed.unwrap();
    std::process::abort();
}

const DIES: &str = "KAPOK_DIES_WHILE_SEALING";

#[test]
fn a_server_that_dies_while_sealing_leaves_a_sheet_open_or_sealed_and_never_half() {
    let begin = NOW.now().micros();
    let micros: &'static AtomicI64 = Box::leak(Box::new(AtomicI64::new(begin)));
    each(Clock::Manual(micros), |fresh| {
        micros.store(begin, Ordering::SeqCst);
        let database = &fresh.database;
        fill(database, 1, "yizhan", 1);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        let all = Panel::of(database, micros, 3);
        all.score_all(0, 10);
        let before = entries(database, &all.round);
        let place = match &fresh.place {
            Place::File(path) => path.display().to_string(),
            Place::Url(url) => url.clone(),
        };
        let dies = |when: &str| {
            let task = format!("{place}|{}|{when}", all.runs.user());
            let own = "evaluation::scoring::tests::dies_while_sealing";
            let child = std::process::Command::new(std::env::current_exe().unwrap())
                .args(["--exact", own, "--nocapture"])
                .env(DIES, task)
                .output()
                .unwrap();
            assert!(!child.status.success(), "it died");
        };
        let sheet = || database.read(|tx| store::sheets_of(tx, &all.round.code)).unwrap().remove(0);
        dies("within");
        assert!(sheet().sealed_at.is_none() && sheet().digest.is_none(), "not committed is not there");
        assert_eq!(entries(database, &all.round), before);
        dies("after");
        let own = database.read(|tx| store::entries_of(tx, &[sheet().id])).unwrap();
        assert_eq!(sheet().digest, Some(super::seal::digest(&own)), "committed is there, whole");
        assert_eq!(entries(database, &all.round), before);
        assert_eq!(all.seal(0).0, 422, "and once");
    });
}

#[test]
fn what_is_recorded_after_the_freeze_is_seen_as_an_amendment_and_counts_for_nothing() {
    on_both(|database, micros| {
        let all = Panel::of(database, micros, 3);
        let path = format!("{ROUND}/amendments");
        assert!(all.experts[0].get(&path).contains("没有改动"));
        let figure = "/figures/large_activities?station=yizhan&as_of=2024-12-31&round=yizhan-panel";
        let before = all.runs.status(figure);
        let manager = Desk::at(database, micros, Role::StationManager);
        let community = id(1, 11).to_string();
        let fields = [
            ("name", "补记的便民日"),
            ("size", "large"),
            ("held_on", "2024-12-30"),
            ("place", "广场"),
            ("status", "held"),
            ("attendances", "9"),
            ("basis", "sign_in"),
            ("summary", "补记"),
            ("community_id", community.as_str()),
        ];
        let (status, said) = manager.post("/activities/events/new", &fields);
        assert_eq!(status, 303, "{said}");
        let page = all.experts[0].get(&path);
        assert!(page.contains("录入 · 社区活动"), "{page}");
        assert_eq!(manager.status(&path), 404, "it is not the station's page");
        assert_eq!(all.runs.status(figure), before);
        let counted = |code: &str| {
            database
                .read(|tx| {
                    let now = tx.at();
                    let round = crate::evaluation::round(tx, code, now)?;
                    let at = crate::evaluation::at_round(tx, &round)?.1;
                    let rules = Library::load(None).unwrap().rules;
                    crate::figures::value(tx, &rules, "large_activities", &at)
                })
                .unwrap()
        };
        let live = counted("yizhan-panel");
        testing::move_to(database, &all.round, Stage::OnSite);
        assert_ne!(live, counted("yizhan-panel"), "frozen again later it would count");
    });
}

//! The feedback on a draft through the router, on both databases: two objections, one granted that changes a score, one
//! refused; and the round is over only when everything is answered.

use std::sync::atomic::Ordering;

use rules::scoring::Paper;

use crate::access::Role;
use crate::evaluation::panel::testing as panel;
use crate::evaluation::testing::{self, empty_round};
use crate::evaluation::{Stage, find};
use crate::library::Library;
use crate::testing::{Desk, on_both};

const ROUND: &str = "/evaluation/rounds/yizhan-panel";
const PARTIES: [(Role, &str); 3] = [
    (Role::StreetOffice, "purchaser"),
    (Role::SupervisionCentre, "supervision_centre"),
    (Role::DistrictBureau, "supervisor"),
];

#[test]
fn an_objection_that_is_granted_changes_the_score_and_the_round_ends_when_all_is_answered() {
    on_both(|database, micros| {
        let round = empty_round(database, 1, "yizhan", Stage::OnSite);
        let pass = || micros.fetch_add(1_000_000, Ordering::SeqCst);
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
        let about = [("answer", "objection"), ("about", "passage"), ("words", "社区名写错")];
        assert_eq!(answer(&parties[0], "purchaser", &about).0, 303);
        let (status, body) = next("feedback");
        assert_eq!(status, 422);
        assert!(body.contains("2 方还没有答复") && body.contains("2 条异议"), "{body}");
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

        // Every expert scores that item again, and no other.
        let (status, body) = next("feedback");
        assert_eq!(status, 422);
        assert!(body.contains("3 名专家还没有封存重新评的项"), "{body}");
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
        assert!(said.iter().any(|one| one.note.contains("采纳，核实，改动：该项重新评")), "{said:?}");
        assert_eq!(
            answer(&parties[1], "supervision_centre", &[("answer", "no_objection")]).0,
            404,
            "it is over"
        );
        assert_eq!(experts[0].status(ROUND), 403, "with the report the panel's work is done");
    });
}

//! The concerns of a round become items when its report is issued.

use rules::scoring::Paper;

use super::*;
use crate::access::Role;
use crate::testing::on_both;

#[test]
fn the_step_that_issues_the_report_makes_every_concern_an_item() {
    on_both(|database, micros| {
        let pass = || micros.fetch_add(1_000_000, Ordering::SeqCst);
        let round = empty_round(database, 1, "yizhan", Stage::OnSite);
        pass();
        testing::scored(database, &round);
        testing::finding(database, &round.code);
        testing::move_to(database, &round, Stage::Drafting);
        pass();
        let runs = Desk::at(database, micros, Role::Evaluator);
        let at = format!("/evaluation/rounds/{}", round.code);
        let stage = format!("{at}/stage");
        let concern = [
            ("kind", "concern"),
            ("section", "project_management"),
            ("words", "台账不全"),
            ("suggestion", "补齐台账"),
            ("owner", "承办机构"),
            ("due_on", "2025-06-30"),
            ("evidence", "抽查"),
            ("position", "2"),
        ];
        runs.wrote(&format!("{at}/findings/new"), &concern, "evaluation.record");
        let strength = [("kind", "strength"), ("words", "队伍稳定"), ("suggestion", "")];
        let mut other = concern.to_vec();
        other.retain(|(field, _)| !strength.iter().any(|(known, _)| known == field));
        other.extend(strength);
        runs.wrote(&format!("{at}/findings/new"), &other, "evaluation.record");
        runs.wrote(&stage, &[("from", "drafting")], "evaluation.stage");
        testing::delivered(database, &round, Paper::Draft, runs.user());
        pass();
        for (role, party) in [
            (Role::StationManager, "station"),
            (Role::StreetOffice, "purchaser"),
            (Role::SupervisionCentre, "supervision_centre"),
            (Role::DistrictBureau, "supervisor"),
        ] {
            let desk = Desk::at(database, micros, role);
            let answer = [("answer", "no_objection")];
            desk.wrote(&format!("{at}/feedback/{party}"), &answer, "evaluation.feedback");
        }
        assert!(shown(&runs.get("/rectification")).is_empty(), "not before");
        runs.wrote(&stage, &[("from", "feedback")], RECORD);
        let board = runs.get("/rectification");
        assert_eq!(shown(&board).len(), 2, "concerns, and nothing else: {board}");
        assert!(board.contains("文书不齐") && board.contains("台账不全"), "{board}");
        assert!(board.contains("承办机构") && board.contains("2025-06-30"), "as proposed: {board}");
        assert!(!board.contains("/rectification/rounds/"), "nothing is left to be made: {board}");
        let said = runs.refused(&format!("/rectification/rounds/{}", round.code), &[], 422);
        assert!(said.contains("已经建立"), "{said}");
    });
}

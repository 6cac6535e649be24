//! Seats through the router, on both databases: from the invitation to what a recused person still sees, which is nothing.

use db::Database;
use kernel::Actor;
use rules::recusal::TieKind;

use super::store;
use crate::access::testing::in_station;
use crate::access::{NewGrant, Role};
use crate::evaluation::rounds::testing::pin;
use crate::evaluation::schemes::testing as schemes;
use crate::evaluation::testing::{self, empty_round};
use crate::evaluation::{Round, Stage};
use crate::shell::tests::station::id;
use crate::testing::{Desk, on_both};

const ROUND: &str = "/evaluation/rounds/yizhan-panel";

/// The evaluator of the first station, who runs its round.
fn evaluator<'f>(database: &'f Database, micros: &'static std::sync::atomic::AtomicI64) -> Desk<'f> {
    Desk::at(database, micros, Role::Evaluator)
}

/// The seat of an account, as it stands in addresses.
fn seat_of(database: &Database, desk: &Desk<'_>) -> String {
    let seats = database.read(|tx| store::seats_of_user(tx, desk.user())).unwrap();
    seats[0].id.to_string()
}

/// What is brought forward and not ruled on, the latest first.
fn open(database: &Database, round: &Round) -> Vec<store::Challenge> {
    let all = database.read(|tx| store::challenges_of(tx, &round.code)).unwrap();
    all.into_iter().filter(|one| one.ruling.is_none()).collect()
}

/// Whether somebody sees anything of the first station: pages of the round, figures, reports, lists.
fn sees(desk: &Desk<'_>) -> bool {
    let paths = [ROUND, "/figures?station=yizhan", "/reports?station=yizhan", "/reports/yizhan-mid"];
    let seen: Vec<bool> = paths.iter().map(|path| desk.status(path) == 200).collect();
    let listed = desk.status("/evaluation") == 200 && desk.get("/evaluation").contains("yizhan");
    assert!(seen.iter().all(|one| *one == seen[0]) && listed == seen[0], "{seen:?} {listed}");
    listed
}

#[test]
fn an_expert_is_invited_promises_declares_and_is_cleared() {
    on_both(|database, micros| {
        empty_round(database, 1, "yizhan", Stage::Preparing);
        let (runs, expert) = (evaluator(database, micros), Desk::of(database, micros, &[]));
        let known = testing::expert(database, expert.user(), "赵专家", "示例大学").to_string();
        let (status, _) =
            runs.post(&format!("{ROUND}/panel/invite"), &[("expert", &known), ("role", "expert")]);
        assert_eq!(status, 303);
        let (status, body) =
            runs.post(&format!("{ROUND}/panel/invite"), &[("expert", &known), ("role", "expert")]);
        assert_eq!(status, 422, "once in a round");
        assert!(body.contains("已经在这一轮的名单里"));
        let seat = seat_of(database, &expert);
        let own = format!("/evaluation/seats/{seat}");
        assert!(!sees(&expert));
        // Before the undertaking not even whose station it is.
        assert!(expert.get("/evaluation/seats").contains("等您签保密承诺"));
        assert!(!expert.get(&own).contains("示例社工站"));
        assert_eq!(expert.post(&format!("{own}/declare"), &[("nothing", "yes")]).0, 422);
        assert_eq!(expert.post(&format!("{own}/undertake"), &[]).0, 422, "unticked");
        let clear = format!("{ROUND}/panel/{seat}/clear");
        assert!(runs.post(&clear, &[]).1.contains("还没有签保密承诺"));
        assert_eq!(expert.post(&format!("{own}/undertake"), &[("agreed", "yes")]).0, 303);
        assert!(expert.get(&own).contains("示例社工站 yizhan"));
        assert!(runs.post(&clear, &[]).1.contains("还没有申报利害关系"));
        assert_eq!(expert.post(&format!("{own}/declare"), &[]).0, 422, "neither nothing nor something");
        assert_eq!(expert.post(&format!("{own}/declare"), &[("nothing", "yes")]).0, 303);
        assert!(!sees(&expert), "declared is not cleared");
        assert_eq!(runs.post(&clear, &[]).0, 303);
        assert!(sees(&expert));
        assert!(runs.get(ROUND).contains("赵专家"));
        // Another's seat is not there, and nobody but the evaluator clears.
        let stranger = Desk::of(database, micros, &[]);
        assert_eq!(stranger.status(&own), 404);
        let manager = Desk::at(database, micros, Role::StationManager);
        assert_eq!(manager.post(&clear, &[]).0, 403);
        // Whoever leaves sees nothing from then on.
        assert_eq!(runs.post(&format!("{ROUND}/panel/{seat}/leave"), &[]).0, 303);
        assert!(!sees(&expert));
        assert!(!runs.get(ROUND).contains("赵专家"), "no longer a member");
    });
}

#[test]
fn what_the_data_shows_is_ruled_on_before_a_seat_is_cleared() {
    on_both(|database, micros| {
        let round = empty_round(database, 1, "yizhan", Stage::Preparing);
        let (runs, expert) = (evaluator(database, micros), Desk::of(database, micros, &[]));
        let known = testing::expert(database, expert.user(), "钱专家", "示例大学");
        testing::tie(database, known, TieKind::Supervision, "示例机构 ");
        let seat = testing::seat(database, &round.code, expert.user());
        // 示例机构 is the operator of the contract, but a name of four characters is compared whole.
        let found = open(database, &round);
        assert_eq!(found.len(), 1);
        assert!(found[0].ground.contains("督导关系"), "{}", found[0].ground);
        super::testing::promised(database, &round, seat);
        let clear = format!("{ROUND}/panel/{seat}/clear");
        assert!(runs.post(&clear, &[]).1.contains("回避事项还没有裁定"));
        let rule = format!("{ROUND}/challenges/{}", found[0].id);
        assert_eq!(runs.post(&rule, &[("ruling", "granted")]).0, 422, "with a reason");
        assert_eq!(runs.post(&rule, &[("ruling", "granted"), ("reason", "督导关系还在")]).0, 303);
        assert_eq!(runs.post(&rule, &[("ruling", "refused"), ("reason", "再想想")]).0, 422, "once");
        assert!(runs.post(&clear, &[]).1.contains("席位已经结束"));
        assert!(runs.get(&format!("{ROUND}/panel")).contains("核出关系后回避"));
        assert!(!sees(&expert));
    });
}

#[test]
fn a_telephone_shared_with_somebody_who_works_there_is_found_and_read_by_nobody() {
    on_both(|database, micros| {
        let round = empty_round(database, 1, "yizhan", Stage::Preparing);
        let manager = Desk::at(database, micros, Role::StationManager);
        let page = manager.get("/staff/contacts?station=yizhan");
        assert!(page.contains("样本乙") && page.contains("还没有"));
        let sent = [("phone0", "138-0000-1234"), ("address0", "")];
        assert_eq!(manager.post("/staff/contacts/yizhan", &sent).0, 303);
        let page = manager.get("/staff/contacts?station=yizhan");
        assert!(page.contains("已存，留空则不改") && !page.contains("1234"));
        assert_eq!(manager.post("/staff/contacts/erzhan", &sent).0, 404, "another station's");
        let runs = evaluator(database, micros);
        let expert = Desk::of(database, micros, &[]);
        let known = testing::expert(database, expert.user(), "李专家", "示例大学");
        let fields = [
            ("name", "李专家"),
            ("organisation", "示例大学"),
            ("qualification", "教授"),
            ("skills", "财务"),
            ("phone", "138 0000 1234"),
        ];
        assert_eq!(runs.post(&format!("/evaluation/experts/{known}/edit"), &fields).0, 303);
        testing::seat(database, &round.code, expert.user());
        let found = open(database, &round);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].kind, TieKind::Shared);
        assert!(found[0].ground.contains("电话与本站一名工作人员相同"));
    });
}

#[test]
fn a_station_asks_for_recusal_and_a_granted_request_ends_the_seat_at_once() {
    on_both(|database, micros| {
        let round = empty_round(database, 1, "yizhan", Stage::OnSite);
        let runs = evaluator(database, micros);
        let expert = Desk::of(database, micros, &[]);
        let seat = testing::seat(database, &round.code, expert.user());
        super::testing::cleared(database, &round, seat, runs.user());
        assert!(sees(&expert));
        let manager = Desk::at(database, micros, Role::StationManager);
        let ask = format!("{ROUND}/challenge");
        assert!(manager.get(&ask).contains("申请 某专家 回避"));
        assert_eq!(manager.post(&ask, &[("kind", "contact")]).0, 422, "with a ground");
        let seat = seat.to_string();
        let fields = [("seat", seat.as_str()), ("kind", "contact"), ("ground", "上周私下到访")];
        assert_eq!(manager.post(&ask, &fields).0, 303);
        // About how the panel works: ruled on as well, against nobody.
        assert_eq!(manager.post(&ask, &[("kind", "other"), ("ground", "访谈时间太短")]).0, 303);
        assert!(sees(&expert), "a request alone keeps nobody out");
        let found = open(database, &round);
        assert_eq!(found.len(), 2);
        for one in &found {
            let fields = [("ruling", "granted"), ("reason", "查实")];
            assert_eq!(manager.post(&format!("{ROUND}/challenges/{}", one.id), &fields).0, 403);
            assert_eq!(runs.post(&format!("{ROUND}/challenges/{}", one.id), &fields).0, 303);
        }
        assert!(!sees(&expert));
        assert!(runs.get(&format!("{ROUND}/panel")).contains("依申请回避"));
    });
}

#[test]
fn what_is_declared_late_closes_the_seat_until_it_is_ruled_on() {
    on_both(|database, micros| {
        let round = empty_round(database, 1, "yizhan", Stage::OnSite);
        let runs = evaluator(database, micros);
        let expert = Desk::of(database, micros, &[]);
        let seat = testing::seat(database, &round.code, expert.user());
        super::testing::cleared(database, &round, seat, runs.user());
        let late = [("kind", "relative"), ("ground", "表妹上月入职承办机构")];
        assert_eq!(expert.post(&format!("/evaluation/seats/{seat}/declare"), &late).0, 303);
        assert!(!sees(&expert), "from this moment");
        let found = open(database, &round);
        let fields = [("ruling", "refused"), ("reason", "不在本项目，不参与服务")];
        assert_eq!(runs.post(&format!("{ROUND}/challenges/{}", found[0].id), &fields).0, 303);
        assert!(!sees(&expert), "ruled on is not cleared");
        assert_eq!(runs.post(&format!("{ROUND}/panel/{seat}/clear"), &[]).0, 303);
        assert!(sees(&expert));
        let members = runs.get(ROUND);
        assert_eq!(members.matches("某专家").count(), 1, "one record of the member, not two: {members}");
    });
}

#[test]
fn whoever_recused_themselves_sees_nothing_whatever_else_they_are_granted() {
    on_both(|database, micros| {
        let round = empty_round(database, 1, "yizhan", Stage::OnSite);
        let runs = evaluator(database, micros);
        // Somebody of the evaluator's staff with the whole city, who takes part in another round's stations too.
        let staff = Desk::of(
            database,
            micros,
            &[NewGrant {
                reach: crate::access::Reach::City,
                station: None,
                place: None,
                ..in_station(Role::Evaluator, id(1, 0))
            }],
        );
        assert!(sees(&staff));
        let seat = testing::seat(database, &round.code, staff.user());
        assert!(!sees(&staff), "invited and not yet cleared");
        assert_eq!(staff.status("/figures?station=erzhan"), 200, "the other station stays open");
        super::testing::promised(database, &round, seat);
        let tied = [("kind", "employer"), ("ground", "去年还在承办机构任职")];
        assert_eq!(staff.post(&format!("/evaluation/seats/{seat}/declare"), &tied).0, 303);
        let found = open(database, &round);
        let rule = format!("{ROUND}/challenges/{}", found[0].id);
        let fields = [("ruling", "granted"), ("reason", "应当回避")];
        assert_eq!(staff.post(&rule, &fields).0, 404, "not even to rule on it");
        assert_eq!(runs.post(&rule, &fields).0, 303);
        assert!(!sees(&staff));
        // Once the report is issued, what everybody may read is theirs to read again; the round's pages too.
        testing::move_to(database, &round, Stage::Issued);
        micros.fetch_add(1_000_000, std::sync::atomic::Ordering::SeqCst);
        assert_eq!(staff.status("/figures?station=yizhan"), 200);
    });
}

#[test]
fn a_scheme_keeps_the_names_of_experts_from_the_station() {
    on_both(|database, micros| {
        let round = empty_round(database, 1, "yizhan", Stage::Preparing);
        let expert = Desk::of(database, micros, &[]);
        testing::expert(database, expert.user(), "赵专家", "示例大学");
        testing::cleared(database, &round.code, expert.user(), expert.user());
        let desk = |role| Desk::at(database, micros, role);
        let (manager, runs, bureau) =
            (desk(Role::StationManager), desk(Role::Evaluator), desk(Role::DistrictBureau));
        let challenge = format!("{ROUND}/challenge");
        assert!(
            manager.get(ROUND).contains("赵专家") && manager.get(&challenge).contains("申请 赵专家 回避")
        );
        let other = schemes::nameless(database);
        database.write(&Actor::Console, |tx| pin(tx, &round.code, other)).unwrap();
        for page in [ROUND, &challenge] {
            let body = manager.get(page);
            assert!(body.contains("E1") && body.contains("示例大学") && !body.contains("赵专家"), "{body}");
        }
        for desk in [&runs, &bureau] {
            assert!(desk.get(ROUND).contains("赵专家"));
        }
    });
}

#[test]
fn a_form_that_is_refused_leads_back_to_its_page_with_what_was_written() {
    on_both(|database, micros| {
        let round = empty_round(database, 1, "yizhan", Stage::Preparing);
        let (runs, expert) = (evaluator(database, micros), Desk::of(database, micros, &[]));
        let seat = testing::seat(database, &round.code, expert.user());
        let challenge = super::testing::challenged(database, &round, seat);
        let (status, body) = runs.post(&format!("{ROUND}/challenges/{challenge}"), &[("reason", "没有证据")]);
        assert_eq!(status, 422);
        for part in ["<h1>评估组与回避</h1>", "还没有保存", "选裁定", "<p>没有证据</p>", "name=\"ruling\""]
        {
            assert!(body.contains(part), "{part} in {body}");
        }
        let own = format!("/evaluation/seats/{seat}");
        let (status, body) = expert.post(&format!("{own}/undertake"), &[]);
        assert!(status == 422 && body.contains("请勾选后再签") && body.contains("name=\"agreed\""), "{body}");
    });
}

//! What becomes of a seat: made, undertaken, declared, cleared, ended. Each step once, each with its audit line.

use db::{DbResult, Event, Tx};
use kernel::{Id, Problem};
use rules::recusal::TieKind;

use super::conflicts;
use super::model::{Ending, Ruling, Source};
use super::store::{self, Challenge, Seat};
use crate::access::{self, Asker, Enter, NewGrant, Reach, Role, Withdraw, new_id, permit};
use crate::evaluation::experts::store::Expert;
use crate::evaluation::{Evaluation, PanelMember, PanelRole, Round, Stage};

/// Makes a seat, and looks for ties at once.
pub(super) fn invite(
    tx: &mut Tx<'_>,
    round: &Round,
    expert: &Expert,
    role: PanelRole,
    replaces: Option<Id>,
    by: Id,
) -> DbResult<Seat> {
    if round.stage > Stage::OnSite {
        let what = format!("这一轮已到“{}”，不再换人", round.stage.label());
        return Err(Problem::new("round_too_far", what, "在实地评估结束前换人").into());
    }
    let seats = store::seats_of(tx, &round.code)?;
    if seats.iter().any(|seat| seat.expert_id == expert.id) {
        let what = format!("{}已经在这一轮的名单里", expert.name);
        return Err(Problem::new("seat_taken", what, "邀请另一位专家").into());
    }
    let letter = if role == PanelRole::Expert { 'E' } else { 'S' };
    let number = seats.iter().filter(|seat| seat.role == role).count() + 1;
    let seat = Seat {
        id: new_id(tx.at())?,
        station_id: round.station_id,
        round: round.code.clone(),
        expert_id: expert.id,
        user_id: expert.user_id,
        code: format!("{letter}{number}"),
        role,
        replaces,
        invited_by: by,
        invited_at: tx.at(),
        undertaken_at: None,
        declared_at: None,
        cleared_at: None,
        cleared_by: None,
        member_id: None,
        grant_id: None,
        ended_at: None,
        ending: None,
    };
    store::add_seat(tx, &seat)?;
    note(tx, "evaluation.invited", &seat, None)?;
    conflicts::look(tx, round, &seat)?;
    Ok(seat)
}

/// Signs the undertaking of confidentiality.
pub(super) fn undertake(tx: &mut Tx<'_>, mut seat: Seat) -> DbResult<()> {
    if seat.undertaken_at.is_none() && seat.ended_at.is_none() {
        seat.undertaken_at = Some(tx.at());
        store::update_seat(tx, &seat)?;
        note(tx, "evaluation.undertaken", &seat, None)?;
    }
    Ok(())
}

/// Declares that there is nothing, or what there is.
pub(super) fn declare(tx: &mut Tx<'_>, mut seat: Seat, found: &[(TieKind, String)]) -> DbResult<()> {
    if seat.undertaken_at.is_none() {
        return Err(Problem::new("not_undertaken", "还没有签保密承诺", "请先签保密承诺").into());
    }
    if seat.ended_at.is_some() {
        return Err(Problem::new("seat_ended", "这个席位已经结束", "不用再申报").into());
    }
    for (kind, ground) in found {
        let (whose, by) = ((seat.station_id, seat.round.as_str(), Some(seat.id)), tx.actor().code());
        challenge(tx, whose, Source::Declared, *kind, ground, by)?;
    }
    seat.declared_at = Some(tx.at());
    if !found.is_empty() {
        // What comes to light late closes a cleared seat again until it is ruled on.
        shut(tx, &mut seat)?;
        (seat.cleared_at, seat.cleared_by) = (None, None);
    }
    store::update_seat(tx, &seat)?;
    note(tx, "evaluation.declared", &seat, None)
}

/// Brings something forward, against a seat or against how the panel works.
pub(super) fn challenge(
    tx: &mut Tx<'_>,
    (station_id, round, seat_id): (Id, &str, Option<Id>),
    source: Source,
    kind: TieKind,
    ground: &str,
    raised_by: String,
) -> DbResult<()> {
    let one = Challenge {
        id: new_id(tx.at())?,
        station_id,
        round: round.to_owned(),
        seat_id,
        source,
        kind,
        ground: ground.to_owned(),
        raised_by,
        raised_at: tx.at(),
        ruling: None,
        reason: String::new(),
        ruled_by: None,
        ruled_at: None,
    };
    store::add_challenge(tx, &one)
}

/// Rules on what was brought forward. Where it is upheld against a seat, the seat ends at once.
pub(super) fn rule(
    tx: &mut Tx<'_>,
    asker: &Asker,
    challenge: &Challenge,
    ruling: Ruling,
    reason: &str,
    by: Id,
) -> DbResult<()> {
    if challenge.raised_by == by.as_str() || challenge.raised_by == tx.actor().code() {
        return Err(Problem::new("own_challenge", "提出的人不能自己裁定", "请另一位同事裁定").into());
    }
    if !store::rule(tx, challenge.id, ruling, reason, by)? {
        return Err(Problem::new("ruled_already", "已经有人裁定过", "刷新页面看结果").into());
    }
    let event = Event {
        verb: "evaluation.ruled",
        kind: "challenge",
        record_id: Some(challenge.id),
        reason: Some(reason.to_owned()),
        detail: Some(serde_json::json!({ "ruling": ruling, "source": challenge.source })),
    };
    tx.event(challenge.station_id, event)?;
    let Some(seat) = challenge.seat_id.filter(|_| ruling == Ruling::Granted) else { return Ok(()) };
    let seat = store::seat(tx, &challenge.round, seat.as_str())?;
    end(tx, asker, seat, challenge.source.ending())
}

/// Clears a seat: the expert becomes a member of the panel, and may see the station from now on.
///
/// # Errors
/// It is not allowed, or what the database says; what is [`missing`] was asked before.
pub(super) fn clear(
    tx: &mut Tx<'_>,
    asker: &Asker,
    (round, mut seat): (&Round, Seat),
    expert: &Expert,
    by: Id,
) -> DbResult<()> {
    let at = tx.at();
    if seat.member_id.is_none() {
        seat.member_id = Some(enter_member(tx, asker, (round, &seat), expert)?);
    }
    let role = if seat.role == PanelRole::Expert { Role::Expert } else { Role::Evaluator };
    let grant = NewGrant {
        role,
        reach: Reach::Station,
        district: None,
        street: None,
        station: Some(round.station_id),
        place: Some(round.station_id),
        from_on: at.day(),
        to_on: None,
    };
    seat.grant_id = Some(access::grant(tx, seat.user_id, &grant)?);
    (seat.cleared_at, seat.cleared_by) = (Some(at), Some(by));
    store::update_seat(tx, &seat)?;
    note(tx, "evaluation.cleared", &seat, None)
}

/// The record of a member, which the report names.
fn enter_member(
    tx: &mut Tx<'_>,
    asker: &Asker,
    (round, seat): (&Round, &Seat),
    expert: &Expert,
) -> DbResult<Id> {
    let member = PanelMember {
        id: new_id(tx.at())?,
        station_id: round.station_id,
        area_id: None,
        community_id: None,
        worker_id: None,
        round: round.code.clone(),
        code: seat.code.clone(),
        name: expert.name.clone(),
        organisation: expert.organisation.clone(),
        role: seat.role,
        skill: expert.skills.clone(),
    };
    permit::<Enter<Evaluation>>(asker, round.station_id)?.append(tx, std::slice::from_ref(&member))?;
    Ok(member.id)
}

/// What keeps a seat from being cleared, in words.
pub(super) fn missing(seat: &Seat, challenges: &[Challenge]) -> Option<&'static str> {
    let open = |one: &Challenge| one.seat_id == Some(seat.id) && one.ruling.is_none();
    match seat {
        Seat { ended_at: Some(_), .. } => Some("席位已经结束"),
        Seat { cleared_at: Some(_), .. } => Some("已经准入"),
        Seat { undertaken_at: None, .. } => Some("还没有签保密承诺"),
        Seat { declared_at: None, .. } => Some("还没有申报利害关系"),
        _ if challenges.iter().any(open) => Some("有回避事项还没有裁定"),
        _ => None,
    }
}

/// Ends a seat: membership and the right to the station with it, from this moment.
pub(super) fn end(tx: &mut Tx<'_>, asker: &Asker, mut seat: Seat, ending: Ending) -> DbResult<()> {
    if seat.ended_at.is_some() {
        return Ok(());
    }
    if let Some(member) = seat.member_id {
        let permit = permit::<Withdraw<Evaluation>>(asker, seat.station_id)?;
        permit.withdraw::<PanelMember>(tx, member, ending.label())?;
    }
    shut(tx, &mut seat)?;
    seat.member_id = None;
    (seat.ended_at, seat.ending) = (Some(tx.at()), Some(ending));
    store::update_seat(tx, &seat)?;
    note(tx, "evaluation.seat_ended", &seat, Some(ending.label()))
}

/// Ends what clearing gave to everybody of a panel: with the report their work is done.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn close(tx: &mut Tx<'_>, round: &Round) -> DbResult<()> {
    for mut seat in store::seats_of(tx, &round.code)? {
        if seat.grant_id.is_some() {
            shut(tx, &mut seat)?;
            store::update_seat(tx, &seat)?;
        }
    }
    Ok(())
}

/// Takes the right to the station away.
fn shut(tx: &mut Tx<'_>, seat: &mut Seat) -> DbResult<()> {
    if let Some(grant) = seat.grant_id.take() {
        access::end_grant(tx, seat.user_id, grant)?;
    }
    Ok(())
}

/// The audit line.
fn note(tx: &mut Tx<'_>, verb: &'static str, seat: &Seat, reason: Option<&str>) -> DbResult<()> {
    let detail = serde_json::json!({ "round": seat.round, "code": seat.code, "role": seat.role });
    let reason = reason.map(str::to_owned);
    tx.event(
        seat.station_id,
        Event { verb, kind: "seat", record_id: Some(seat.id), reason, detail: Some(detail) },
    )
}

//! What the pages of a panel show.

use std::collections::BTreeMap;

use askama::Template;
use rules::recusal::TieKind;
use web::form::{KEY, TOKEN};

use super::model::Source;
use super::store::{Challenge, Seat};
use crate::evaluation::experts::store::Expert;
use crate::evaluation::rounds::{address, title};
use crate::evaluation::{PanelRole, Round};
use crate::shell::Frame;

/// A seat, for those who put panels together.
pub(super) struct SeatLine {
    id: String,
    code: String,
    name: String,
    organisation: String,
    skills: String,
    role: &'static str,
    tag: (&'static str, String),
    clears: bool,
    ends: bool,
}

impl SeatLine {
    pub(super) fn of(seat: &Seat, expert: Option<&Expert>, missing: Option<&'static str>) -> Self {
        let text = |of: fn(&Expert) -> &String| expert.map(|one| of(one).clone()).unwrap_or_default();
        Self {
            id: seat.id.to_string(),
            code: seat.code.clone(),
            name: text(|one| &one.name),
            organisation: text(|one| &one.organisation),
            skills: text(|one| &one.skills),
            role: seat.role.label(),
            tag: standing(seat, missing),
            clears: missing.is_none(),
            ends: seat.ended_at.is_none(),
        }
    }
}

/// The colour of the tag of a seat and its words.
fn standing(seat: &Seat, missing: Option<&'static str>) -> (&'static str, String) {
    match (seat.ended_at.zip(seat.ending), seat.cleared_at, missing) {
        (Some((at, ending)), ..) => ("t-warn", format!("{} {}", at.day(), ending.label())),
        (None, Some(at), _) => ("t-ok", format!("{} 准入", at.day())),
        (None, None, Some(missing)) => ("t-mute", missing.to_owned()),
        (None, None, None) => ("t-info", "可以准入".to_owned()),
    }
}

/// Something that was brought forward.
struct ChallengeLine {
    id: String,
    source: &'static str,
    kind: &'static str,
    about: String,
    ground: String,
    raised: String,
    ruling: Option<(&'static str, String)>,
}

/// The panel.
#[derive(Template)]
#[template(path = "evaluation/templates/panel.html")]
pub(super) struct PanelPage {
    frame: Frame,
    title: String,
    address: String,
    seats: Vec<SeatLine>,
    free: Vec<(String, String)>,
    roles: Vec<(&'static str, &'static str)>,
    challenges: Vec<ChallengeLine>,
    key: String,
}

impl PanelPage {
    pub(super) fn of(
        frame: Frame,
        round: &Round,
        seats: Vec<SeatLine>,
        free: &[(usize, &Expert)],
        challenges: Vec<Challenge>,
        key: String,
    ) -> Self {
        let names: BTreeMap<&str, &str> =
            seats.iter().map(|seat| (seat.id.as_str(), seat.name.as_str())).collect();
        let line = |one: &Challenge| ChallengeLine {
            id: one.id.to_string(),
            source: one.source.label(),
            kind: one.kind.label(),
            about: one
                .seat_id
                .map(|id| names.get(id.as_str()).copied().unwrap_or_default().to_owned())
                .unwrap_or_default(),
            ground: one.ground.clone(),
            raised: one.raised_at.minute(),
            ruling: one.ruling.map(|ruling| {
                let about_work = one.source == Source::Conduct;
                let word = match (ruling, about_work) {
                    (super::Ruling::Granted, false) => "回避",
                    (super::Ruling::Refused, false) => "不必回避",
                    (super::Ruling::Granted, true) => "采纳",
                    (super::Ruling::Refused, true) => "不采纳",
                };
                (word, one.reason.clone())
            }),
        };
        let challenges = challenges.iter().map(line).collect();
        let option = |(load, expert): &(usize, &Expert)| {
            let word =
                format!("{}（{}，{}，承担中 {load} 轮）", expert.name, expert.organisation, expert.skills);
            (expert.id.to_string(), word)
        };
        let free = free.iter().map(option).collect();
        let (title, address) = (title(round), address(&round.code));
        Self { frame, title, address, seats, free, roles: PanelRole::list(), challenges, key }
    }
}

/// An invitation in the list of one's own.
pub(super) struct OwnLine {
    href: String,
    name: String,
    tag: (&'static str, String),
}

impl OwnLine {
    pub(super) fn of(seat: &Seat) -> Self {
        let missing = match seat {
            Seat { undertaken_at: None, .. } => "等您签保密承诺",
            Seat { declared_at: None, .. } => "等您申报利害关系",
            _ => "等评估机构准入",
        };
        let name = format!("{} 邀请的{}席位", seat.invited_at.day(), seat.role.label());
        Self { href: format!("/evaluation/seats/{}", seat.id), name, tag: standing(seat, Some(missing)) }
    }
}

/// One's own invitations.
#[derive(Template)]
#[template(path = "evaluation/templates/own_seats.html")]
pub(super) struct OwnPage {
    frame: Frame,
    lines: Vec<OwnLine>,
}

impl OwnPage {
    pub(super) fn of(frame: Frame, lines: Vec<OwnLine>) -> Self {
        Self { frame, lines }
    }
}

/// One of them.
#[derive(Template)]
#[template(path = "evaluation/templates/own_seat.html")]
pub(super) struct OwnSeatPage {
    frame: Frame,
    id: String,
    role: &'static str,
    tag: (&'static str, String),
    undertaken: bool,
    declared: bool,
    ended: bool,
    /// The page of the round, once one may open it.
    round: Option<String>,
    about: Vec<(&'static str, String)>,
    kinds: Vec<(&'static str, &'static str)>,
    key: String,
}

impl OwnSeatPage {
    pub(super) fn of(frame: Frame, seat: &Seat, about: Vec<(&'static str, String)>, key: String) -> Self {
        Self {
            frame,
            id: seat.id.to_string(),
            role: seat.role.label(),
            tag: OwnLine::of(seat).tag,
            undertaken: seat.undertaken_at.is_some(),
            declared: seat.declared_at.is_some(),
            ended: seat.ended_at.is_some(),
            round: seat.is_live().then(|| address(&seat.round)),
            about,
            kinds: TieKind::list(),
            key,
        }
    }
}

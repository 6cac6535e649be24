//! What the calling desk shows: numbers masked, and where to dial only while one calls.

use std::collections::BTreeMap;

use askama::Template;
use kernel::{Id, Moment};
use web::form::{KEY, TOKEN};

use super::call_address;
use super::model::CallResult;
use super::store::{Call, Drawn, Sample};
use crate::clients::Reached;
use crate::evaluation::Round;
use crate::evaluation::rounds::{address, title};
use crate::shell::Frame;
use crate::surveys::ContactOutcome;

/// Somebody on the list.
struct Line {
    href: String,
    name: String,
    place: i32,
    stratum: String,
    guarded: bool,
    number: String,
    attempts: usize,
    last: String,
    tag: (&'static str, &'static str),
}

/// Who is to be called.
#[derive(Template)]
#[template(path = "evaluation/templates/sample_calls.html")]
pub(super) struct DeskPage {
    frame: Frame,
    title: String,
    address: String,
    /// Those to be called, then those with whom it is over: id of the heading, its word, who.
    groups: [(&'static str, &'static str, Vec<Line>); 2],
}

impl DeskPage {
    pub(super) fn of(
        frame: Frame,
        round: &Round,
        drawn: &[Drawn],
        reached: &BTreeMap<Id, Reached>,
        calls: &[Call],
    ) -> Self {
        let line = |one: &Drawn| {
            let own: Vec<&Call> =
                calls.iter().filter(|call| call.drawn_id == one.id && call.result.is_some()).collect();
            let last = own.last().and_then(|call| Some((call.begun_at, call.result?)));
            let person = reached.get(&one.person_id);
            Line {
                href: call_address(&round.code, one.id),
                name: name(person),
                place: one.place,
                stratum: one.stratum.clone(),
                guarded: one.guarded,
                number: person
                    .and_then(|person| person.numbers.first())
                    .map_or_else(|| "没有号码".to_owned(), |one| format!("{} {}", one.whose, one.masked)),
                attempts: own.len(),
                last: last
                    .map(|(at, result)| format!("{} {}", at.minute(), result.label()))
                    .unwrap_or_default(),
                tag: tag(one),
            }
        };
        let (over, open): (Vec<&Drawn>, Vec<&Drawn>) = drawn.iter().partition(|one| one.outcome.is_some());
        let lines = |some: Vec<&Drawn>| some.into_iter().map(line).collect();
        let groups = [("h-open", "待访", lines(open)), ("h-over", "已结束", lines(over))];
        Self { frame, title: title(round), address: address(&round.code), groups }
    }
}

fn name(person: Option<&Reached>) -> String {
    person.map_or_else(|| "（档案已不在）".to_owned(), |person| person.name.clone())
}

fn tag(one: &Drawn) -> (&'static str, &'static str) {
    match one.outcome {
        None => ("t-mute", "待访"),
        Some(ContactOutcome::Answered) => ("t-ok", ContactOutcome::Answered.label()),
        Some(ContactOutcome::Unreached) => ("t-warn", "联系不上"),
        Some(ContactOutcome::Refused) => ("t-warn", ContactOutcome::Refused.label()),
    }
}

/// A number on the page of one person.
struct NumberLine {
    whose: String,
    masked: String,
    /// Only while whoever asks is calling.
    dials: Option<String>,
}

/// One of them.
#[derive(Template)]
#[template(path = "evaluation/templates/sample_call.html")]
pub(super) struct CallPage {
    frame: Frame,
    title: String,
    address: String,
    own: String,
    name: String,
    place: i32,
    stratum: String,
    guarded: bool,
    tag: (&'static str, &'static str),
    over: bool,
    /// Whether somebody may come in their place.
    replaces: bool,
    replaced_by: Option<String>,
    person: Option<Reached>,
    numbers: Vec<NumberLine>,
    /// Whether whoever asks may dial just now.
    dialling: bool,
    /// Whether they began an attempt whose result is not noted.
    calling: bool,
    attempts: Vec<[String; 4]>,
    /// What was corrected: when, by whom, what, why.
    corrections: Vec<[String; 4]>,
    /// Whether the result can be corrected, and whether that takes the code of an answer.
    corrects: bool,
    answered: bool,
    results: Vec<(&'static str, &'static str)>,
    key: String,
}

impl CallPage {
    pub(super) fn of(
        frame: Frame,
        round: &Round,
        (drawn, all): (&Drawn, &[Drawn]),
        person: Option<Reached>,
        sample: &Sample,
    ) -> Self {
        let by = all.iter().find(|one| one.replaces.as_ref() == Some(&drawn.pseudonym));
        let missed = drawn.outcome.is_some_and(|outcome| outcome != ContactOutcome::Answered);
        Self {
            frame,
            title: title(round),
            address: address(&round.code),
            own: call_address(&round.code, drawn.id),
            name: name(person.as_ref()),
            place: drawn.place,
            stratum: drawn.stratum.clone(),
            guarded: drawn.guarded,
            tag: tag(drawn),
            over: drawn.outcome.is_some(),
            replaces: missed && by.is_none() && sample.closed_at.is_none() && sample.published_at.is_none(),
            replaced_by: by.map(|one| call_address(&round.code, one.id)),
            person,
            numbers: Vec::new(),
            dialling: false,
            calling: false,
            attempts: Vec::new(),
            corrections: Vec::new(),
            corrects: drawn.outcome.is_some()
                && sample.published_at.is_none()
                && (missed || sample.closed_at.is_none()),
            answered: drawn.outcome == Some(ContactOutcome::Answered),
            results: results(),
            key: String::new(),
        }
    }

    /// The same with the attempts, and where to dial while whoever asks is calling.
    pub(super) fn with(
        mut self,
        (calls, notes): (&[Call], &[String]),
        names: &BTreeMap<Id, String>,
        (me, now): (Id, Moment),
        key: String,
    ) -> Self {
        self.dialling = !self.over && calls.iter().any(|call| call.begun_by == me && call.is_open(now));
        self.calling = !self.over && calls.iter().any(|call| call.begun_by == me && call.result.is_none());
        let numbers = self.person.take().map(|person| person.numbers).unwrap_or_default();
        let line = |one: crate::clients::Number| NumberLine {
            whose: one.whose,
            masked: one.masked,
            dials: self.dialling.then(|| format!("tel:{}", one.whole)),
        };
        self.numbers = numbers.into_iter().map(line).collect();
        let attempt = |(call, note): (&Call, &String)| {
            [
                call.begun_at.minute(),
                names.get(&call.begun_by).cloned().unwrap_or_default(),
                call.result.map_or("没有登记结果", CallResult::label).to_owned(),
                note.clone(),
            ]
        };
        self.attempts = calls.iter().zip(notes).map(attempt).collect();
        self.key = key;
        self
    }

    /// The same with what was corrected.
    pub(super) fn corrected(self, corrections: Vec<[String; 4]>) -> Self {
        Self { corrections, ..self }
    }
}

/// What may be chosen: that the questions were answered shows by the questionnaire.
fn results() -> Vec<(&'static str, &'static str)> {
    let all = CallResult::ALL.iter().filter(|one| **one != CallResult::Answered);
    all.map(|one| (one.as_str(), one.label())).collect()
}

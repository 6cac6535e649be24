//! What the page of a sample shows.

use std::collections::BTreeMap;

use askama::Template;
use rules::sampling::{Allocation, LEAST, allocate};
use rules::survey::Questionnaire;
use web::form::{KEY, TOKEN};

use super::draw::counted;
use super::frame::WITHOUT_FILE;
use super::model::StrataBy;
use super::publish::allocation;
use super::routes::WANTED;
use super::store::{Drawn, MemberRow, Sample};
use crate::evaluation::rounds::{address, title};
use crate::evaluation::{Round, Stage};
use crate::library::QuestionnaireFile;
use crate::shell::Frame;
use crate::surveys::ContactOutcome;

/// A stratum of the frame.
struct StratumLine {
    name: String,
    /// The name of its field.
    field: String,
    persons: usize,
    drawn: Option<usize>,
    /// How many came in others' places.
    replaced: usize,
}

/// The sample.
#[derive(Template)]
#[template(path = "evaluation/templates/sample.html")]
pub(super) struct SamplePage {
    frame: Frame,
    title: String,
    address: String,
    keeps: bool,
    sample: Option<Sample>,
    /// What can be done now, for whoever may.
    next: Next,
    persons: usize,
    guarded: usize,
    /// Why, and how many of what.
    left_out: Vec<(String, String)>,
    strata_by: &'static str,
    strata: Vec<StratumLine>,
    fixed: bool,
    called: usize,
    outcomes: Vec<(&'static str, usize)>,
    open: usize,
    choices: Vec<(&'static str, &'static str)>,
    wanted: usize,
    least: usize,
    /// What can be asked: code and name.
    questionnaires: Vec<(String, String)>,
    key: String,
}

/// The step that is next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Seed,
    Freeze,
    /// Freezing waits for the round to come on site.
    Wait,
    Draw,
    Call,
    /// Answers are parted from persons.
    Close,
    /// Only the pages on which they stood are still to be wiped.
    Wipe,
    Publish,
    Done,
}

impl SamplePage {
    pub(super) fn of(
        frame: Frame,
        round: &Round,
        (sample, members, drawn): (Option<Sample>, &[MemberRow], &[Drawn]),
        keeps: bool,
        key: String,
    ) -> Self {
        let open = drawn.iter().filter(|one| one.outcome.is_none()).count();
        let next = next(round, sample.as_ref(), open);
        let how = sample.as_ref().and_then(allocation);
        let wanted = sample.as_ref().and_then(|sample| sample.wanted);
        let there = counted(members);
        let sizes = how.as_ref().zip(wanted).and_then(|(how, wanted)| {
            allocate(&there, usize::try_from(wanted).unwrap_or_default(), how).ok()
        });
        let line = |(number, (name, persons)): (usize, (&String, &usize))| StratumLine {
            name: if name.is_empty() { "全部".to_owned() } else { name.clone() },
            field: format!("s{number}"),
            persons: *persons,
            drawn: sizes.as_ref().and_then(|sizes| sizes.get(name).copied()),
            replaced: drawn.iter().filter(|one| one.replaces.is_some() && one.stratum == *name).count(),
        };
        let strata = there.iter().enumerate().map(line).collect();
        let left_out = sample.as_ref().and_then(|sample| sample.left_out.as_deref());
        let told = |(why, number): (String, usize)| {
            let unit = if why == WITHOUT_FILE { "户" } else { "人" };
            (why, format!("{number} {unit}"))
        };
        let left_out: BTreeMap<String, usize> =
            left_out.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        let of = |outcome: &ContactOutcome| {
            let number = drawn.iter().filter(|one| one.outcome == Some(*outcome)).count();
            (outcome.label(), number)
        };
        Self {
            frame,
            title: title(round),
            address: address(&round.code),
            keeps,
            next,
            persons: members.len(),
            guarded: members.iter().filter(|member| member.guarded).count(),
            left_out: left_out.into_iter().map(told).collect(),
            strata_by: sample.as_ref().and_then(|sample| sample.strata_by).map_or("", StrataBy::label),
            strata,
            fixed: matches!(how, Some(Allocation::Fixed(_))),
            called: drawn.len(),
            outcomes: ContactOutcome::ALL.iter().map(of).collect(),
            open,
            choices: StrataBy::list(),
            wanted: WANTED,
            least: LEAST,
            sample,
            questionnaires: Vec::new(),
            key,
        }
    }

    /// The same with the questionnaires one may choose from.
    pub(super) fn asking(mut self, files: &[QuestionnaireFile]) -> Self {
        let named = |one: &QuestionnaireFile| {
            let asked = &one.questionnaire;
            (asked.code.clone(), format!("{} {} 版", asked.name, asked.version))
        };
        self.questionnaires = files.iter().map(named).collect();
        self
    }

    /// The questionnaire that was bound: its first lines say its name and version.
    fn bound(&self) -> Option<String> {
        let text = self.sample.as_ref()?.questionnaire.as_ref()?;
        let read = Questionnaire::parse("questionnaire", text).ok()?;
        Some(format!("{} {} 版，{} 题", read.name, read.version, read.questions.len()))
    }

    /// Whether there is a result to look at.
    fn closed(&self) -> bool {
        self.sample.as_ref().is_some_and(|sample| sample.closed_at.is_some())
    }
}

fn next(round: &Round, sample: Option<&Sample>, open: usize) -> Next {
    let Some(sample) = sample else { return Next::Seed };
    match (sample.frozen_at, sample.drawn_at, sample.published_at) {
        (None, ..) if round.stage < Stage::OnSite => Next::Wait,
        (None, ..) => Next::Freeze,
        (_, None, _) => Next::Draw,
        (_, _, None) if open > 0 => Next::Call,
        (_, _, None) if sample.closed_at.is_none() => Next::Close,
        (_, _, None) if sample.wiped_at.is_none() => Next::Wipe,
        (_, _, None) => Next::Publish,
        _ => Next::Done,
    }
}

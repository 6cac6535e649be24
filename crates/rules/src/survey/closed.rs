//! What all the answers come to, once the survey is closed: sums alone, out of which no answer can be taken.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::cells::shown;
use super::fill::{DECLINED, Filled, Points, UNKNOWN};
use super::questionnaire::{Dimension, Questionnaire};

/// One person's answers with the area they stand in, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The area, by whatever stands for it.
    pub area: Option<String>,
    /// What was answered.
    pub filled: Filled,
}

/// The sums over several persons of the mean points that each gave, in ten-thousandths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stats {
    /// Persons who answered any question of it.
    pub answers: u32,
    /// The sum.
    pub sum: i64,
    /// The sum of the squares.
    pub squares: i64,
    /// How many of them were satisfied.
    pub satisfied: u32,
}

/// What all answers come to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    /// How many answered.
    pub answers: u32,
    /// Over all dimensions.
    pub whole: Stats,
    /// In each dimension, by its code.
    pub dimensions: BTreeMap<String, Stats>,
    /// Of each area that is told apart; those that are not come last, without one.
    pub areas: Vec<AreaResult>,
    /// The answers to each question, counted, in the order of the questionnaire.
    pub questions: Vec<QuestionResult>,
    /// How many wish for more care.
    pub care: u32,
}

/// What the answers of an area come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaResult {
    /// The area; none for those that are not told apart.
    pub area: Option<String>,
    /// How many answered.
    pub answers: u32,
    /// Over all dimensions.
    pub whole: Stats,
    /// In each dimension, by its code.
    pub dimensions: BTreeMap<String, Stats>,
}

/// How often each answer to a question was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionResult {
    /// The question's code.
    pub code: String,
    /// How many were asked.
    pub asked: u32,
    /// By answer.
    pub answers: Vec<(String, u32)>,
}

impl Stats {
    fn add(&mut self, points: Points, satisfied: u32) {
        if points.answers == 0 {
            return;
        }
        let (given, answers) = (i64::from(points.given), i64::from(points.answers));
        // Half up to a ten-thousandth of a point.
        let mean = (given * 20_000 + answers) / (2 * answers);
        self.answers += 1;
        self.sum += mean;
        self.squares += mean * mean;
        self.satisfied += u32::from(given >= i64::from(satisfied) * answers);
    }
}

/// What all entries come to. Their order is of no account.
#[must_use]
pub fn closed(questionnaire: &Questionnaire, entries: &[Entry]) -> Closed {
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for area in entries.iter().filter_map(|entry| entry.area.clone()) {
        *numbers.entry(area).or_default() += 1;
    }
    let without = entries.iter().filter(|entry| entry.area.is_none()).count();
    let shown = shown(&numbers, without);
    let mut places: Vec<Option<String>> = shown.iter().cloned().map(Some).collect();
    places.push(None);
    let own = |place: &Option<String>| -> Vec<&Entry> {
        let seen = |entry: &&Entry| entry.area.clone().filter(|area| shown.contains(area)) == *place;
        entries.iter().filter(seen).collect()
    };
    let area = |place: Option<String>| {
        let own = own(&place);
        let (whole, dimensions) = sums(questionnaire, &own);
        AreaResult { area: place, answers: count(own.len()), whole, dimensions }
    };
    let areas = places.into_iter().map(area).filter(|area| area.answers > 0).collect();
    let all: Vec<&Entry> = entries.iter().collect();
    let (whole, dimensions) = sums(questionnaire, &all);
    let wanting = entries.iter().filter(|entry| questionnaire.wants_care(&entry.filled)).count();
    Closed {
        answers: count(entries.len()),
        whole,
        dimensions,
        areas,
        questions: questions(questionnaire, entries),
        care: count(wanting),
    }
}

fn sums(questionnaire: &Questionnaire, entries: &[&Entry]) -> (Stats, BTreeMap<String, Stats>) {
    let of = |dimension: Option<Dimension>| {
        let mut stats = Stats::default();
        for entry in entries {
            stats.add(questionnaire.points(&entry.filled, dimension), questionnaire.scale.satisfied);
        }
        stats
    };
    let dimensions = Dimension::ALL.iter().map(|one| (one.as_str().to_owned(), of(Some(*one)))).collect();
    (of(None), dimensions)
}

fn questions(questionnaire: &Questionnaire, entries: &[Entry]) -> Vec<QuestionResult> {
    let result = |question: &super::Question| {
        let mut answers: Vec<(String, u32)> =
            questionnaire.choices(question).into_iter().map(|choice| (choice.code, 0)).collect();
        answers.extend([(UNKNOWN.to_owned(), 0), (DECLINED.to_owned(), 0)]);
        for (code, number) in &mut answers {
            let same = |entry: &&Entry| entry.filled.answer(&question.code) == Some(code);
            *number = count(entries.iter().filter(same).count());
        }
        let asked = answers.iter().map(|(_, number)| number).sum();
        QuestionResult { code: question.code.clone(), asked, answers }
    };
    questionnaire.questions.iter().map(result).collect()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

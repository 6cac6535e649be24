//! What stands in a manifest, out of the facts of a report.
//! Not here: its shape, and reading it.

use std::collections::BTreeSet;

use kernel::number;
use paper::model::Inline;
use rules::counting::{Figure, read_out};
use serde_json::value::RawValue;

use super::{AcceptedUsed, FigureEntry, ResultUsed, WordingUsed};
use crate::evaluation::{AcceptedError, ReportWording};
use crate::reports::Facts;
use crate::reports::compose::{Composed, names_in};

/// The passages that people worded otherwise, as they are printed.
pub(super) fn wording(facts: &Facts, composed: &Composed) -> Vec<WordingUsed> {
    let used = |one: &ReportWording| {
        let passage = composed.passages.iter().find(|passage| passage.key == one.passage)?;
        Some(WordingUsed {
            passage: one.passage.clone(),
            template: one.template.clone(),
            words: one.words.clone(),
            names: names_in(facts, &one.words).into_iter().collect(),
            printed: passage.run.iter().map(Inline::plain).collect(),
            writer: one.writer.clone(),
        })
    };
    facts.wordings.iter().filter_map(used).collect()
}

pub(super) fn accepted(one: &AcceptedError) -> AcceptedUsed {
    AcceptedUsed {
        rule: one.rule.clone(),
        message: one.message.clone(),
        reason: one.reason.clone(),
        accepter: one.accepter.clone(),
        accepted_on: one.accepted_on,
    }
}

pub(super) fn entries(facts: &Facts, printed: &BTreeSet<(String, Option<String>)>) -> Vec<FigureEntry> {
    let mut wanted = printed.clone();
    wanted.extend(facts.book.set().iter().map(|figure| (figure.code().to_owned(), None)));
    wanted
        .iter()
        .filter_map(|(code, place)| {
            let figure = facts.book.set().get(code)?;
            let place = place.as_deref();
            let tally = facts.book.tally(code, place);
            let derived_from = match figure {
                Figure::Counted(_) => vec![],
                Figure::Derived { derivation, .. } => {
                    derivation.needs().into_iter().map(str::to_owned).collect()
                }
            };
            Some(FigureEntry {
                code: code.clone(),
                place: place.map(str::to_owned),
                name: figure.name().to_owned(),
                unit: figure.unit().to_owned(),
                value: facts.book.value(code, place).map_or(serde_json::Value::Null, number),
                printed: facts.book.printed(code, place),
                rule: read_out(facts.book.set(), figure),
                cut_off: facts.at.basis.cut_off,
                records: tally.as_ref().map(|tally| tally.records),
                digest: tally.map(|tally| tally.digest),
                derived_from,
            })
        })
        .collect()
}

pub(super) fn result(facts: &Facts) -> Result<ResultUsed, serde_json::Error> {
    let inputs = &facts.inputs;
    Ok(ResultUsed {
        experts: inputs.experts.clone(),
        areas: inputs.areas.clone(),
        scores: inputs
            .scores
            .iter()
            .map(|given| (given.expert.clone(), given.item.clone(), given.score))
            .collect(),
        parties: inputs.parties.iter().map(|given| (given.party.as_str().to_owned(), given.score)).collect(),
        deductions: inputs
            .deductions
            .iter()
            .map(|found| (found.code.clone(), found.times, found.note.clone()))
            .collect(),
        bonuses: inputs
            .bonuses
            .iter()
            .map(|found| (found.code.clone(), found.times, found.note.clone()))
            .collect(),
        vetoes: inputs.vetoes.iter().map(|found| (found.code.clone(), found.note.clone())).collect(),
        outcome: RawValue::from_string(serde_json::to_string(&facts.outcome)?)?,
    })
}

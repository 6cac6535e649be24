//! A file of scores (examples/changgang/scores.toml): the panel, each expert's item scores, the other parties.
//!
//! Reads what is written; whether it is complete and within bounds is for [`super::aggregate`] to say.

use std::collections::BTreeMap;
use std::fmt;

use kernel::Problem;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use toml::Spanned;

use super::inputs::{Added, Deducted, Inputs, ItemScore, PartyScore, Vetoed};
use super::source::{Number, Source};

/// The scores of one round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreSheet {
    /// Code of the round.
    pub round: String,
    /// Code of the scheme.
    pub scheme: String,
    /// The panel, in the order of the file.
    pub experts: Vec<ExpertEntry>,
    /// All that [`super::aggregate`] needs.
    pub inputs: Inputs,
}

/// Who an expert is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpertEntry {
    /// Code, as in the scores.
    pub code: String,
    /// Name.
    pub name: String,
    /// Employer.
    pub organisation: String,
    /// Field of knowledge.
    pub skill: String,
}

impl ScoreSheet {
    /// The sheet in a TOML `text`; `file` is only named in messages.
    ///
    /// # Errors
    /// Everything that cannot be read, in Chinese with file, line and remedy.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let source = Source::new(file, text);
        let raw: RawSheet = source.read().map_err(|problem| vec![problem])?;
        let mut reader = Reader { source, problems: Vec::new() };
        let sheet = reader.sheet(raw);
        if reader.problems.is_empty() { Ok(sheet) } else { Err(reader.problems) }
    }
}

struct Reader<'a> {
    source: Source<'a>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn sheet(&mut self, raw: RawSheet) -> ScoreSheet {
        let mut inputs = Inputs { areas: raw.areas, ..Inputs::default() };
        let mut experts = Vec::new();
        for expert in raw.expert {
            inputs.experts.push(expert.code.clone());
            inputs.scores.extend(self.scores(&expert.code, expert.scores));
            let RawExpert { code, name, organisation, skill, .. } = expert;
            experts.push(ExpertEntry { code, name, organisation, skill });
        }
        inputs.parties = raw.party.into_iter().filter_map(|party| self.party(&party)).collect();
        let deducted =
            |given: RawDeducted| Deducted { code: given.code, times: given.times, note: given.note };
        inputs.deductions = raw.deduction.into_iter().map(deducted).collect();
        let added = |given: RawDeducted| Added { code: given.code, times: given.times, note: given.note };
        inputs.bonuses = raw.bonus.into_iter().map(added).collect();
        inputs.vetoes =
            raw.veto.into_iter().map(|given| Vetoed { code: given.code, note: given.note }).collect();
        ScoreSheet { round: raw.round, scheme: raw.scheme, experts, inputs }
    }

    fn scores(&mut self, expert: &str, scores: BTreeMap<String, Spanned<RawScore>>) -> Vec<ItemScore> {
        let mut cells = Vec::new();
        for (item, score) in scores {
            let span = score.span();
            match score.into_inner() {
                RawScore::One(any) => cells.push((item, Spanned::new(span, any))),
                RawScore::ByArea(areas) => {
                    cells.extend(areas.into_iter().map(|(area, number)| (format!("{item}@{area}"), number)));
                }
            }
        }
        let score = |(item, number): (String, Number)| {
            let score = self.kept(&number)?;
            Some(ItemScore { expert: expert.to_owned(), item, score })
        };
        cells.into_iter().filter_map(score).collect()
    }

    fn party(&mut self, raw: &RawPartyScore) -> Option<PartyScore> {
        let score = self.kept(&raw.score)?;
        Some(PartyScore { party: raw.code.clone(), score })
    }

    fn kept(&mut self, number: &Number) -> Option<rust_decimal::Decimal> {
        self.source.decimal(number).map_err(|problem| self.problems.push(problem)).ok()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSheet {
    round: String,
    scheme: String,
    #[serde(default)]
    areas: Vec<String>,
    expert: Vec<RawExpert>,
    party: Vec<RawPartyScore>,
    #[serde(default)]
    deduction: Vec<RawDeducted>,
    #[serde(default)]
    bonus: Vec<RawDeducted>,
    #[serde(default)]
    veto: Vec<RawVetoed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExpert {
    code: String,
    name: String,
    organisation: String,
    skill: String,
    scores: BTreeMap<String, Spanned<RawScore>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPartyScore {
    code: String,
    score: Number,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDeducted {
    code: String,
    times: u32,
    note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVetoed {
    code: String,
    note: String,
}

/// A number, or a table of one number for each area.
enum RawScore {
    One(super::source::AnyNumber),
    ByArea(BTreeMap<String, Number>),
}

impl<'de> Deserialize<'de> for RawScore {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScoreVisitor)
    }
}

struct ScoreVisitor;

impl<'de> Visitor<'de> for ScoreVisitor {
    type Value = RawScore;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or a table of numbers by area")
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<RawScore, E> {
        Ok(RawScore::One(super::source::AnyNumber))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<RawScore, E> {
        Ok(RawScore::One(super::source::AnyNumber))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawScore, A::Error> {
        let mut areas = BTreeMap::new();
        while let Some((area, number)) = map.next_entry()? {
            areas.insert(area, number);
        }
        Ok(RawScore::ByArea(areas))
    }
}

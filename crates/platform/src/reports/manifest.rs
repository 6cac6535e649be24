//! The manifest: every figure of a report with its rule, cut-off, value and digest, the result with its inputs, and
//! the hashes of the files. With `records.jsonl` it is enough to work the whole report out again.

mod parts;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kernel::Problem;
use rules::counting::{Basis, Catalogue, RuleSet};
use rules::scoring::{Added, Deducted, Inputs, ItemScore, PartyScore, Vetoed};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use super::Facts;
use super::compose::{Composed, figures_in};
use crate::indicators::completion;
use crate::library::Library;
use parts::{accepted, entries, result, wording};

/// The form of this file; another number is another form.
pub const FORM: &str = "kapok-manifest/1";

/// `manifest.json`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORM`].
    pub form: String,
    /// SHA-256 over all that follows but the files: it stands in the report, as words and as a code for phones.
    #[serde(default)]
    pub seal: String,
    /// The round's code.
    pub round: String,
    /// The code of the round before.
    pub previous_round: Option<String>,
    /// The station's code.
    pub station: String,
    /// Set when the station is a sample.
    pub sample: Option<String>,
    /// The contract's code and days.
    pub contract: ContractUsed,
    /// The last day counted.
    pub records_until: NaiveDate,
    /// What was known at this moment counts, in UTC microseconds.
    pub known_at: i64,
    /// The files beside this one.
    pub files: Vec<FileHash>,
    /// What is kept of a round that is over: it lies in the archive alone, and the seal holds it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<FileHash>,
    /// Every figure the report prints.
    pub figures: Vec<FigureEntry>,
    /// The result: what was scored and what came of it.
    pub result: ResultUsed,
    /// What people wanted passages to say instead of the report's own words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wording: Vec<WordingUsed>,
    /// What the checks of the text found and somebody let stand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepted: Vec<AcceptedUsed>,
    /// SHA-256 over the report's plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The counting rules, as text.
    pub rules: String,
    /// The contract's targets with their frozen rules.
    pub targets: Vec<Target>,
    /// The evaluation scheme, as text.
    pub scheme: String,
}

/// Which contract.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ContractUsed {
    /// Its code.
    pub code: String,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
}

/// A file and its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileHash {
    /// Its name, in the manifest's folder.
    pub name: String,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Its length.
    pub bytes: u64,
}

impl FileHash {
    /// Of a file by its name.
    #[must_use]
    pub fn of((name, bytes): &(String, Vec<u8>)) -> Self {
        Self { name: name.clone(), sha256: sha256(bytes), bytes: bytes.len() as u64 }
    }
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureEntry {
    /// Its code.
    pub code: String,
    /// The area or community it is counted for; the whole station without one.
    pub place: Option<String>,
    /// The name for people.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Its value; null where it is missing.
    pub value: serde_json::Value,
    /// As it is printed.
    pub printed: String,
    /// Its rule in plain Chinese.
    pub rule: String,
    /// The last day counted.
    pub cut_off: NaiveDate,
    /// How many records it counts; null for a derived figure.
    pub records: Option<usize>,
    /// SHA-256 over the records; null for a derived figure.
    pub digest: Option<String>,
    /// The figures it is derived from; empty for a counted one.
    pub derived_from: Vec<String>,
}

/// A passage that people worded otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordingUsed {
    /// The passage's key.
    pub passage: String,
    /// The report's own words when it was changed.
    pub template: String,
    /// The words in use, figures as tokens.
    pub words: String,
    /// What its tokens that are no figures stand for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// As it is printed.
    pub printed: String,
    /// Who wrote it.
    pub writer: String,
}

/// An error of the text that somebody let stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedUsed {
    /// The rule that found it.
    pub rule: String,
    /// What it says.
    pub message: String,
    /// Why it may stand.
    pub reason: String,
    /// Who let it stand.
    pub accepter: String,
    /// The day.
    pub accepted_on: NaiveDate,
}

/// A target and the rule frozen with it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Target {
    /// The figure's code.
    pub code: String,
    /// As the contract names it.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// How much.
    pub target: i32,
    /// The rule, as text.
    pub rule: String,
}

/// The result with its inputs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResultUsed {
    /// The experts' codes.
    pub experts: Vec<String>,
    /// The areas' codes.
    pub areas: Vec<String>,
    /// Expert, item and points.
    pub scores: Vec<(String, String, Decimal)>,
    /// Party and points.
    pub parties: Vec<(String, Decimal)>,
    /// Deductions that were found: code, times and ground.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deductions: Vec<(String, u32, String)>,
    /// Bonuses that were found: code, times and ground.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bonuses: Vec<(String, u32, String)>,
    /// Vetoes that were found: code and ground.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vetoes: Vec<(String, String)>,
    /// What came of it, as `kapok result` writes it.
    pub outcome: Box<RawValue>,
}

impl Manifest {
    /// The manifest of facts, for the figures that the document prints and the files written.
    ///
    /// # Errors
    /// The result does not serialise; it always does.
    pub fn of(
        facts: &Facts,
        library: &Library,
        composed: &Composed,
        files: Vec<FileHash>,
    ) -> Result<Self, serde_json::Error> {
        let printed = figures_in(&composed.document);
        let target = |target: &crate::indicators::IndicatorTarget| Target {
            code: target.code.clone(),
            name: target.name.clone(),
            unit: target.unit.clone(),
            target: target.target,
            rule: target.rule.clone(),
        };
        Ok(Self {
            form: FORM.to_owned(),
            seal: String::new(),
            round: facts.round.code.clone(),
            previous_round: facts.round.previous.clone(),
            station: facts.station.code.clone(),
            sample: facts.sample_notice.clone(),
            contract: ContractUsed {
                code: facts.contract.code.clone(),
                starts_on: facts.contract.starts_on,
                ends_on: facts.contract.ends_on,
            },
            records_until: facts.round.records_until,
            known_at: facts.round.known_at,
            files,
            beside: facts.beside.iter().map(FileHash::of).collect(),
            figures: entries(facts, &printed),
            wording: wording(facts, composed),
            accepted: facts.accepted.iter().map(accepted).collect(),
            text: Some(sha256(paper::text::render(&composed.document).as_bytes())),
            result: result(facts)?,
            rules: library.rules_text.clone(),
            targets: facts.targets.iter().map(target).collect(),
            scheme: facts.scheme.text.clone(),
        })
    }

    /// What the seal is, from what the manifest says.
    ///
    /// # Errors
    /// It cannot be written as JSON.
    pub fn own_seal(&self) -> Result<String, serde_json::Error> {
        let bare = Self { seal: String::new(), files: Vec::new(), ..self.clone() };
        Ok(sha256(&serde_json::to_vec(&bare)?))
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// It is not one, or of another form.
    pub fn read(file: &str, text: &str) -> Result<Self, Problem> {
        let manifest: Self = serde_json::from_str(text).map_err(|error| {
            Problem::new(
                "bad_manifest",
                format!("不是 kapok 的清单文件：{error}"),
                "请给出报告旁的 manifest.json",
            )
            .at(file)
        })?;
        if manifest.form == FORM {
            return Ok(manifest);
        }
        let what = format!("清单的格式是 {}，本程序只认识 {FORM}", manifest.form);
        Err(Problem::new("other_manifest", what, "请换用相应版本的 kapok").at(file))
    }

    /// The rules it was counted by: the library's text, the contract's frozen rules, targets and completions.
    ///
    /// # Errors
    /// The text is not of the catalogue's form.
    pub fn rule_set(&self, catalogue: &Catalogue) -> Result<RuleSet, Vec<Problem>> {
        let frozen: String = self
            .targets
            .iter()
            .map(|target| format!("[rules.\"{}\"]\n{}\n", target.code, target.rule.trim()))
            .collect();
        let frozen = RuleSet::parse("manifest.json targets", &frozen, catalogue)?;
        let set = RuleSet::parse("manifest.json rules", &self.rules, catalogue)?.with(frozen.iter().cloned());
        let completions = self.targets.iter().flat_map(|target| {
            completion(&target.code, &target.name, &target.unit, Decimal::from(target.target))
        });
        Ok(set.with(completions))
    }

    /// The basis it was counted on.
    #[must_use]
    pub fn basis(&self) -> Basis {
        Basis {
            start: self.contract.starts_on,
            cut_off: self.records_until.min(self.contract.ends_on),
            round: Some(self.round.clone()),
            previous_round: self.previous_round.clone(),
        }
    }

    /// The scores it was worked out from.
    #[must_use]
    pub fn inputs(&self) -> Inputs {
        let score = |(expert, item, score): &(String, String, Decimal)| ItemScore {
            expert: expert.clone(),
            item: item.clone(),
            score: *score,
        };
        let deducted = |(code, times, note)| Deducted { code, times, note };
        let added = |(code, times, note)| Added { code, times, note };
        let vetoed = |(code, note)| Vetoed { code, note };
        let party = |(party, score): &(String, Decimal)| PartyScore { party: party.clone(), score: *score };
        Inputs {
            experts: self.result.experts.clone(),
            areas: self.result.areas.clone(),
            scores: self.result.scores.iter().map(score).collect(),
            parties: self.result.parties.iter().map(party).collect(),
            deductions: self.result.deductions.iter().cloned().map(deducted).collect(),
            bonuses: self.result.bonuses.iter().cloned().map(added).collect(),
            vetoes: self.result.vetoes.iter().cloned().map(vetoed).collect(),
        }
    }
}

/// SHA-256 in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

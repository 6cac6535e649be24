//! The file of a sample as it is published: everything that the draw can be replayed from, and no person.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kernel::Problem;
use serde::{Deserialize, Serialize};

use super::{Allocation, Member};

/// What the file calls its format.
pub const FORMAT: &str = "kapok-sample-1";

/// The file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// [`FORMAT`].
    pub format: String,
    /// The round's code.
    pub round: String,
    /// The station's name.
    pub station: String,
    /// The day on which it was decided who belongs.
    pub cut_off: NaiveDate,
    /// When the seed was committed to, with the zone.
    pub committed_at: String,
    /// When the frame was frozen.
    pub frozen_at: String,
    /// When the sample was drawn.
    pub drawn_at: String,
    /// When the seed was published.
    pub published_at: String,
    /// By what the frame is divided: `none`, `area` or `category`.
    pub strata_by: String,
    /// How many were wanted.
    pub wanted: usize,
    /// How they are spread.
    pub allocation: Allocation,
    /// Each stratum; without strata the one of no name.
    pub strata: Vec<Stratum>,
    /// SHA-256 of the seed, shown beforehand.
    pub commitment: String,
    /// The seed.
    pub seed: String,
    /// SHA-256 of the frame.
    pub frame_digest: String,
    /// Everybody who could be drawn, by pseudonym.
    pub frame: Vec<Member>,
    /// Pseudonyms of those who were drawn, in the order of the draw.
    pub drawn: Vec<String>,
    /// Who came in whose place, in the order in which it happened.
    pub replacements: Vec<Replacement>,
}

/// A stratum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stratum {
    /// Its name.
    pub name: String,
    /// How many persons it has.
    pub persons: usize,
    /// How many of them are drawn.
    pub drawn: usize,
}

/// One in the place of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replacement {
    /// Who could not be asked.
    pub of: String,
    /// Who is asked instead.
    pub by: String,
}

impl Published {
    /// Reads a file.
    ///
    /// # Errors
    /// It is no JSON, no file of a sample, or of a format that is not known.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let what = |error: serde_json::Error| {
            let what = format!("读不懂这份样本文件（第 {} 行：{error}）", error.line());
            Problem::new("sample_file", what, "请用评估轮次“满意度抽样”页下载的原文件")
        };
        let file: Self = serde_json::from_str(text).map_err(what)?;
        if file.format != FORMAT {
            let what = format!("样本文件的格式是“{}”，本程序认识的是“{FORMAT}”", file.format);
            return Err(Problem::new("sample_file", what, "请用同一版或更新的 kapok"));
        }
        Ok(file)
    }

    /// The file as it is published: the same content gives the same bytes.
    #[must_use]
    pub fn text(&self) -> String {
        // Strings and numbers only: writing them does not fail.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// How many persons each stratum of the frame has.
    #[must_use]
    pub fn counted(&self) -> BTreeMap<String, usize> {
        counted(&self.frame)
    }
}

/// How many members each stratum has.
pub(super) fn counted(frame: &[Member]) -> BTreeMap<String, usize> {
    let mut strata = BTreeMap::new();
    for member in frame {
        *strata.entry(member.stratum.clone()).or_default() += 1;
    }
    strata
}

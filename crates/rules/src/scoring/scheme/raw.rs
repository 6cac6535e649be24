//! The shape of a scheme file, as written and not yet believed. Numbers keep their place for the messages.

use serde::Deserialize;
use toml::Spanned;

use crate::scoring::source::Number;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawScheme {
    pub(super) code: String,
    pub(super) version: String,
    pub(super) name: String,
    pub(super) note: String,
    pub(super) full: Option<Number>,
    pub(super) rounding: RawRounding,
    pub(super) aggregation: RawAggregation,
    pub(super) experts_named: Option<bool>,
    pub(super) feedback_days: Option<Spanned<u32>>,
    pub(super) receipt_days: Option<Spanned<u32>>,
    pub(super) silence: Option<Spanned<String>>,
    pub(super) party: Vec<RawParty>,
    pub(super) section: Vec<RawSection>,
    pub(super) grade: Vec<RawGrade>,
    #[serde(default)]
    pub(super) veto: Vec<RawVeto>,
    #[serde(default)]
    pub(super) deduction: Vec<RawDeduction>,
    #[serde(default)]
    pub(super) bonus: Vec<RawBonus>,
    #[serde(default)]
    pub(super) route: Vec<RawHop>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawHop {
    pub(super) of: Spanned<String>,
    pub(super) from: Spanned<String>,
    pub(super) to: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRounding {
    pub(super) decimals: Spanned<u32>,
    pub(super) at: Vec<Spanned<String>>,
    pub(super) entry_decimals: Spanned<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAggregation {
    pub(super) rule: Spanned<String>,
    pub(super) quorum: Spanned<usize>,
    pub(super) missing_party: Spanned<String>,
    pub(super) discuss_above_percent: Number,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawParty {
    pub(super) code: Spanned<String>,
    pub(super) name: String,
    pub(super) by: Spanned<String>,
    pub(super) weight: Number,
    pub(super) out_of: Option<Number>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSection {
    pub(super) code: Spanned<String>,
    pub(super) name: String,
    pub(super) points: Number,
    #[serde(default)]
    pub(super) group: Vec<RawGroup>,
    pub(super) item: Vec<RawItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGroup {
    pub(super) code: Spanned<String>,
    pub(super) name: String,
    pub(super) points: Number,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawItem {
    pub(super) code: Spanned<String>,
    pub(super) name: String,
    pub(super) group: Option<Spanned<String>>,
    pub(super) points: Number,
    #[serde(default)]
    pub(super) per_area: bool,
    pub(super) asks: String,
    pub(super) levels: Vec<String>,
    pub(super) evidence: Vec<String>,
    pub(super) rule: Spanned<String>,
    pub(super) figure: Option<Spanned<String>>,
    pub(super) steps: Option<Spanned<Vec<RawStep>>>,
    pub(super) entries: Option<Spanned<Vec<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStep {
    pub(super) from: Number,
    pub(super) share: Number,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGrade {
    pub(super) code: Spanned<String>,
    pub(super) name: String,
    pub(super) from: Number,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawVeto {
    pub(super) code: Spanned<String>,
    pub(super) name: String,
    pub(super) ground: String,
    pub(super) grade: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDeduction {
    pub(super) code: Spanned<String>,
    pub(super) name: String,
    pub(super) ground: String,
    pub(super) points: Number,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBonus {
    pub(super) code: Spanned<String>,
    pub(super) name: String,
    pub(super) ground: String,
    pub(super) points: Number,
    pub(super) most: Number,
}

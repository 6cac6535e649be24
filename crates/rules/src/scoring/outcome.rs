//! A result with every step kept, as `kapok result --format json` writes it: enough to recompute it by hand.
//!
//! Only data. The sums are in [`super::aggregate`].

use rust_decimal::Decimal;
use serde::ser::Error;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// The result of one round. Decimals are JSON numbers with all their digits, never through a float.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The scheme, and what in it shapes the sums.
    pub scheme: SchemeUsed,
    /// The experts whose scores count, by code.
    pub experts: Vec<String>,
    /// The parties that scored.
    pub parties: Vec<PartyOutcome>,
    /// The panel's sections.
    pub sections: Vec<SectionOutcome>,
    /// Their groups, where the scheme has three levels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupOutcome>,
    /// The panel's items.
    pub items: Vec<ItemOutcome>,
    /// Sum of the parties' weighted scores, before deductions and bonuses.
    #[serde(serialize_with = "number")]
    pub weighted_total: Decimal,
    /// Taken off the total.
    pub deductions: Vec<DeductionOutcome>,
    /// Added to the total.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bonuses: Vec<BonusOutcome>,
    /// What limits the grade.
    pub vetoes: Vec<VetoOutcome>,
    /// `weighted_total` less the deductions plus the bonuses, never below 0 or above the full marks.
    #[serde(serialize_with = "number")]
    pub total: Decimal,
    /// The grade's name for people, for example 良好.
    pub grade: String,
    /// The grade's code, for example `good`.
    pub grade_code: String,
}

/// What of the scheme shapes the sums.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SchemeUsed {
    /// Code.
    pub code: String,
    /// Version.
    pub version: String,
    /// Name.
    pub name: String,
    /// `mean`, `trimmed_mean` or `median`.
    pub aggregation: &'static str,
    /// Decimals kept, half up.
    pub decimals: u32,
    /// The stages that are rounded.
    pub rounded_at: Vec<&'static str>,
    /// Full marks.
    #[serde(serialize_with = "number")]
    pub full: Decimal,
    /// Sum of the weights of the parties that scored: `full` unless one is missing and the scheme allows that.
    #[serde(serialize_with = "number")]
    pub weight_base: Decimal,
}

/// One party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartyOutcome {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Points of the full marks.
    #[serde(serialize_with = "number")]
    pub weight: Decimal,
    /// Its own full marks.
    #[serde(serialize_with = "number")]
    pub out_of: Decimal,
    /// 0 to `out_of`.
    #[serde(serialize_with = "number")]
    pub score: Decimal,
    /// `score ÷ out_of × weight × full ÷ weight_base`.
    #[serde(serialize_with = "number")]
    pub weighted: Decimal,
}

/// One section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionOutcome {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Full points.
    #[serde(serialize_with = "number")]
    pub points: Decimal,
    /// Sum of its items' aggregates.
    #[serde(serialize_with = "number")]
    pub score: Decimal,
}

/// One group of items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupOutcome {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Code of its section.
    pub section: String,
    /// Full points.
    #[serde(serialize_with = "number")]
    pub points: Decimal,
    /// Sum of its items' aggregates, for reading; the section adds the items themselves.
    #[serde(serialize_with = "number")]
    pub score: Decimal,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemOutcome {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Code of its section.
    pub section: String,
    /// Code of its group, where the section has groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Full points.
    #[serde(serialize_with = "number")]
    pub points: Decimal,
    /// `expert`, `measured`, `checklist` or `survey`.
    pub rule: &'static str,
    /// The experts' scores, by expert code.
    pub scores: Vec<ExpertScore>,
    /// `mean`, `trimmed_mean` or `median`: how the scores become the aggregate.
    pub aggregation: &'static str,
    /// The item's score.
    #[serde(serialize_with = "number")]
    pub aggregate: Decimal,
}

/// One expert's score of one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExpertScore {
    /// Expert code.
    pub expert: String,
    /// Points; for an item scored by area the mean over the areas.
    #[serde(serialize_with = "number")]
    pub score: Decimal,
    /// The scores by area, where the item is scored by area.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<AreaScore>,
}

/// A score for one area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AreaScore {
    /// Area code.
    pub area: String,
    /// Points.
    #[serde(serialize_with = "number")]
    pub score: Decimal,
}

/// One deduction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeductionOutcome {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Points each time.
    #[serde(serialize_with = "number")]
    pub points: Decimal,
    /// Times.
    pub times: u32,
    /// `points × times`.
    #[serde(serialize_with = "number")]
    pub taken: Decimal,
    /// What was found.
    pub note: String,
}

/// One bonus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BonusOutcome {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Points each time.
    #[serde(serialize_with = "number")]
    pub points: Decimal,
    /// Times.
    pub times: u32,
    /// `points × times`, at most what the scheme allows in all.
    #[serde(serialize_with = "number")]
    pub added: Decimal,
    /// What was found.
    pub note: String,
}

/// One veto.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VetoOutcome {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Code of the grade that the result cannot exceed.
    pub grade_code: String,
    /// What was found.
    pub note: String,
}

/// A decimal as a JSON number, digit by digit. (A float would keep about fifteen digits of it.)
pub(super) fn number<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    RawValue::from_string(value.normalize().to_string()).map_err(S::Error::custom)?.serialize(serializer)
}

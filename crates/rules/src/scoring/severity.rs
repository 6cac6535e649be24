//! How strict each expert was, and what that did to the total. It informs the panel; it never changes a score.
//!
//! Differences are in percent of an item's points, so that a large item does not drown a small one. An item
//! scored by area counts once for each area.

use kernel::{Problem, half_up};
use rust_decimal::Decimal;
use serde::Serialize;

use super::aggregate::aggregate;
use super::inputs::{Cells, Inputs, cells_of, checked};
use super::outcome::number;
use super::scheme::Scheme;

/// The report for the panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Severity {
    /// One line for each expert, by code.
    pub experts: Vec<ExpertSeverity>,
    /// Where the experts are too far apart and talk before they seal again.
    pub discussions: Vec<Discussion>,
}

/// One expert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExpertSeverity {
    /// Expert code.
    pub expert: String,
    /// Mean difference from the items' means, percent of points, two decimals; above 0 is lenient.
    #[serde(serialize_with = "number")]
    pub leniency: Decimal,
    /// Mean distance of these differences from their mean, percent of points, two decimals.
    #[serde(serialize_with = "number")]
    pub spread: Decimal,
    /// The total that the others alone would give; `None` when they would be too few.
    #[serde(serialize_with = "maybe_number")]
    pub total_without: Option<Decimal>,
    /// `total − total_without`: what this expert's presence does to the total.
    #[serde(serialize_with = "maybe_number")]
    pub effect: Option<Decimal>,
}

/// An item whose scores differ by more than the scheme's threshold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Discussion {
    /// Item code, or `item@area`.
    pub item: String,
    /// Lowest score.
    #[serde(serialize_with = "number")]
    pub lowest: Decimal,
    /// Highest score.
    #[serde(serialize_with = "number")]
    pub highest: Decimal,
    /// Their difference in percent of the points, two decimals.
    #[serde(serialize_with = "number")]
    pub apart: Decimal,
}

/// The severity report of a round.
///
/// # Errors
/// Those of [`aggregate`]: without a result there is nothing to compare.
pub fn severity(scheme: &Scheme, inputs: &Inputs) -> Result<Severity, Vec<Problem>> {
    let total = aggregate(scheme, inputs)?.total;
    let rows = rows(scheme, inputs, &checked(scheme, inputs)?);
    let mut experts = inputs.experts.clone();
    experts.sort();
    let experts = experts.into_iter().map(|expert| {
        let differences: Vec<_> = rows.iter().filter_map(|row| row.difference(&expert)).collect();
        let leniency = mean(&differences);
        let distances: Vec<_> = differences.iter().map(|difference| (*difference - leniency).abs()).collect();
        let total_without = aggregate(scheme, &without(inputs, &expert)).ok().map(|outcome| outcome.total);
        ExpertSeverity {
            expert,
            leniency: half_up(leniency, 2),
            spread: half_up(mean(&distances), 2),
            total_without,
            effect: total_without.map(|without| total - without),
        }
    });
    let threshold = scheme.aggregation.discuss_above_percent;
    Ok(Severity {
        experts: experts.collect(),
        discussions: rows.iter().filter_map(|row| row.discussion(threshold)).collect(),
    })
}

/// Where the experts are too far apart, out of their scores alone: before the other parties have scored, or without a
/// result. Scores that are not within the scheme are left out.
#[must_use]
pub fn discussions(scheme: &Scheme, inputs: &Inputs) -> Vec<Discussion> {
    let given = inputs.scores.iter();
    let cells: Cells<'_> = given.map(|one| ((one.expert.as_str(), one.item.as_str()), one.score)).collect();
    let threshold = scheme.aggregation.discuss_above_percent;
    rows(scheme, inputs, &cells).iter().filter_map(|row| row.discussion(threshold)).collect()
}

/// The scores of one cell.
struct Row<'a> {
    cell: String,
    points: Decimal,
    scores: Vec<(&'a str, Decimal)>,
}

impl Row<'_> {
    /// The expert's difference from the mean, percent of points.
    fn difference(&self, expert: &str) -> Option<Decimal> {
        let (_, own) = self.scores.iter().find(|(whose, _)| *whose == expert)?;
        let scores: Vec<_> = self.scores.iter().map(|(_, score)| *score).collect();
        ((*own - mean(&scores)) * Decimal::ONE_HUNDRED).checked_div(self.points)
    }

    fn discussion(&self, threshold: Decimal) -> Option<Discussion> {
        let lowest = self.scores.iter().map(|(_, score)| *score).min()?;
        let highest = self.scores.iter().map(|(_, score)| *score).max()?;
        let apart = ((highest - lowest) * Decimal::ONE_HUNDRED).checked_div(self.points)?;
        (apart > threshold).then(|| Discussion {
            item: self.cell.clone(),
            lowest,
            highest,
            apart: half_up(apart, 2),
        })
    }
}

fn rows<'a>(scheme: &Scheme, inputs: &Inputs, cells: &Cells<'a>) -> Vec<Row<'a>> {
    let cells_with_points = scheme
        .items()
        .flat_map(|(_, item)| cells_of(item, &inputs.areas).into_iter().map(|(_, cell)| (cell, item.points)));
    cells_with_points
        .map(|(cell, points)| {
            let of_cell = cells.iter().filter(|((_, given), _)| *given == cell);
            let scores = of_cell.map(|((expert, _), score)| (*expert, *score)).collect();
            Row { cell, points, scores }
        })
        .collect()
}

fn without(inputs: &Inputs, expert: &str) -> Inputs {
    let mut others = inputs.clone();
    others.experts.retain(|other| other != expert);
    others.scores.retain(|score| score.expert != expert);
    others
}

/// To 28 digits, which is plenty for a report of two decimals.
fn mean(values: &[Decimal]) -> Decimal {
    let sum: Decimal = values.iter().sum();
    sum.checked_div(Decimal::from(values.len())).unwrap_or_default()
}

fn maybe_number<S: serde::Serializer>(value: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => number(value, serializer),
        None => serializer.serialize_none(),
    }
}

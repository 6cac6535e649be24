//! The table of indicators, heading by heading, each row with its bar.

use paper::charts::{Bar, bar_svg};
use rules::pace::{Fits, Rest, Status};
use rust_decimal::Decimal;
use web::number::grouped;

use super::super::board::{Board, Indicator};
use crate::figures::Stand;

/// Indicators under one heading.
pub struct Group {
    pub(super) heading: String,
    pub(super) rows: Vec<IndicatorRow>,
}

pub(super) struct IndicatorRow {
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) actual: Option<(String, String)>,
    pub(super) target: (String, String),
    pub(super) completion: Option<(String, String)>,
    /// Markup from [`bar_svg`], which escapes what it is given.
    pub(super) bar: String,
    pub(super) forecast: Forecast,
    pub(super) left: Left,
    /// From which day the target holds, where it was amended.
    pub(super) amended: Option<String>,
    /// Where it is broken down by area, community and worker.
    pub(super) parts: Vec<(&'static str, String)>,
    pub(super) tag: (&'static str, &'static str),
}

/// What the end of the contract will bring.
pub(super) enum Forecast {
    /// The target is met.
    Met,
    /// So much, and so many percent of the target.
    Expected(String, String),
    /// Nothing can be said.
    Unknown,
}

/// What is left to do, in words.
pub(super) enum Left {
    /// Nothing, or nothing can be said.
    Nothing(&'static str),
    /// How much a week; and until when one may wait, or why that cannot be said.
    Weekly(String, String),
    /// The contract is over without it.
    Missed(String),
}

/// By what an indicator is broken down, as the page of its figure has it.
const PARTS: [(&str, &str); 3] = [("area", "片区"), ("community", "社区"), ("worker", "社工")];

/// The class and the word of a status.
pub(super) fn tag(status: Status) -> (&'static str, &'static str) {
    let class = match status {
        Status::Done => "t-ok",
        Status::DoneCheck | Status::Tight => "t-warn",
        Status::Behind => "t-urgent",
        Status::Ahead | Status::NoData => "",
    };
    (class, status.label())
}

/// The indicators in the contract's order, a new group at each change of heading.
pub(super) fn groups(stand: &Stand, board: &Board) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for indicator in &board.indicators {
        let row = row(stand, indicator);
        match groups.last_mut().filter(|group| group.heading == indicator.heading) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { heading: indicator.heading.clone(), rows: vec![row] }),
        }
    }
    groups
}

fn row(stand: &Stand, indicator: &Indicator) -> IndicatorRow {
    let (code, pace) = (&indicator.code, &indicator.pace);
    let href = |part: &str| stand.figure(&format!("{code}{part}")).href();
    IndicatorRow {
        name: indicator.name.clone(),
        unit: indicator.unit.clone(),
        actual: indicator.actual.map(|actual| (grouped(actual), href(""))),
        target: (grouped(indicator.target), href(".target")),
        completion: pace.completion.map(|completion| (percent(completion), href(".completion"))),
        bar: bar_svg(&bar(indicator)),
        forecast: forecast(indicator),
        left: left(indicator),
        amended: indicator.amended_on.map(|day| format!("{day} 起")),
        parts: PARTS.map(|(by, word)| (word, by_part(stand, code, by))).into(),
        tag: tag(pace.status),
    }
}

fn by_part(stand: &Stand, code: &str, by: &str) -> String {
    format!("{}#h-parts", stand.figure(code).with("by", by).href())
}

fn left(indicator: &Indicator) -> Left {
    let unit = &indicator.unit;
    match &indicator.rest {
        Rest::Done => Left::Nothing("已达标"),
        Rest::Unknown => Left::Nothing("未列"),
        Rest::Over(missing) => Left::Missed(format!("期满差 {} {unit}", grouped(*missing))),
        Rest::Due { per_week, fits, .. } => {
            let until = match fits {
                Fits::BegunBy(day) => format!("最迟 {day} 动手"),
                Fits::No => "照现在的速度做不完".to_owned(),
                Fits::NoPace => "还没有做过".to_owned(),
            };
            Left::Weekly(grouped(*per_week), until)
        }
    }
}

fn forecast(indicator: &Indicator) -> Forecast {
    let pace = &indicator.pace;
    if pace.completion.is_some_and(|completion| completion >= Decimal::ONE_HUNDRED) {
        return Forecast::Met;
    }
    match (pace.forecast, pace.forecast_percent) {
        (Some(amount), Some(share)) => {
            let share = kernel::half_up(share, 0);
            Forecast::Expected(grouped(amount), format!("{}%", kernel::trimmed(share)))
        }
        _ => Forecast::Unknown,
    }
}

fn bar(indicator: &Indicator) -> Bar {
    let pace = &indicator.pace;
    let completion = pace.completion.unwrap_or_default();
    let actual = indicator.actual.map_or_else(|| "未列".to_owned(), grouped);
    Bar {
        group: None,
        label: indicator.name.clone(),
        actual: format!("{actual} {}", indicator.unit),
        target: grouped(indicator.target),
        completion,
        completion_text: pace.completion.map_or_else(|| "未列".to_owned(), percent),
        elapsed: pace.elapsed,
        forecast: pace.forecast_percent,
        tight: matches!(pace.status, Status::Tight | Status::Behind),
    }
}

fn percent(value: Decimal) -> String {
    format!("{}%", grouped(value))
}

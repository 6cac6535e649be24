//! The parts of a figure, each with its name, its share of the longest bar and its own address.

use rules::counting::{By, Figure};
use rust_decimal::Decimal;
use web::{Target, number::grouped};

use super::super::{At, Detail, Part};
use super::one::Shown;
use crate::figures::routes::Stand;

/// One part.
pub struct BreakdownRow {
    /// Its name.
    pub name: String,
    /// Its value; 未列 where an operand is missing in it.
    pub value: String,
    /// Where its records are, for places.
    pub href: Option<String>,
    /// Length of its bar: percent of the longest, two decimals.
    pub width: String,
}

/// A derived figure has parts only where all it comes from has them: the agreed number of workers, for one, belongs
/// to no area, and a share of it in one would say nothing.
///
/// The parts of a figure in the order people expect: places in theirs, months by time, workers by amount.
pub(super) fn rows(
    stand: &Stand,
    at: &At,
    detail: &Detail,
    shown: &Shown,
    target: &Target,
) -> Vec<BreakdownRow> {
    let mut parts = detail.by(&stand.rules, at, shown.by);
    let derived = matches!(stand.rules.get(&detail.code), Some(Figure::Derived { .. }));
    if derived && parts.iter().any(|part| part.value.is_none() || part.key.is_none()) {
        return vec![];
    }
    order(&mut parts, shown);
    let longest = parts.iter().filter_map(|part| part.value).max().unwrap_or_default();
    parts
        .into_iter()
        .map(|part| BreakdownRow {
            name: name(&part, shown),
            value: part.value.map_or_else(|| "未列".to_owned(), grouped),
            href: href(&part, shown.by, target),
            width: width(part.value.unwrap_or_default(), longest),
        })
        .collect()
}

fn order(parts: &mut [Part], shown: &Shown) {
    let place = |part: &Part| {
        let key = part.key.as_deref();
        let position = match shown.by {
            By::Area => shown.areas.iter().position(|area| Some(area.code.as_str()) == key),
            By::Community => shown.communities.iter().position(|one| Some(one.code.as_str()) == key),
            By::Worker | By::Month => Some(0),
        };
        position.unwrap_or(usize::MAX)
    };
    match shown.by {
        By::Area | By::Community => parts.sort_by_key(place),
        By::Worker => parts.sort_by(|a, b| b.value.cmp(&a.value).then_with(|| a.key.cmp(&b.key))),
        By::Month => {}
    }
}

fn name(part: &Part, shown: &Shown) -> String {
    let Some(key) = part.key.as_deref() else {
        return match shown.by {
            By::Area => "未分片区",
            By::Community => "未分社区",
            By::Worker => "未记社工",
            By::Month => "没有日期",
        }
        .to_owned();
    };
    let found = match shown.by {
        By::Area => shown.areas.iter().find(|area| area.code == key).map(|area| area.name.clone()),
        By::Community => {
            let found = shown.communities.iter().find(|community| community.code == key);
            found.map(|community| format!("{}社区", community.name))
        }
        By::Worker => shown.worker(key).map(str::to_owned),
        By::Month => None,
    };
    found.unwrap_or_else(|| key.to_owned())
}

fn href(part: &Part, by: By, target: &Target) -> Option<String> {
    let key = part.key.as_deref()?;
    let (scope, next) = match by {
        By::Area => (format!("area:{key}"), "community"),
        By::Community => (format!("community:{key}"), "month"),
        By::Worker | By::Month => return None,
    };
    Some(target.clone().with("scope", scope).with("by", next).href())
}

fn width(value: Decimal, longest: Decimal) -> String {
    let share = kernel::percent(value, longest).unwrap_or_default();
    format!("{:.2}", share.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED))
}

//! The cells of a scheme at a station: one for each item, for an item scored by area one for each area. Pure.

use rules::scoring::{Item, Scheme, Section};
use rust_decimal::Decimal;

use crate::areas::Area;

/// Something an expert gives one score for.
#[derive(Debug, Clone)]
pub(super) struct Cell<'s> {
    /// `item`, or `item@area`.
    pub(super) code: String,
    pub(super) section: &'s Section,
    pub(super) item: &'s Item,
    /// The area's name, where it is scored by area.
    pub(super) area: Option<String>,
}

impl Cell<'_> {
    /// What it is called.
    pub(super) fn name(&self) -> String {
        match &self.area {
            Some(area) => format!("{} · {area}", self.item.name),
            None => self.item.name.clone(),
        }
    }
}

/// Every cell, in the order of the scheme and of the areas.
pub(super) fn cells<'s>(scheme: &'s Scheme, areas: &[Area]) -> Vec<Cell<'s>> {
    let mut all = Vec::new();
    for (section, item) in scheme.items() {
        if !item.per_area {
            all.push(Cell { code: item.code.clone(), section, item, area: None });
            continue;
        }
        for area in areas {
            let code = format!("{}@{}", item.code, area.code);
            all.push(Cell { code, section, item, area: Some(area.name.clone()) });
        }
    }
    all
}

/// Hundredths of a point as points.
pub(super) fn points(hundredths: i64) -> Decimal {
    Decimal::new(hundredths, 2).normalize()
}

/// Points as hundredths, where they are exact in them.
pub(in crate::evaluation) fn hundredths(points: Decimal) -> Option<i64> {
    let hundredths = points * Decimal::ONE_HUNDRED;
    hundredths.is_integer().then(|| i64::try_from(hundredths).ok()).flatten()
}

/// A score as it was typed: points from 0 to `most` with at most `decimals` decimals; else what is wrong with it.
pub(in crate::evaluation) fn typed(text: &str, most: Decimal, decimals: u32) -> Result<Decimal, String> {
    let most_said = kernel::trimmed(most);
    let score: Decimal =
        text.trim().parse().map_err(|_| format!("得分填 0 到 {most_said} 的数，例如 {most_said}"))?;
    if score < Decimal::ZERO || score > most {
        return Err(format!("得分要在 0 到 {most_said} 之间"));
    }
    if score.normalize().scale() > decimals.min(2) {
        return Err(format!("得分最多 {} 位小数", decimals.min(2)));
    }
    Ok(score)
}

#[cfg(test)]
mod tests {
    use super::{hundredths, points, typed};

    #[test]
    fn scores_are_kept_in_hundredths_exactly() {
        for (text, kept) in [("0", 0), ("4.5", 450), ("4.50", 450), ("5", 500), ("0.01", 1)] {
            let score = typed(text, 5.into(), 2).unwrap();
            assert_eq!(hundredths(score), Some(kept), "{text}");
            assert_eq!(points(kept), score.normalize());
        }
        for wrong in ["", "abc", "-1", "5.01", "1.234", "6", "１"] {
            assert!(typed(wrong, 5.into(), 2).is_err(), "{wrong}");
        }
        assert!(typed("4.25", 5.into(), 1).is_err(), "no finer than the scheme says");
    }
}

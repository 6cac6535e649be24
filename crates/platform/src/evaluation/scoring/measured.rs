//! What the rules of a scheme measure at a station: the figure of each item, and the score that it proposes.

use std::collections::BTreeMap;

use db::{DbResult, Tx};
use kernel::trimmed;
use rules::counting::RuleSet;
use rules::scoring::{Item, Rule, Scheme};
use rust_decimal::Decimal;

use crate::evaluation::{Round, find};
use crate::figures::{self, At};
use crate::indicators;
use crate::library::Library;

/// The figure of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::evaluation) struct Measured {
    /// Code of the figure, whose page lists its records.
    pub(in crate::evaluation) figure: String,
    pub(in crate::evaluation) name: String,
    pub(in crate::evaluation) unit: String,
    /// None where it cannot be counted.
    pub(in crate::evaluation) value: Option<Decimal>,
    /// The score that the rule proposes.
    pub(in crate::evaluation) proposed: Option<Decimal>,
}

/// The rules that figures are counted by, and where.
pub(in crate::evaluation) type Basis = (RuleSet, At);

/// The rules that a round's figures are counted by, and where.
pub(in crate::evaluation) fn rules_of(tx: &mut Tx<'_>, library: &Library, round: &Round) -> DbResult<Basis> {
    let (contract, at) = find::at_round(tx, round)?;
    let (cut_off, known_at) = (at.basis.cut_off, at.known_at);
    let board = indicators::board(tx, &library.catalogue, round.station_id, cut_off, known_at)?;
    let targets = indicators::targets(tx, contract.id, cut_off, known_at)?;
    Ok((indicators::rule_set(library, &board, &targets), at))
}

/// The figure of one item; none where a person judges.
pub(in crate::evaluation) fn of_item(
    tx: &mut Tx<'_>,
    (set, at): &Basis,
    scheme: &Scheme,
    item: &Item,
) -> DbResult<Option<Measured>> {
    let code = match &item.rule {
        Rule::Measured { figure, .. } | Rule::Survey { figure } => figure,
        Rule::Expert | Rule::Checklist { .. } => return Ok(None),
    };
    let value = figures::value(tx, set, code, at)?;
    let decimals = scheme.rounding.entry_decimals.min(2);
    let proposed = value.and_then(|value| item.proposed(value, decimals));
    let known = set.get(code);
    Ok(Some(Measured {
        figure: code.clone(),
        name: known.map(|figure| figure.name().to_owned()).unwrap_or_default(),
        unit: known.map(|figure| figure.unit().to_owned()).unwrap_or_default(),
        value,
        proposed,
    }))
}

/// The figures of all items, by item.
pub(in crate::evaluation) fn of_scheme(
    tx: &mut Tx<'_>,
    library: &Library,
    round: &Round,
    scheme: &Scheme,
) -> DbResult<BTreeMap<String, Measured>> {
    let basis = rules_of(tx, library, round)?;
    let mut all = BTreeMap::new();
    for (_, item) in scheme.items() {
        if let Some(measured) = of_item(tx, &basis, scheme, item)? {
            all.insert(item.code.clone(), measured);
        }
    }
    Ok(all)
}

/// The item that rests on the survey: its name, what was measured, the points that it proposes and of how many; none where the
/// scheme has none.
pub(in crate::evaluation) fn of_survey(
    tx: &mut Tx<'_>,
    library: &Library,
    round: &Round,
    scheme: &Scheme,
) -> DbResult<Option<[String; 4]>> {
    let Some((_, item)) = scheme.items().find(|(_, item)| matches!(item.rule, Rule::Survey { .. })) else {
        return Ok(None);
    };
    let basis = rules_of(tx, library, round)?;
    let Some(measured) = of_item(tx, &basis, scheme, item)? else { return Ok(None) };
    let missing = || "未列".to_owned();
    let value = measured.value.map(|value| format!("{} {}", trimmed(value), measured.unit));
    let proposed = measured.proposed.map(trimmed);
    Ok(Some([
        item.name.clone(),
        value.unwrap_or_else(missing),
        proposed.unwrap_or_else(missing),
        trimmed(item.points),
    ]))
}

//! What the tables of a text set as targets.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::relations::grid::cell_claims;

/// Targets stated anywhere, by what is counted; a label with two targets has none.
pub(super) struct Targets(BTreeMap<(String, String), Target>);

/// A target and where it stands; `None` where two differ.
type Target = Option<(Decimal, Range<usize>)>;

impl Targets {
    pub(super) fn read(doc: &Doc, claims: &Claims) -> Self {
        let mut out: BTreeMap<(String, String), Target> = BTreeMap::new();
        let cells = cell_claims(doc, claims)
            .into_iter()
            .filter(|c| c.target && c.place.is_none() && c.area.is_none());
        for cell in cells {
            let entry =
                out.entry((cell.label, cell.class)).or_insert_with(|| Some((cell.value, cell.span.clone())));
            if entry.as_ref().is_some_and(|e| e.0 != cell.value) {
                *entry = None;
            }
        }
        Self(out)
    }

    /// The target of a count, where it stands, and whether its unit is said there.
    pub(super) fn of(&self, count: &Claim) -> Option<(Decimal, Range<usize>, bool)> {
        if count.area.is_some() || count.place.is_some() {
            return None;
        }
        let said = self.0.get(&(count.label.clone(), count.class().to_owned()));
        let target = said.or_else(|| self.0.get(&(count.label.clone(), String::new())))?;
        target.clone().map(|(value, span)| (value, span, said.is_some()))
    }
}

//! Targets that tables tell, for lists in words that do not tell their own.

use std::cell::OnceCell;

use super::MOST;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::relations::grid::is_target;
use crate::checks::text::relations::listing::grids;

/// The targets of tables, read when a list first asks for them.
pub(super) type Tables<'a> = OnceCell<Vec<(String, &'a Claim)>>;

/// The targets of tables by what their rows are called.
pub(super) fn table_targets<'a>(doc: &Doc, claims: &'a Claims) -> Vec<(String, &'a Claim)> {
    let mut out = Vec::new();
    for grid in grids(doc, claims).iter().take(MOST) {
        let mut columns = (1..grid.columns).filter(|c| is_target(grid.header(*c)));
        let Some(column) = columns.next().filter(|_| columns.next().is_none()) else { continue };
        for row in grid.rows.iter().filter(|r| r.is_item()).take(MOST) {
            let label = row.label.split('（').next().unwrap_or_default().to_owned();
            let value = row.cells.get(column).and_then(Option::as_ref);
            out.extend(value.and_then(|v| claims.within(&v.span).first()).map(|t| (label, t)));
        }
    }
    out
}

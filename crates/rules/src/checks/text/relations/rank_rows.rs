//! Tables of ranks: each row ranks the columns (巡访总量 1 3 2 4, 结案率 2 1 3 4), and what the text says of their sums
//! (五项名次之和，甲站为9). What most rows show to be ranks must rank in every row.

use rust_decimal::Decimal;

use super::grid::{Grid, Row, Value};
use super::listing::grids;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{show, show_sum};

const RANK: &str = "table-rank";
const TOTAL: &str = "table-total";
/// Most tables looked at.
const MOST: usize = 40;

/// Whether the rows are ranks; says the rows that cannot be.
pub(super) fn check(grid: &Grid, sink: &mut Sink<'_>) -> bool {
    let ranked = grid.rows.iter().filter(|r| places(r).is_some_and(|p| valid(&p))).count();
    if grid.rows.len() < 3 || ranked < 2 || ranked * 10 < grid.rows.len() * 6 {
        return false;
    }
    for row in &grid.rows {
        let Some(places) = places(row).filter(|p| !valid(p)) else { continue };
        sink.tried();
        let shown: Vec<String> = places.iter().map(|p| show(*p)).collect();
        let message =
            format!("表格“{}”一行的名次为{}，不是1至{}的排列", row.label, shown.join("、"), places.len());
        let spans: Vec<_> = row.cells.iter().flatten().map(|v| v.span.clone()).collect();
        sink.add(RANK, Severity::Error, message, (shown.join("、"), String::new()), &spans);
    }
    true
}

/// The numbers of a row if it can hold ranks: at least three whole numbers and nothing else.
fn places(row: &Row) -> Option<Vec<Decimal>> {
    let plain = |v: &&Value| !v.percent && v.decimals == 0 && v.class.is_empty();
    let cells: Vec<&Value> = row.cells.iter().flatten().collect();
    (cells.len() >= 3 && cells.iter().all(plain) && !row.total && !row.mean)
        .then(|| cells.iter().map(|v| v.value).collect())
}

/// Each place is one more than the number of better ones, or of better places where equal ones take but one.
fn valid(places: &[Decimal]) -> bool {
    let mut kinds = places.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    let follows = |p: &Decimal, others: &[Decimal]| {
        let better = others.iter().filter(|o| *o < p).count();
        Decimal::from(better + 1) == *p
    };
    places.iter().all(|p| follows(p, places)) || places.iter().all(|p| follows(p, &kinds))
}

/// 五项名次之和，甲站为9，乙站为15: the sums of the columns so called.
pub(super) fn sums(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for sentence in doc.sentences(block) {
            if !doc.slice(&sentence).contains("之和") {
                continue;
            }
            let told: Vec<&Claim> = claims.within(&sentence).iter().filter(|c| c.exact()).take(20).collect();
            for grid in grids(doc, claims).iter().take(MOST) {
                told_sums(doc, grid, &told, sink);
            }
        }
    }
}

/// At least two of the numbers are the sums of the columns that stand before them: then all are.
fn told_sums(doc: &Doc, grid: &Grid, told: &[&Claim], sink: &mut Sink<'_>) {
    let column = |c: &Claim| {
        let name = doc.slice(&c.left).trim_end_matches(['为', '是', '得']);
        (1..grid.columns).find(|k| name.chars().count() >= 2 && grid.header(*k) == name)
    };
    let cells =
        |k: usize| grid.rows.iter().filter(|r| !r.total && !r.mean).filter_map(move |r| r.cells[k].as_ref());
    let pairs: Vec<(&Claim, Vec<Decimal>)> = told
        .iter()
        .filter_map(|c| Some((*c, cells(column(c)?).map(Value::signed).collect::<Vec<_>>())))
        .collect();
    let fits = |p: &&(&Claim, Vec<Decimal>)| p.1.iter().sum::<Decimal>() == p.0.number.value;
    if pairs.iter().filter(fits).count() < 2 {
        return;
    }
    for (claim, parts) in pairs.iter().filter(|p| !fits(p)) {
        sink.tried();
        let message = format!("表格中{}，文中为“{}”", show_sum(parts), doc.slice(&claim.wide()));
        let said = (show(claim.number.value), show(parts.iter().sum()));
        sink.add(TOTAL, Severity::Error, message, said, &[claim.wide()]);
    }
}

//! Tables with a row for what was due, one for what was done and one for the rate, for each thing counted: 目标, 完成, 完成率 under
//! each station. The third row is the second of the first wherever most of its cells say so.

use rust_decimal::Decimal;

use super::grid::{Grid, Row, Value, is_target};
use super::listing::grids;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, percent_of, show, show_percent};

const RULE: &str = "table-percent";

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for grid in grids(doc, claims) {
        for three in grid.rows.windows(3) {
            if let [due, done, rate] = three {
                judge(grid, due, done, rate, sink);
            }
        }
    }
    for c in claims.all.iter().filter(|c| doc.blocks[c.block].kind == Kind::Paragraph && c.exact()) {
        let left = doc.slice(&c.left);
        if ["欠", "少", "差", "超", "超额完成", "多"].iter().any(|w| left.ends_with(w))
            && !left.contains(['比', '较'])
        {
            lacking(doc, c, grids(doc, claims), sink);
        }
    }
}

/// 柳林关站入户走访欠14户次: the column of the place, and the rows 目标 and 完成 of what is counted.
fn lacking(doc: &Doc, c: &Claim, tables: &[Grid], sink: &mut Sink<'_>) {
    let words = doc.slice(&(c.segment.start..c.number.span.start));
    let clause = words.rfind('，').map_or(words, |i| &words[i..]);
    let says = |w: &str| {
        let bare = w.split('（').next().unwrap_or_default();
        bare.chars().count() >= 2 && clause.contains(bare)
    };
    let mut found: Vec<Decimal> = Vec::new();
    for grid in tables.iter().take(40) {
        for pair in grid.rows.windows(2).filter(|p| p[0].group == p[1].group && p[0].group != p[0].label) {
            let (due, done) = (&pair[0], &pair[1]);
            if !is_target(&due.label) || !says(&due.group) {
                continue;
            }
            let columns = (1..grid.columns).filter(|k| says(grid.header(*k)));
            found.extend(columns.filter_map(|k| {
                let (t, a) = (due.cells[k].as_ref()?, done.cells[k].as_ref()?);
                Some((t.value - a.value).abs())
            }));
        }
    }
    let [right] = found.as_slice() else { return };
    sink.tried();
    if *right != c.number.value {
        let message = format!("表格中相差{}，文中为“{}”", show(*right), doc.slice(&c.wide()));
        sink.add("difference", Severity::Error, message, (show(c.number.value), show(*right)), &[c.wide()]);
    }
}

fn judge(grid: &Grid, due: &Row, done: &Row, rate: &Row, sink: &mut Sink<'_>) {
    let counts = |r: &Row| r.cells.iter().flatten().all(|v| !v.percent);
    let percents = rate.cells.iter().flatten().all(|v| v.percent);
    if !percents || !counts(due) || !counts(done) {
        return;
    }
    let columns: Vec<(usize, &Value, &Value, &Value)> = (0..grid.columns)
        .filter_map(|c| Some((c, due.cells[c].as_ref()?, done.cells[c].as_ref()?, rate.cells[c].as_ref()?)))
        .collect();
    let fits =
        |(_, t, a, p): &(usize, &Value, &Value, &Value)| is_share(p.value, p.decimals, a.value, t.value);
    let right = columns.iter().filter(|c| fits(c)).count();
    if right < 2 || right * 10 < columns.len() * 6 {
        return;
    }
    for (column, t, a, p) in columns.iter().filter(|c| !fits(c)) {
        let Some(share) = percent_of(a.value, t.value) else { continue };
        sink.tried();
        let message = format!(
            "表格“{}{}”一行“{}”：{}÷{}={}，表中为{}%",
            rate.group,
            if rate.group == rate.label { "" } else { &rate.label },
            grid.header(*column),
            show(a.value),
            show(t.value),
            show_percent(share),
            show(p.value)
        );
        let said = (format!("{}%", show(p.value)), show_percent(share));
        sink.add(RULE, Severity::Error, message, said, &[p.span.clone(), a.span.clone(), t.span.clone()]);
    }
}

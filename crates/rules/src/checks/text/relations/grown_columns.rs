//! Columns of growth: 本年度, 上年度, 增幅（%）. What most rows show to be the change of one column against another holds
//! in every row.

use rust_decimal::Decimal;

use super::grid::{Grid, Row, Value};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{percent_of, prints_as, show, show_percent};
use crate::checks::text::words::has_any;

const RULE: &str = "table-percent";
const GROWN: &[&str] = &["增幅", "增长", "增速", "降幅", "升幅", "变化率", "变动率", "同比", "环比", "增减"];

/// The columns that are growth of two others; says the rows that are not.
pub(super) fn check(grid: &Grid, taken: &[usize], sink: &mut Sink<'_>) -> Vec<usize> {
    let grown = |c: &usize| grid.is_percent(*c) && !taken.contains(c) && has_any(grid.header(*c), GROWN);
    let mut out = Vec::new();
    for percent in (1..grid.columns).filter(grown) {
        let plain: Vec<usize> = (1..grid.columns).filter(|c| !grid.is_percent(*c)).collect();
        let rows = grid.rows.iter().filter(|r| r.cells[percent].is_some()).count();
        let pairs = plain.iter().flat_map(|a| plain.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b);
        let fits = |(now, then): (usize, usize)| {
            grid.rows.iter().filter(|r| judge(r, now, then, percent).is_some_and(|j| j.fits)).count()
        };
        let Some((n, (now, then))) = pairs.map(|p| (fits(p), p)).max_by_key(|f| f.0) else { continue };
        if n < 2 || n * 10 < rows * 6 {
            continue;
        }
        out.push(percent);
        for row in &grid.rows {
            let Some(judged) = judge(row, now, then, percent) else { continue };
            sink.tried();
            if !judged.fits {
                say(row, &judged, sink);
            }
        }
    }
    out
}

struct Judged<'a> {
    now: &'a Value,
    then: &'a Value,
    printed: &'a Value,
    right: Decimal,
    fits: bool,
}

fn judge(row: &Row, now: usize, then: usize, percent: usize) -> Option<Judged<'_>> {
    let (now, then, printed) =
        (row.cells[now].as_ref()?, row.cells[then].as_ref()?, row.cells[percent].as_ref()?);
    let right = percent_of(now.value.checked_sub(then.value)?, then.value)?;
    // 降幅 may be printed without its sign, growth may not be printed with one.
    let sign = !printed.below_zero || right.is_sign_negative();
    let fits = sign && prints_as(right.abs(), printed.value, printed.decimals);
    Some(Judged { now, then, printed, right, fits })
}

fn say(row: &Row, judged: &Judged<'_>, sink: &mut Sink<'_>) {
    let Judged { now, then, printed, right, .. } = judged;
    let message = format!(
        "表格“{}”一行：（{}-{}）÷{}={}，表中为{}%",
        row.label,
        show(now.value),
        show(then.value),
        show(then.value),
        show_percent(*right),
        show(printed.signed()),
    );
    let said = (format!("{}%", show(printed.signed())), show_percent(*right));
    let spans = [printed.span.clone(), now.span.clone(), then.span.clone()];
    sink.add(RULE, Severity::Error, message, said, &spans);
}

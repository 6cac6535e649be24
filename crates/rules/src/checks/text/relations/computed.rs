//! Computed columns: what most rows show to be the sum, difference or weighted product of other columns.

use rust_decimal::Decimal;

use super::grid::{Grid, Row, Value};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{prints_as, show};
use crate::checks::text::words::has_any;

const COMPUTED: &str = "table-computed";

/// A column that in most rows is the sum, difference, product or weighted product of two others, or the sum of all
/// before it: the rows where it is not are wrong.
pub(super) fn computed(grid: &Grid, weights: &[Vec<Decimal>], sink: &mut Sink<'_>) {
    let numeric: Vec<usize> = (0..grid.columns)
        .filter(|&c| grid.rows.iter().filter(|r| r.cells[c].is_some()).count() >= 2)
        .collect();
    for &result in &numeric {
        if grid.is_percent(result) {
            continue;
        }
        let Some(way) = best_way(grid, &numeric, result, weights) else { continue };
        for row in grid.rows.iter().filter(|r| !r.mean) {
            let Some(found) = row.cells[result].as_ref().filter(|v| !v.percent) else { continue };
            // The totals of two columns make no product.
            if has_no_sum(&way, row) || row.total && matches!(way, Way::Times(..)) {
                continue;
            }
            let Some((right, shown)) = way.apply(row, found.decimals) else { continue };
            sink.tried();
            let slack = share_slack(grid, &way, row, found);
            if right == found.value
                || prints_as(right, found.value, found.decimals)
                || (right - found.value).abs() <= slack
            {
                continue;
            }
            let message = format!(
                "表格“{}”一行“{}”：{}={}，表中为{}，相差{}",
                row.label,
                grid.header(result),
                shown,
                show(right),
                show(found.value),
                show((right - found.value).abs()),
            );
            sink.add(
                COMPUTED,
                Severity::Error,
                message,
                (show(found.value), show(right)),
                std::slice::from_ref(&found.span),
            );
        }
    }
}

/// How far a count may lie from the product of a whole and its printed share, which is itself rounded: 3215 and 18.8%
/// stand for 603 as well as for 604. Weights are exact.
fn share_slack(grid: &Grid, way: &Way, row: &Row, found: &Value) -> Decimal {
    let Way::Weighted(weight, whole) = way else { return Decimal::ZERO };
    let (Some(w), Some(s)) = (&row.cells[*weight], &row.cells[*whole]) else { return Decimal::ZERO };
    let counts = s.decimals == 0 && found.decimals == 0;
    if grid.header(*weight).contains("权重") || w.decimals == 0 && !counts {
        return Decimal::ZERO;
    }
    s.value.checked_mul(Decimal::new(1, w.decimals + 2)).unwrap_or_default()
}

#[derive(Clone, Debug)]
pub(super) enum Way {
    Sum(Vec<usize>),
    Minus(usize, usize),
    /// So much for each: 在册92人, 社工2人, 人均46.0.
    Over(usize, usize),
    /// So many at so much each: 312人, 300元, 93600元.
    Times(usize, usize),
    Weighted(usize, usize),
    /// Columns with the weights that the text gives them, in its order.
    Weights(Vec<(usize, Decimal)>),
}

impl Way {
    pub(super) fn apply(&self, row: &Row, _decimals: u32) -> Option<(Decimal, String)> {
        let at = |c: usize| row.cells[c].as_ref().map(|v| v.value);
        match self {
            Self::Sum(columns) => {
                if columns.iter().any(|c| row.words[*c]) {
                    return None;
                }
                let parts: Vec<Decimal> = columns.iter().filter_map(|c| at(*c)).collect();
                let shown: Vec<String> = parts.iter().map(|p| show(*p)).collect();
                (parts.len() >= 2).then(|| (parts.iter().sum(), shown.join("+")))
            }
            Self::Minus(a, b) => {
                let (a, b) = (at(*a)?, at(*b)?);
                Some(((a - b).abs(), format!("{}-{}", show(a.max(b)), show(a.min(b)))))
            }
            Self::Over(a, b) => {
                let (a, b) = (at(*a)?, at(*b)?);
                Some((a.checked_div(b)?.round_dp(6), format!("{}÷{}", show(a), show(b))))
            }
            Self::Times(a, b) => {
                let (a, b) = (at(*a)?, at(*b)?);
                Some((a.checked_mul(b)?, format!("{}×{}", show(a), show(b))))
            }
            Self::Weighted(weight, score) => {
                let (w, s) = (at(*weight)?, at(*score)?);
                Some((w.checked_mul(s)? / Decimal::ONE_HUNDRED, format!("{}%×{}", show(w), show(s))))
            }
            Self::Weights(list) => {
                let mut sum = Decimal::ZERO;
                let mut shown = Vec::new();
                for (column, weight) in list {
                    let score = at(*column)?;
                    sum = sum.checked_add(score.checked_mul(*weight)?)?;
                    shown.push(format!("{}%×{}", show(*weight), show(score)));
                }
                Some((sum / Decimal::ONE_HUNDRED, shown.join("+")))
            }
        }
    }
}

pub(super) fn best_way(
    grid: &Grid,
    numeric: &[usize],
    result: usize,
    weights: &[Vec<Decimal>],
) -> Option<Way> {
    let header = grid.header(result);
    let total = has_any(header, TOTALS);
    let ways = ways(grid, numeric, result, weights);
    let counts = |r: &&Row| r.cells[result].as_ref().is_some_and(|v| !v.percent);
    let rows: Vec<&Row> = grid.rows.iter().filter(|r| counts(r) && !r.mean).collect();
    let mut best: Option<(usize, Way)> = None;
    for way in ways {
        let mut tried = 0;
        let mut fits = 0;
        for row in rows.iter().filter(|row| !has_no_sum(&way, row)) {
            let (Some(found), Some((right, _))) = (&row.cells[result], way.apply(row, 0)) else { continue };
            tried += 1;
            if found.value != Decimal::ZERO
                && prints_as(right, found.value, found.decimals)
                && telling(&way, row)
            {
                fits += 1;
            }
        }
        let product = matches!(way, Way::Times(..)) && fits >= 2 && fits * 10 >= tried * 6;
        let enough =
            product || fits >= 3 && fits * 10 >= tried * 6 || total && fits >= 1 && fits * 2 >= tried;
        if enough && best.as_ref().is_none_or(|b| fits > b.0) {
            best = Some((fits, way));
        }
    }
    best.map(|b| b.1)
}

/// 平均工龄, 谈话/服务人数: a row of ratios.
fn has_no_sum(way: &Way, row: &Row) -> bool {
    matches!(way, Way::Sum(_)) && has_any(&row.label, &["均", "每", "率", "/", "比例"])
}

/// Headers of a column of totals.
const TOTALS: &[&str] = &["合计", "总计", "小计", "共计", "总分", "总数", "全年"];

/// All ways in which the column could come from the others.
fn ways(grid: &Grid, numeric: &[usize], result: usize, weights: &[Vec<Decimal>]) -> Vec<Way> {
    let plain: Vec<usize> =
        numeric.iter().copied().filter(|c| *c != result && !grid.is_percent(*c)).collect();
    let header = grid.header(result);
    let mut ways = Vec::new();
    let before: Vec<usize> = plain.iter().copied().filter(|c| *c < result).collect();
    let total = has_any(header, TOTALS);
    for from in 0..before.len().saturating_sub(1) {
        ways.push(Way::Sum(before[from..].to_vec()));
    }
    let after: Vec<usize> = plain.iter().copied().filter(|c| *c > result).collect();
    if after.len() >= 2 && total {
        ways.push(Way::Sum(after));
    }
    for &a in &plain {
        for &b in plain.iter().filter(|b| **b != a) {
            if a < b && (b < result || total) {
                ways.push(Way::Sum(vec![a, b]));
            }
            if a < b && b < result {
                ways.push(Way::Times(a, b));
            }
            if header.contains(['均', '每']) && a < result && b < result {
                ways.push(Way::Over(a, b));
            }
            if has_any(
                header,
                &["差", "余", "剩", "未", "待", "升降", "增减", "变化", "增长", "较上", "提升"],
            ) {
                ways.push(Way::Minus(a, b));
            }
        }
    }
    for &w in numeric.iter().filter(|w| {
        grid.header(**w).contains("权重")
            || grid.header(**w).contains("占比")
            || grid.header(**w).contains("比重")
    }) {
        ways.extend(plain.iter().filter(|s| **s != w).map(|s| Way::Weighted(w, *s)));
        // 25% of a rate of 53.7% is 13.43.
        let rates = numeric.iter().filter(|s| **s != w && **s < result && grid.is_percent(**s));
        ways.extend(rates.map(|s| Way::Weighted(w, *s)));
    }
    // 四季度 is no score, whatever the weights of scores are.
    let scored = has_any(header, &["分", "总", "综合", "加权", "合计", "成绩"]);
    for list in weights.iter().filter(|w| scored && w.len() <= before.len()) {
        let columns = before[before.len() - list.len()..].iter().copied();
        ways.push(Way::Weights(columns.zip(list.iter().copied()).collect()));
    }
    ways
}

/// A sum or difference with zeros shows nothing.
pub(super) fn telling(way: &Way, row: &Row) -> bool {
    let set = |c: &usize| row.cells[*c].as_ref().is_some_and(|v| v.value != Decimal::ZERO);
    match way {
        Way::Sum(columns) => columns.iter().filter(|c| set(c)).count() >= 2,
        Way::Minus(a, b) | Way::Over(a, b) | Way::Weighted(a, b) => set(a) && set(b),
        Way::Times(a, b) => {
            [a, b].iter().all(|c| row.cells[**c].as_ref().is_some_and(|v| v.value > Decimal::ONE))
        }
        Way::Weights(list) => list.iter().all(|(c, _)| set(c)),
    }
}

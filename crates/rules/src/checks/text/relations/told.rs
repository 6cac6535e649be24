//! What the text tells of a table's rows: 6项指标中5项达标, 3项超过110%, 四个维度平均满意度为90.6%.

use rust_decimal::Decimal;

use super::grid::Grid;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{prints_as, show};
use crate::checks::text::words::has_any;

const MEAN: &str = "table-mean";

/// "6项指标中5项达标", "3项超过110%": against the rows of the only table of targets.
pub(super) fn told_counts(doc: &Doc, claims: &Claims, grid: &Grid, percent: usize, sink: &mut Sink<'_>) {
    let rates: Vec<Decimal> = grid
        .rows
        .iter()
        .filter(|r| !r.total && !r.subtotal)
        .filter_map(|r| r.cells[percent].as_ref())
        .map(|v| v.value)
        .collect();
    let said = || {
        claims
            .all
            .iter()
            .filter(|c| doc.blocks[c.block].kind == Kind::Paragraph && c.exact() && c.class() == "项")
    };
    // 协议共设11项指标，除表列八项外: the table does not hold them all.
    let more = |c: &Claim| {
        c.number.value > Decimal::from(rates.len())
            && doc.slice(&c.left).contains('共')
            && doc.slice(&c.right).contains("指标")
    };
    if said().any(more) {
        return;
    }
    for c in said() {
        let rest = doc.slice(&(c.number.span.end..c.sentence.end));
        let rest = rest.find(['，', '；', '、', '（', '。']).map_or(rest, |i| &rest[..i]);
        let next = claims.within(&(c.number.span.end..c.number.span.end + rest.len()));
        let rest = match next.iter().find(|n| !n.number.percent) {
            Some(n) => doc.slice(&(c.number.span.end..n.left.start.max(c.number.span.end))),
            None => rest,
        };
        if rest.contains('中') || doc.slice(&c.left).ends_with("其余") {
            continue;
        }
        let clause: String = format!("{}{}", doc.slice(&c.left), rest).replace("指标", "");
        let limit = claims
            .within(&(c.number.span.end..c.number.span.end + rest.len()))
            .iter()
            .find(|p| p.number.percent)
            .map(|p| p.number.value);
        // 8项指标中有6项, and a table of six: it holds not all of them.
        let others = claims.within(&(c.sentence.start..c.number.span.start));
        let all = others
            .iter()
            .rev()
            .find(|o| o.class() == "项" && o.exact() && doc.slice(&o.right).contains("指标"));
        if all.is_some_and(|o| o.number.value != Decimal::from(rates.len())) {
            continue;
        }
        // 以50%为序时进度，5项达标: against the time that has passed.
        if limit.is_none() && has_any(doc.slice(&c.sentence), &["序时", "时间进度"]) {
            continue;
        }
        let Some(wanted) = wanted(&clause, limit) else { continue };
        let right = rates.iter().filter(|r| wanted.holds(**r)).count();
        sink.tried();
        let (right, said) = (Decimal::from(right), c.number.value);
        if right != said && (right - said).abs() <= Decimal::TWO {
            let message = format!(
                "按表格应为{}项，文中为“{}”",
                show(right),
                doc.slice(&(c.left.start..c.number.span.end + rest.len()))
            );
            sink.add("count-names", Severity::Error, message, (show(said), show(right)), &[c.wide()]);
        }
    }
}

/// Which rates some words speak of.
enum Wanted {
    Above(Decimal),
    Below(Decimal),
    AtLeast(Decimal),
}

impl Wanted {
    fn holds(&self, rate: Decimal) -> bool {
        match self {
            Self::Above(limit) => rate > *limit,
            Self::Below(limit) => rate < *limit,
            Self::AtLeast(limit) => rate >= *limit,
        }
    }
}

/// 超过110%, 未达标, 达标: against the limit said, or against 100.
fn wanted(clause: &str, limit: Option<Decimal>) -> Option<Wanted> {
    let has = |words: &[&str]| has_any(clause, words);
    let whole = Decimal::ONE_HUNDRED;
    match limit {
        Some(l) if has(&["达到或超过", "达到或高于"]) => Some(Wanted::AtLeast(l)),
        Some(l) if has(&["超过", "高于", "大于"]) => Some(Wanted::Above(l)),
        Some(l) if has(&["低于", "不足", "未达到"]) => Some(Wanted::Below(l)),
        Some(l) if has(&["达到", "不低于", "以上"]) => Some(Wanted::AtLeast(l)),
        Some(_) => None,
        None if has(&["未达标", "未完成", "没有完成", "未达到"]) => Some(Wanted::Below(whole)),
        None if has(&["足额"]) => Some(Wanted::AtLeast(whole)),
        None if has(&["超额"]) => Some(Wanted::Above(whole)),
        None if has(&["达标", "完成任务", "全部完成", "已完成"]) => Some(Wanted::AtLeast(whole)),
        None => None,
    }
}

/// "四个维度平均满意度为90.6%", "7个站点平均得分83.7分": against the means of the columns of that name.
pub(super) fn told_means(doc: &Doc, claims: &Claims, grids: &[Grid], sink: &mut Sink<'_>) {
    for c in claims
        .all
        .iter()
        .filter(|c| doc.blocks[c.block].kind == Kind::Paragraph && !c.number.vague && !c.other_period)
    {
        let left = doc.slice(&c.left);
        let Some(name) =
            left.rfind("平均").map(|i| left[i + "平均".len()..].trim_end_matches(['为', '是', '达']))
        else {
            continue;
        };
        let rest = &doc.text[c.number.span.end..];
        let other = rest.starts_with("相比")
            || name.starts_with('每')
            || name.contains('均')
            || !(c.number.percent || c.class() == "分");
        if other || has_any(left, &["较", "比", "高于", "低于", "高出", "差"]) {
            continue;
        }
        let mut found = Vec::new();
        let mut fits = false;
        for grid in grids.iter().take(40) {
            for column in (1..grid.columns).filter(|k| grid.is_percent(*k) == c.number.percent) {
                let cells = grid.rows.iter().filter(|r| r.is_item());
                let values: Vec<Decimal> =
                    cells.filter_map(|r| r.cells[column].as_ref()).map(|v| v.value).collect();
                if values.len() < 3 || !same_unit(grid, column, c) || adds_up(grid, column, &values) {
                    continue;
                }
                let mean = values.iter().sum::<Decimal>() / Decimal::from(values.len());
                fits |= prints_as(mean, c.number.value, c.number.decimals);
                let header = grid.header(column).split('（').next().unwrap_or_default();
                let score = |w: &str| ["总分", "得分", "综合得分", "总得分", "分", "成绩"].contains(&w);
                let listed =
                    header.is_empty() && rows_said(doc, claims, c) == Some(Decimal::from(values.len()));
                let all = rows_said(doc, claims, c).is_none_or(|n| n == Decimal::from(values.len()));
                if all && (header == name && !name.is_empty() || score(header) && score(name)) || listed {
                    found.push(mean);
                }
            }
        }
        for mean in row_means(doc, claims, c, grids) {
            fits |= prints_as(mean, c.number.value, c.number.decimals);
            found.push(mean);
        }
        sink.tried();
        let ([mean], false) = (found.as_slice(), fits) else { continue };
        let right = mean.round_dp(c.number.decimals.max(1));
        let message = format!("表格中的平均数为{}，文中为“{}”", show(right), doc.slice(&c.wide()));
        sink.add(MEAN, Severity::Error, message, (show(c.number.value), show(right)), &[c.wide()]);
    }
}

/// A mean of scores is none of a column of money.
fn same_unit(grid: &Grid, column: usize, mean: &Claim) -> bool {
    let mut cells = grid.rows.iter().filter_map(|r| r.cells[column].as_ref());
    cells.all(|v| v.class.is_empty() || v.percent || v.class == mean.class())
}

/// A column whose total row is the sum of the others holds parts, and nobody speaks of the mean of parts.
fn adds_up(grid: &Grid, column: usize, values: &[Decimal]) -> bool {
    let sum: Decimal = values.iter().sum();
    let totals = grid.rows.iter().filter(|r| r.total).filter_map(|r| r.cells[column].as_ref());
    totals.into_iter().any(|t| t.value == sum)
}

/// 三项满意率平均为92%: the means of the rows of that name.
fn row_means(doc: &Doc, claims: &Claims, mean: &Claim, grids: &[Grid]) -> Vec<Decimal> {
    let left = doc.slice(&mean.left);
    let lead = left[..left.rfind("平均").unwrap_or(0)].trim_end_matches('的');
    let mut out = Vec::new();
    for row in grids.iter().take(40).flat_map(|g| &g.rows).filter(|r| !r.label.is_empty()) {
        let kin = row.cells.iter().flatten().filter(|v| v.percent == mean.number.percent);
        let values: Vec<Decimal> = kin.map(|v| v.value).collect();
        let whole = rows_said(doc, claims, mean).is_some_and(|n| n == Decimal::from(values.len()));
        if values.len() >= 3 && whole && lead.ends_with(row.label.as_str()) {
            out.push(values.iter().sum::<Decimal>() / Decimal::from(values.len()));
        }
    }
    out
}

/// 五项指标平均分: how many rows the mean is over.
fn rows_said(doc: &Doc, claims: &Claims, mean: &Claim) -> Option<Decimal> {
    let at = claims.all.partition_point(|c| c.number.span.start < mean.number.span.start);
    let before = claims.all.get(at.checked_sub(1)?)?;
    let beside = doc.slice(&(before.number.span.end..mean.number.span.start)).chars().count() <= 12;
    (beside && before.sentence == mean.sentence && before.exact() && before.number.value <= Decimal::from(40))
        .then_some(before.number.value)
}

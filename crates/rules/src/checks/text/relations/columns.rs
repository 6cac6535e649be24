//! Columns that belong together in tables of many rows: shares of one base, scores weighted as the text says, grades
//! by the bands, ranks by the score, a row of means. A relation that most rows do not show is not tried.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::bands::{Band, band_of, bands, is_grade};
use super::grid::{Grid, Row, Value};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind, Table};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, percent_of, prints_as, show, show_percent, wholes};

const PERCENT: &str = "table-percent";
const MEAN: &str = "table-mean";
const RANK: &str = "table-rank";
const GRADE: &str = "grade-score";

/// Shares of one base: the total of the column, or a number printed anywhere that most rows agree on.
pub(super) fn shares(grid: &Grid, taken: &[usize], claims: &Claims, sink: &mut Sink<'_>) {
    let percents = (1..grid.columns).filter(|c| grid.is_percent(*c) && !taken.contains(c));
    for percent in percents {
        let counts = (0..percent).rev().filter(|c| !grid.is_percent(*c));
        let mut best: Option<(usize, usize, Decimal)> = None;
        for count in counts {
            let rows: Vec<(&Value, &Value)> = pairs(grid, count, percent);
            for base in bases(grid, count, &rows, claims) {
                let fits = rows.iter().filter(|(a, p)| is_share(p.value, p.decimals, a.value, base)).count();
                if fits >= 3 && fits * 10 >= rows.len() * 6 && best.is_none_or(|b| fits > b.0) {
                    best = Some((fits, count, base));
                }
            }
        }
        if let Some((_, count, base)) = best {
            judge_shares(grid, count, percent, base, sink);
        }
    }
}

fn pairs(grid: &Grid, count: usize, percent: usize) -> Vec<(&Value, &Value)> {
    grid.rows
        .iter()
        .filter_map(|r| Some((r.cells[count].as_ref()?, r.cells[percent].as_ref()?)))
        .filter(|(a, _)| a.value > Decimal::ZERO)
        .collect()
}

/// What the percents may be of: total row, sum of the rows, and the printed numbers that the first rows allow.
fn bases(grid: &Grid, count: usize, rows: &[(&Value, &Value)], claims: &Claims) -> Vec<Decimal> {
    let parts = grid.rows.iter().filter(|r| !r.total && !r.subtotal);
    let sum: Decimal = parts.filter_map(|r| r.cells[count].as_ref()).map(|v| v.value).sum();
    let total = grid.rows.iter().filter(|r| r.total).filter_map(|r| r.cells[count].as_ref()).map(|v| v.value);
    let mut out: Vec<Decimal> = total.chain([sum]).collect();
    for (a, p) in rows.iter().take(3) {
        let Some((low, high)) = wholes(a.value, p.value, p.decimals, Decimal::ONE) else { continue };
        let from = claims.values.partition_point(|v| *v < low);
        out.extend(claims.values[from..].iter().take_while(|v| **v <= high).take(4));
    }
    out.retain(|b| *b > Decimal::ZERO);
    out.sort_unstable();
    out.dedup();
    out
}

fn judge_shares(grid: &Grid, count: usize, percent: usize, base: Decimal, sink: &mut Sink<'_>) {
    for row in &grid.rows {
        let (Some(a), Some(p)) = (&row.cells[count], &row.cells[percent]) else { continue };
        sink.tried();
        let Some(right) = percent_of(a.value, base) else { continue };
        let whole = row.total && p.value == Decimal::ONE_HUNDRED;
        if whole || is_share(p.value, p.decimals, a.value, base) {
            continue;
        }
        let message = format!(
            "表格“{}”一行：{}÷{}={}，表中为{}%",
            row.label,
            show(a.value),
            show(base),
            show_percent(right),
            show(p.value)
        );
        let said = (format!("{}%", show(p.value)), show_percent(right));
        sink.add(PERCENT, Severity::Error, message, said, &[p.span.clone(), a.span.clone()]);
    }
}

/// Satisfied of all asked: 非常满意 + 满意 of the row's counts, where most rows show how many columns that is.
pub(super) fn row_shares(grid: &Grid, taken: &[usize], sink: &mut Sink<'_>) {
    for percent in (3..grid.columns).filter(|c| grid.is_percent(*c) && !taken.contains(c)) {
        let counts: Vec<usize> =
            (0..percent).filter(|c| !grid.is_percent(*c) && grid.rows.iter().any(|r| r.cells[*c].is_some())).collect();
        let sums = |row: &Row, first: usize| -> Option<(Decimal, Decimal)> {
            let values: Vec<Decimal> = counts.iter().map(|c| row.cells[*c].as_ref().map(|v| v.value)).collect::<Option<_>>()?;
            Some((values[..first].iter().sum(), values.iter().sum()))
        };
        let fits = |row: &Row, first: usize| {
            let (Some((part, all)), Some(p)) = (sums(row, first), &row.cells[percent]) else { return false };
            all > Decimal::ZERO && part < all && is_share(p.value, p.decimals, part, all)
        };
        let most = (1..counts.len())
            .map(|first| (grid.rows.iter().filter(|r| fits(r, first)).count(), first))
            .filter(|(n, _)| *n >= 2 && n * 10 >= grid.rows.len() * 6)
            .max();
        let Some((_, first)) = most.filter(|_| counts.len() >= 3) else { continue };
        for row in grid.rows.iter().filter(|r| !fits(r, first)) {
            let (Some((part, all)), Some(p)) = (sums(row, first), &row.cells[percent]) else { continue };
            let Some(right) = percent_of(part, all) else { continue };
            sink.tried();
            let message = format!(
                "表格“{}”一行：{}÷{}={}，表中为{}%",
                row.label,
                show(part),
                show(all),
                show_percent(right),
                show(p.value)
            );
            let said = (format!("{}%", show(p.value)), show_percent(right));
            sink.add(PERCENT, Severity::Error, message, said, std::slice::from_ref(&p.span));
        }
    }
}

/// "6项指标中5项达标", "3项超过110%": against the rows of the only table of targets.
pub(super) fn told_counts(doc: &Doc, claims: &Claims, grid: &Grid, percent: usize, sink: &mut Sink<'_>) {
    let rates: Vec<Decimal> =
        grid.rows.iter().filter(|r| !r.total && !r.subtotal).filter_map(|r| r.cells[percent].as_ref()).map(|v| v.value).collect();
    let count = |f: &dyn Fn(Decimal) -> bool| rates.iter().filter(|r| f(**r)).count();
    for c in claims.all.iter().filter(|c| doc.blocks[c.block].kind == Kind::Paragraph && c.exact() && c.class() == "项") {
        let rest = doc.slice(&(c.number.span.end..c.sentence.end));
        let rest = rest.find(['，', '；', '、', '（', '。']).map_or(rest, |i| &rest[..i]);
        let next = claims.within(&(c.number.span.end..c.number.span.end + rest.len()));
        let rest = match next.iter().find(|n| !n.number.percent) {
            Some(n) => doc.slice(&(c.number.span.end..n.left.start.max(c.number.span.end))),
            None => rest,
        };
        if rest.contains('中') {
            continue;
        }
        let clause: String = format!("{}{}", doc.slice(&c.left), rest).replace("指标", "");
        let limit = claims.within(&(c.number.span.end..c.number.span.end + rest.len())).iter().find(|p| p.number.percent);
        let has = |words: &[&str]| words.iter().any(|w| clause.contains(w));
        let right = if let Some(limit) = limit {
            let l = limit.number.value;
            if has(&["超过", "高于", "大于"]) {
                count(&|r| r > l)
            } else if has(&["低于", "不足", "未达到"]) {
                count(&|r| r < l)
            } else if has(&["达到", "不低于", "以上"]) {
                count(&|r| r >= l)
            } else {
                continue;
            }
        } else if has(&["未达标", "未完成", "没有完成", "未达到"]) {
            count(&|r| r < Decimal::ONE_HUNDRED)
        } else if has(&["超额"]) {
            count(&|r| r > Decimal::ONE_HUNDRED)
        } else if has(&["达标", "完成任务", "全部完成", "已完成"]) {
            count(&|r| r >= Decimal::ONE_HUNDRED)
        } else {
            continue;
        };
        sink.tried();
        let (right, said) = (Decimal::from(right), c.number.value);
        if right != said && (right - said).abs() <= Decimal::TWO {
            let message = format!("按表格应为{}项，文中为“{}”", show(right), doc.slice(&(c.left.start..c.number.span.end + rest.len())));
            sink.add("count-names", Severity::Error, message, (show(said), show(right)), &[c.wide()]);
        }
    }
}

/// "四个维度平均满意度为90.6%", "7个站点平均得分83.7分": against the means of the columns of that name.
pub(super) fn told_means(doc: &Doc, claims: &Claims, grids: &[Grid], sink: &mut Sink<'_>) {
    for c in claims.all.iter().filter(|c| doc.blocks[c.block].kind == Kind::Paragraph && !c.number.vague && !c.other_period) {
        let left = doc.slice(&c.left);
        let Some(name) = left.rfind("平均").map(|i| left[i + "平均".len()..].trim_end_matches(['为', '是', '达'])) else {
            continue;
        };
        let other = name.starts_with('每') || name.contains('均') || !(c.number.percent || c.class() == "分");
        if other || ["较", "比", "高于", "低于"].iter().any(|w| left.contains(w)) {
            continue;
        }
        let mut found = Vec::new();
        let mut fits = false;
        for grid in grids.iter().take(40) {
            for column in (1..grid.columns).filter(|k| grid.is_percent(*k) == c.number.percent) {
                let cells = grid.rows.iter().filter(|r| !r.total && !r.mean && !r.subtotal);
                let values: Vec<Decimal> = cells.filter_map(|r| r.cells[column].as_ref()).map(|v| v.value).collect();
                if values.len() < 3 {
                    continue;
                }
                let mean = values.iter().sum::<Decimal>() / Decimal::from(values.len());
                fits |= prints_as(mean, c.number.value, c.number.decimals);
                let header = grid.header(column).split('（').next().unwrap_or_default();
                let score = |w: &str| ["总分", "得分", "综合得分", "总得分", "分", "成绩"].contains(&w);
                let listed = header.is_empty() && rows_said(doc, claims, c) == Some(Decimal::from(values.len()));
                let all = rows_said(doc, claims, c).is_none_or(|n| n == Decimal::from(values.len()));
                if all && (header == name || score(header) && score(name)) || listed {
                    found.push(mean);
                }
            }
        }
        sink.tried();
        let ([mean], false) = (found.as_slice(), fits) else { continue };
        let right = mean.round_dp(c.number.decimals.max(1));
        let message = format!("表格中的平均数为{}，文中为“{}”", show(right), doc.slice(&c.wide()));
        sink.add(MEAN, Severity::Error, message, (show(c.number.value), show(right)), &[c.wide()]);
    }
}

/// 五项指标平均分: how many rows the mean is over.
fn rows_said(doc: &Doc, claims: &Claims, mean: &Claim) -> Option<Decimal> {
    let at = claims.all.partition_point(|c| c.number.span.start < mean.number.span.start);
    let before = claims.all.get(at.checked_sub(1)?)?;
    let beside = doc.slice(&(before.number.span.end..mean.number.span.start)).chars().count() <= 12;
    (beside && before.sentence == mean.sentence && before.exact() && before.number.value <= Decimal::from(40))
        .then_some(before.number.value)
}

/// Weights of each sentence whose percents make 100, in their order.
pub(super) fn weights(doc: &Doc, claims: &Claims) -> Vec<Vec<Decimal>> {
    let mut out: Vec<Vec<Decimal>> = Vec::new();
    for block in &doc.blocks {
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence).iter().filter(|c| c.number.percent);
            let list: Vec<Decimal> = here.map(|c| c.number.value).take(9).collect();
            let sum: Decimal = list.iter().sum();
            if (2..=8).contains(&list.len()) && sum == Decimal::ONE_HUNDRED && !out.contains(&list) {
                out.push(list);
            }
        }
        if out.len() >= 20 {
            break;
        }
    }
    out
}

/// A row of means: each of its cells against the rows above.
pub(super) fn means(grid: &Grid, sink: &mut Sink<'_>) {
    for (at, row) in grid.rows.iter().enumerate().filter(|(_, r)| r.mean) {
        let mut wrong = Vec::new();
        let mut right = 0;
        for column in 1..grid.columns {
            let above = grid.rows[..at].iter().filter(|r| !r.mean && !r.total && !r.subtotal);
            let parts: Vec<&Value> = above.filter_map(|r| r.cells[column].as_ref()).collect();
            let Some(mean) = row.cells[column].as_ref().filter(|_| parts.len() >= 2) else { continue };
            let sum: Decimal = parts.iter().map(|p| p.value).sum();
            let exact = sum / Decimal::from(parts.len());
            sink.tried();
            if prints_as(exact, mean.value, mean.decimals) {
                right += 1;
            } else {
                wrong.push((column, mean, exact));
            }
        }
        if wrong.len() > right {
            continue;
        }
        for (column, mean, exact) in wrong {
            let exact = exact.round_dp(mean.decimals.max(2));
            let message =
                format!("表格“{}”一列的平均数应为{}，表中为{}", grid.header(column), show(exact), show(mean.value));
            let said = (show(mean.value), show(exact));
            sink.add(MEAN, Severity::Error, message, said, std::slice::from_ref(&mean.span));
        }
    }
}

/// A column of ranks against the column it follows: most rows must show which.
pub(super) fn ranks(doc: &Doc, claims: &Claims, table: &Table, grid: &Grid, sink: &mut Sink<'_>) {
    let named = |h: &str| ["排名", "名次", "位次", "排序"].iter().any(|w| h.contains(w));
    let Some(column) = (0..grid.columns).find(|c| named(grid.header(*c))) else { return };
    let first = table.rows.len() - grid.rows.len().min(table.rows.len());
    let ranked: Vec<(Decimal, &Row)> = table.rows[first..]
        .iter()
        .zip(&grid.rows)
        .filter(|(_, row)| !row.total && !row.mean)
        .filter_map(|(spans, row)| {
            let cell = super::grid::value_of(doc, claims, spans.get(column)?)?;
            Some((cell.value, row))
        })
        .collect();
    if ranked.len() < 4 {
        return;
    }
    let mut best: Option<(usize, usize)> = None;
    for score in (0..grid.columns).filter(|c| *c != column) {
        let fits = ranked.iter().filter(|r| rank_in(&ranked, score, r.1) == Some(r.0)).count();
        if fits * 10 >= ranked.len() * 6 && best.is_none_or(|b| fits >= b.0) {
            best = Some((fits, score));
        }
    }
    let Some((_, score)) = best else { return };
    for (rank, row) in &ranked {
        let (Some(right), Some(cell)) = (rank_in(&ranked, score, row), &row.cells[score]) else { continue };
        sink.tried();
        if right != *rank {
            let message = format!(
                "表格“{}”一行：按“{}”{}应排第{}，表中为第{}",
                row.label,
                grid.header(score),
                show(cell.value),
                show(right),
                show(*rank)
            );
            let said = (show(*rank), show(right));
            sink.add(RANK, Severity::Error, message, said, std::slice::from_ref(&cell.span));
        }
    }
}

/// Place of a row in the falling order of a column; equal scores share a place.
fn rank_in(ranked: &[(Decimal, &Row)], score: usize, row: &Row) -> Option<Decimal> {
    let own = row.cells[score].as_ref()?.value;
    let better = ranked.iter().filter(|(_, r)| r.cells[score].as_ref().is_some_and(|c| c.value > own)).count();
    Some(Decimal::from(better + 1))
}

/// The grades of a table's rows: against the bands, and how many rows have each.
#[derive(Default)]
pub(super) struct Graded {
    pub(super) counts: BTreeMap<String, usize>,
    pub(super) rows: usize,
}

/// A column of grades against the score column before it and the bands of the text.
pub(super) fn grades(doc: &Doc, table: &Table, grid: &Grid, sink: &mut Sink<'_>) -> Option<Graded> {
    let first = table.rows.len() - grid.rows.len().min(table.rows.len());
    let spans = &table.rows[first..];
    let words = |r: usize, c: usize| spans[r].get(c).map_or("", |s| doc.slice(s));
    let rows: Vec<usize> = (0..spans.len()).filter(|r| !grid.rows[*r].total && !grid.rows[*r].mean).collect();
    let column = (1..grid.columns).find(|c| {
        let graded = rows.iter().filter(|r| is_grade(words(**r, *c))).count();
        graded >= 2 && graded == rows.len()
    })?;
    let mut out = Graded { rows: rows.len(), ..Graded::default() };
    for &r in &rows {
        *out.counts.entry(words(r, column).to_owned()).or_default() += 1;
    }
    let bands = bands(doc);
    let score = (1..column).rev().find(|c| rows.iter().all(|r| grid.rows[*r].cells[*c].is_some()))?;
    if bands.len() >= 2 {
        for &r in &rows {
            if let Some(cell) = &grid.rows[r].cells[score] {
                one_grade(&bands, cell, (words(r, column), spans[r][column].clone()), &grid.rows[r].label, sink);
            }
        }
    }
    Some(out)
}

/// "优2个、良4个、中2个" against the rows of the only table that grades its rows.
pub(super) fn grade_counts(doc: &Doc, claims: &Claims, graded: &Graded, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence).iter().filter(|c| c.exact() && matches!(c.class(), "个" | "家"));
            let told: Vec<(&Claim, &str, usize)> = here
                .filter_map(|c| {
                    let grade = grade_beside(doc, c)?;
                    Some((c, grade, *graded.counts.get(grade).unwrap_or(&0)))
                })
                .collect();
            let stated: Decimal = told.iter().map(|t| t.0.number.value).sum();
            let all = told.len() >= 2 && stated == Decimal::from(graded.rows);
            let fits = told.iter().filter(|t| t.0.number.value == Decimal::from(t.2)).count();
            if told.is_empty() || told.len() >= 2 && fits == 0 && !all || told.len() == 1 && graded.counts.len() < 2 {
                continue;
            }
            for (claim, grade, rows) in told {
                sink.tried();
                if claim.number.value != Decimal::from(rows) {
                    let message = format!("表格中等级为“{grade}”的有{rows}个，文中为“{}”", doc.slice(&claim.wide()));
                    let said = (show(claim.number.value), rows.to_string());
                    sink.add("count-names", Severity::Error, message, said, &[claim.wide()]);
                }
            }
        }
    }
}

/// 优良率71.4%: of the rows that the table grades.
pub(super) fn grade_rates(doc: &Doc, claims: &Claims, graded: &Graded, sink: &mut Sink<'_>) {
    for c in claims.all.iter().filter(|c| c.number.percent && doc.blocks[c.block].kind == Kind::Paragraph) {
        let left = doc.slice(&c.left).trim_end_matches(['为', '达']);
        let good: &[&str] = if left.ends_with("优良率") {
            &["优秀", "良好", "优", "良"]
        } else if left.ends_with("优秀率") {
            &["优秀", "优"]
        } else {
            continue;
        };
        let n: usize = graded.counts.iter().filter(|(g, _)| good.contains(&g.as_str())).map(|(_, n)| n).sum();
        let (n, rows) = (Decimal::from(n), Decimal::from(graded.rows));
        sink.tried();
        if let Some(right) = percent_of(n, rows).filter(|_| !is_share(c.number.value, c.number.decimals, n, rows)) {
            let message = format!("{}÷{}={}，文中为“{}”", show(n), show(rows), show_percent(right), doc.slice(&c.wide()));
            let said = (format!("{}%", show(c.number.value)), show_percent(right));
            sink.add("rate", Severity::Error, message, said, &[c.wide()]);
        }
    }
}

/// The grade whose number a claim gives: 优2个, “优”等次2个, 评为“优”的2个站点.
fn grade_beside<'a>(doc: &'a Doc, claim: &Claim) -> Option<&'a str> {
    let before = doc.slice(&(claim.sentence.start..claim.number.span.start));
    let words = before
        .trim_end_matches(['的', '有', '：', '为', '共'])
        .trim_end_matches(['”', '“'])
        .trim_end_matches("等次")
        .trim_end_matches("等级")
        .trim_end_matches(['”', '“']);
    let start = words.rfind(['，', '；', '、', '：', '。', '“', '）', '（']).map_or(0, |i| i + 3);
    let word = words[start.min(words.len())..].trim_start_matches("其中").trim_start_matches("评为").trim_start_matches("获");
    is_grade(word).then_some(word)
}

fn one_grade(
    bands: &[Band],
    cell: &Value,
    (grade, at): (&str, std::ops::Range<usize>),
    label: &str,
    sink: &mut Sink<'_>,
) {
    sink.tried();
    let Some(right) = band_of(cell.value, grade, bands).filter(|g| *g != grade) else { return };
    let message =
        format!("表格“{label}”一行：得分{}按文中分数段为“{right}”，表中等级为“{grade}”", show(cell.value));
    sink.add(GRADE, Severity::Error, message, (grade.to_owned(), right.to_owned()), &[at, cell.span.clone()]);
}

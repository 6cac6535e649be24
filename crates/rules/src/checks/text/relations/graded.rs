//! A table that grades its rows: each grade against score and bands, and what the text says of their number (优2个, 优良率).

pub(super) mod lying;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::bands::{Band, band_of, bare_grade, is_grade};
use super::grid::{Grid, Value};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind, Table};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, percent_of, show, show_percent};
use crate::checks::text::words::has_any;

const GRADE: &str = "grade-score";

/// Headers of columns beside the score: how it changed, or an earlier one.
const CHANGES: &[&str] =
    &["升降", "增减", "变化", "变动", "差", "较上", "上年", "上一年", "去年", "提高", "增幅"];

/// The grades of a table's rows: against the bands, and how many rows have each.
#[derive(Default)]
pub(super) struct Graded {
    pub(super) counts: BTreeMap<String, usize>,
    pub(super) rows: usize,
}

/// A column of grades against the score column before it and the bands of the text.
pub(super) fn grades(
    doc: &Doc,
    table: &Table,
    grid: &Grid,
    bands: &[Band],
    sink: &mut Sink<'_>,
) -> Option<Graded> {
    let first = table.rows.len() - grid.rows.len().min(table.rows.len());
    let spans = &table.rows[first..];
    let words = |r: usize, c: usize| spans[r].get(c).map_or("", |s| doc.slice(s));
    let rows: Vec<usize> = (0..spans.len())
        .filter(|r| !grid.rows[*r].total && !grid.rows[*r].mean)
        // — | 全县平均 | 85.85 | 良好: the name stands in the second column.
        .filter(|r| !(0..2).any(|c| has_any(words(*r, c), &["平均", "合计", "均值", "总体"])))
        .collect();
    let column = (1..grid.columns).find(|c| {
        let graded = rows.iter().filter(|r| is_grade(words(**r, *c), bands)).count();
        graded >= 2 && graded == rows.len()
    })?;
    let mut out = Graded { rows: rows.len(), ..Graded::default() };
    for &r in &rows {
        *out.counts.entry(bare_grade(words(r, column)).to_owned()).or_default() += 1;
    }
    let change = |c: &usize| has_any(grid.header(*c), CHANGES);
    let full = |c: &usize| rows.iter().all(|r| grid.rows[*r].cells[*c].is_some());
    let score = (1..column).rev().find(|c| full(c) && !change(c))?;
    if bands.len() >= 2 {
        for &r in &rows {
            if let Some(cell) = &grid.rows[r].cells[score] {
                one_grade(
                    bands,
                    cell,
                    (words(r, column), spans[r][column].clone()),
                    &grid.rows[r].label,
                    sink,
                );
            }
        }
    }
    Some(out)
}

/// The grades that the bands give the rows of a table with one column of scores and none of grades.
pub(super) fn by_bands(grid: &Grid, bands: &[Band]) -> Option<Graded> {
    let score = |c: &usize| {
        let header = grid.header(*c).split('（').next().unwrap_or_default();
        ["得分", "总分", "评分", "综合得分", "总得分"].contains(&header)
    };
    let mut scores = (1..grid.columns).filter(score);
    let column = scores.next().filter(|_| scores.next().is_none() && bands.len() >= 3)?;
    let rows: Vec<_> = grid.rows.iter().filter(|r| !r.total && !r.mean && !r.subtotal).collect();
    let place =
        |l: &str| ["镇", "乡", "街道", "街", "站", "点", "村", "社区", "项目"].iter().any(|w| l.ends_with(w));
    if rows.len() < 4 || !rows.iter().all(|r| place(&r.label)) {
        return None;
    }
    let mut out = Graded { rows: rows.len(), ..Graded::default() };
    for row in rows {
        let grade = Band::grade_of(row.cells[column].as_ref()?.value, bands)?;
        *out.counts.entry(bare_grade(grade).to_owned()).or_default() += 1;
    }
    Some(out)
}

/// "优2个、良4个、中2个" against the rows of the only table that grades its rows.
pub(super) fn grade_counts(doc: &Doc, claims: &Claims, graded: &Graded, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for sentence in doc.sentences(block) {
            let here =
                claims.within(&sentence).iter().filter(|c| c.exact() && matches!(c.class(), "个" | "家"));
            let told: Vec<(&Claim, &str, usize)> = here
                .filter_map(|c| {
                    let grade = grade_beside(doc, c, graded)?;
                    Some((c, grade, *graded.counts.get(bare_grade(grade)).unwrap_or(&0)))
                })
                .collect();
            let stated: Decimal = told.iter().map(|t| t.0.number.value).sum();
            let all = told.len() >= 2 && stated == Decimal::from(graded.rows);
            let fits = told.iter().filter(|t| t.0.number.value == Decimal::from(t.2)).count();
            // 全区7个社工站中，A级3个、B级4个: they make another number that the sentence tells.
            let others = told.iter().map(|t| t.0.number.value).collect::<Vec<_>>();
            let same = stated == told.iter().map(|t| Decimal::from(t.2)).sum::<Decimal>();
            let of_others = told.len() >= 2
                && !all
                && !same
                && claims
                    .within(&sentence)
                    .iter()
                    .any(|c| c.exact() && c.number.value == stated && !others.contains(&c.number.value));
            if told.is_empty()
                || of_others
                || told.len() >= 2 && fits == 0 && !all
                || told.len() == 1 && graded.counts.len() < 2
            {
                continue;
            }
            for (claim, grade, rows) in told {
                sink.tried();
                if claim.number.value != Decimal::from(rows) {
                    let message =
                        format!("表格中等级为“{grade}”的有{rows}个，文中为“{}”", doc.slice(&claim.wide()));
                    let said = (show(claim.number.value), rows.to_string());
                    let severity = if all { Severity::Error } else { Severity::Warning };
                    sink.add("count-names", severity, message, said, &[claim.wide()]);
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
        if let Some(right) =
            percent_of(n, rows).filter(|_| !is_share(c.number.value, c.number.decimals, n, rows))
        {
            let message = format!(
                "{}÷{}={}，文中为“{}”",
                show(n),
                show(rows),
                show_percent(right),
                doc.slice(&c.wide())
            );
            let said = (format!("{}%", show(c.number.value)), show_percent(right));
            sink.add("rate", Severity::Error, message, said, &[c.wide()]);
        }
    }
}

/// The grade whose number a claim gives: 优2个, “优”等次2个, 评为“优”的2个站点.
fn grade_beside<'a>(doc: &'a Doc, claim: &Claim, graded: &Graded) -> Option<&'a str> {
    let before = doc.slice(&(claim.sentence.start..claim.number.span.start));
    if before.ends_with("中的") {
        return None;
    }
    let words = before
        .trim_end_matches(['的', '有', '：', '为', '共'])
        .trim_end_matches(['”', '“'])
        .trim_end_matches("等次")
        .trim_end_matches("等级")
        .trim_end_matches(['”', '“']);
    let start = words.rfind(['，', '；', '、', '：', '。', '“', '）', '（']).map_or(0, |i| i + 3);
    let word = words[start.min(words.len())..]
        .trim_start_matches("其中")
        .trim_start_matches("评为")
        .trim_start_matches("获");
    (graded.counts.contains_key(bare_grade(word)) || is_grade(word, &[])).then_some(word)
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

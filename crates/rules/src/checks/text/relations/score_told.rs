//! The score told in the text against the parts told beside it and against the table that adds it up: 设计（20分）得18.2分，
//! 实施（30分）得26.4分… whose sum must be a score of the text, 综合得分90.00分 beside a table whose 得分 column makes 90.00.

mod named;

use rust_decimal::Decimal;

use super::grid::Grid;
use super::listing::grids;
use super::repeats::is_change;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{mistaken, one_digit_apart, show, show_sum};
use crate::checks::text::words::has_any;

const RULE: &str = "score-parts";
/// Most tables looked at.
const MOST: usize = 40;
const SCORES: &[&str] = &["综合得分", "总得分", "总分", "得分", "评估得分", "评价得分", "最终得分", "总评分"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    named::check(doc, claims, sink);
    let told: Vec<&Claim> = claims.all.iter().filter(|c| is_score(doc, c)).take(60).collect();
    if told.is_empty() {
        return;
    }
    let mut totals: Vec<Decimal> = grids(doc, claims).iter().take(MOST).filter_map(total_of).collect();
    totals.dedup();
    if let [total] = totals.as_slice() {
        // 专家评分83.6分, the sum of the table, and 综合得分84.60分 of all parties.
        let named = told.iter().any(|c| c.number.value == *total)
            && !told.iter().any(|c| c.number.value == *total && is_whole(doc, c) && !c.other_period);
        for c in told.iter().filter(|c| !named && !c.other_period && is_whole(doc, c)) {
            against(doc, c, *total, sink);
        }
    }
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        parts_told(doc, claims.within(&(block.body..block.span.end)), &told, sink);
    }
}

fn is_score(doc: &Doc, c: &Claim) -> bool {
    c.class() == "分"
        && c.exact()
        && doc.blocks[c.block].kind == Kind::Paragraph
        && !is_change(doc.slice(&c.left))
}

/// 项目综合得分90.00分, and not 产出得分, which is one part.
fn is_whole(doc: &Doc, c: &Claim) -> bool {
    let left = doc.slice(&c.left).trim_end_matches(['为', '是', '达']);
    let whole = [
        "综合得分",
        "总得分",
        "总分",
        "最终得分",
        "评估得分",
        "评价得分",
        "年度得分",
        "加权得分",
        "中期得分",
        "末期得分",
        "期末得分",
        "结项得分",
    ];
    whole.iter().any(|w| left.ends_with(w)) && !has_any(left, &["平均", "上", "满分", "自评", "各"])
}

/// The total of the only column of scores of a table whose column of full marks makes 100.
fn total_of(grid: &Grid) -> Option<Decimal> {
    let column = |words: &[&str]| {
        let mut found = (1..grid.columns).filter(|c| {
            let header = grid.header(*c).split('（').next().unwrap_or_default();
            words.contains(&header)
        });
        found.next().filter(|_| found.next().is_none())
    };
    let full = column(&["分值", "满分", "权重", "标准分"])?;
    let got = column(&["加权得分", "加权后得分", "折算得分", "折算分", "加权分", "折算后得分", "折合得分"])
        .or_else(|| {
        let named = |c: &usize| {
            let header = grid.header(*c).split('（').next().unwrap_or_default();
            ["得分", "评估得分", "实得分", "评价得分", "平均得分", "实际得分", "最终得分"].contains(&header)
        };
        let mut found = (1..grid.columns).filter(named);
        found.next().filter(|_| found.next().is_none())
    })?;
    let mut totals = grid.rows.iter().filter(|r| r.total);
    let row = totals.next().filter(|_| totals.next().is_none())?;
    let marks = row.cells[full].as_ref()?.value;
    (marks == Decimal::ONE_HUNDRED).then_some(row.cells[got].as_ref()?.value)
}

fn against(doc: &Doc, c: &Claim, total: Decimal, sink: &mut Sink<'_>) {
    sink.tried();
    let stated = c.number.value;
    if stated == total || !mistaken(stated, total) {
        return;
    }
    let message = format!("表格合计得分为{}，文中为“{}”", show(total), doc.slice(&c.wide()));
    sink.add(RULE, Severity::Error, message, (show(stated), show(total)), &[c.wide()]);
}

/// Pairs of a full mark and a score whose marks make 100: some score of the text is their sum.
fn parts_told(doc: &Doc, here: &[Claim], told: &[&Claim], sink: &mut Sink<'_>) {
    let pairs: Vec<(&Claim, &Claim)> = here
        .windows(2)
        .filter(|w| {
            let gap = doc.slice(&(w[0].number.span.end..w[1].number.span.start));
            let marks = w[0].class() == "分" && w[1].class() == "分" && w[0].exact() && w[1].exact();
            let got = ["）得", "）得分", "），得", "）：", "，得", "，得分", "，实得", "），得分", "）实得"]
                .contains(&gap);
            marks && got && w[1].number.value <= w[0].number.value
        })
        .map(|w| (&w[0], &w[1]))
        .collect();
    let full: Decimal = pairs.iter().map(|p| p.0.number.value).sum();
    if pairs.len() < 3 || full != Decimal::ONE_HUNDRED {
        return;
    }
    let values: Vec<Decimal> = pairs.iter().map(|p| p.1.number.value).collect();
    let sum: Decimal = values.iter().sum();
    sink.tried();
    // 加权总分87.90分: of other parties as well.
    if has_any(&doc.text, &["加权", "权重"]) {
        return;
    }
    let own = |c: &&&Claim| pairs.iter().all(|p| p.1.span() != c.span() && p.0.span() != c.span());
    let others = || told.iter().filter(own);
    let known = others().any(|c| c.number.value == sum);
    let slip = others()
        .filter(|c| c.number.value != sum && (!known || is_whole(doc, c) && !c.other_period))
        .find(|c| {
            let apart = c.number.value - sum;
            let said = SCORES.iter().chain(&["平均", "合计"]).any(|w| doc.slice(&c.left).contains(w));
            said && (one_digit_apart(c.number.value, sum)
                || values.iter().any(|v| *v + apart > Decimal::ZERO && one_digit_apart(*v, *v + apart)))
        });
    let Some(whole) = slip else { return };
    let message = format!("{}，文中为“{}”", show_sum(&values), doc.slice(&whole.wide()));
    let spans: Vec<_> = std::iter::once(whole.wide()).chain(pairs.iter().map(|p| p.1.wide())).collect();
    sink.add(RULE, Severity::Error, message, (show(whole.number.value), show(sum)), &spans);
}

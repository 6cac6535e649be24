//! Marks: what was scored against what could be: 满分30分，得31分; 得18分（满分20分）; 8.5分/10分; and the 得分率 behind such a
//! pair. Sums of scores are known in `scores`.

use rust_decimal::Decimal;

use super::grid::Grid;
use super::listing::grids;
use super::parts::PART;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, one_digit_apart, percent_of, show, show_percent};

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    full_marks(doc, claims, sink);
    for (i, pair) in claims.all.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        let plain = [a, b].iter().all(|c| c.exact() && matches!(c.class(), "分" | ""));
        if a.segment != b.segment || !plain || doc.blocks[a.block].kind == Kind::Cell {
            continue;
        }
        if let Some((got, full)) = full_first(doc, a, b).or_else(|| got_first(doc, a, b)) {
            judge(doc, got, full, claims.all.get(i + 2), sink);
        }
    }
}

/// 评估满分100分 beside a table whose full marks make it.
fn full_marks(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let total = |g: &Grid| {
        let column = (1..g.columns).find(|c| {
            let header = g.header(*c).split('（').next().unwrap_or_default();
            ["分值", "满分", "标准分"].contains(&header)
        })?;
        g.rows.iter().find(|r| r.total)?.cells[column].as_ref().map(|v| v.value)
    };
    let mut totals = grids(doc, claims).iter().take(40).filter_map(total);
    let Some(total) = totals.next().filter(|t| totals.all(|o| o == *t)) else { return };
    let told = claims
        .all
        .iter()
        .filter(|c| c.class() == "分" && c.exact() && doc.blocks[c.block].kind == Kind::Paragraph);
    for c in told
        .filter(|c| ["满分", "满分为", "总分为", "分值总计"].iter().any(|w| doc.slice(&c.left).ends_with(w)))
    {
        sink.tried();
        if c.depth == 0 && c.number.value != total && one_digit_apart(c.number.value, total) {
            let message = format!("表格中满分合计为{}，文中为“{}”", show(total), doc.slice(&c.wide()));
            sink.add(
                "score-parts",
                Severity::Warning,
                message,
                (show(c.number.value), show(total)),
                &[c.wide()],
            );
        }
    }
}

type Pair<'a> = Option<(&'a Claim, &'a Claim)>;

/// 满分30分，得26分; a bracket that closes behind a comma belongs to the number before it.
fn full_first<'a>(doc: &Doc, full: &'a Claim, got: &'a Claim) -> Pair<'a> {
    let left = doc.slice(&full.left);
    let marked = ["满分", "满分为", "分值", "分值为", "标准分"].iter().any(|w| left.ends_with(w));
    let gets = ["得", "得分", "得分为", "实得", "得分是", "实得分"]
        .iter()
        .any(|w| doc.slice(&got.left).ends_with(w));
    let gap = doc.slice(&(full.number.span.end..got.number.span.start));
    let other = full.depth > got.depth && gap.contains(['，', '、']);
    // 项目设计（20分）得18.2分.
    let bracket = full.depth == got.depth + 1
        && matches!(gap, "）得" | "）得分" | "），得" | "）实得")
        && left.is_empty();
    (full.class() == "分" && (marked && gets && !other || bracket)).then_some((got, full))
}

/// 得18分（满分20分）, 8.5分/10分.
fn got_first<'a>(doc: &Doc, got: &'a Claim, full: &'a Claim) -> Pair<'a> {
    let gap = doc.slice(&(got.number.span.end..full.number.span.start));
    let marked = matches!(gap, "（满分" | "（满分为" | "（分值" | "（分值为" | "（标准分" | "/" | "/满分");
    let score = got.class() == "分" || doc.slice(&got.left).ends_with(['得', '分']);
    (marked && score && (full.class() == "分" || gap != "/")).then_some((got, full))
}

fn judge(doc: &Doc, got: &Claim, full: &Claim, next: Option<&Claim>, sink: &mut Sink<'_>) {
    let (a, b) = (got.number.value, full.number.value);
    sink.tried();
    if a > b {
        let message = format!("得分大于满分：{}>{}", show(a), show(b));
        let said = (show(a), format!("不大于{}", show(b)));
        sink.add(PART, Severity::Error, message, said, &[got.wide(), full.wide()]);
        return;
    }
    let rate = next.filter(|p| {
        p.number.percent
            && !p.number.vague
            && p.segment == got.segment
            && doc.slice(&p.left).ends_with("得分率")
    });
    let Some((rate, right)) = rate.and_then(|r| Some((r, percent_of(a, b)?))) else { return };
    sink.tried();
    let p = rate.number.value;
    let half = got.number.scale / Decimal::TWO;
    let mean = doc.slice(&got.left).contains('均')
        && percent_of(a - half, b)
            .zip(percent_of(a + half, b))
            .is_some_and(|(low, high)| low <= p && p <= high);
    if !mean && !is_share(p, rate.number.decimals, a, b) {
        let message = format!("{}÷{}={}，文中为{}%", show(a), show(b), show_percent(right), show(p));
        let said = (format!("{}%", show(p)), show_percent(right));
        sink.add("rate", Severity::Error, message, said, &[rate.wide(), got.wide(), full.wide()]);
    }
}

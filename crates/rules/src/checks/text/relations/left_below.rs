//! What is left and how much was spent, told right below a table of what was granted and spent: 预算执行率97.9%，结余23,000元 under a total row of 110.00 and 107.70.

use rust_decimal::Decimal;

use super::grid::{Grid, Value};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, mistaken, percent_of, show, show_percent, slips_into};
use crate::checks::text::words::has_any;

/// Most tables looked at, lines below one, and 元 of a 万元.
const MOST: usize = 60;
const NEAR: usize = 2;
const TEN_THOUSAND: i64 = 10_000;
const RATES: &[&str] = &["执行率", "支出率", "使用率", "支付率"];
const LEFT: &[&str] = &["结余", "剩余", "节余", "余额", "尚余", "结余共", "结余资金"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for table in doc.tables.iter().filter(|t| t.rows.len() >= 3).take(MOST) {
        let Some(end) = table.rows.last().and_then(|r| r.last()) else { continue };
        let next = doc.block_of(end.start) + 1;
        let blocks = doc.blocks.iter().skip(next).take(NEAR).take_while(|b| b.kind == Kind::Paragraph);
        let told: Vec<&Claim> = blocks
            .flat_map(|b| claims.within(&(b.body..b.span.end)))
            .filter(|c| says(doc, c).is_some())
            .collect();
        if told.is_empty() {
            continue;
        }
        let grid = Grid::read(doc, claims, table);
        let totals: Vec<_> = grid.rows.iter().filter(|r| r.total).collect();
        let [total] = totals.as_slice() else { continue };
        let plain = (1..grid.columns).filter(|k| !grid.is_percent(*k));
        let two: Vec<&Value> = plain.filter_map(|k| total.cells[k].as_ref()).take(2).collect();
        let [granted, spent] = two.as_slice() else { continue };
        if granted.value <= spent.value || !is_money(doc, &grid, next) {
            continue;
        }
        for c in told {
            judge((doc, claims), c, (granted, spent, caption(doc, &grid, next)), sink);
        }
    }
}

/// Whether a number is a rate of spending, or what is left.
fn says(doc: &Doc, c: &Claim) -> Option<bool> {
    let left = doc.slice(&c.left).trim_end_matches(['为', '达', '是', '共']);
    let rate = c.number.percent && RATES.iter().any(|w| left.ends_with(w));
    let rest = c.class() == "元" && LEFT.iter().any(|w| left == *w || left.ends_with(&format!("年{w}")));
    (!c.number.vague && (rate || rest)).then_some(rate)
}

/// The caption or a head says that a table is of money.
fn is_money(doc: &Doc, grid: &Grid, next: usize) -> bool {
    let heads = grid.headers.iter().any(|h| has_any(h, &["元", "预算", "支出", "拨付", "实支"]));
    let first = doc.blocks.iter().take(next).rposition(|b| b.kind != Kind::Cell);
    let above = first.map_or(0, |i| i.saturating_sub(1));
    heads || doc.blocks.iter().take(next).skip(above).any(|b| doc.slice(&b.span).contains('元'))
}

/// Whether the caption or the heads say 万元, or only 元.
fn caption(doc: &Doc, grid: &Grid, next: usize) -> Option<bool> {
    let first = doc.blocks.iter().take(next).rposition(|b| b.kind != Kind::Cell);
    let above = first.map(|i| doc.slice(&doc.blocks[i].span)).unwrap_or_default();
    let words = format!("{above}{}", grid.headers.concat());
    let unit = has_any(&words, &["单位", "（元", "（万元"]);
    unit.then(|| words.contains("单位：万元") || words.contains("单位万元") || words.contains("（万元"))
}

fn judge(
    (doc, claims): (&Doc, &Claims),
    c: &Claim,
    (granted, spent, thousands): (&Value, &Value, Option<bool>),
    sink: &mut Sink<'_>,
) {
    sink.tried();
    if sink.said(&[c.wide().start, c.span().start]) {
        return;
    }
    let (a, b, v) = (granted.value, spent.value, c.number.value);
    let spans = [c.wide(), spent.span.clone(), granted.span.clone()];
    if c.number.percent {
        // 至4月30日累计支付66.22万元，执行率97.4%: of what the sentence tells.
        let before = claims.within(&(c.sentence.start..c.number.span.start));
        if before.iter().any(|o| o.class() == "元") {
            return;
        }
        let Some(right) = percent_of(b, a) else { return };
        let half = Decimal::new(5, c.number.decimals + 1);
        // 拨付66.1万元: of what was paid out.
        let of = |w: &Decimal| {
            [Decimal::ONE, Decimal::from(TEN_THOUSAND)]
                .iter()
                .any(|k| is_share(v, c.number.decimals, b * *k, *w))
        };
        let told = claims.values.iter().any(of);
        if !is_share(v, c.number.decimals, b, a)
            && !told
            && slips_into(v, c.number.decimals, (right - half, right + half))
        {
            let message = format!("{}÷{}={}，文中为{}%", show(b), show(a), show_percent(right), show(v));
            let said = (format!("{}%", show(v)), show_percent(right));
            sink.add("rate", Severity::Warning, message, said, &spans);
        }
        return;
    }
    let left = a - b;
    // The caption says whether the table is in 元 or in 万元.
    let in_thousands = left * Decimal::from(TEN_THOUSAND);
    let ways = match thousands {
        Some(true) => vec![in_thousands],
        Some(false) => vec![left],
        None => vec![left, in_thousands],
    };
    // Rounded to 万元.
    let rounded = ways.iter().any(|w| (*w - v).abs() * Decimal::TWO <= c.number.scale);
    let unit = |w: &Decimal| *w * Decimal::from(TEN_THOUSAND) == v || *w == v * Decimal::from(TEN_THOUSAND);
    let wrong = |w: &&Decimal| mistaken(**w, v);
    // A table in 元 says 万元 of what is left, or 万元 too little.
    let of_unit = ways.iter().find(|w| unit(w));
    if !rounded && let Some(right) = ways.iter().find(wrong).or(of_unit) {
        let message = format!("{}-{}={}，文中为“{}”", show(a), show(b), show(left), doc.slice(&c.wide()));
        sink.add("difference", Severity::Warning, message, (show(v), show(*right)), &spans);
    }
}

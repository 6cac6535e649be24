//! How long something took, told beside its first and its last day in shapes that `periods` leaves aside: 3月18日进驻，3月20日撤离，现场工作为期三天; 从2022年9月1日开始，到2024年8月31日
//! 结束，前后24个月; 现场评估历时3天 beside a table that prints its days.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::date::{Date, months_between};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;
use crate::checks::text::words::has_any;

const RULE: &str = "duration";
/// Words right before a length.
const LONG: &[&str] = &[
    "历时", "为期", "前后", "连续", "历经", "持续", "用", "用了", "用时", "满", "正好", "整整", "共", "共计",
    "耗时",
];
/// Words between two days that lead from the one to the other, and those of a length that leaves days out.
const TO: &[&str] = &["至", "到", "撤离", "结束", "—", "-"];
const LESS: &[&str] = &[
    "工作日",
    "除去",
    "扣除",
    "不含",
    "周末",
    "休息",
    "累计",
    "其间",
    "中断",
    "另",
    "每周",
    "周一",
    "上半年",
    "下半年",
    "开放",
];
/// Characters between the last day and its length, and between the days.
const NEAR: usize = 24;
const APART: usize = 30;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for c in claims.all.iter().filter(|c| is_length(doc, c)) {
        let before = claims.dates.partition_point(|d| d.span.end <= c.number.span.start);
        let days = before.checked_sub(2).map(|i| (&claims.dates[i], &claims.dates[i + 1]));
        if let Some((first, last)) = days.filter(|d| belong(doc, c, *d)) {
            judge(doc, c, (first, last), sink);
        } else if let Some((first, last)) = of_table(doc, claims, c) {
            judge(doc, c, (first, last), sink);
        }
    }
}

fn is_length(doc: &Doc, c: &Claim) -> bool {
    let left = doc.slice(&c.left);
    doc.blocks[c.block].kind != Kind::Cell
        && matches!(c.class(), "天" | "月" | "年")
        && c.exact()
        && LONG.iter().any(|w| left.ends_with(w))
        && !has_any(doc.slice(&c.sentence), LESS)
}

/// Whether two days and a length stand together in one sentence, and nothing is counted between them.
fn belong(doc: &Doc, c: &Claim, (first, last): (&Date, &Date)) -> bool {
    let between = doc.slice(&(first.span.end..last.span.start.max(first.span.end)));
    let behind = doc.slice(&(last.span.end..c.number.span.start));
    let digit = |w: &str| w.contains(|c: char| c.is_ascii_digit());
    let led = has_any(between, &["至", "到", "—", "-"]) || has_any(behind, TO) && between.contains('，');
    first.span.start >= c.sentence.start
        && led
        && between.chars().count() <= APART
        && behind.chars().count() <= NEAR
        && !between.contains('；')
        && !behind.contains(['；', '的', '）'])
        && !digit(between)
        && !digit(behind)
}

/// 现场评估历时3天: the name is that of a row whose cell holds two days.
fn of_table<'a>(doc: &Doc, claims: &'a Claims, c: &Claim) -> Option<(&'a Date, &'a Date)> {
    let left = doc.slice(&c.left);
    let name = LONG.iter().find_map(|w| left.strip_suffix(w)).filter(|n| n.chars().count() >= 4)?;
    let rows = doc.tables.iter().flat_map(|t| &t.rows);
    let mut named = rows.filter(|r| r.iter().any(|cell| doc.slice(cell) == name));
    let row = named.next().filter(|_| named.next().is_none())?;
    let mut found = row.iter().filter_map(|cell| {
        let from = claims.dates.partition_point(|d| d.span.start < cell.start);
        let to = claims.dates.partition_point(|d| d.span.start < cell.end);
        if let [first, last] = &claims.dates[from..to.max(from)] { Some((first, last)) } else { None }
    });
    found.next().filter(|_| found.next().is_none())
}

fn judge(doc: &Doc, c: &Claim, (first, last): (&Date, &Date), sink: &mut Sink<'_>) {
    let (Some(from), Some(to), Some(told)) = (first.first(), last.first(), c.number.value.to_i64()) else {
        return;
    };
    if from > to || first.day.is_none() || last.day.is_none() || !c.number.value.fract().is_zero() {
        return;
    }
    sink.tried();
    let right = match c.class() {
        "天" => (to - from).num_days() + 1,
        class => {
            // 3月6日到6月6日满三个月: to the day itself, or to the day before it.
            let whole = |end| Some(months_between(from, end)).filter(|m| m.1 == 0).map(|m| i64::from(m.0));
            let months = whole(to).or_else(|| whole(to.pred_opt()?));
            let Some(months) = months else { return };
            if class == "月" {
                months
            } else if months % 12 == 0 {
                months / 12
            } else {
                return;
            }
        }
    };
    if right == told || right <= 0 || right > 10_000 || sink.said(&[c.wide().start, c.span().start]) {
        return;
    }
    let unit = c.number.unit.map_or("", |u| u.word);
    let words = doc.slice(&c.wide());
    let message = format!("{}至{}共{right}{unit}，文中为“{words}”", first.text(), last.text());
    let said = (show(c.number.value), show(Decimal::from(right)));
    sink.add(RULE, Severity::Warning, message, said, &[c.wide()]);
}

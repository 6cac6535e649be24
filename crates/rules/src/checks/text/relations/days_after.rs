//! How many days after another a day lies: 现场评估后第21天，即2025年4月8日; 2025年1月6日（核查后第18天）; and the weekdays of two days told together: 1月16日、17日（星期二、星期三）.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::{Captures, Regex};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::sentence::{Sentence, each_found, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::date::Date;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, show};

/// Most days of a report that one is counted from.
const MOST: usize = 120;
/// Most days that are counted.
const FAR: i64 = 400;

static AFTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"后(?:的)?(?:第)?(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})(?:天|日)(?P<b>（即|，即|，于|即|，)?",
    )
});
static WEEKDAYS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<y>20\d\d)年(?P<m>\d{1,2})月(?P<a>\d{1,2})日?[、和至-](?:(?P<n>\d{1,2})月)?(?P<b>\d{1,2})日（(?:星期|周)(?P<v>[一二三四五六日天])[、和至-](?:星期|周)?(?P<w>[一二三四五六日天])）",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    if claims.dates.len() >= 2 {
        each_found(doc, claims, &AFTER, |here, found| after(here, found, sink));
    }
    each_found(doc, claims, &WEEKDAYS, |here, found| weekdays(here, found, sink));
}

/// The day that the words speak of: behind them, or before the bracket in which they stand.
fn day_told<'a>(here: &Sentence<'a>, found: &Captures<'_>) -> Option<&'a Date> {
    let whole = here.whole(found);
    let days = || here.claims.dates.iter().filter(|d| d.day.is_some());
    let behind = days().find(|d| d.span.start == whole.end);
    behind.or_else(|| {
        let closed = here.doc.text[whole.end..].starts_with('）');
        days().find(|d| {
            let lead = here.doc.text.get(d.span.end..whole.start).unwrap_or_default();
            closed && lead.starts_with('（') && lead.chars().count() <= 12
        })
    })
}

fn after(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let Some((n, date)) = number(found, "n").zip(day_told(here, found)) else { return };
    let Some((n, day)) = n.to_i64().zip(date.first()) else { return };
    let days = here.claims.dates.iter().filter(|d| d.day.is_some() && d.span != date.span).take(MOST);
    let mut apart: Vec<(i64, &Date)> = days
        .filter_map(|d| Some(((day - d.first()?).num_days(), d)))
        .filter(|d| (1..FAR).contains(&d.0))
        .collect();
    apart.sort_by_key(|d| (d.0 - n).abs());
    // The first day may be counted itself.
    if apart.iter().any(|d| d.0 == n || d.0 + 1 == n) {
        return;
    }
    if let Some((right, from)) = apart.iter().find(|d| mistaken(Decimal::from(d.0), Decimal::from(n))) {
        let message = format!("{}至{}相隔{right}天，文中为“{n}天”", from.text(), date.text());
        here.warn(sink, "duration", message, (format!("{n}天"), format!("{right}天")), here.at(found, "n"));
    }
}

fn weekdays(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let whole = |name: &str| number(found, name).and_then(|n| n.to_u32());
    let (Some(year), Some(month)) = (whole("y"), whole("m")) else { return };
    for (day, month, told) in [("a", month, "v"), ("b", whole("n").unwrap_or(month), "w")] {
        let date = whole(day).and_then(|d| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, d));
        let said = found.name(told).map_or("", |m| m.as_str()).replace('天', "日");
        let Some(date) = date else { continue };
        let right = "一二三四五六日".chars().nth(date.weekday().num_days_from_monday() as usize);
        let right = right.map(String::from).unwrap_or_default();
        if right != said {
            let message = format!(
                "{year}年{month}月{}日是星期{right}，文中为星期{said}",
                show(Decimal::from(date.day()))
            );
            here.warn(
                sink,
                "weekday",
                message,
                (format!("星期{said}"), format!("星期{right}")),
                here.at(found, told),
            );
        }
    }
}

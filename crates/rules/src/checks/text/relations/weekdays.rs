//! The weekday that stands behind a day: 2025年3月25日（星期二）, 7月10日（周五）, or in the next cell of a row.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate, Weekday};

use crate::checks::text::claim::Claims;
use crate::checks::text::date::Date;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};

const RULE: &str = "weekday";
const DAYS: &str = "一二三四五六日";
/// Bytes behind a day with its year within which a day without one is of the same year.
const NEAR: usize = 30;
/// Most years tried for the days without one.
const MOST_YEARS: usize = 100;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut loose: Vec<(&Date, Weekday)> = Vec::new();
    let mut agree = 0;
    for (i, date) in claims.dates.iter().enumerate() {
        let Some(said) = said(doc, date) else { continue };
        let led = i.checked_sub(1).map(|j| &claims.dates[j]).filter(|d| d.whole && d.year == date.year);
        let near = led.is_some_and(|d| date.span.start.saturating_sub(d.span.end) <= NEAR);
        if !date.whole && !near {
            loose.push((date, said));
        } else if weekday(date, date.year) == Some(said) {
            agree += 1;
        } else {
            wrong(date, date.year, said, Severity::Error, sink);
        }
    }
    of_no_year(claims, &loose, agree, sink);
}

/// Days without a year lie in the one under which the most of them have their weekday; the few that do not are wrong.
fn of_no_year(claims: &Claims, loose: &[(&Date, Weekday)], agree: usize, sink: &mut Sink<'_>) {
    let fit = |date: &Date, said: Weekday, year: Option<i32>| {
        weekday(date, year.unwrap_or(date.year)) == Some(said)
    };
    let fitting = |year: &Option<i32>| loose.iter().filter(|(date, said)| fit(date, *said, *year)).count();
    let years: BTreeSet<i32> =
        claims.dates.iter().filter(|d| d.whole).map(|d| d.year).take(MOST_YEARS).collect();
    // Of equals the year in which each was read.
    let years = years.into_iter().map(Some).chain([None]);
    let Some(year) = years.max_by_key(fitting) else { return };
    if (fitting(&year) + agree) * 2 < loose.len() + agree {
        return;
    }
    for (date, said) in loose.iter().filter(|(date, said)| !fit(date, *said, year)) {
        wrong(date, year.unwrap_or(date.year), *said, Severity::Warning, sink);
    }
}

/// The weekday behind a day.
fn said(doc: &Doc, date: &Date) -> Option<Weekday> {
    let rest = &doc.text[date.span.end..];
    let rest = rest.strip_prefix('\n').unwrap_or_else(|| rest.trim_start_matches(['（', '，', ' ']));
    let rest = ["星期", "周", "礼拜"].iter().find_map(|w| rest.strip_prefix(w))?;
    let mut chars = rest.chars();
    let day = chars.next().map(|c| if c == '天' { '日' } else { c })?;
    // 周二为28日，周五为31日: of the next day. 12月8日至10日（星期一至星期三）: of the first.
    let next = chars.next().is_some_and(|c| matches!(c, '为' | '是' | '则' | '至' | '到'));
    let at = DAYS.chars().position(|d| d == day).filter(|_| !next && date.day.is_some())?;
    Weekday::try_from(u8::try_from(at).ok()?).ok()
}

fn weekday(date: &Date, year: i32) -> Option<Weekday> {
    NaiveDate::from_ymd_opt(year, date.month?, date.day?).map(|day| day.weekday())
}

fn wrong(date: &Date, year: i32, said: Weekday, severity: Severity, sink: &mut Sink<'_>) {
    let Some(right) = weekday(date, year) else { return };
    let name = |day: Weekday| {
        format!("星期{}", DAYS.chars().nth(day.num_days_from_monday() as usize).unwrap_or('？'))
    };
    sink.tried();
    let day = Date { year, ..date.clone() };
    let message = format!("{}是{}，文中为{}", day.text(), name(right), name(said));
    sink.add(RULE, severity, message, (name(said), name(right)), std::slice::from_ref(&date.span));
}

//! Dates: days, months and years as reports write them, and the arithmetic of periods. The calendar is chrono's;
//! a date that does not exist is kept as written, so that a check can say so.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Datelike, Months, NaiveDate};
use regex::Regex;

use super::unit::unit_at;

/// A date as far as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) span: Range<usize>,
    pub(super) year: i32,
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
    /// The year is written here and not taken from the date before.
    pub(super) whole: bool,
}

impl Date {
    /// First day it can mean; `None` if it does not exist.
    pub(super) fn first(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// Last day it can mean.
    pub(super) fn last(&self) -> Option<NaiveDate> {
        match (self.month, self.day) {
            (_, Some(_)) => self.first(),
            (Some(_), None) => self.first()?.checked_add_months(Months::new(1))?.pred_opt(),
            (None, None) => NaiveDate::from_ymd_opt(self.year, 12, 31),
        }
    }

    /// As people write it.
    pub(super) fn text(&self) -> String {
        match (self.month, self.day) {
            (Some(m), Some(d)) => format!("{}年{m}月{d}日", self.year),
            (Some(m), None) => format!("{}年{m}月", self.year),
            _ => format!("{}年", self.year),
        }
    }
}

static DATES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<y>(?:19|20)\d\d)(?:年(?:(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})[日号])?)?|",
        r"[-./](?P<m2>\d{1,2})[-./](?P<d2>\d{1,2})|[./](?P<m4>0\d|1[0-2])|-(?P<m5>0[1-9]|1[0-2]))",
        r"|(?P<cy>二〇[〇一二三四五六七八九]{2}|二[零○][零○一二三四五六七八九]{2})年(?:(?P<cm>[一二三四五六七八九十]{1,2})月(?:(?P<cd>[一二三四五六七八九十]{1,3})日)?)?",
        r"|(?P<m3>\d{1,2})月(?P<d3>\d{1,2})[日号]",
        r"|[至到-](?P<d7>\d{1,2})[日号]",
        r"|(?P<m6>\d{1,2})月(?:份|底|初|末|起|至|到|-|，|。|）|开始)",
    ))
    .ok()
});

/// Every date in `text` whose bytes begin at `base`; years left out are taken from the date before, or are `year`,
/// that of the document.
pub(super) fn dates(text: &str, base: usize, year: Option<i32>) -> Vec<Date> {
    let Some(pattern) = DATES.as_ref() else { return Vec::new() };
    let mut out: Vec<Date> = Vec::new();
    for found in pattern.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        if text[..whole.start()].ends_with(|c: char| c.is_ascii_digit() || c == '.') {
            continue;
        }
        // 2069.00元, 2011.12小时: an amount that begins like a year.
        let decimals = found.name("m4").is_some();
        if decimals
            && (found.name("m4").is_some_and(|m| m.as_str() == "00") || is_amount(&text[whole.end()..]))
        {
            continue;
        }
        let number = |names: &[&str]| {
            names
                .iter()
                .find_map(|n| found.name(n))
                .and_then(|m| m.as_str().parse::<u32>().ok().or_else(|| chinese_small(m.as_str())))
        };
        let written = number(&["y", "cy"]).and_then(|y| i32::try_from(y).ok());
        let Some(year) = written.or_else(|| out.last().map(|d| d.year)).or(year) else { continue };
        let month = number(&["m", "m2", "cm", "m3", "m4", "m5", "m6"]);
        let mut day = number(&["d", "d2", "cd", "d3"]);
        let mut month = month;
        let mut start = whole.start();
        if let Some(m) = found.name("d7") {
            if out.last().is_none_or(|d| d.span.end != base + whole.start() || d.day.is_none()) {
                continue;
            }
            start = m.start();
            month = out.last().and_then(|d| d.month);
            day = m.as_str().parse().ok();
        }
        let mut end = whole.end();
        if let Some(m) = found.name("m6") {
            end = m.end() + "月".len();
        }
        let span = base + start..base + end;
        out.push(Date { span, year, month, day, whole: written.is_some() });
    }
    out
}

/// Whether what stands behind digits makes them an amount.
fn is_amount(rest: &str) -> bool {
    rest.starts_with(['万', '%', '％', '亿'])
        || unit_at(rest).is_some_and(|u| !matches!(u.class, "年" | "月" | "期"))
}

/// 二〇二五 digit by digit, or 十二, 二十, 三十一.
fn chinese_small(text: &str) -> Option<u32> {
    let digit = |c: char| match c {
        '〇' | '零' | '○' => Some(0),
        c => "一二三四五六七八九".chars().position(|d| d == c).and_then(|p| u32::try_from(p + 1).ok()),
    };
    if let Some((tens, ones)) = text.split_once('十') {
        let tens = if tens.is_empty() { 1 } else { digit(tens.chars().next()?)? };
        let ones = if ones.is_empty() { 0 } else { digit(ones.chars().next()?)? };
        return Some(tens * 10 + ones);
    }
    text.chars().try_fold(0, |n, c| Some(n * 10 + digit(c)?))
}

/// Whole months from `start` to the day after `end`, and the days left over.
pub(super) fn months_between(start: NaiveDate, end: NaiveDate) -> (u32, i64) {
    let after = end.succ_opt().unwrap_or(end);
    let months = (after.year() - start.year()) * 12 + after.month() as i32 - start.month() as i32;
    let mut months = u32::try_from(months.max(0)).unwrap_or(0);
    while months > 0 && start.checked_add_months(Months::new(months)).is_none_or(|d| d > after) {
        months -= 1;
    }
    let reached = start.checked_add_months(Months::new(months)).unwrap_or(start);
    (months, (after - reached).num_days())
}

//! What deserves a look: indicators close to time or behind it, and those far beyond their target, with the
//! arithmetic of what is left to do.

use kernel::half_up;
use rules::pace::Status;
use rust_decimal::Decimal;
use web::number::grouped;

use super::super::board::{Board, Indicator};
use super::rows::tag;
use crate::figures::Stand;

/// The mean length of a month in days.
const MONTH: Decimal = Decimal::from_parts(304_375, 0, 0, false, 4);

/// One thing to look at.
pub struct Watch {
    pub(super) tag: (&'static str, &'static str),
    pub(super) name: String,
    pub(super) href: String,
    pub(super) actual: String,
    pub(super) rest: String,
    pub(super) words: String,
}

/// All of them: behind first, then close, then beyond twice the target.
pub(super) fn all(stand: &Stand, board: &Board) -> Vec<Watch> {
    let of = |status: Status| board.indicators.iter().filter(move |one| one.pace.status == status);
    let late = of(Status::Behind).chain(of(Status::Tight)).map(|one| watch(stand, one, left(board, one)));
    let beyond = of(Status::DoneCheck).map(|one| watch(stand, one, check(board, one)));
    let missing =
        of(Status::NoData).map(|one| watch(stand, one, "没有数出来，请核对计数规则与记录。".to_owned()));
    late.chain(beyond).chain(missing).collect()
}

/// The title over so many.
pub(super) fn title(count: usize) -> String {
    const WORDS: [&str; 10] = ["", "一", "两", "三", "四", "五", "六", "七", "八", "九"];
    match WORDS.get(count) {
        Some(&"") => "要看的事".to_owned(),
        Some(word) => format!("要看的{word}件事"),
        None => format!("要看的 {count} 件事"),
    }
}

fn watch(stand: &Stand, indicator: &Indicator, words: String) -> Watch {
    let target = grouped(indicator.target);
    Watch {
        tag: match indicator.pace.status {
            Status::DoneCheck => ("t-warn", "请核对"),
            status => tag(status),
        },
        name: indicator.name.clone(),
        href: stand.figure(&indicator.code).href(),
        actual: indicator.actual.map_or_else(|| "未列".to_owned(), grouped),
        rest: format!("/ {target} {}", indicator.unit),
        words,
    }
}

/// What is left, and what that means a month, held against the pace so far.
fn left(board: &Board, indicator: &Indicator) -> String {
    let actual = indicator.actual.unwrap_or_default();
    let unit = &indicator.unit;
    let missing = indicator.target - actual;
    let passed = board.period.elapsed(board.as_of);
    let days = board.period.days() - passed;
    if days == 0 {
        return format!("合同期已满，还差 {} {unit}。", grouped(missing));
    }
    let monthly = |amount: Decimal, days: i64| {
        let value = amount * MONTH / Decimal::from(days.max(1));
        grouped(half_up(value, 1))
    };
    format!(
        "余下 {days} 天还要做 {} {unit}，每月约 {} {unit}；到目前每月 {} {unit}。",
        grouped(missing),
        monthly(missing, days),
        monthly(actual, passed)
    )
}

fn check(board: &Board, indicator: &Indicator) -> String {
    let actual = indicator.actual.unwrap_or_default();
    let times = kernel::ratio(actual, indicator.target).map_or(Decimal::ZERO, |times| half_up(times, 1));
    let mut words =
        format!("已是指标量的 {} 倍：核对有没有重复或算宽了，再看指标量是不是定低了。", grouped(times));
    if let Some(home) = faces(board, indicator, actual) {
        words.push_str(&home);
    }
    words
}

/// Calls are easily made in numbers; what they stand against is how often somebody was seen.
fn faces(board: &Board, indicator: &Indicator, calls: Decimal) -> Option<String> {
    if indicator.code != "phone_visits" {
        return None;
    }
    let home = board.indicators.iter().find(|one| one.code == "home_visits")?.actual?;
    let times = half_up(kernel::ratio(calls, home)?, 0);
    Some(format!("同期入户 {}，约 {times} 比 1，先看有没有只打电话、没见过面的家户。", grouped(home)))
}

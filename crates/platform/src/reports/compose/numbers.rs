//! How numbers are printed: with separators in tables, without them in running text.
//! Not here: which number (the desk).

use kernel::{half_up, trimmed};
use rust_decimal::Decimal;

/// What is printed where a figure is missing.
pub(in crate::reports) const MISSING: &str = "未列";

/// Decimals that a table shows of a score; sums are worked out from the undivided ones.
pub(super) const SHOWN: u32 = 4;

/// With separators between thousands, trailing zeros dropped: `79,052.65`.
pub(super) fn grouped(value: Decimal) -> String {
    let text = trimmed(value.abs());
    let (whole, rest) =
        text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if value < Decimal::ZERO { "-" } else { "" };
    let rest = rest.map(|rest| format!(".{rest}")).unwrap_or_default();
    format!("{sign}{grouped}{rest}")
}

/// With so many decimals, half up: `84.00`.
pub(super) fn fixed(value: Decimal, decimals: u32) -> String {
    let places = usize::try_from(decimals).unwrap_or_default();
    format!("{:.places$}", half_up(value, decimals))
}

/// A score with at most [`SHOWN`] decimals, trailing zeros dropped.
pub(in crate::reports) fn score(value: Decimal) -> String {
    trimmed(half_up(value, SHOWN))
}

/// How many there are, in Chinese figures as people count: 一, 两, 三, …, 十二. Above 99 in Arabic figures.
pub(super) fn so_many(number: usize) -> String {
    const FIGURES: [&str; 10] = ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九"];
    let last = |digit: usize| match digit {
        0 => "",
        2 => "二",
        other => FIGURES[other],
    };
    match number {
        0..=9 => FIGURES[number].to_owned(),
        10..=19 => format!("十{}", last(number - 10)),
        20..=29 => format!("二十{}", last(number - 20)),
        30..=99 => format!("{}十{}", FIGURES[number / 10], last(number % 10)),
        _ => number.to_string(),
    }
}

/// A number in a circle, counted from 1: ①. Above 20 in brackets.
pub(super) fn circled(number: usize) -> String {
    let circle = u32::try_from(number).ok().filter(|number| (1..=20).contains(number));
    let circle = circle.and_then(|number| char::from_u32(u32::from('①') + number - 1));
    circle.map_or_else(|| format!("（{number}）"), String::from)
}

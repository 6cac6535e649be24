//! Arithmetic written out in the text: 55%×84.00+20%×86.00=63.40, 555+537=1092.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{prints_as, show};

const RULE: &str = "arithmetic";

static FORMULA: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:\d+(?:\.\d+)?(?:%|分|元|万元|户|人|个|人次|次)?[+\-×÷*/xX]){1,12}\d+(?:\.\d+)?(?:%|分|元|万元|户|人|个|人次|次)?[=≈](?:\d+(?:\.\d+)?(?:%|分|元|万元|户|人|个|人次|次)?[+\-×÷*/xX])*\d+(?:\.\d+)?%?").ok()
});

pub(super) fn check(doc: &Doc, _: &Claims, sink: &mut Sink<'_>) {
    let Some(pattern) = FORMULA.as_ref() else { return };
    tenths(doc, sink);
    for block in &doc.blocks {
        let words = doc.slice(&block.span);
        if !words.contains(['=', '≈']) {
            continue;
        }
        // What one formula makes may be the next one's first side.
        let mut at = 0;
        while let Some(found) = pattern.find_at(words, at) {
            let span = block.span.start + found.start()..block.span.start + found.end();
            judge(found.as_str(), span, sink);
            at = found.as_str().find(['=', '≈']).map_or(found.end(), |sign| found.start() + sign + 1);
            while !words.is_char_boundary(at) {
                at += 1;
            }
        }
    }
}

static TENTHS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(近|约|超|逾|过|足)?([一二三四五六七八九])成(半|多|余)?（(\d+(?:\.\d+)?)%）").ok()
});

/// 九成（90%）.
fn tenths(doc: &Doc, sink: &mut Sink<'_>) {
    let Some(pattern) = TENTHS.as_ref() else { return };
    for found in pattern.captures_iter(&doc.text) {
        let (Some(whole), Ok(percent)) = (found.get(0), found[4].parse::<Decimal>()) else { continue };
        let tens = "一二三四五六七八九".chars().position(|c| found[2].starts_with(c)).unwrap_or(0) + 1;
        let end = found.get(3).map_or("", |m| m.as_str());
        let right = Decimal::from(tens * 10 + if end == "半" { 5 } else { 0 });
        // 近六成（59.3%）, 六成多（62%）.
        let about = found.get(1).is_some() || matches!(end, "多" | "余");
        let slack = if about { Decimal::TEN } else { Decimal::ZERO };
        sink.tried();
        if (right - percent).abs() > slack {
            let message = format!("“{}”：应为{}%", whole.as_str(), show(right));
            sink.add(
                RULE,
                Severity::Error,
                message,
                (format!("{}%", show(percent)), format!("{}%", show(right))),
                &[whole.range()],
            );
        }
    }
}

fn judge(formula: &str, span: Range<usize>, sink: &mut Sink<'_>) {
    let Some((terms, result)) = formula.split_once(['=', '≈']) else { return };
    // 87.6×70%+92.0×20%=61.32+18.40=79.72: what the second sum makes is asked of it by itself.
    let written_out = result.contains(['+', '-', '×', '÷', '*', '/', 'x', 'X']);
    let Some((printed, percent)) =
        (if written_out { sum(result).map(|sum| (sum, false)) } else { number(result) })
    else {
        return;
    };
    let Some(mut right) = sum(terms) else { return };
    if percent {
        right *= Decimal::ONE_HUNDRED;
    }
    sink.tried();
    let decimals = printed.scale();
    if prints_as(right, printed, decimals)
        || prints_as(right / Decimal::ONE_HUNDRED, printed, decimals) && percent
    {
        return;
    }
    let right = right.round_dp(decimals.max(2));
    let message = format!("{terms}={}，文中为{}", show(right), show(printed));
    sink.add(RULE, Severity::Error, message, (show(printed), show(right)), &[span]);
}

/// A number and whether it is a percent.
fn number(words: &str) -> Option<(Decimal, bool)> {
    let percent = words.ends_with('%');
    let digits = words.trim_end_matches(|c: char| !c.is_ascii_digit());
    digits.parse().ok().map(|n| (n, percent))
}

/// Products before sums, from left to right.
fn sum(terms: &str) -> Option<Decimal> {
    let mut total = Decimal::ZERO;
    let mut product: Option<Decimal> = None;
    let (mut sign, mut op) = (Decimal::ONE, '×');
    let mut rest = terms;
    loop {
        let end = rest.find(['+', '-', '×', '÷', '*', '/', 'x', 'X']).unwrap_or(rest.len());
        let (value, percent) = number(&rest[..end])?;
        let value = if percent { value / Decimal::ONE_HUNDRED } else { value };
        product = Some(match (product, op) {
            (None, _) => value,
            (Some(p), '÷' | '/') => p.checked_div(value)?,
            (Some(p), _) => p.checked_mul(value)?,
        });
        let Some(next) = rest[end..].chars().next() else { break };
        if matches!(next, '+' | '-') {
            total = total.checked_add(sign.checked_mul(product.take()?)?)?;
            sign = if next == '+' { Decimal::ONE } else { Decimal::NEGATIVE_ONE };
        }
        op = next;
        rest = &rest[end + next.len_utf8()..];
    }
    total.checked_add(sign.checked_mul(product?)?)
}

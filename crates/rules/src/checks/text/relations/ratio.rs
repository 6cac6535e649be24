//! Ratios: 第一名是末位的2.45倍, 社工与老人之比为1:80. Some two numbers near by must give them; only a ratio that one digit
//! keeps from two numbers is reported.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::lex::can_be_counted;
use crate::checks::text::math::{one_digit_apart, prints_as, show};

const RULE: &str = "ratio";
/// Claims looked back for the two numbers.
const NEAR: usize = 24;

static RATIO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:比例?约?为?|比是|之比约?为?)(?P<a>\d+(?:\.\d+)?)[:：∶](?P<b>\d+(?:\.\d+)?)|的(?P<t>\d+(?:\.\d+)?)倍").ok()
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let Some(pattern) = RATIO.as_ref() else { return };
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        let words = doc.slice(&block.span);
        if !words.contains('倍') && !words.contains('比') {
            continue;
        }
        for found in pattern.captures_iter(words).take(20) {
            let Some(whole) = found.get(0) else { continue };
            let number = |n: &str| {
                found.name(n).and_then(|m| m.as_str().parse::<Decimal>().ok()).filter(can_be_counted)
            };
            let told = match (number("t"), number("a"), number("b")) {
                (Some(t), _, _) => t,
                (None, Some(a), Some(b)) if b == Decimal::ONE => a,
                (None, Some(a), Some(b)) if a == Decimal::ONE => b,
                (None, Some(a), Some(b)) => {
                    two_of(
                        doc,
                        claims,
                        (a, b),
                        block.span.start + whole.start()..block.span.start + whole.end(),
                        sink,
                    );
                    continue;
                }
                _ => continue,
            };
            let span = block.span.start + whole.start()..block.span.start + whole.end();
            let at = claims.all.partition_point(|c| c.number.span.start < span.start);
            let near: Vec<&Claim> = claims.all[at.saturating_sub(NEAR)..at]
                .iter()
                .filter(|c| {
                    c.exact() && c.number.value > Decimal::ZERO && c.block + 3 >= doc.block_of(span.start)
                })
                .collect();
            judge(doc, told, span, &near, claims, sink);
        }
    }
}

fn judge(
    doc: &Doc,
    told: Decimal,
    span: std::ops::Range<usize>,
    near: &[&Claim],
    claims: &Claims,
    sink: &mut Sink<'_>,
) {
    sink.tried();
    let usual: Vec<Decimal> = claims.often.iter().map(|(_, v)| *v).collect();
    let values: Vec<Decimal> = near.iter().map(|c| c.number.value).chain(usual).collect();
    let quotient = |a: Decimal, b: Decimal| a.checked_div(b);
    let pairs =
        || values.iter().flat_map(|a| values.iter().filter_map(move |b| Some((*a, *b, quotient(*a, *b)?))));
    if pairs().any(|(_, _, q)| prints_as(q, told, told.scale())) {
        return;
    }
    // 走访最多的…是走访最少的…的1.99倍: the two numbers stand with their names elsewhere.
    let beside = near.iter().filter(|c| c.block == doc.block_of(span.start)).count();
    if beside < 2 {
        return;
    }
    let own = doc.block_of(span.start);
    let same = near
        .iter()
        .flat_map(|a| near.iter().map(move |b| (a, b)))
        .filter(|(a, b)| a.block == own && b.block == own)
        .filter(|(a, b)| a.class() == b.class() || told.scale() == 0 && a.class() != b.class());
    let slip = same.filter_map(|(a, b)| Some((*a, *b, quotient(a.number.value, b.number.value)?))).find(
        |(_, _, q)| {
            (told.scale() > 0 || q.fract().is_zero())
                && told >= Decimal::ONE
                && *q >= Decimal::ONE
                && one_digit_apart(q.round_dp(told.scale()), told)
        },
    );
    if let Some((a, b, q)) = slip {
        let right = q.round_dp(told.scale().max(2));
        let message = format!(
            "{}÷{}={}，文中为{}，可能有一个数字写错",
            show(a.number.value),
            show(b.number.value),
            show(right),
            show(told)
        );
        sink.add(RULE, Severity::Warning, message, (show(told), show(right)), &[span, a.wide(), b.wide()]);
    }
}

/// 男27名，女18名，男女比例为3:2: the only two counts of the sentence before it.
fn two_of(
    doc: &Doc,
    claims: &Claims,
    (a, b): (Decimal, Decimal),
    span: std::ops::Range<usize>,
    sink: &mut Sink<'_>,
) {
    let at = claims.all.partition_point(|c| c.number.span.start < span.start);
    let Some([.., x, y]) = claims.all.get(..at) else { return };
    let lead = doc.slice(&(y.number.span.end..span.start.max(y.number.span.end)));
    let usable = [x, y].iter().all(|c| c.exact() && c.block == doc.block_of(span.start))
        && x.class() == y.class()
        && x.sentence == y.sentence
        && lead.chars().count() <= 12
        && !lead.contains('。');
    let (Some(left), Some(right)) = (x.number.value.checked_mul(b), y.number.value.checked_mul(a)) else {
        return;
    };
    if !usable || x.class().is_empty() {
        return;
    }
    sink.tried();
    let near = |n: Decimal, of: Decimal| one_digit_apart(n, of);
    let other = x.number.value * a == y.number.value * b;
    let slip = y.number.value > Decimal::ZERO
        && b > Decimal::ZERO
        && (near((left / y.number.value).round_dp(0), a)
            || near((right / x.number.value.max(Decimal::ONE)).round_dp(0), b)
            || near((right / b).round_dp(0), x.number.value)
            || near((left / a.max(Decimal::ONE)).round_dp(0), y.number.value));
    if left == right || other || !slip {
        return;
    }
    let message =
        format!("{}与{}之比不是{}:{}", show(x.number.value), show(y.number.value), show(a), show(b));
    let said = (format!("{}:{}", show(a), show(b)), String::new());
    sink.add(RULE, Severity::Warning, message, said, &[span, x.wide(), y.wide()]);
}

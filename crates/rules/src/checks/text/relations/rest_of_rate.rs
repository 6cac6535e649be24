//! What a rate leaves: 结案49个，结案率76.56%，另有15个转入下一年度; 24小时内响应452件，占93.39%，超时32件. The count and its rate give the whole, which
//! the text prints, and the rest is what the count leaves of it.

use rust_decimal::Decimal;

use super::said::not_what_is_left;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, one_digit_apart};

const RULE: &str = "balance";
/// Words before what is left.
const REST: &[&str] = &[
    "另有", "其余", "在办", "尚有", "还有", "仍有", "剩余", "尚余", "超时", "未", "逾期", "转入", "无效",
    "作废",
];
/// Most numbers of one value and unit looked at.
const MOST: usize = 60;
/// Most rests looked at: each reads the numbers of the text.
const MOST_RESTS: usize = 100;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut left = MOST_RESTS;
    for three in claims.all.windows(3) {
        let [done, rate, rest] = three else { continue };
        let beside = done.segment == rest.segment && doc.blocks[done.block].kind == Kind::Paragraph;
        let alike = done.exact() && rest.exact() && done.class() == rest.class() && !done.class().is_empty();
        if beside && alike && rate.number.percent && !rate.number.vague && is_rest(doc, rest) && left > 0 {
            left -= 1;
            judge(doc, claims, (done, rate, rest), sink);
        }
    }
}

fn is_rest(doc: &Doc, rest: &Claim) -> bool {
    let left = doc.slice(&rest.left);
    REST.iter().any(|w| left.starts_with(w) || left.ends_with(w)) && left.chars().count() <= 6
}

fn judge(doc: &Doc, claims: &Claims, (done, rate, rest): (&Claim, &Claim, &Claim), sink: &mut Sink<'_>) {
    let (a, b) = (done.number.value, rest.number.value);
    let fits = |whole: Decimal| is_share(rate.number.value, rate.number.decimals, a, whole);
    let of_kind = |c: &&Claim| c.class() == done.class() && c.exact() && !c.target && c.number.value > a;
    sink.tried();
    // Whatever else the text lets it be: it only has to be explained.
    let all = || claims.all.iter().filter(of_kind);
    if all().any(|w| w.number.value == a + b && fits(a + b)) {
        return;
    }
    let mut wholes: Vec<&Claim> = all().filter(|w| fits(w.number.value)).take(MOST).collect();
    wholes.dedup_by_key(|w| w.number.value);
    let [whole] = wholes.as_slice() else { return };
    let right = whole.number.value - a;
    // 未获批3户，仍在审核5户: the rest has parts.
    let next = claims.within(&(rest.number.span.end..rest.sentence.end));
    let more = next.iter().any(|c| c.class() == rest.class() && c.number.value + b == right);
    if right > Decimal::ZERO && right != b && !more && b >= Decimal::TEN && one_digit_apart(right, b) {
        not_what_is_left(doc, sink, (RULE, Severity::Warning), rest, (whole, done));
    }
}

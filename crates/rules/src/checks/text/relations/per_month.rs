//! What each has in a month beside what each has in all, or beside all of it, the people and the months: 人均84,160元，折合每人每月7,013元;
//! 每人平均24次，即每月2次; 人员费用按6人、12个月平均，每人每月4981.11元.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{mistaken, prints_as, show};
use crate::checks::text::words::has_any;

const RULE: &str = "average";
/// Words of what each has in a month.
const MONTHLY: &[&str] =
    &["每人每月", "即每月", "折合每月", "每户每月", "合每月", "人均每月", "相当于每月", "月人均"];
/// Words of what each has.
const EACH: &[&str] = &["人均", "每人", "每名", "户均", "每户", "每位"];
/// Money of a paragraph that may be what was shared out.
const MOST: usize = 30;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut months: Vec<Decimal> = vec![Decimal::from(12), Decimal::from(6)];
    let told = claims.all.iter().filter(|c| c.class() == "月" && c.exact() && c.number.value > Decimal::ONE);
    months.extend(told.take(6).map(|c| c.number.value));
    months.extend([3, 4, 9, 10, 11].map(Decimal::from));
    for (i, month) in claims.all.iter().enumerate().skip(1) {
        let left = doc.slice(&month.left);
        let usable = month.exact() && !month.class().is_empty() && doc.blocks[month.block].kind != Kind::Cell;
        if !usable || !has_any(left, MONTHLY) {
            continue;
        }
        let before = &claims.all[i - 1];
        let kin = before.class() == month.class() && before.exact() && before.sentence == month.sentence;
        let each = has_any(doc.slice(&before.left), EACH) && !doc.slice(&before.left).contains("每月");
        if kin && each {
            of_each(doc, month, before, &months, sink);
        } else if let [.., people, time] = &claims.all[..i]
            && people.class() == "人"
            && time.class() == "月"
            && people.sentence == month.sentence
            && left.starts_with("每人每月")
        {
            of_all(doc, claims, (people, time, month), sink);
        }
    }
}

/// Digits as printed, without 万.
fn fits(month: &Claim, value: Decimal) -> bool {
    prints_as(value, month.number.value, month.number.decimals)
}

fn of_each(doc: &Doc, month: &Claim, each: &Claim, months: &[Decimal], sink: &mut Sink<'_>) {
    let (m, v) = (each.number.value, month.number.value);
    let of = |n: &Decimal| m.checked_div(*n);
    sink.tried();
    if m <= v && month.class() != "元"
        || months.iter().filter_map(of).any(|q| fits(month, q))
        || heard(sink, &[month, each])
    {
        return;
    }
    let decimals = month.number.decimals;
    let shown =
        |q: Decimal| q.round_dp_with_strategy(decimals, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    let ten_thousand = Decimal::from(10_000);
    let slip = months.iter().take(4).find(|n| {
        of(n).is_some_and(|q| {
            let whole = q == q.trunc() && v < Decimal::TEN;
            mistaken(shown(q).normalize(), v.normalize()) && (v >= Decimal::TEN || whole)
                || v.checked_div(ten_thousand).is_some_and(|v| shown(q) == v)
        })
    });
    let Some((n, right)) = slip.and_then(|n| Some((*n, shown(of(n)?)))) else { return };
    let message = format!("{}÷{}={}，文中为“{}”", show(m), show(n), show(right), doc.slice(&month.wide()));
    let rule = if v.checked_div(ten_thousand) == Some(right) { "unit-odd" } else { RULE };
    sink.add(rule, Severity::Warning, message, (show(v), show(right)), &[month.wide(), each.wide()]);
}

fn of_all(doc: &Doc, claims: &Claims, (people, time, month): (&Claim, &Claim, &Claim), sink: &mut Sink<'_>) {
    let block = &doc.blocks[month.block];
    let kin = |c: &&Claim| c.class() == month.class() && c.exact() && c.number.value > month.number.value;
    let Some(n) = people.number.value.checked_mul(time.number.value) else { return };
    let all: Vec<&Claim> = claims.within(&(block.body..month.number.span.start)).iter().filter(kin).collect();
    let all = &all[all.len().saturating_sub(MOST)..];
    let of = |c: &Claim| c.number.value.checked_div(n);
    sink.tried();
    if all.iter().any(|c| of(c).is_some_and(|q| fits(month, q))) || heard(sink, &[month]) {
        return;
    }
    let decimals = month.number.decimals;
    let shown =
        |q: Decimal| q.round_dp_with_strategy(decimals, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    let slip =
        |c: &&&Claim| of(c).is_some_and(|q| mistaken(shown(q).normalize(), month.number.value.normalize()));
    let Some(all) = all.iter().find(slip) else { return };
    let Some(right) = of(all).map(shown) else { return };
    let (t, p, k) = (show(all.number.value), show(people.number.value), show(time.number.value));
    let message = format!("{t}÷{p}÷{k}={}，文中为“{}”", show(right), doc.slice(&month.wide()));
    let said = (show(month.number.value), show(right));
    sink.add(RULE, Severity::Warning, message, said, &[month.wide(), all.wide(), people.wide()]);
}

fn heard(sink: &Sink<'_>, of: &[&Claim]) -> bool {
    let starts: Vec<usize> = of.iter().flat_map(|c| [c.wide().start, c.span().start]).collect();
    sink.said(&starts)
}

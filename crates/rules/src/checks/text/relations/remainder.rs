//! What is left: 发现27条，已整改23条，其余4条. A whole said before less what the sentence says is done; any pair of the
//! paragraph that gives the rest explains it.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};

const RULE: &str = "balance";
/// Claims looked back for the whole.
const NEAR: usize = 16;
const REST: &[&str] = &[
    "其余",
    "剩余",
    "余下",
    "尚余",
    "其余的",
    "尚有",
    "还有",
    "仍有",
    "未走访的",
    "未转办的",
    "未完成的",
    "未整改的",
    "未落实的",
    "未回复的",
    "未拨",
    "待拨",
    "未办结的",
    "未就业的",
    "未建档的",
    "尚未整改的",
    "还剩",
];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, rest) in claims.all.iter().enumerate() {
        let left = doc.slice(&rest.left);
        let says = REST.iter().any(|w| left.ends_with(w)) || left.starts_with('未') && left.ends_with('的');
        if !says || !rest.exact() || rest.class().is_empty() || doc.blocks[rest.block].kind == Kind::Cell {
            continue;
        }
        let before: Vec<&Claim> = claims.all[i.saturating_sub(NEAR)..i]
            .iter()
            .filter(|c| c.block == rest.block && c.class() == rest.class() && c.exact() && !c.other_period)
            .collect();
        if doc.slice(&(rest.sentence.start..rest.number.span.start)).contains('除') {
            continue;
        }
        judge(doc, rest, &before, sink);
    }
}

fn judge(doc: &Doc, rest: &Claim, before: &[&Claim], sink: &mut Sink<'_>) {
    let Some((done, earlier)) = before.split_last() else { return };
    let n = rest.number.value;
    if done.sentence != rest.sentence || earlier.is_empty() {
        return;
    }
    sink.tried();
    let sums = (0..before.len()).flat_map(|from| {
        let mut sum = Decimal::ZERO;
        before[from..].iter().map(move |c| {
            sum += c.number.value;
            sum
        })
    });
    let values: Vec<Decimal> = before.iter().map(|c| c.number.value).collect();
    let explained = sums.into_iter().any(|s| values.iter().any(|v| *v - s == n || s - *v == n))
        || values.iter().any(|v| *v == n);
    let whole = earlier.iter().rev().find(|c| c.number.value > done.number.value);
    let Some(whole) = whole.filter(|_| !explained) else { return };
    let right = whole.number.value - done.number.value;
    let near = one_digit_apart(right, n) || (right - n).abs() <= Decimal::TEN;
    if !near {
        return;
    }
    let message = format!(
        "{}-{}={}，文中为“{}”",
        show(whole.number.value),
        show(done.number.value),
        show(right),
        doc.slice(&rest.wide())
    );
    let spans = [rest.wide(), whole.wide(), done.wide()];
    sink.add(RULE, Severity::Error, message, (show(n), show(right)), &spans);
}

//! All of so many told one by one: 完成12个。两阶段分别为3个和9个; 三片在册分别为398户、276户和187户. Two or more that are counted first and then told each
//! leave nothing out.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show, show_sum};

const RULE: &str = "total";
const KINDS: &[&str] =
    &["阶段", "期", "片", "站", "季度", "批", "轮", "类", "组", "年", "次", "街道", "镇", "校"];
/// Claims looked back for the whole.
const BACK: usize = 6;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, first) in claims.all.iter().enumerate() {
        let left = doc.slice(&first.left);
        let led = ["分别为", "分别是", "依次为"].iter().any(|w| left.ends_with(w));
        if !led || !first.exact() || first.class().is_empty() || doc.blocks[first.block].kind == Kind::Cell {
            continue;
        }
        let joined = |w: &[Claim]| {
            let gap = doc.slice(&(w[0].number.span.end..w[1].number.span.start));
            w[1].class() == first.class() && w[1].exact() && matches!(gap, "、" | "和" | "及" | "与" | "、和")
        };
        let more = claims.all[i..].windows(2).take_while(|w| joined(w)).count();
        let parts = &claims.all[i..=i + more];
        let lead = doc.slice(&(first.sentence.start..first.number.span.start));
        if said(lead) == Some(parts.len()) {
            judge(doc, claims, (i, first), parts, sink);
        }
    }
}

/// 两阶段, 三片, 4站 at the beginning of the clause.
fn said(lead: &str) -> Option<usize> {
    let clause = lead.rfind(['，', '；', '。']).map_or(lead, |i| &lead[i + '，'.len_utf8()..]);
    let mut chars = clause.chars();
    let first = chars.next()?;
    let n = "一二三四五六七八九".chars().position(|c| c == first).map(|p| p + 1);
    let n =
        n.or((first == '两').then_some(2)).or(first.to_digit(10).and_then(|d| usize::try_from(d).ok()))?;
    let rest = chars.as_str().trim_start_matches('个');
    (n >= 2 && KINDS.iter().any(|k| rest.starts_with(k))).then_some(n)
}

fn judge(doc: &Doc, claims: &Claims, (i, first): (usize, &Claim), parts: &[Claim], sink: &mut Sink<'_>) {
    let near: Vec<&Claim> = claims.all[i.saturating_sub(BACK)..i]
        .iter()
        .filter(|c| c.block == first.block && c.class() == first.class() && c.exact() && !c.is_mean(doc))
        .collect();
    let values: Vec<Decimal> = parts.iter().map(|p| p.number.value).collect();
    let sum: Decimal = values.iter().sum();
    sink.tried();
    if near.iter().any(|c| c.number.value == sum)
        || claims.values.binary_search(&sum).is_ok() && sum > Decimal::ONE_HUNDRED
    {
        return;
    }
    let Some(whole) = near.iter().rfind(|c| !c.target) else { return };
    let apart = whole.number.value - sum;
    let slip = apart.abs() == Decimal::ONE
        || one_digit_apart(sum, whole.number.value)
        || values.iter().any(|v| *v + apart > Decimal::ZERO && one_digit_apart(*v, *v + apart));
    if !slip {
        return;
    }
    let message = format!("{}，文中为“{}”", show_sum(&values), doc.slice(&whole.wide()));
    let spans: Vec<_> = std::iter::once(whole.wide()).chain(parts.iter().map(Claim::wide)).collect();
    sink.add(RULE, Severity::Warning, message, (show(whole.number.value), show(sum)), &spans);
}

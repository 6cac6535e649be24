//! One amount told twice side by side: 36万元（360000元）, 2,400,000元（即240万元）; and a share with its amount, 首期60%，即21.6万元,
//! whose whole the text must print.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{show, wholes};
use crate::checks::text::words::has_any;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for pair in claims.all.windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        if a.sentence != b.sentence || doc.blocks[a.block].kind == Kind::Cell {
            continue;
        }
        let gap = doc.slice(&(a.number.span.end..b.number.span.start));
        if a.class() == "元" && b.class() == "元" && a.exact() && b.exact() {
            amounts(doc, a, b, gap, sink);
        } else if a.number.percent && !a.number.vague && !a.target && b.exact() {
            share(doc, claims, a, b, gap, sink);
        }
    }
}

/// 240万元（2400000元）.
fn amounts(doc: &Doc, a: &Claim, b: &Claim, gap: &str, sink: &mut Sink<'_>) {
    let gap = gap.trim_start_matches('整');
    let again = matches!(gap, "（" | "（即" | "（人民币" | "（￥" | "（¥" | "（合" | "（折合");
    let said = matches!(gap, "，即" | "，合" | "，折合" | "即" | "，也就是");
    if !(again && doc.text[b.number.span.end..].starts_with(['）', '整']) || said) {
        return;
    }
    sink.tried();
    let coarse = a.number.scale.max(b.number.scale) / Decimal::TWO;
    if (a.number.value - b.number.value).abs() < coarse || a.number.value == b.number.value {
        return;
    }
    let message = format!(
        "同一金额两种写法不等：“{}”为{}元，又写为{}元",
        doc.slice(&a.span()),
        show(a.number.value),
        show(b.number.value)
    );
    // With its unit: the two are equated outright, so that no slip need explain them.
    let said = (format!("{}元", show(b.number.value)), format!("{}元", show(a.number.value)));
    sink.add("repeated", Severity::Error, message, said, &[b.span(), a.span()]);
}

/// 首期60%，即21.6万元: 21.6÷60% is printed somewhere in the same unit, or one of the two is wrong.
fn share(doc: &Doc, claims: &Claims, p: &Claim, part: &Claim, gap: &str, sink: &mut Sink<'_>) {
    let paid = ["拨付", "支付", "预付", "划拨", "付款"].iter().any(|w| gap.trim_start_matches('，') == *w);
    let joined = matches!(gap, "，即" | "，计" | "，共计" | "，合计" | "（即" | "，也就是") || paid;
    let change = has_any(doc.slice(&p.left), &["增", "减", "升", "降", "超", "提高", "完成", "率"]);
    if !joined || change || part.class() != "元" || p.number.value >= Decimal::ONE_HUNDRED {
        return;
    }
    let half = part.number.scale / Decimal::TWO;
    let Some((low, high)) = wholes(part.number.value, p.number.value, p.number.decimals, half) else {
        return;
    };
    // What is paid out is an exact share of the contract.
    let exact = |v: Decimal| v * Decimal::ONE_HUNDRED / p.number.value;
    let (low, high) = if paid && p.number.value > Decimal::ZERO {
        (exact(part.number.value - half), exact(part.number.value + half))
    } else {
        (low, high)
    };
    sink.tried();
    let printed = claims.all.iter().any(|c| c.class() == "元" && (low..=high).contains(&c.number.value));
    // 首期40%拨付97.8万元，二期40%拨付97.8万元: another payment of the same whole, which is not told.
    let again = claims.all.windows(2).any(|w| {
        let [q, part] = w else { return false };
        let whole =
            |v: Decimal| v.checked_mul(Decimal::ONE_HUNDRED).and_then(|v| v.checked_div(q.number.value));
        q.number.percent
            && q.number.span != p.number.span
            && part.class() == "元"
            && q.block == p.block
            && ["拨付", "支付", "预付", "划拨", "付款", "，即", "，计", "，合计", "（即"]
                .contains(&doc.slice(&(q.number.span.end..part.number.span.start.max(q.number.span.end))))
            && whole(part.number.value).is_some_and(|v| (low..=high).contains(&v))
    });
    let printed = printed || again;
    let others = claims.all.iter().any(|c| c.class() == "元" && c.number.value > part.number.value);
    if printed || !others {
        return;
    }
    let whole = part.number.value * Decimal::ONE_HUNDRED / p.number.value;
    let message = format!(
        "{}÷{}%={}，文中没有这样的总额（“{}”）",
        show(part.number.value),
        show(p.number.value),
        show(whole.round_dp(2)),
        doc.slice(&(p.left.start..part.number.span.end))
    );
    sink.add(
        "rate",
        Severity::Warning,
        message,
        (format!("{}%", show(p.number.value)), String::new()),
        &[p.wide(), part.wide()],
    );
}

//! A sum paid in parts by printed shares of it: 合同经费240万元分两期拨付，首期60%即144万元，次期40%即96万元.

use rust_decimal::Decimal;

use super::near::wrong_product;
use super::sentence::Sentence;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::show;
use crate::checks::text::words::has_any;

/// Words behind the sum that say it is paid in parts.
const PAID: &[&str] =
    &["分两期", "分三期", "分四期", "分两次", "分三次", "分两笔", "分三笔", "分2期", "分3期", "分四次"];
/// What leads from a share to its sum.
const IS: &[&str] = &[
    "即",
    "，即",
    "，计",
    "计",
    "为",
    "，为",
    "（",
    "，合",
    "，金额",
    "，",
    "，共",
    "，也是",
    "（即",
    "折合",
];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for here in Sentence::all(doc, claims).filter(|here| here.holds(PAID) && here.holds(&["%"])) {
        let list = claims.within(&here.block.span);
        for (i, two) in list.windows(2).enumerate() {
            let [share, part] = two else { continue };
            let plain = share.number.percent && !share.number.vague && part.class() == "元" && part.exact();
            let lead = doc.slice(&(share.number.span.end..part.number.span.start.max(share.number.span.end)));
            if plain && share.sentence == part.sentence && IS.contains(&lead) {
                judge(&here, &list[..i], (share, part), sink);
            }
        }
    }
}

fn judge(here: &Sentence<'_>, list: &[Claim], (share, part): (&Claim, &Claim), sink: &mut Sink<'_>) {
    let paid = |c: &&Claim| {
        let behind: String = here.doc.text[c.number.span.end..].chars().take(10).collect();
        c.class() == "元"
            && c.exact()
            && has_any(&behind, PAID)
            && !has_any(here.doc.slice(&c.left), &["其中", "剩", "已"])
    };
    let own = list.iter().filter(|c| c.sentence == part.sentence);
    let wholes: Vec<&Claim> = own.filter(paid).collect();
    let [whole] = wholes.as_slice() else { return };
    let of = |c: &Claim| c.number.value.checked_mul(share.number.value / Decimal::ONE_HUNDRED);
    // 合同金额96万元，平均每个工作室16万元，分两期支付: of another sum before it.
    if list.iter().any(|c| c.class() == "元" && of(c) == Some(part.number.value)) {
        return;
    }
    let (p, all) = (share.number.value / Decimal::ONE_HUNDRED, whole.number.value);
    if let Some(right) = wrong_product((p, all), part.number.value, part.number.scale) {
        let message = format!(
            "{}×{}%={}，文中为“{}”",
            show(all),
            show(share.number.value),
            show(right),
            here.doc.slice(&part.wide())
        );
        here.warn(sink, "arithmetic", message, (show(part.number.value), show(right)), part.wide());
    }
}

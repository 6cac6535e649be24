//! 元 for 万元: 协议金额48.00元，其中首款占60%，计28.80万元; 管理费3.00元 in a list of 万元; 上半年用了8.80元, where the text has 万元 of the same digits; and a price above all money of the text.

use rust_decimal::Decimal;

use super::repeats::is_change;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;
use crate::checks::text::words::has_any;

const RULE: &str = "unit-odd";
/// No sum of a project is below it.
const SMALL: i64 = 1_000;
/// Words of what one thing costs, and of what is paid piece by piece.
const PRICE: &[&str] =
    &["每", "单价", "人均", "均", "元/", "标准", "件", "张", "补贴", "利息", "误餐", "扣", "罚", "捐"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let factor = Decimal::from(10_000);
    let money: Vec<&Claim> = claims.all.iter().filter(|c| c.class() == "元" && c.exact()).collect();
    let in_ten_thousands =
        |c: &Claim| c.number.scale * Decimal::from(10_u32.pow(c.number.decimals.min(6))) >= factor;
    let many = money.iter().filter(|c| in_ten_thousands(c)).count();
    let largest =
        |own: &Claim| money.iter().filter(|c| c.number.span != own.number.span).map(|c| c.number.value).max();
    for c in money.iter().filter(|c| many >= 3 && doc.blocks[c.block].kind != Kind::Cell) {
        let left = doc.slice(&c.left);
        // 成本比定价高0.79元: how much more.
        if is_change(left) {
            continue;
        }
        let price = has_any(left, &["单价", "每件", "每个", "每张", "每台", "每人次"]);
        sink.tried();
        if price && in_ten_thousands(c) && largest(c).is_some_and(|m| m < c.number.value) {
            say(doc, c, c.number.value / factor, sink);
            continue;
        }
        let small = c.number.value < Decimal::from(SMALL) && !in_ten_thousands(c);
        if !small || c.number.decimals != 2 || has_any(left, PRICE) {
            continue;
        }
        let Some(meant) = c.number.value.checked_mul(factor) else { continue };
        let here: Vec<&Claim> =
            money.iter().filter(|o| o.block == c.block && o.span() != c.span()).copied().collect();
        // Its neighbours are told in 万元 with as many decimals.
        let beside = here.iter().filter(|o| in_ten_thousands(o)).count();
        let alike = here.iter().any(|o| in_ten_thousands(o) && o.number.decimals == c.number.decimals);
        let lone = !here.iter().any(|o| !in_ten_thousands(o));
        let told = claims.values.binary_search(&meant).is_ok();
        if beside >= 1 && alike && (told || lone && beside >= 2 || lone && is_of_share(claims, c, meant)) {
            say(doc, c, meant, sink);
        }
    }
}

/// 协议金额48.00元，其中首款占60%，计28.80万元: in 万元 it has the share that stands beside it.
fn is_of_share(claims: &Claims, c: &Claim, meant: Decimal) -> bool {
    let here = claims.within(&c.sentence);
    let shares = here.iter().filter(|p| p.number.percent);
    let mut amounts =
        shares.filter_map(|p| meant.checked_mul(p.number.value)?.checked_div(Decimal::ONE_HUNDRED));
    amounts.any(|a| here.iter().any(|o| o.number.value == a))
}

fn say(doc: &Doc, c: &Claim, right: Decimal, sink: &mut Sink<'_>) {
    if !sink.said(&[c.wide().start, c.span().start]) {
        let message = format!("“{}”的单位与文中其他金额不合，疑应为{}元", doc.slice(&c.wide()), show(right));
        sink.add(RULE, Severity::Warning, message, (show(c.number.value), show(right)), &[c.wide()]);
    }
}

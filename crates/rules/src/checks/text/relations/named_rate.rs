//! A rate told again under the name of its item: 小组进度为40% in a summary and, in the item 小组：全年10组，中期完成4组，进度40%; and the satisfaction
//! of all, told as that of the people asked (满意率94.2%) and as 总体满意率.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};

const RULE: &str = "repeated";
const RATES: &[&str] = &["进度", "完成率", "执行率", "办结率", "满意率", "满意度", "参与率", "知晓率"];
/// Most rates looked up: each reads the rates of the text.
const MOST: usize = 60;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let rates: Vec<(&Claim, &str, &str)> = claims
        .all
        .iter()
        .filter(|c| c.number.percent && !c.number.vague && !c.target && !c.other_period)
        .filter(|c| doc.blocks[c.block].kind == Kind::Paragraph)
        .filter_map(|c| {
            let left = doc.slice(&c.left).trim_end_matches(['为', '是', '达']);
            RATES.iter().find_map(|r| Some((c, left.strip_suffix(r)?, *r)))
        })
        .collect();
    for (c, name, rate) in rates.iter().filter(|r| (2..=6).contains(&r.1.chars().count())).take(MOST) {
        let item = |o: &&(&Claim, &str, &str)| {
            let block = &doc.blocks[o.0.block];
            let words = doc.body(block);
            o.2 == *rate
                && o.1.is_empty()
                && o.0.block != c.block
                && words.strip_prefix(name).is_some_and(|r| r.starts_with(['：', '（']))
        };
        let items: Vec<&Claim> = rates.iter().filter(item).map(|o| o.0).collect();
        against(doc, c, &items, sink);
    }
    overall(doc, &rates, sink);
}

/// 总体满意率94.2% and, elsewhere, 服务对象满意率94.3%: of one survey.
fn overall(doc: &Doc, rates: &[(&Claim, &str, &str)], sink: &mut Sink<'_>) {
    let satisfied = || rates.iter().filter(|r| matches!(r.2, "满意率" | "满意度"));
    let of_all = |name: &str| ["总体", "整体", "综合"].iter().any(|w| name.ends_with(w));
    let whole: Vec<&Claim> = satisfied().filter(|r| of_all(r.1)).map(|r| r.0).collect();
    let others = satisfied().filter(|r| {
        ["", "服务对象", "受访者", "服务对象电话回访", "电话回访", "问卷", "调查"].contains(&r.1)
    });
    for (c, _, _) in others.filter(|r| r.0.number.decimals > 0).take(MOST) {
        if whole.iter().all(|w| w.block != c.block) {
            against(doc, c, &whole, sink);
        }
    }
}

/// All items say one value, and the claim misses it by a digit.
fn against(doc: &Doc, c: &Claim, items: &[&Claim], sink: &mut Sink<'_>) {
    let values: BTreeSet<Decimal> = items.iter().map(|i| i.number.value).collect();
    let (Some(item), 1) = (items.first(), values.len()) else { return };
    sink.tried();
    let same = item.number.decimals == c.number.decimals;
    if !same || item.number.value == c.number.value || !one_digit_apart(item.number.value, c.number.value) {
        return;
    }
    if sink.said(&[c.span().start, c.wide().start]) {
        return;
    }
    let message = format!("“{}”，另一处为“{}”", doc.slice(&c.wide()), doc.slice(&item.wide()));
    let said = (format!("{}%", show(c.number.value)), format!("{}%", show(item.number.value)));
    sink.add(RULE, Severity::Warning, message, said, &[c.wide(), item.wide()]);
}

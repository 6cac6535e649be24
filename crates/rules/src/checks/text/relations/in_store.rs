//! What is left in store of what was bought when some is used: 买了2500份，…用掉1576份，库里应剩924份.

use rust_decimal::Decimal;

use super::sentence::Sentence;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, show};
use crate::checks::text::words::has_any;

const BOUGHT: &[&str] = &[
    "买", "购", "领回", "领取", "入库", "进货", "订", "印制", "印了", "到货", "备了", "备货", "制作", "收到",
];
const USED: &[&str] = &[
    "用掉", "用去", "用了", "用出", "使用", "已用", "消耗", "发放", "发出", "发掉", "领用", "领走", "派发",
    "送出", "损耗", "报废", "出库",
];
const LEFT: &[&str] = &["剩", "剩余", "剩下", "结余", "结存", "库存", "余下", "余", "剩了", "存"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for here in Sentence::all(doc, claims).filter(|here| here.holds(&["剩", "余", "存"])) {
        let list = claims.within(&here.block.span);
        for (i, rest) in list.iter().enumerate().filter(|(_, c)| is_rest(doc, c)) {
            left(&here, &list[..i], rest, sink);
        }
    }
}

fn is_rest(doc: &Doc, c: &Claim) -> bool {
    let words = doc.slice(&c.left).trim_end_matches(['有', '为', '着']);
    c.exact() && !matches!(c.class(), "" | "元" | "分") && LEFT.iter().any(|w| words.ends_with(w))
}

fn left(here: &Sentence<'_>, list: &[Claim], rest: &Claim, sink: &mut Sink<'_>) {
    let kin = |c: &&Claim| c.class() == rest.class() && c.sentence == rest.sentence && c.exact();
    let (mut used, mut bought) = (Vec::new(), None);
    for c in list.iter().rev().filter(kin) {
        let words = here.doc.slice(&c.left);
        if has_any(words, USED) {
            used.push(c.number.value);
        } else if has_any(words, BOUGHT) {
            bought = Some(c.number.value);
            break;
        } else {
            return;
        }
    }
    let Some(all) = bought.filter(|_| !used.is_empty()) else { return };
    let (gone, told) = (used.iter().sum::<Decimal>(), rest.number.value);
    let right = all - gone;
    let slip = mistaken(right, told)
        || mistaken(gone + told, all)
        || used.iter().any(|u| mistaken(*u, *u + right - told));
    if right != told && slip {
        used.reverse();
        let used: Vec<String> = used.into_iter().map(show).collect();
        let message = format!(
            "{}-{}={}，文中为“{}”",
            show(all),
            used.join("-"),
            show(right),
            here.doc.slice(&rest.wide())
        );
        here.warn(sink, "balance", message, (show(told), show(right)), rest.wide());
    }
}

//! So many drawn from so many, and the share: 从48份个案中抽取12份，抽查比例25.0%; 抽查小组档案9份，占全部18个小组的50.0%. Files and what they are of are counted in
//! units of their own.

use super::said::rate_is_not;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::Sink;
use crate::checks::text::math::is_share;
use crate::checks::text::words::has_any;

/// Words of a share that says of nothing else what it is of.
const SHARES: &[&str] = &[
    "比例",
    "抽查比例",
    "抽取比例",
    "抽样比例",
    "比例为",
    "抽查率",
    "抽样率",
    "抽取率",
    "占比",
    "占比为",
    "抽查比例为",
    "抽样比例为",
];
const DRAW: &[&str] = &["抽取", "抽查", "抽样", "选取", "抽检", "抽访"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for three in claims.all.windows(3) {
        let [a, b, rate] = three else { continue };
        let plain =
            a.exact() && b.exact() && rate.number.percent && !rate.number.vague && rate.number.decimals > 0;
        if !plain || a.segment != rate.segment || doc.blocks[rate.block].kind == Kind::Cell {
            continue;
        }
        let Some((part, whole)) = from_whole(doc, a, b, rate).or_else(|| of_whole(doc, a, b, rate)) else {
            continue;
        };
        sink.tried();
        // 站均12.63分，占满分15分的84.17%: rounded.
        // 再犯罪2人，两站各1人，占420人的0.5%: of what was counted before.
        if doc.slice(&part.left).contains('均') || doc.slice(&part.left).ends_with('各') {
            continue;
        }
        if !is_share(rate.number.value, rate.number.decimals, part.number.value, whole.number.value) {
            rate_is_not(doc, sink, rate, &[part, whole], whole.number.value);
        }
    }
}

type Pair<'a> = Option<(&'a Claim, &'a Claim)>;

/// 从48份个案中抽取12份，抽查比例25.0%.
fn from_whole<'a>(doc: &Doc, whole: &'a Claim, part: &'a Claim, rate: &Claim) -> Pair<'a> {
    let before = doc.slice(&(whole.number.span.end..part.number.span.start));
    let behind = doc.slice(&(part.right.end..rate.number.span.start));
    let from = doc.slice(&whole.left).contains('从') && before.contains('中');
    let drawn = has_any(before, DRAW) && !before.contains(['。', '；', '，']);
    let share = SHARES.iter().any(|w| behind.strip_prefix('，') == Some(*w));
    (from && drawn && share).then_some((part, whole))
}

/// 抽查小组档案9份，占全部18个小组的50.0%.
fn of_whole<'a>(doc: &Doc, part: &'a Claim, whole: &'a Claim, rate: &Claim) -> Pair<'a> {
    let before = doc.slice(&(part.right.end..whole.number.span.start));
    let behind = doc.slice(&(whole.number.span.end..rate.number.span.start));
    let led =
        before.strip_prefix("，占").is_some_and(|w| w.chars().count() <= 8 && !w.contains(['，', '、']));
    let of =
        behind.strip_suffix('的').is_some_and(|w| w.chars().count() <= 8 && !w.contains(['，', '、', '（']));
    (led && of && part.number.value <= whole.number.value).then_some((part, whole))
}

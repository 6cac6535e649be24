//! What came, what went and how much more there is: 年初在册1108名，全年新增247名，因死亡、迁出而退出109名，净增138名, and 年末1246名 near by.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{mistaken, show};
use crate::checks::text::words::has_any;

const RULE: &str = "balance";
const FIRST: &[&str] = &["期初", "年初", "上年末", "上期末", "上一期末", "上年结转"];
const CAME: &[&str] = &[
    "新增",
    "新接收",
    "新登记",
    "新纳入",
    "新招募",
    "新注册",
    "新入",
    "新建",
    "新吸纳",
    "接收",
    "新加入",
    "新转入",
];
const WENT: &[&str] =
    &["退出", "出册", "注销", "流失", "离开", "销号", "清退", "转出", "退册", "核销", "清出"];
const MORE: &[&str] = &["净增", "净增加"];
const LAST: &[&str] = &["期末", "年末", "末期登记"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        if !has_any(doc.slice(&block.span), FIRST) {
            continue;
        }
        let here = claims.within(&(block.body..block.span.end));
        for came in here.iter().filter(|c| is(doc, c, CAME) && c.exact() && !c.class().is_empty()) {
            judge(doc, here, came, sink);
        }
    }
}

/// Whether the clause of a number says one of some words right before it.
fn is(doc: &Doc, c: &Claim, words: &[&str]) -> bool {
    let lead = doc.slice(&(c.segment.start..c.number.span.start));
    let clause = lead.rsplit(['，', '；', '。']).next().unwrap_or_default();
    has_any(clause, words)
}

/// The only number of a kind among some, of those outside brackets.
fn only<'a>(list: impl Iterator<Item = &'a Claim>, came: &Claim) -> Option<&'a Claim> {
    let mut own = list.filter(|c| c.exact() && c.class() == came.class() && c.depth <= came.depth);
    own.next().filter(|_| own.next().is_none())
}

fn judge(doc: &Doc, here: &[Claim], came: &Claim, sink: &mut Sink<'_>) {
    let near = || here.iter().filter(|c| c.sentence == came.sentence);
    let behind = || near().filter(|c| c.number.span.start > came.number.span.start);
    let went = only(behind().filter(|c| is(doc, c, WENT) && !is(doc, c, MORE)), came);
    let first =
        only(near().filter(|c| is(doc, c, FIRST) && c.number.span.start < came.number.span.start), came);
    let more = only(behind().filter(|c| MORE.iter().any(|w| doc.slice(&c.left).ends_with(w))), came);
    let last = only(here.iter().filter(|c| is(doc, c, LAST) && !is(doc, c, &["除以", "占", "按"])), came);
    let Some(went) = went else { return };
    let (a, b) = (came.number.value, went.number.value);
    sink.tried();
    let free = |sink: &Sink<'_>, all: &[&Claim]| {
        let starts: Vec<usize> = all.iter().flat_map(|c| [c.wide().start, c.span().start]).collect();
        !sink.said(&starts)
    };
    let slips = |right: Decimal, told: Decimal| {
        right > Decimal::ZERO && mistaken(right.normalize(), told.normalize())
    };
    if let Some(more) = more {
        let d = more.number.value;
        let slip = slips(a - b, d) || slips(b + d, a) || slips(a - d, b);
        if (a - b).abs() != d && slip && free(sink, &[came, went, more]) {
            let message =
                format!("{}-{}={}，文中为“{}”", show(a), show(b), show(a - b), doc.slice(&more.wide()));
            let spans = [more.wide(), came.wide(), went.wide()];
            sink.add(RULE, Severity::Warning, message, (show(d), show(a - b)), &spans);
        }
    }
    if let (Some(first), Some(last)) = (first, last) {
        let (s, e) = (first.number.value, last.number.value);
        let right = s + a - b;
        // Which of them would be right with one slip mended.
        let mended = [(last, right), (first, e - a + b), (came, e - s + b), (went, s + a - e)];
        let wrong = mended.into_iter().find(|(c, right)| slips(*right, c.number.value));
        if let Some((wrong, mended)) = wrong.filter(|_| right != e && free(sink, &[first, came, went, last]))
        {
            let message = format!(
                "{}+{}-{}={}，文中为“{}”",
                show(s),
                show(a),
                show(b),
                show(right),
                doc.slice(&last.wide())
            );
            let message = format!("{message}；“{}”应为{}", doc.slice(&wrong.wide()), show(mended));
            let others = [last, first, came, went].into_iter().filter(|c| c.span() != wrong.span());
            let spans: Vec<_> = std::iter::once(wrong.wide()).chain(others.map(|c| c.wide())).collect();
            sink.add(RULE, Severity::Warning, message, (show(wrong.number.value), show(mended)), &spans);
        }
    }
}

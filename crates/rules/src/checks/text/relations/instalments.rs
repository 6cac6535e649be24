//! Money paid and money still to come: 前两期款项均已到账，共19.2万元，尾款4.8万元待拨付. Together they make an amount the text prints.

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};
use crate::checks::text::words::has_any;

const RULE: &str = "balance";
/// Most amounts to come.
const MOST: usize = 20;
const LAST: &[&str] = &["尾款", "余款", "余下", "剩余款", "未拨款", "第二笔", "末期款"];
const PAID: &[&str] = &["到账", "拨付", "首期", "首款", "前两期", "已拨", "已付", "预付", "第一笔"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let money = |c: &Claim| c.class() == "元" && c.exact() && !c.other_period;
    let pairs = claims.all.windows(2).filter(|w| {
        let [paid, last] = w else { return false };
        let words = doc.slice(&(paid.sentence.start..paid.number.span.start));
        money(paid)
            && money(last)
            && paid.sentence == last.sentence
            && doc.blocks[last.block].kind == Kind::Paragraph
            && LAST.iter().any(|w| doc.slice(&last.left).ends_with(w))
            && has_any(words, PAID)
    });
    for pair in pairs.take(MOST) {
        judge(doc, claims, (&pair[0], &pair[1]), sink);
    }
}

fn judge(doc: &Doc, claims: &Claims, (paid, last): (&Claim, &Claim), sink: &mut Sink<'_>) {
    let (a, b) = (paid.number.value, last.number.value);
    let Some(sum) = a.checked_add(b) else { return };
    sink.tried();
    if claims.values.binary_search(&sum).is_ok() {
        return;
    }
    // One amount of the contract that one digit of either would make them.
    let whole = claims.all.iter().filter(|c| c.class() == "元" && c.exact() && c.number.value > a.max(b));
    let slip = |w: &&Claim| {
        let rest = w.number.value - a;
        let gone = w.number.value - b;
        let told = ["合同", "金额", "经费", "资金", "预算", "总"];
        let cell = doc.blocks[w.block].kind == Kind::Cell;
        let named = told.iter().any(|t| doc.slice(&(w.segment.start..w.number.span.start)).contains(t));
        (named || cell) && (one_digit_apart(rest, b) || one_digit_apart(gone, a))
    };
    let Some(whole) = whole.take(400).find(slip) else { return };
    let message = format!(
        "{}+{}={}，文中另有{}（“{}”）",
        show(a),
        show(b),
        show(sum),
        show(whole.number.value),
        doc.slice(&whole.wide())
    );
    let said = (show(b), show(whole.number.value - a));
    sink.add(RULE, Severity::Warning, message, said, &[last.wide(), paid.wide(), whole.wide()]);
}

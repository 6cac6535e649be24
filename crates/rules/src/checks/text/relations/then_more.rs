//! An earlier value, how much more it is now and by how many percent: 上年度支出79.05万元，本年度多支出2.59万元，增长3.28%; 期末比期初少4人，降幅1.64%. The
//! three hold each other, wherever the present value stands.

use rust_decimal::Decimal;

use super::one_slip::Quotient;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, show, show_percent};
use crate::checks::text::words::has_any;

const RULE: &str = "difference";
/// Words that end before what was added or lost.
const CHANGES: &[&str] = &[
    "增加",
    "增支",
    "多支出",
    "少支出",
    "总增",
    "净增",
    "净增加",
    "净减",
    "减少",
    "下降",
    "多",
    "多了",
    "少了",
    "少",
    "多出",
    "提高",
    "增长",
    "增收",
    "多开展",
    "少开展",
    "多完成",
    "减支",
    "增加了",
    "减少了",
];
/// Words that end before the percent of it.
const BY: &[&str] = &[
    "增长",
    "增幅",
    "总增幅",
    "增幅为",
    "增幅达",
    "升幅",
    "降幅",
    "降幅为",
    "减幅",
    "减少",
    "下降",
    "增长率为",
    "同比增长",
    "增加",
    "涨幅",
    "增速为",
];
/// Words of an earlier time before a value.
const THEN: &[&str] = &[
    "上年",
    "上一",
    "去年",
    "上轮",
    "上期",
    "期初",
    "年初",
    "前一",
    "此前",
    "接手时",
    "同期",
    "上个",
    "年度",
    "往年",
    "起初",
    "初期",
];
/// Numbers looked back for an earlier value.
const NEAR: usize = 16;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, pair) in claims.all.windows(2).enumerate() {
        let (more, by) = (&pair[0], &pair[1]);
        let usable = by.number.percent && by.number.decimals > 0 && !by.number.vague && more.exact();
        if !usable
            || more.class().is_empty()
            || doc.blocks[more.block].kind == Kind::Cell
            || more.block != by.block
        {
            continue;
        }
        let ends = |c: &Claim, list: &[&str]| list.iter().any(|w| doc.slice(&c.left).ends_with(w));
        let gap = doc.slice(&(more.number.span.end..by.left.start.max(more.number.span.end)));
        let near = gap.chars().count() <= 4 && gap.contains('，');
        if near && ends(more, CHANGES) && ends(by, BY) {
            judge(doc, claims, i, sink);
        }
    }
}

fn judge(doc: &Doc, claims: &Claims, i: usize, sink: &mut Sink<'_>) {
    let (more, by) = (&claims.all[i], &claims.all[i + 1]);
    let block = |c: &&Claim| c.block == more.block && c.exact() && c.class() == more.class();
    let before: Vec<&Claim> = claims.all[..i].iter().rev().take(NEAR).filter(block).collect();
    let fits = |then: Decimal| is_share(by.number.value, by.number.decimals, more.number.value, then);
    sink.tried();
    // The value of now may stand alone: what was less is the earlier one.
    let two = before.iter().any(|a| {
        before.iter().any(|b| {
            a.number.value > b.number.value && {
                let apart = a.number.value - b.number.value;
                is_share(by.number.value, by.number.decimals, apart, b.number.value)
                    && apart == more.number.value
            }
        })
    });
    let known = before.iter().any(|c| {
        let v = c.number.value;
        fits(v) || fits(v - more.number.value) || fits(v + more.number.value)
    });
    let said = [more, by].iter().flat_map(|c| [c.wide().start, c.span().start]).collect::<Vec<_>>();
    if two || known || sink.said(&said) {
        return;
    }
    let earlier = |c: &&&Claim| {
        let lead = doc.slice(&(c.segment.start..c.number.span.start));
        let clause = lead.rsplit(['，', '。']).next().unwrap_or_default();
        // 2022年支出2764300元，本年比上年增支189840元.
        let year = clause.trim_start_matches("其中").starts_with("20")
            && clause.contains('年')
            && clause.chars().count() <= 10;
        (year || has_any(clause, THEN)) && !doc.slice(&c.left).contains("本")
    };
    let Some(then) = before.iter().find(earlier) else { return };
    let quotient =
        Quotient { of: &more.number, over: &then.number, printed: &by.number, times: Decimal::ONE_HUNDRED };
    let Some(right) = quotient.right() else { return };
    let misprinted = quotient.is_misprinted();
    if !misprinted && !quotient.is_of_misprinted() {
        return;
    }
    let (a, b) = (show(more.number.value), show(then.number.value));
    let message = format!("{a}÷{b}={}，文中为“{}”", show_percent(right), doc.slice(&by.wide()));
    // The percent bears out what two values of the paragraph lie apart: then the difference is wrong.
    let apart = before.iter().find_map(|n| {
        let d = (n.number.value - then.number.value).abs();
        is_share(by.number.value, by.number.decimals, d, then.number.value).then_some(d)
    });
    if let Some(d) = apart.filter(|d| *d > Decimal::ZERO && !misprinted) {
        let message = format!("{message}；“{}”应为{}", doc.slice(&more.wide()), show(d));
        let said = (show(more.number.value), show(d));
        return sink.add(RULE, Severity::Warning, message, said, &[more.wide(), by.wide(), then.wide()]);
    }
    let said = (format!("{}%", show(by.number.value)), show_percent(right));
    sink.add(RULE, Severity::Warning, message, said, &[by.wide(), more.wide(), then.wide()]);
}

//! Samples: the size against its own rule and other mentions, answered + unreached = sampled, and a satisfaction
//! percentage that no whole number of the people asked can give.

mod read;

use std::ops::Range;

use rust_decimal::Decimal;

use self::read::{MISSED, read};
use super::said::not_what_is_left;
use super::satisfaction::{base, categories};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{show, show_sum};
use crate::checks::text::words::has_any;

const RULE: &str = "sample-rule";
pub(super) const SUM: &str = "sample-sum";
const DIFFERS: &str = "repeated";

/// What the text says about one survey.
#[derive(Default)]
pub(super) struct Survey<'a> {
    pub(super) sampled: Vec<&'a Claim>,
    pub(super) at_least: Option<&'a Claim>,
    pub(super) answered: Vec<&'a Claim>,
    pub(super) missed: Vec<&'a Claim>,
    pub(super) satisfied: Vec<&'a Claim>,
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let survey = read(doc, claims);
    size(doc, &survey, sink);
    mentions(doc, &survey, sink);
    answers(doc, claims, &survey, sink);
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        for sentence in doc.sentences(block) {
            left_over(doc, claims.within(&sentence), sink);
            reached(doc, claims.within(&sentence), sink);
        }
    }
    categories(doc, claims, &survey, sink);
    for percent in &survey.satisfied {
        base(doc, claims, &survey, percent, sink);
    }
}

pub(super) fn clause(doc: &Doc, c: &Claim) -> Range<usize> {
    let before = doc
        .slice(&(c.sentence.start..c.number.span.start))
        .rfind(['，', '；', '：', '、', '（'])
        .map_or(0, |i| i + 3);
    let rest = doc.slice(&(c.number.span.end..c.sentence.end));
    let after = rest.find(['，', '；', '、', '）']).unwrap_or(rest.len());
    c.sentence.start + before..c.number.span.end + after
}

fn size(doc: &Doc, survey: &Survey<'_>, sink: &mut Sink<'_>) {
    let Some(rule) = survey.at_least else { return };
    for sampled in survey.sampled.iter().filter(|c| c.class() == rule.class()) {
        sink.tried();
        let (n, least) = (sampled.number.value, rule.number.value);
        let whole = doc.slice(&sampled.sentence).contains('全');
        if n < least && !whole {
            let message = format!("抽样{}人，少于文中要求的不少于{}人", show(n), show(least));
            let expected = format!("不少于{}", show(least));
            sink.add(RULE, Severity::Error, message, (show(n), expected), &[sampled.wide(), rule.wide()]);
        }
    }
}

fn mentions(doc: &Doc, survey: &Survey<'_>, sink: &mut Sink<'_>) {
    let Some((first, rest)) = survey.sampled.split_first() else { return };
    // 电话访谈抽取30人, 问卷样本80人: two surveys.
    let by_phone = |c: &Claim| {
        let lead = doc.slice(&(c.segment.start..c.number.span.start));
        let lead = lead.rsplit('，').next().unwrap_or(lead);
        has_any(lead, &["电话", "电访", "访谈", "拨打", "回访", "抽访"])
    };
    for other in rest.iter().filter(|c| c.class() == first.class() && by_phone(c) == by_phone(first)) {
        sink.tried();
        let equal = survey.sampled.iter().filter(|c| c.number.value == other.number.value).count();
        let whole = survey.sampled.iter().filter(|c| c.number.value == first.number.value).count();
        if other.number.value == first.number.value || doc.slice(&other.sentence).contains("其中") {
            continue;
        }
        let (wrong, right) = if equal <= whole { (*other, *first) } else { (*first, *other) };
        let message =
            format!("抽样人数两处不同：“{}”与“{}”", doc.slice(&right.wide()), doc.slice(&wrong.wide()));
        sink.add(
            DIFFERS,
            Severity::Warning,
            message,
            (show(wrong.number.value), show(right.number.value)),
            &[wrong.wide(), right.wide()],
        );
    }
}

fn answers(doc: &Doc, claims: &Claims, survey: &Survey<'_>, sink: &mut Sink<'_>) {
    let Some(sampled) = survey.sampled.first() else { return };
    let class = sampled.class();
    for answered in survey.answered.iter().filter(|c| c.class() == class) {
        let mut missed: Vec<&&Claim> =
            survey.missed.iter().filter(|c| c.class() == class && c.sentence == answered.sentence).collect();
        // 未能访问的25人中，住院9人、拒访5人: the others are parts of the first.
        if missed
            .first()
            .is_some_and(|m| doc.text[m.right.end..].starts_with('中') || doc.slice(&m.right).ends_with('中'))
        {
            missed.truncate(1);
        }
        sink.tried();
        let larger = |c: &&Claim| c.class() == class && c.number.value >= answered.number.value;
        let earlier = || claims.within(&(sampled.sentence.start..answered.number.span.start)).iter();
        if answered.number.value > sampled.number.value {
            if earlier().filter(|c| c.exact()).any(|c| larger(&c)) {
                continue;
            }
            let message =
                format!("有效人数{}大于抽样人数{}", show(answered.number.value), show(sampled.number.value));
            sink.add(
                SUM,
                Severity::Error,
                message,
                (show(answered.number.value), show(sampled.number.value)),
                &[answered.wide(), sampled.wide()],
            );
        } else if !missed.is_empty() {
            let mut parts = vec![answered.number.value];
            parts.extend(missed.iter().map(|m| m.number.value));
            let sum: Decimal = parts.iter().sum();
            let apart = claims.within(&answered.sentence).iter().any(|c| {
                c.class() == class
                    && c.exact()
                    && missed.iter().any(|m| c.number.value + m.number.value == sampled.number.value)
            });
            let nested = apart
                || missed.len() > 1
                    && missed[0].number.value == missed[1..].iter().map(|m| m.number.value).sum::<Decimal>();
            if sum != sampled.number.value && !nested {
                let message = format!(
                    "成功与未成功合计{}，抽样为{}，相差{}",
                    show_sum(&parts),
                    show(sampled.number.value),
                    show((sum - sampled.number.value).abs()),
                );
                let mut spans = vec![answered.wide(), sampled.wide()];
                spans.extend(missed.iter().map(|m| m.wide()));
                sink.add(SUM, Severity::Error, message, (show(sampled.number.value), show(sum)), &spans);
            }
        }
    }
}

/// 抽取40人，接通34人，无人接听6人: all in one sentence, whatever other surveys the report has.
fn reached(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    let only = |list: &[&str]| {
        let says = |c: &&Claim| {
            c.exact()
                && matches!(c.class(), "人" | "份" | "户" | "次")
                && has_any(doc.slice(&c.left), list)
                // 空号停机、无人接听、拒访分别为4人、5人、2人: one of several.
                && !has_any(doc.slice(&c.left), &["分别", "依次"])
        };
        let mut found = here.iter().filter(says);
        found.next().filter(|_| found.next().is_none())
    };
    let drawn = only(&["抽取", "抽样", "拨打", "随机"]);
    let got = only(&["接通", "成功", "接受访问", "完成访问", "入户访问"]);
    let (Some(drawn), Some(got), Some(missed)) = (drawn, got, only(MISSED)) else { return };
    let nested = ["其中", "中"].iter().any(|w| doc.slice(&missed.left).starts_with(w))
        || doc.text[..missed.left.start].ends_with("其中");
    let fits = !nested
        && drawn.class() == got.class()
        && got.class() == missed.class()
        && drawn.number.span.start < got.number.span.start
        && got.number.span.start < missed.number.span.start;
    let sum = got.number.value + missed.number.value;
    if !fits {
        return;
    }
    sink.tried();
    if sum != drawn.number.value {
        let message = format!(
            "成功与未成功合计{}，抽样为{}，相差{}",
            show_sum(&[got.number.value, missed.number.value]),
            show(drawn.number.value),
            show((sum - drawn.number.value).abs()),
        );
        let spans = [got.wide(), drawn.wide(), missed.wide()];
        sink.add(SUM, Severity::Error, message, (show(drawn.number.value), show(sum)), &spans);
    }
}

/// 432名样本中，12名未能访问，实际访问420名: what is left after those who fell out.
fn left_over(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    const OUT: &[&str] = &[
        "未能访问",
        "未能接通",
        "未接听",
        "无法接通",
        "拒访",
        "作废",
        "无效",
        "剔除",
        "未回收",
        "空号",
        "未应答",
        "失访",
        "未完成访问",
    ];
    const LEFT: &[&str] = &[
        "实际访问",
        "实际完成",
        "有效问卷",
        "完成访问",
        "成功访问",
        "有效样本",
        "实际回收",
        "有效访问",
        "接受访问",
    ];
    let people: Vec<&Claim> =
        here.iter().filter(|c| matches!(c.class(), "人" | "份" | "户") && c.exact()).collect();
    for (i, out) in people.iter().enumerate() {
        let Some(rest) = people.get(i + 1) else { continue };
        let until = rest.left.start.max(out.number.span.start);
        let fell = has_any(doc.slice(&(out.left.start..until)), OUT);
        let after = doc.slice(&(rest.left.start..rest.right.end.min(rest.sentence.end)));
        let remains = doc.slice(&rest.left).ends_with("有效")
            || LEFT.iter().any(|w| after.contains(w) || doc.text[rest.number.span.end..].starts_with(w));
        let (Some(whole), true) = (i.checked_sub(1).map(|j| people[j]), fell && remains) else { continue };
        sink.tried();
        let fits = people[..i].iter().any(|w| w.number.value - out.number.value == rest.number.value);
        let several =
            people[..i].iter().filter(|c| c.number.value < out.number.value * Decimal::TEN).count() > 1;
        if fits || several || whole.number.value <= out.number.value {
            continue;
        }
        not_what_is_left(doc, sink, (SUM, Severity::Error), rest, (whole, out));
    }
}

//! Differences: A比B多67人, 两者相差7.46个百分点, 较上年的91.50%提高2.54个百分点. The numbers compared stand in the
//! sentence, in its paragraph, or in the rows of a table that carry the names compared.

use rust_decimal::Decimal;

use super::direction::{DOWN, UP};
use super::growth::{grew, growth};
use super::named_values::Named;
use super::repeats::is_change;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, percent_of, prints_as, show};

pub(super) const RULE: &str = "difference";

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut named = Named::new(doc, claims);
    for (i, change) in claims.all.iter().enumerate() {
        if change.number.percent && !change.number.vague && doc.blocks[change.block].kind != Kind::Cell {
            grew(doc, &claims.all, i, sink);
            continue;
        }
        if change.class() == "点" && change.exact() && against_limit(doc, &claims.all, i, sink) {
            continue;
        }
        let usable = doc.blocks[change.block].kind != Kind::Cell
            && change.exact()
            && !change.class().is_empty()
            && (!change.target || doc.slice(&change.left).ends_with('差'));
        if !usable {
            continue;
        }
        let before = doc.slice(&(change.sentence.start..change.number.span.start));
        let clause = before.rfind(['，', '；', '。', '（']).map_or(before, |at| &before[at + 3..]);
        let left = doc.slice(&change.left);
        // 单人每年最高2万元: a limit.
        if ["最高", "最低", "最多", "最少"].iter().any(|w| left.ends_with(w)) {
            continue;
        }
        if let Some((x, y)) = left.split_once("领先").or_else(|| left.split_once("落后")) {
            let lead = doc.slice(&(change.sentence.start..change.left.start));
            let subject = lead.split("领先").next().unwrap_or_default();
            let x = if x.chars().count() >= 2 { x } else { subject };
            named.judge(change, x, y, Some(left.contains("领先")), sink);
            continue;
        }
        if left.contains("前者") && left.contains("后者") {
            former_and_latter(doc, &claims.all, i, sink);
            continue;
        }
        if ["超额完成", "超额", "超额完成了"].iter().any(|w| left.ends_with(w)) {
            surplus(doc, claims, i, sink);
        } else if let Some(way) = way(left) {
            if !then_and_now(doc, claims, i, way, sink) && !before_after(doc, &claims.all, i, sink) {
                let lacks = ["少", "欠", "缺"].iter().any(|w| left.ends_with(w));
                if lacks && !clause.contains(['比', '较']) {
                    named.short(change, sink);
                } else if clause.contains(['比', '较']) {
                    // 小组分别比上年度增加28个、3个: one of several.
                    if !change.is_in_bare_list(doc) && !doc.slice(&change.segment).contains("分别") {
                        named.compared(change, clause, way, sink);
                    }
                } else {
                    two_before(doc, &claims.all, i, sink);
                }
            }
        } else if ["尚差", "还差", "尚缺", "还缺", "尚有", "还有", "仍有", "缺口", "缺口为"]
            .iter()
            .any(|w| left.ends_with(w))
        {
            // 39个小组中已用于28个，尚有11个: what the two before it leave, whatever the table of that name says.
            let two = claims.all[..i].iter().rev().take(2).filter(|c| c.sentence == change.sentence);
            let two: Vec<&Claim> = two.filter(|c| comparable(change, c) && c.exact()).collect();
            if !matches!(two.as_slice(), [b, a] if a.number.value - b.number.value == change.number.value) {
                named.short(change, sink);
            }
        } else if ["相差", "差距为", "差距", "极差", "极差为", "差值为", "相差了"]
            .iter()
            .any(|w| left.ends_with(w))
        {
            apart(doc, &claims.all, i, clause, &mut named, sink);
        }
    }
}

/// 规范率85.6%，低于90%的要求4.4个百分点.
fn against_limit(doc: &Doc, all: &[Claim], i: usize, sink: &mut Sink<'_>) -> bool {
    let change = &all[i];
    let Some([a, b]) = i.checked_sub(2).and_then(|j| all.get(j..i)) else { return false };
    let percents = [a, b].iter().all(|c| c.number.percent && c.sentence == change.sentence);
    let before = doc.slice(&(a.number.span.end..b.number.span.start));
    let behind = doc.slice(&(b.number.span.end..change.number.span.start));
    let against = ["，低于", "，高于", "，超过", "，超出"].iter().any(|w| before.starts_with(w));
    let beside = behind.starts_with('的') && behind.chars().count() <= 6 && !behind.contains('，');
    if !percents || !against || !beside || a.number.vague {
        return false;
    }
    held(doc, change, (a, b), &format!("{}%与{}%", show(a.number.value), show(b.number.value)), sink);
    true
}

/// 58人；最少的12人，前者比后者多46人: the two comparable values right before.
fn former_and_latter(doc: &Doc, all: &[Claim], i: usize, sink: &mut Sink<'_>) {
    let change = &all[i];
    let near = all[..i].iter().rev().take(4).filter(|c| c.sentence == change.sentence);
    let two: Vec<&Claim> = near.filter(|c| comparable(change, c) && c.exact()).collect();
    if let [b, a] = two.as_slice() {
        held(doc, change, (a, b), &format!("{}与{}", show(a.number.value), show(b.number.value)), sink);
    }
}

/// Up, down, or neither.
pub(super) fn way(left: &str) -> Option<bool> {
    let left = left.strip_suffix('了').unwrap_or(left);
    let ends = |list: &[&str]| list.iter().any(|w| left.ends_with(w));
    let more = ["多", "高", "高出", "多出", "净增", "净增加"];
    let less = ["少", "低", "净减少"];
    if left.ends_with(['至', '到', '为']) {
        return None;
    }
    let (up, down) = (ends(UP) || ends(&more), ends(DOWN) || ends(&less));
    (up != down).then_some(up)
}

pub(super) fn comparable(change: &Claim, c: &Claim) -> bool {
    if change.class() == "点" { c.number.percent } else { c.class() == change.class() && !c.number.percent }
}

/// 94.04%，比2023年的91.50%提高2.54个百分点: the earlier value stands behind 比 or 较, the present one before it.
fn then_and_now(doc: &Doc, claims: &Claims, i: usize, up: bool, sink: &mut Sink<'_>) -> bool {
    let all = &claims.all;
    let change = &all[i];
    let from = change.sentence.start;
    let words = doc.slice(&(from..change.number.span.start));
    let Some(at) = compared_at(words).map(|i| from + i) else { return false };
    let inside =
        all[..i].iter().rev().take(4).filter(|c| c.number.span.start > at && c.sentence == change.sentence);
    let then: Vec<&Claim> = inside.filter(|c| comparable(change, c)).collect();
    let [then] = then.as_slice() else { return then.len() == 1 || then.len() > 2 };
    let rest = doc.slice(&(then.number.span.end..change.number.span.start));
    if rest.chars().count() > 10 || rest.contains('、') || then.number.vague {
        return true;
    }
    let near: Vec<&Claim> = all[i.saturating_sub(20)..i]
        .iter()
        .filter(|c| {
            c.block == change.block
                && c.number.span.end <= at
                && comparable(change, c)
                && !c.number.vague
                && !is_change(doc.slice(&c.left))
        })
        .collect();
    let (t, d) = (then.number.value, change.number.value);
    let right = if up { t.checked_add(d) } else { t.checked_sub(d) };
    sink.tried();
    let after =
        all[i + 1..].iter().take(2).filter(|c| c.sentence == change.sentence && comparable(change, c));
    growth(doc, change, then, all.get(i + 1), sink);
    if near.iter().copied().chain(after).any(|c| Some(c.number.value) == right) {
        return true;
    }
    if doc.slice(&(from..at)).is_empty()
        && right.is_some_and(|r| r.scale() > 0 && claims.values.binary_search(&r).is_ok())
    {
        return true;
    }
    let subject = doc.slice(&(from..at));
    let subject = subject.rfind(['，', '；', '。', '（', '、']).map_or(subject, |j| &subject[j + 3..]);
    let shared = |c: &&&Claim| shares_words(subject, doc, c);
    let now = near.iter().rev().find(|c| c.sentence == change.sentence && (shared(c) || subject.is_empty()));
    let Some(now) = now.or_else(|| near.iter().rev().find(shared)) else {
        nowhere(doc, claims, i, then, right, sink);
        return true;
    };
    // 执行率只有85%。整体执行率比上年度的93.47%提高2.44个百分点: the whole's own rate stands elsewhere.
    let elsewhere = right.filter(|r| r.scale() > 0 && now.sentence != change.sentence);
    if elsewhere.is_some_and(|r| claims.values.binary_search(&r).is_ok()) {
        return true;
    }
    let apart = if up { now.number.value - t } else { t - now.number.value };
    let message = format!(
        "{}与{}相差{}，文中为“{}”",
        show(now.number.value),
        show(t),
        show(apart),
        doc.slice(&change.wide())
    );
    let said = (show(d), show(apart));
    sink.add(RULE, Severity::Error, message, said, &[change.wide(), now.wide(), then.wide()]);
    true
}

/// Where 比, 较, 由 or 从 stands, or the 与 of 与…相比.
fn compared_at(words: &str) -> Option<usize> {
    let at = ["较", "比", "由", "从"].iter().filter_map(|w| words.rfind(w)).max()?;
    let led = words[..at].ends_with('相');
    Some(if led { words[..at].rfind(['与', '同', '和']).unwrap_or(at) } else { at })
}

/// 得分91.6分；2023年度得分88.9分，提高2.7分: the only two values before it in the sentence.
fn two_before(doc: &Doc, all: &[Claim], i: usize, sink: &mut Sink<'_>) {
    let change = &all[i];
    let kin = |c: &&Claim| comparable(change, c) && !c.number.vague && !is_change(doc.slice(&c.left));
    let here: Vec<&Claim> =
        all[..i].iter().rev().take(12).filter(|c| c.sentence == change.sentence).filter(kin).collect();
    let [b, a] = here.as_slice() else { return };
    let said = |c: &Claim| {
        doc.slice(&c.left).trim_end_matches(['为', '是', '达']).chars().rev().take(2).collect::<String>()
    };
    let right = (a.number.value - b.number.value).abs();
    let slip = one_digit_apart(right, change.number.value)
        || [(a, b), (b, a)].iter().any(|(x, y)| {
            let (up, down) = (y.number.value + change.number.value, y.number.value - change.number.value);
            [up, down].iter().any(|v| one_digit_apart(*v, x.number.value))
        });
    if said(a) == said(b) && slip && change.number.value.scale() > 0 {
        held(doc, change, (a, b), &format!("{}与{}", show(a.number.value), show(b.number.value)), sink);
    }
}

/// Nothing near by says the present value, and what it must be is printed nowhere around.
fn nowhere(doc: &Doc, claims: &Claims, i: usize, then: &Claim, right: Option<Decimal>, sink: &mut Sink<'_>) {
    let change = &claims.all[i];
    let around = &claims.all[i.saturating_sub(200)..(i + 200).min(claims.all.len())];
    let printed = around.iter().any(|c| Some(c.number.value) == right);
    // 人均比规定的20学时多26.9学时: each of them, and not all.
    let mean = doc.tail(change.segment.start..change.left.end, 40);
    let mean = mean.rsplit(['，', '。']).next().is_some_and(|w| w.contains("均"));
    let Some(right) = right.filter(|_| !printed && !mean && change.class() != "人次") else { return };
    // 与2022年的108个相比，增加18个，增长16.7%: the growth bears both out.
    let grown = all_next(claims, i).is_some_and(|p| {
        let share = percent_of(change.number.value, then.number.value);
        share.is_some_and(|s| prints_as(s, p.number.value, p.number.decimals))
    });
    if grown {
        return;
    }
    let message = format!(
        "{}与{}得{}，文中没有这个数（“{}”）",
        show(then.number.value),
        show(change.number.value),
        show(right),
        doc.slice(&change.wide())
    );
    let said = (show(change.number.value), String::new());
    sink.add(RULE, Severity::Warning, message, said, &[change.wide(), then.wide()]);
}

/// The percent right behind a change, in its sentence.
fn all_next(claims: &Claims, i: usize) -> Option<&Claim> {
    claims.all.get(i + 1).filter(|p| p.number.percent && p.sentence == claims.all[i].sentence)
}

/// Two words in a row that a subject and a claim share.
fn shares_words(subject: &str, doc: &Doc, c: &Claim) -> bool {
    let label: Vec<char> = doc.slice(&(c.left.start..c.right.end)).chars().collect();
    let words: Vec<char> = subject.chars().collect();
    words.is_empty() || words.windows(2).any(|w| label.windows(2).any(|l| l == w))
}

/// 改造前为15.0%，改造后降至9.4%，降低5.6个百分点: the two values right before the change.
fn before_after(doc: &Doc, all: &[Claim], i: usize, sink: &mut Sink<'_>) -> bool {
    let change = &all[i];
    let before: Vec<&Claim> = all[..i]
        .iter()
        .rev()
        .take(4)
        .filter(|c| c.segment == change.segment && comparable(change, c) && !c.number.vague)
        .collect();
    let [b, a, ..] = before.as_slice() else { return false };
    let between = doc.slice(&(a.number.span.end..b.number.span.start));
    let moved = [
        "降到",
        "升到",
        "增到",
        "减到",
        "上升为",
        "下降为",
        "提高为",
        "提升到",
        "提升至",
        "增长到",
        "增长至",
        "降至",
        "升至",
        "增至",
        "减至",
        "提高到",
        "提高至",
        "下降到",
        "下降至",
        "增加到",
        "增加至",
        "上升到",
        "上升至",
    ];
    if !moved.iter().any(|w| between.ends_with(w)) && !once_and_again(doc.slice(&a.left), doc.slice(&b.left))
    {
        return false;
    }
    let lead = format!("由{}到{}，", show(a.number.value), show(b.number.value));
    held(doc, change, (a, b), &lead, sink);
    growth(doc, change, a, all.get(i + 1), sink);
    true
}

/// 前测平均78.4分，后测平均84.9分: the words are the same but for before and after.
fn once_and_again(first: &str, second: &str) -> bool {
    const PAIRS: &[(&str, &str)] = &[("前", "后"), ("期初", "期末"), ("年初", "年末"), ("首次", "末次")];
    PAIRS
        .iter()
        .any(|(x, y)| first.contains(x) && second.contains(y) && first.replace(x, y).ends_with(second))
}

/// 累计648户次，超额完成48户次: actual less the surplus is the target, which the text prints.
fn surplus(doc: &Doc, claims: &Claims, i: usize, sink: &mut Sink<'_>) {
    let all = &claims.all;
    let change = &all[i];
    let before = all[..i].iter().rev().take(3);
    let Some(actual) =
        before.filter(|c| c.sentence == change.sentence).find(|c| comparable(change, c) && c.exact())
    else {
        return;
    };
    let Some(target) = actual.number.value.checked_sub(change.number.value) else { return };
    sink.tried();
    if target <= Decimal::ZERO || claims.values.binary_search(&target).is_ok() {
        return;
    }
    let message = format!(
        "{}-{}={}，文中没有这样的指标量（“{}”）",
        show(actual.number.value),
        show(change.number.value),
        show(target),
        doc.slice(&change.wide())
    );
    let said = (show(change.number.value), "与指标量相符".into());
    sink.add(RULE, Severity::Warning, message, said, &[change.wide(), actual.wide()]);
}

/// 相差 and 极差: of the two values before it in the sentence, or of two names.
fn apart(doc: &Doc, all: &[Claim], i: usize, clause: &str, named: &mut Named<'_>, sink: &mut Sink<'_>) {
    let change = &all[i];
    let before: Vec<&Claim> = all[..i]
        .iter()
        .rev()
        .take(6)
        .filter(|c| c.sentence == change.sentence && comparable(change, c) && !c.number.vague)
        .collect();
    if let Some((x, y)) = clause.split_once('与').or_else(|| clause.split_once('和'))
        && named.judge(change, x, y.trim_end_matches("相差"), None, sink)
    {
        return;
    }
    if before.is_empty() {
        return named.two_rows(change, sink);
    }
    if let [b, a] = before.as_slice() {
        let lead = format!("{}与{}", show(a.number.value), show(b.number.value));
        held(doc, change, (a, b), &lead, sink);
    }
}

/// Holds a difference to its two values.
fn held(doc: &Doc, change: &Claim, (a, b): (&Claim, &Claim), lead: &str, sink: &mut Sink<'_>) {
    sink.tried();
    let right = (a.number.value - b.number.value).abs();
    if right != change.number.value {
        let message = format!("{lead}相差{}，文中为“{}”", show(right), doc.slice(&change.wide()));
        let said = (show(change.number.value), show(right));
        sink.add(RULE, Severity::Error, message, said, &[change.wide(), a.wide(), b.wide()]);
    }
}

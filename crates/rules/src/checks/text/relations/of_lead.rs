//! Counts with their shares of a number that leads the sentence: 171份有效问卷中，很满意90人（52.6%），满意66人（38.6%）; 抽取的4份小组卷宗里，有1份缺少测量，占25%.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::sentence::{Sentence, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{is_share, mistaken, one_digit_apart, percent_of, show, show_percent};

const UNIT: &str = "人|份|名|户|个|例|条|件|项|场|篇";
static LEAD: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(&format!(r"(?P<n>\d[\d,]*)(?:{UNIT})\p{{Han}}{{0,8}}(?:中|里)，")));
static PART: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<a>\d[\d,]*)(?:{UNIT})\p{{Han}}{{0,12}}(?:（占?(?:比)?|，占(?:比)?|，占比为)(?P<p>\d+(?:\.\d+)?)%"
    ))
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for here in Sentence::all(doc, claims) {
        for sentence in doc.sentences(here.block) {
            let words = doc.slice(&sentence);
            if words.contains('%') && (words.contains("中，") || words.contains("里，")) {
                shares(&here, sentence, sink);
            }
        }
    }
}

fn shares(here: &Sentence<'_>, sentence: std::ops::Range<usize>, sink: &mut Sink<'_>) {
    let words = here.doc.slice(&sentence);
    let (Some(lead), Some(part)) = (LEAD.as_ref(), PART.as_ref()) else { return };
    let mut leads = lead.captures_iter(words);
    let Some(first) = leads.next().filter(|_| leads.next().is_none()) else { return };
    let Some(base) = number(&first, "n").filter(|n| *n > Decimal::ONE) else { return };
    let from = first.get(0).map_or(0, |m| m.end());
    for found in part.captures_iter(&words[from..]) {
        let (Some(a), Some(p), Some(m)) = (number(&found, "a"), number(&found, "p"), found.name("p")) else {
            continue;
        };
        // 占比为40%、32.5%、17.5%: each of its own count.
        if words[from + m.end() + 1..].starts_with(['、', '和']) {
            continue;
        }
        let counts = here.claims.within(&here.block.span).iter().filter(|c| c.exact());
        let other = counts
            .map(|c| c.number.value)
            .any(|n| n > Decimal::ZERO && n >= a && is_share(p, p.scale(), a, n));
        let Some(right) = percent_of(a, base).filter(|_| a <= base && !other) else { continue };
        // One digit of the share or of the count.
        let back = (p * base / Decimal::ONE_HUNDRED).round();
        let slip = one_digit_apart(right.round_dp(p.scale()), p)
            || mistaken(right.round_dp(p.scale()), p)
            || one_digit_apart(back, a);
        if slip && !is_share(p, p.scale(), a, base) {
            let at = sentence.start + from + m.start()..sentence.start + from + m.end();
            let message = format!("{}÷{}={}，文中为{}%", show(a), show(base), show_percent(right), show(p));
            let said = (format!("{}%", show(p)), show_percent(right));
            here.warn(sink, "rate", message, said, at);
        }
    }
}

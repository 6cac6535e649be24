//! Shares whose part is named by the words before 占 and stands in the list before: 残疾人家庭最多，占33.70%, 直接来电占62.19%. Nothing
//! printed explains the share, and one digit would make it that of the part in the whole or in the sum of its list.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, percent_of, show, show_percent, slips_into, wholes};

const RULE: &str = "rate";
/// Claims looked back.
const NEAR: usize = 24;
const MOST: &[&str] = &["最多", "最高", "最大", "居首"];
const LEAST: &[&str] = &["最少", "最低", "最小"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, p) in claims.all.iter().enumerate() {
        let left = doc.slice(&p.left);
        let share = ["占", "占比", "占比为"].iter().any(|w| left.ends_with(w));
        if share
            && p.number.percent
            && !p.number.vague
            && !p.target
            && doc.blocks[p.block].kind == Kind::Paragraph
        {
            judge(doc, claims, i, sink);
        }
    }
}

/// Counts of one unit next to each other before the share.
fn lists<'a>(doc: &Doc, claims: &'a Claims, i: usize) -> Vec<Vec<&'a Claim>> {
    let p = &claims.all[i];
    let mut out: Vec<Vec<&Claim>> = Vec::new();
    for c in &claims.all[i.saturating_sub(NEAR)..i] {
        if c.block != p.block || !c.exact() || c.class().is_empty() || c.target || c.is_mean(doc) {
            continue;
        }
        match out.last_mut() {
            Some(run) if run.last().is_some_and(|l| l.class() == c.class() && l.sentence == c.sentence) => {
                run.push(c);
            }
            _ => out.push(vec![c]),
        }
    }
    out
}

/// What the clause, or the one before it, speaks of: 残疾人家庭最多.
fn subject<'a>(doc: &'a Doc, p: &Claim) -> &'a str {
    let clause = doc.slice(&p.left);
    let own = clause
        .rfind('占')
        .map_or(clause, |at| &clause[..at])
        .trim_end_matches(['只', '仅', '约', '就', '也']);
    if own.chars().count() >= 2 {
        return own;
    }
    let before = doc.slice(&(p.sentence.start..p.left.start)).trim_end_matches('，');
    before.rsplit(['，', '；', '：', '。']).next().unwrap_or_default()
}

fn judge(doc: &Doc, claims: &Claims, i: usize, sink: &mut Sink<'_>) {
    let p = &claims.all[i];
    let lists = lists(doc, claims, i);
    let words = subject(doc, p);
    let parts: Vec<(&Claim, &Vec<&Claim>)> =
        lists.iter().filter(|l| l.len() >= 3).filter_map(|l| Some((named(doc, words, l)?, l))).collect();
    let [(part, list)] = parts.as_slice() else { return };
    let (value, decimals) = (p.number.value, p.number.decimals);
    let a = part.number.value;
    sink.tried();
    let explained = wholes(a, value, decimals, Decimal::ONE).is_some_and(|r| claims.printed(r));
    let sum: Decimal = list.iter().map(|c| c.number.value).sum();
    if explained || is_share(value, decimals, a, sum) {
        return;
    }
    // The list may begin with its whole.
    let first = list[0].number.value;
    let whole = if first * Decimal::TWO == sum { first } else { sum };
    let told = claims.values.binary_search(&whole).is_ok();
    let half = Decimal::new(5, decimals + 1);
    let Some(right) = percent_of(a, whole).filter(|_| told) else { return };
    if !slips_into(value, decimals, (right - half, right + half)) {
        return;
    }
    let message = format!(
        "{}÷{}={}，文中为{}%（“{}”）",
        show(a),
        show(whole),
        show_percent(right),
        show(value),
        doc.slice(&part.wide())
    );
    let said = (format!("{}%", show(value)), show_percent(right));
    sink.add(RULE, Severity::Warning, message, said, &[p.wide(), part.wide()]);
}

/// The only part that the words name, or the largest or smallest where they say so.
fn named<'a>(doc: &Doc, words: &str, list: &[&'a Claim]) -> Option<&'a Claim> {
    let ends = |all: &[&str]| all.iter().any(|w| words.ends_with(w));
    let sum: Decimal = list.iter().map(|c| c.number.value).sum();
    let parts = if list[0].number.value * Decimal::TWO == sum { &list[1..] } else { list };
    if ends(MOST) {
        return parts.iter().max_by_key(|c| c.number.value).copied();
    }
    if ends(LEAST) {
        return parts.iter().min_by_key(|c| c.number.value).copied();
    }
    let mut found = parts.iter().filter(|c| {
        let name = doc.slice(&c.left).trim_start_matches("其中").trim_end_matches(['的', '为', '有']);
        // 高风险23名，…，高风险儿童占5.4%.
        let begins = name.chars().count() >= 3 && words.starts_with(name);
        words.chars().count() >= 2 && (name.ends_with(words) || begins)
    });
    let one = found.next().copied();
    one.filter(|_| found.next().is_none())
}

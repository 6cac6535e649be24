//! A digest: lines of a name, a number and a unit (走访　9410户次) that tell again what the report says elsewhere. Where most
//! of them do, one that nobody else says and that lies one digit from a number of its unit and words is wrong.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::told_again::{overlap, printed};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};

const RULE: &str = "repeated";
/// Fewest lines of a digest.
const LEAST: usize = 4;
/// Most of its lines looked up: each reads the numbers of the text.
const MOST: usize = 40;

type Said<'a> = HashMap<(&'static str, Decimal), Vec<&'a Claim>>;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut lines: Vec<&Claim> = Vec::new();
    let mut digests: Vec<Vec<&Claim>> = Vec::new();
    for block in &doc.blocks {
        match claims.within(&(block.body..block.span.end)) {
            [one] if block.kind == Kind::Paragraph && fills(doc, one, block.body..block.span.end) => {
                lines.push(one);
            }
            _ => digests.push(std::mem::take(&mut lines)),
        }
    }
    digests.push(lines);
    digests.retain(|d| d.len() >= LEAST);
    if digests.is_empty() {
        return;
    }
    let mut said: Said<'_> = HashMap::new();
    for c in claims.all.iter().filter(|c| !c.number.vague) {
        said.entry((c.class(), printed(c))).or_default().push(c);
    }
    for lines in digests {
        let (known, odd): (Vec<&Claim>, Vec<&Claim>) =
            lines.iter().partition(|c| said.get(&(c.class(), printed(c))).is_some_and(|s| s.len() > 1));
        let kinds: std::collections::BTreeSet<&str> = lines.iter().map(|c| c.class()).collect();
        if known.len() * 2 >= lines.len() && kinds.len() >= 2 {
            odd.into_iter().take(MOST).for_each(|c| judge(doc, c, &said, sink));
        }
    }
}

/// A name, the number and nothing behind it.
fn fills(doc: &Doc, c: &Claim, body: std::ops::Range<usize>) -> bool {
    let name = doc.slice(&(body.start..c.number.span.start)).trim_end_matches('：');
    c.number.span.end == body.end
        && !c.class().is_empty()
        && (2..=12).contains(&name.chars().count())
        && name.chars().all(char::is_alphanumeric)
}

/// Ten for each decimal: a number of two digits may be anybody's.
fn own_scale(c: &Claim) -> Decimal {
    (0..c.number.decimals).fold(Decimal::ONE, |s, _| s * Decimal::TEN)
}

/// The only number of the unit that lies one digit away and shares a word with the line.
fn judge(doc: &Doc, c: &Claim, said: &Said<'_>, sink: &mut Sink<'_>) {
    let value = printed(c);
    let words = |o: &Claim| doc.slice(&(o.sentence.start..o.right.end)).to_owned();
    let own = doc.slice(&c.wide()).to_owned();
    let like = |(key, list): &(&(&str, Decimal), &Vec<&Claim>)| {
        key.0 == c.class()
            && value * own_scale(c) >= Decimal::ONE_HUNDRED
            && one_digit_apart(key.1, value)
            && list.iter().any(|o| overlap(&own, &words(o)))
    };
    let mut found = said.iter().filter(like);
    sink.tried();
    let (Some(((_, right), list)), None) = (found.next(), found.next()) else { return };
    let Some(other) = list.first() else { return };
    let message = format!("“{}”与“{}”只差一个数字", doc.slice(&c.wide()), doc.slice(&other.wide()));
    sink.add(RULE, Severity::Warning, message, (show(value), show(*right)), &[c.wide(), other.wide()]);
}

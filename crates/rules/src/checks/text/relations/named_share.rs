//! Shares whose part and whole are both named and stand elsewhere: 人员经费占总支出的74.2%, 推荐就业人员占有就业意愿人员的64.4%. Each name
//! must have one value in the paragraph, or one in the whole text.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, percent_of, show, show_percent};

/// Most shares looked up: each reads the claims of the text.
const MOST: usize = 80;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let shares = claims.all.iter().filter(|c| {
        c.number.percent && !c.number.vague && !c.target && doc.blocks[c.block].kind == Kind::Paragraph
    });
    let named = shares.filter_map(|p| {
        let words = doc.slice(&p.left).trim_end_matches('的');
        let (part, whole) = words.split_once('占')?;
        let (part, whole) = (bare(part), bare(whole));
        (part.chars().count() >= 2 && whole.chars().count() >= 2).then_some((p, part, whole))
    });
    for (p, part, whole) in named.take(MOST) {
        let Some(a) = value_of(doc, claims, p, part) else { continue };
        let Some(b) = value_of(doc, claims, p, whole) else { continue };
        if a.class() != b.class() || a.span() == b.span() || b.number.value.is_zero() {
            continue;
        }
        sink.tried();
        let value = p.number.value;
        if is_share(value, p.number.decimals, a.number.value, b.number.value) {
            continue;
        }
        let Some(right) = percent_of(a.number.value, b.number.value) else { continue };
        let message = format!(
            "{}÷{}={}，文中为{}%（“{}”）",
            show(a.number.value),
            show(b.number.value),
            show_percent(right),
            show(value),
            doc.slice(&p.wide())
        );
        let said = (format!("{}%", show(value)), show_percent(right));
        sink.add("rate", Severity::Error, message, said, &[p.wide(), a.wide(), b.wide()]);
    }
}

/// Words before a number without those that only lead to it.
fn said_of(words: &str) -> &str {
    let words = words.trim_end_matches(['为', '共', '计', '达', '有']);
    words.strip_suffix('合').or_else(|| words.strip_suffix('总')).unwrap_or(words)
}

/// A name without what only says that it is a number.
fn bare(name: &str) -> &str {
    let name = name.trim_start_matches(['总', '全']).trim_start_matches("其中");
    let ends = ["总额", "总数", "人数", "户数", "人员", "的"];
    ends.iter().fold(name, |n, e| n.strip_suffix(e).filter(|s| s.chars().count() >= 2).unwrap_or(n))
}

/// The one value of a name: in the block of the share before it, else in the text; `None` where there are several.
fn value_of<'a>(doc: &Doc, claims: &'a Claims, p: &Claim, name: &str) -> Option<&'a Claim> {
    let says = |c: &&Claim| {
        c.exact()
            && c.number.unit.is_some()
            && !c.target
            && !c.other_period
            && c.span() != p.span()
            && bare(said_of(doc.slice(&c.left))).ends_with(name)
    };
    let block = &doc.blocks[p.block];
    let here = claims.within(&(block.body..p.number.span.start)).iter().filter(says);
    let one = |list: Vec<&'a Claim>| -> Option<&'a Claim> {
        let values: BTreeSet<Decimal> = list.iter().map(|c| c.number.value).collect();
        if values.len() == 1 { list.first().copied() } else { None }
    };
    let here: Vec<&Claim> = here.collect();
    if !here.is_empty() {
        return one(here);
    }
    one(claims.all.iter().filter(|c| doc.blocks[c.block].kind == Kind::Paragraph).filter(says).collect())
}

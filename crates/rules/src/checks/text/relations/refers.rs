//! Numbers that point back: 上述456户家庭, 从861户名册中抽取. What they point to is told before, so a number that was told nowhere
//! and lies one digit from one that was is a slip.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::shares::same_kind;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};
use crate::checks::text::words::has_any;

const RULE: &str = "repeated";
/// Claims looked back.
const BACK: usize = 400;
/// Most numbers that point back.
const MOST: usize = 100;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let pointing = claims.all.iter().enumerate().filter(|(_, c)| {
        doc.blocks[c.block].kind == Kind::Paragraph
            && c.exact()
            && !c.class().is_empty()
            && c.number.value > Decimal::TEN
            && points_back(doc, c)
    });
    for (i, c) in pointing.take(MOST) {
        let before = || {
            claims.all[i.saturating_sub(BACK)..i].iter().filter(|o| {
                o.exact() && !o.is_mean(doc) && (same_kind(o.class(), c.class()) || o.class().is_empty())
            })
        };
        sink.tried();
        let same = |o: &Claim| o.number.value == c.number.value && o.span() != c.span();
        // 社区12个；另有行政村9个。上述21个村（社区）: two of them together.
        let sum = || {
            let known: BTreeSet<Decimal> = before().map(|o| o.number.value).collect();
            known.iter().any(|v| known.contains(&(c.number.value - v)) && *v + *v != c.number.value)
        };
        if before().any(same) || sum() || claims.all[i..].iter().any(|o| o.class() == c.class() && same(o)) {
            continue;
        }
        // 从26份个案中抽取 points to no 23人.
        let slip = |o: &&Claim| {
            let kin = o.class() == c.class() || o.class().is_empty() || !drawn(doc, c);
            let counted = o.class() == c.class() || o.class().is_empty() && !drawn(doc, c);
            kin && counted && !o.target && one_digit_apart(o.number.value, c.number.value)
        };
        let Some(near) = before().rfind(slip) else {
            continue;
        };
        let message = format!("“{}”所指的数在前文为“{}”", doc.slice(&c.wide()), doc.slice(&near.wide()));
        let said = (show(c.number.value), show(near.number.value));
        sink.add(RULE, Severity::Warning, message, said, &[c.wide(), near.wide()]);
    }
}

fn points_back(doc: &Doc, c: &Claim) -> bool {
    let left = doc.slice(&c.left);
    let opens = left == "以上" && doc.text[..c.left.start].ends_with(['。', '，', '；', '\n']);
    let said = opens || ["上述", "前述", "全部", "所有"].iter().any(|w| left.ends_with(w));
    said || drawn(doc, c)
}

/// 从861户名册中抽取.
fn drawn(doc: &Doc, c: &Claim) -> bool {
    let behind = doc.slice(&(c.number.span.end..c.sentence.end));
    let behind: String = behind.chars().take(14).collect();
    let behind = behind.split(['，', '；', '、']).next().unwrap_or_default();
    doc.slice(&c.left).ends_with('从') && has_any(behind, &["抽", "选取", "随机"])
}

//! Numbers and kinds in a bracket behind their whole: 6个乡镇（4镇2乡）, 13个村（社区）（10个行政村、3个社区）.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;

const RULE: &str = "total";
const SIGNS: &[char] = &['、', '，', '；', '：', '。'];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for c in claims.all.iter().filter(|c| doc.blocks[c.block].kind == Kind::Paragraph) {
        kinds_in_bracket(doc, c, sink);
    }
}

/// 6个乡镇（4镇2乡）: a bracket of numbers and kinds.
fn kinds_in_bracket(doc: &Doc, c: &Claim, sink: &mut Sink<'_>) {
    let rest = doc.slice(&(c.number.span.end..c.sentence.end.max(c.number.span.end)));
    let Some((noun, inner)) = rest.split_once('（') else { return };
    let Some((inner, _)) = inner.split_once('）') else { return };
    if !c.exact() || c.target || noun.chars().count() > 8 || noun.contains(SIGNS) {
        return;
    }
    let Some(parts) = kinds(inner).filter(|p| p.len() >= 2) else { return };
    let sum: u64 = parts.iter().sum();
    let v = c.number.value;
    sink.tried();
    let span: Range<usize> = c.wide();
    if v == Decimal::from(sum) || sink.said(&[span.start, c.span().start]) {
        return;
    }
    if (v - Decimal::from(sum)).abs() * Decimal::TWO <= v.max(Decimal::from(sum)) {
        let terms: Vec<String> = parts.iter().map(u64::to_string).collect();
        let message = format!("{}={sum}，文中为“{}”", terms.join("+"), doc.slice(&span));
        let said = (show(v), sum.to_string());
        sink.add(RULE, Severity::Warning, message, said, &[span]);
    }
}

/// The numbers of 4镇2乡 and 10个村、3个社区; none where anything else stands there.
fn kinds(inner: &str) -> Option<Vec<u64>> {
    const KINDS: &[&str] = &[
        "街道",
        "民族乡",
        "镇",
        "乡",
        "城市社区",
        "农村社区",
        "社区",
        "行政村",
        "村",
        "居委会",
        "男",
        "女",
        "楼房",
        "平房",
    ];
    let mut rest = inner;
    let mut out = Vec::new();
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        out.push(rest[..digits].parse().ok()?);
        rest = rest[digits..].trim_start_matches(['个', '人', '名']);
        let kind = KINDS.iter().find(|k| rest.starts_with(**k))?;
        rest = rest[kind.len()..].trim_start_matches(['、', '，', '和']);
    }
    Some(out)
}

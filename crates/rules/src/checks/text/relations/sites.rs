//! How many places or stations there are in all, told of all of them more than once: 全县8个站, 8个站共走访…, 下辖9个社区.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;

const RULE: &str = "repeated";
const NOUNS: &[&str] = &["社工站", "站点", "站", "工作室", "服务点", "社工点"];
const ALL: &[&str] = &["全县", "全区", "全市", "全镇", "全街", "下辖", "共有", "共设", "建有", "标段"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut told: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for c in claims.all.iter().filter(|c| doc.blocks[c.block].kind == Kind::Paragraph) {
        let whole = c.exact() && matches!(c.class(), "个" | "家") && !c.other_period && !c.target;
        if let Some(noun) = noun_of(doc, c).filter(|_| whole && of_all(doc, c)) {
            told.entry(noun).or_default().push(c);
        }
    }
    for list in told.values().filter(|l| l.len() >= 3) {
        let mut by_value: BTreeMap<Decimal, Vec<&Claim>> = BTreeMap::new();
        for c in list {
            by_value.entry(c.number.value).or_default().push(c);
        }
        sink.tried();
        let mut groups: Vec<&Vec<&Claim>> = by_value.values().collect();
        groups.sort_by_key(|g| g.len());
        let [rare, usual] = groups.as_slice() else { continue };
        let ([c], [right, _, ..]) = (rare.as_slice(), usual.as_slice()) else { continue };
        let message = format!(
            "“{}”，另{}处为“{}”",
            doc.slice(&(c.left.start..c.right.end)),
            usual.len(),
            doc.slice(&(right.left.start..right.right.end))
        );
        let said = (show(c.number.value), show(right.number.value));
        sink.add(RULE, Severity::Warning, message, said, &[c.wide(), right.wide()]);
    }
}

fn noun_of(doc: &Doc, c: &Claim) -> Option<&'static str> {
    let right = doc.slice(&c.right);
    let noun = NOUNS.iter().find(|n| right.starts_with(**n))?;
    Some(if *noun == "站点" || *noun == "社工站" { "站" } else { noun })
}

/// 全县8个站, 8个站共.
fn of_all(doc: &Doc, c: &Claim) -> bool {
    let left = doc.slice(&c.left);
    let rest = &doc.text[c.right.end..];
    let behind = ["共", "合计", "累计", "平均", "站均", "全部"].iter().any(|w| rest.starts_with(w));
    ALL.iter().any(|w| left.ends_with(w)) || behind && matches!(left, "" | "全年" | "年内" | "本年度")
}

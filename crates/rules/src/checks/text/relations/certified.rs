//! Certificates of social workers: 中级1人、助理5人，持证6人; 社会工作师2名，助理3名，持证人员共5名. The levels make up those who have one.

use rust_decimal::Decimal;

use super::parts::compare;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::words::has_any;

const LEVELS: &[&str] = &["中级", "助理", "初级", "高级", "社会工作师"];
const NONE: &[&str] = &["未", "非", "无", "其他", "不"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            let has = |c: &Claim, list: &[&str]| has_any(doc.slice(&c.left), list);
            let people = || here.iter().filter(|c| c.class() == "人" && c.exact() && !has(c, NONE));
            let levels: Vec<&Claim> =
                people().filter(|c| has(c, LEVELS) && !has(c, &["持证"])).take(6).collect();
            // 持证14人；2023年末持证11人: the one told with the levels.
            let beside = |c: &&Claim| levels.first().is_none_or(|l| l.segment == c.segment);
            let all: Vec<&Claim> =
                people().filter(|c| has(c, &["持证"]) && !has(c, LEVELS)).filter(beside).take(2).collect();
            let other = here.iter().any(|c| has(c, &["心理咨询", "健康管理", "律师", "护理", "教师"]));
            let ([whole], false) = (all.as_slice(), other) else { continue };
            let sum: Decimal = levels.iter().map(|c| c.number.value).sum();
            let apart = (sum - whole.number.value).abs();
            let rest = people().any(|c| c.depth > whole.depth);
            if levels.len() >= 2 && apart <= Decimal::ONE && !rest {
                compare(doc, whole, &levels, Severity::Warning, sink);
            }
        }
    }
}

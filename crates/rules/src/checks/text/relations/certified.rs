//! Certificates of social workers: 中级1人、助理5人，持证6人; 社会工作师2名，助理3名，持证人员共5名. The levels make up those who have one.

use rust_decimal::Decimal;

use super::parts::compare;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, mistaken, percent_of, show, show_percent};
use crate::checks::text::words::has_any;

const LEVELS: &[&str] = &["中级", "助理", "初级", "高级", "社会工作师"];
const UNCERTIFIED: &[&str] = &["未取证", "未持证", "无证", "尚未取", "未取得", "未考取"];
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
            rate(doc, here, &levels, sink);
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

/// 持中级证书者1名，持助理证书者3名，尚未取证者1名，持证率80.0%: of those with and without one.
fn rate(doc: &Doc, here: &[Claim], levels: &[&Claim], sink: &mut Sink<'_>) {
    let told =
        here.iter().find(|c| c.number.percent && doc.slice(&c.left).trim_end_matches('为') == "持证率");
    let mut without =
        here.iter().filter(|c| c.class() == "人" && c.exact() && has_any(doc.slice(&c.left), UNCERTIFIED));
    let (Some(rate), Some(none), None) = (told, without.next(), without.next()) else { return };
    let with: Decimal = levels.iter().map(|c| c.number.value).sum();
    let (p, decimals, all) = (rate.number.value, rate.number.decimals, with + none.number.value);
    let Some(right) = percent_of(with, all).filter(|_| levels.len() >= 2) else { return };
    sink.tried();
    if !is_share(p, decimals, with, all) && mistaken(right.round_dp(decimals), p) {
        let message = format!("{}÷{}={}，文中为{}%", show(with), show(all), show_percent(right), show(p));
        let said = (format!("{}%", show(p)), show_percent(right));
        let spans: Vec<_> =
            [rate.wide(), none.wide()].into_iter().chain(levels.iter().map(|c| c.wide())).collect();
        sink.add("rate", Severity::Warning, message, said, &spans);
    }
}

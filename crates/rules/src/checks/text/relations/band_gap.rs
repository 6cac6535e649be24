//! How far a score is from a grade: 距优秀线0.8分, 距一等相差1.7分. The least score of the grade less the distance is a
//! score that the text prints.

use super::bands::{Band, bands};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;
use crate::checks::text::words::has_any;

const RULE: &str = "difference";

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut known: Option<Vec<Band>> = None;
    for claim in claims.all.iter().filter(|c| c.class() == "分" && c.exact()) {
        if doc.blocks[claim.block].kind == Kind::Cell {
            continue;
        }
        let left = doc.slice(&claim.left);
        // 距优秀线，甲站还差1.54分; 要达到良好，尚需提高7.42分.
        let before = doc.slice(&(claim.segment.start..claim.number.span.start));
        let far = left.ends_with('差') || has_any(left, &["还需", "尚需", "仍需"]);
        let reach = before.rfind('距').or_else(|| before.rfind("达到")).filter(|_| far);
        let words = match (left.rfind('距'), reach) {
            (Some(at), _) => &left[at..],
            (None, Some(at)) => before[at..].split('，').next().unwrap_or_default(),
            _ => continue,
        };
        let bands = known.get_or_insert_with(|| bands(doc));
        let Some((grade, floor)) = Band::floor_in(words, bands) else { continue };
        let Some(score) = floor.checked_sub(claim.number.value) else { continue };
        sink.tried();
        if claims.values.binary_search(&score).is_ok() {
            continue;
        }
        let message = format!(
            "“{grade}”从{}分起，{}-{}={}，文中没有这个得分（“{}”）",
            show(floor),
            show(floor),
            show(claim.number.value),
            show(score),
            doc.slice(&claim.wide())
        );
        let said = (show(claim.number.value), String::new());
        sink.add(RULE, Severity::Error, message, said, &[claim.wide()]);
    }
}

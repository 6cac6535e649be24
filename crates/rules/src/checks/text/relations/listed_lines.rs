//! How many lines a sentence announces and how many follow it: 需整改的事项有四项： 1. … 2. … 3. … 4. …; 归拢起来有四条： （1）… （2）….

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::sentence::{number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;

const RULE: &str = "count-names";
/// Most lines of a list, and fewest.
const MOST: usize = 20;
const LEAST: usize = 2;

static ANNOUNCED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:有|为|是|共|以下|如下|提出|列出|归纳为|概括为)(?P<n>\d{1,2}|[两二三四五六七八九十]{1,2})(?:项|条|点|件|个方面|方面|处|个问题|个事项|项措施|条建议|项建议|条意见)(?:事项|问题|措施|建议|意见|工作|内容)?：$",
    )
});
static MARK: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^(?:（(?P<a>\d{1,2})）|\((?P<b>\d{1,2})\)|(?P<c>\d{1,2})(?:[.．、]|）))"));

pub(super) fn check(doc: &Doc, _: &Claims, sink: &mut Sink<'_>) {
    for (i, block) in doc.blocks.iter().enumerate().filter(|(_, b)| b.kind == Kind::Paragraph) {
        let words = doc.slice(&block.span);
        if !words.ends_with('：') {
            continue;
        }
        let Some(found) = ANNOUNCED.as_ref().and_then(|p| p.captures(words)) else { continue };
        let Some(told) = number(&found, "n") else { continue };
        let mut count = 0;
        for next in doc.blocks[i + 1..].iter().take(MOST) {
            let mark = MARK.as_ref().and_then(|p| p.captures(doc.slice(&next.span)));
            let mark = mark.and_then(|m| ["a", "b", "c"].iter().find_map(|g| number(&m, g)));
            if next.kind == Kind::Cell || mark != Some(Decimal::from(count + 1)) {
                break;
            }
            count += 1;
        }
        sink.tried();
        let right = Decimal::from(count);
        let at = found.name("n").map_or(0, |m| m.start()) + block.span.start;
        if (LEAST..MOST).contains(&count) && right != told && !sink.said(&[at]) {
            let message =
                format!("下面列出{count}项，文中为“{}”", found.name("n").map_or("", |m| m.as_str()));
            let end = block.span.end;
            sink.add(
                RULE,
                Severity::Warning,
                message,
                (show(told), show(right)),
                std::slice::from_ref(&(at..end)),
            );
        }
    }
}

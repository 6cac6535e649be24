//! The two best degrees together: “非常满意”与“比较满意”两项合计，满意率为87.5%; 满意及以上合计156人.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::sentence::{Sentence, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, show, show_sum};

static RATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:两项|两者|二者|前两项|以上两项)(?:合计|相加|之和)，?(?:总体|综合)?(?:满意率|满意度|好评率|占比|占)?(?:为|达|达到)?(?P<t>\d+(?:\.\d+)?)%",
    )
});
static COUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?:满意及以上|满意以上|前两项|两项)(?:的)?(?:合计|共计|共|总计)(?P<t>\d+)(?:人|份|名|户)")
});
static DEGREE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:非常|很|十分)满意”?的?(?:有)?(?P<a>\d+)(?:人|份|名|户)(?:[，（]占?比?(?:为)?(?P<p>\d+(?:\.\d+)?)%）?)?[，、；](?:选择|表示|评价为)?“?(?:比较|较|基本)?满意”?的?(?:有)?(?P<b>\d+)(?:人|份|名|户)(?:[，（]占?比?(?:为)?(?P<q>\d+(?:\.\d+)?)%）?)?",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for here in Sentence::all(doc, claims) {
        if !here.doc.slice(&here.block.span).contains("满意") {
            continue;
        }
        let mut degrees = here.found(&DEGREE);
        let Some(first) = degrees.next().filter(|_| degrees.next().is_none()) else { continue };
        for found in here.found(&RATE) {
            sums(&here, (&first, ["p", "q"]), &found, sink);
        }
        for found in here.found(&COUNT) {
            sums(&here, (&first, ["a", "b"]), &found, sink);
        }
    }
}

fn sums(
    here: &Sentence<'_>,
    (first, names): (&regex::Captures<'_>, [&str; 2]),
    found: &regex::Captures<'_>,
    sink: &mut Sink<'_>,
) {
    let (Some(a), Some(b), Some(t)) = (number(first, names[0]), number(first, names[1]), number(found, "t"))
    else {
        return;
    };
    let sum = a + b;
    // Each share is rounded.
    let ulp = if names[0] == "p" { Decimal::new(1, t.scale()) } else { Decimal::ZERO };
    if (sum - t).abs() <= ulp || !mistaken(sum, t) && (sum - t).abs() > sum / Decimal::TEN {
        return;
    }
    let message = format!("{}，文中为{}", show_sum(&[a, b]), show(t));
    let rule = if names[0] == "p" { "share-sum" } else { "sample-sum" };
    here.warn(sink, rule, message, (show(t), show(sum)), here.at(found, "t"));
}

//! A mean of a month beside the years and the sum: 两年陪诊216次，平均每月9次.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::sentence::{Sentence, each_found, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{prints_as, show};

const RULE: &str = "average";
/// Months of a year.
const MONTHS: i64 = 12;

static MONTHLY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^\d])(?P<y>\d|[一二两三四五])年(?:来|间|内|共|累计|合计)*\p{Han}{0,8}?(?P<s>\d+)(?P<u>人次|户次|次|场|份|节|人|小时)，(?:平均每月|每月平均|月均)\p{Han}{0,4}?(?P<k>\d+(?:\.\d+)?)(?P<v>人次|户次|次|场|份|节|人|小时)",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found(doc, claims, &MONTHLY, |here, found| monthly(here, found, sink));
}

fn monthly(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(y), Some(s), Some(k)) = (number(found, "y"), number(found, "s"), number(found, "k")) else {
        return;
    };
    let one = found.name("u").map(|m| m.as_str()) == found.name("v").map(|m| m.as_str());
    let Some(mean) = s.checked_div(y * Decimal::from(MONTHS)).filter(|_| one) else { return };
    if !prints_as(mean, k, k.scale()) {
        let message =
            format!("{}年{}次，平均每月{}，文中为{}", show(y), show(s), show(mean.round_dp(1)), show(k));
        here.warn(sink, RULE, message, (show(k), show(mean.round_dp(k.scale()))), here.at(found, "k"));
    }
}

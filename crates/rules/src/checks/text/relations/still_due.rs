//! What is asked, what is done and what is still due: 督导全年24次，已做12次，下半程尚需完成12次.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::show;

const DUE: &[&str] = &["尚需", "还需", "还应", "仍需", "尚须", "还须", "还要", "仍应", "尚应", "还得"];

static REST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:全年|合同|协议|任务|目标|计划|指标|要求|约定|应)\p{Han}{0,6}?(?P<n>\d+)(?P<u>户次|人次|次|场|节|个|例|件|份|名|户|期|小时)，(?:现已|已经|已|实际|目前已|累计|上半年|截至目前已)\p{Han}{0,6}?(?P<m>\d+)(?P<v>户次|人次|次|场|节|个|例|件|份|名|户|期|小时)，\p{Han}{0,8}?(?:尚需|还需|还应|仍需|尚须|还须|还要|仍应|尚应|还得)\p{Han}{0,6}?(?P<k>\d+)(?P<w>户次|人次|次|场|节|个|例|件|份|名|户|期|小时)",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found_with(doc, claims, (DUE, &REST), |here, found| due(here, found, sink));
}

fn due(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(n), Some(m), Some(k)) = (number(found, "n"), number(found, "m"), number(found, "k")) else {
        return;
    };
    let unit = |name: &str| found.name(name).map(|u| u.as_str());
    let right = n - m;
    if unit("u") == unit("v") && unit("v") == unit("w") && n > m && right != k {
        let message = format!("{}-{}={}，文中为{}", show(n), show(m), show(right), show(k));
        here.warn(sink, "balance", message, (show(k), show(right)), here.at(found, "k"));
    }
}

//! Samples drawn kind by kind, all of them and the share they were drawn by: 按25%的比例，个案档案由56份抽14份，小组档案由40份抽10份，…三类合计抽查37份;
//! 卷宗共42本，随机抽出21本，抽查比例50%.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{
    is_share, mistaken, one_digit_apart, percent_of, show, show_percent, show_sum,
};

static DRAWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:由|从)?(?P<n>\d[\d,]*)(?:份|本|个|户|人|名|卷|件|册)(?:档案)?(?:中|里)?(?:随机)?(?:抽取|抽查|抽出|抽选|抽)了?(?P<k>\d[\d,]*)(?:份|本|个|户|人|名|卷|件|册)",
    )
});
static ALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^[^，。；]{0,8}[，；、][^，。；\d]{0,6}?(?:合计|共计|总计|共|合共|一共)(?:抽取|抽查|抽出|抽选|抽|查阅)?了?(?:档案)?(?P<s>\d[\d,]*)(?:份|本|个|户|人|名|卷|件|册)",
    )
});
static BY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:按|依|照)(?:照)?(?:各?类?档案)?(?:总[数量])?的?(?P<p>\d{1,2}(?:\.\d+)?)%(?:的)?(?:比例|标准|比率)?",
    )
});
static SHARE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:共|计|有)(?P<n>\d[\d,]*)(?P<u>份|本|个|户|人|名|卷|件|册)，(?:我们|评估组|专家组)?(?:随机|从中|现场|分层)*(?:抽取|抽查|抽出|抽选|抽|选取)了?(?:其中)?(?P<k>\d[\d,]*)(?:份|本|个|户|人|名|卷|件|册)(?:\p{Han}{0,6})?，(?:抽查|抽样|抽取|抽检|取样)(?:比例|比率|率)(?:为|是|达)?(?P<p>\d+(?:\.\d+)?)%",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found_with(doc, claims, (&["抽"], &SHARE), |here, found| share(here, found, sink));
    for here in Sentence::all(doc, claims).filter(|here| here.holds(&["抽"])) {
        for sentence in doc.sentences(here.block) {
            kinds(&here, sentence, sink);
        }
    }
}

fn share(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(n), Some(k), Some(p)) = (number(found, "n"), number(found, "k"), number(found, "p")) else {
        return;
    };
    let Some(right) = percent_of(k, n).filter(|_| !is_share(p, p.scale(), k, n)) else { return };
    let right = show_percent(right);
    let message = format!("{}÷{}={right}，文中为{}%", show(k), show(n), show(p));
    here.warn(sink, "rate", message, (format!("{}%", show(p)), right), here.at(found, "p"));
}

/// Every kind's sample, then what they make and by what share they were drawn.
fn kinds(here: &Sentence<'_>, sentence: std::ops::Range<usize>, sink: &mut Sink<'_>) {
    let words = here.doc.slice(&sentence);
    let Some(drawn) = DRAWN.as_ref() else { return };
    let found: Vec<Captures<'_>> = drawn.captures_iter(words).collect();
    let pairs: Vec<(Decimal, Decimal)> =
        found.iter().filter_map(|f| number(f, "n").zip(number(f, "k"))).collect();
    let Some(end) = found.last().and_then(|f| f.get(0)).map(|m| m.end()) else { return };
    if pairs.len() < 2 || pairs.len() != found.len() {
        return;
    }
    let samples: Vec<Decimal> = pairs.iter().map(|p| p.1).collect();
    let sum: Decimal = samples.iter().sum();
    let all = ALL.as_ref().and_then(|p| p.captures(&words[end..]));
    if let Some((told, at)) = all.as_ref().and_then(|a| number(a, "s").zip(a.name("s"))) {
        let slip =
            mistaken(sum, told) || samples.iter().any(|k| *k + told > sum && mistaken(*k, *k + told - sum));
        if told != sum && slip {
            let message = format!("{}，文中合计为{}", show_sum(&samples), show(told));
            let from = sentence.start + end;
            here.warn(sink, "total", message, (show(told), show(sum)), from + at.start()..from + at.end());
        }
    }
    // By that share, rounded up or down, of each.
    let Some(by) = BY.as_ref().and_then(|p| p.captures(words)).and_then(|f| number(&f, "p")) else { return };
    let due = |n: Decimal| n * by / Decimal::ONE_HUNDRED;
    let fits = |n: Decimal, k: Decimal| k >= due(n).floor() && k <= due(n).ceil();
    let wrong: Vec<usize> = (0..pairs.len()).filter(|i| !fits(pairs[*i].0, pairs[*i].1)).collect();
    if let [i] = wrong.as_slice()
        && let (n, k) = pairs[*i]
        && let right = due(n).round()
        && one_digit_apart(right, k)
        && let Some(at) = found[*i].name("k")
    {
        let message = format!("{}的{}%为{}，文中抽{}", show(n), show(by), show(due(n)), show(k));
        let at = sentence.start + at.start()..sentence.start + at.end();
        here.warn(sink, "total", message, (show(k), show(right)), at);
    }
}

//! What a list comes to, told right behind it: 到场132、118、97、103、90人，共540人，平均每场108人; 手工小组6节10人，伴读小组8节15人，…合计51节，组员89人; 专业服务满分40分，得34.2分；…合共86.4分; and marks given by so many: 5分96人，4分63人，…平均4.40分.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::said::not_the_sum;
use super::sentence::{Sentence, number, pattern};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{mistaken, prints_as, show, show_sum, slips_into};

static BARE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<l>\d[\d,]*(?:[、和]\d[\d,]*){2,11})(?P<u>人次|户次|人|户|份|场|次|名)，(?:共|共计|合计|总计)\p{Han}{0,4}?(?P<s>\d[\d,]*)(?:人次|户次|人|户|份|场|次|名)，(?:平均每|每)(?:场|次|个|期|节|站|村|社区)\p{Han}{0,4}?(?P<m>\d[\d,]*(?:\.\d+)?)(?:人次|户次|人|户|份|名|场|次)",
    )
});
static GIVEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<l>[1-9]分的?(?:有)?\d+(?:人|份|名|户)(?:[，、；][1-9]分的?(?:有)?\d+(?:人|份|名|户)){2,9})(?P<r>[^。]{0,60})",
    )
});
static ONE_GIVEN: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?P<k>[1-9])分的?(?:有)?(?P<n>\d+)(?:人|份|名|户)"));
static MEAN: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?:平均|均分|平均分)(?:为|得)?(?P<m>\d\.\d+)分?"));
static HUNDRED: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?:折合|折算|换算)(?:为|成)?(?:百分制)(?:为|得)?(?P<h>\d+(?:\.\d+)?)分?"));
static MARKS: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"满分(?:为)?\d+分，(?:实)?得(?:分)?(?:为)?(?P<m>\d+(?:\.\d+)?)分?"));
static ALL_MARKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^[；。，](?:合共|合计|共计|总计|共得|总分|总得分|得分合计|四项合计|各项合计)(?:为|得)?(?P<t>\d+(?:\.\d+)?)分",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for here in Sentence::all(doc, claims) {
        let words = doc.slice(&here.block.span);
        if words.contains("平均") || words.contains("，每") {
            for found in here.found(&BARE) {
                bare(&here, &found, sink);
            }
            for found in here.found(&GIVEN) {
                given(&here, &found, sink);
            }
        }
        if words.contains("满分") {
            marks(&here, sink);
        }
        in_pairs(&here, sink);
    }
}

fn plain(words: &str) -> Option<Decimal> {
    words.replace(',', "").parse().ok()
}

fn bare(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let value = |name: &str| found.name(name).and_then(|m| plain(m.as_str()));
    let list = found.name("l").map_or("", |m| m.as_str());
    let values: Vec<Decimal> = list.split(['、', '和']).filter_map(plain).collect();
    let (Some(told), Some(mean)) = (value("s"), value("m")) else { return };
    let sum: Decimal = values.iter().sum();
    let part = |v: &Decimal| *v + told - sum > Decimal::ZERO && mistaken(*v, *v + told - sum);
    if sum != told && (mistaken(sum, told) || values.iter().any(part)) {
        let message = format!("{}，文中为{}", show_sum(&values), show(told));
        here.warn(sink, "total", message, (show(told), show(sum)), here.at(found, "s"));
    }
    let n = Decimal::from(values.len());
    let Some(right) = sum.checked_div(n).filter(|_| sum == told) else { return };
    let decimals = mean.scale();
    let half = Decimal::new(5, decimals + 1);
    if !prints_as(right, mean, decimals) && slips_into(mean, decimals, (right - half, right + half)) {
        let message = format!("{}÷{n}={}，文中为{}", show(sum), show(right.round_dp(2)), show(mean));
        here.warn(sink, "average", message, (show(mean), show(right.round_dp(2))), here.at(found, "m"));
    }
}

/// The mean of marks given by so many each, and what it makes of a hundred.
fn given(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (list, rest) =
        (found.name("l").map_or("", |m| m.as_str()), found.name("r").map_or("", |m| m.as_str()));
    let pairs: Vec<(Decimal, Decimal)> = ONE_GIVEN
        .iter()
        .flat_map(|p| p.captures_iter(list))
        .filter_map(|c| number(&c, "k").zip(number(&c, "n")))
        .collect();
    let many: Decimal = pairs.iter().map(|p| p.1).sum();
    let all: Decimal = pairs.iter().map(|p| p.0 * p.1).sum();
    let Some(told) = MEAN.as_ref().and_then(|p| p.captures(rest)).and_then(|c| c.name("m")) else { return };
    let (Some(mean), Some(right)) = (plain(told.as_str()), all.checked_div(many)) else { return };
    let base = here.at(found, "r").start;
    let half = Decimal::new(5, mean.scale() + 1);
    let fits =
        |all: Decimal, many: Decimal| all.checked_div(many).is_some_and(|m| prints_as(m, mean, mean.scale()));
    // One count written wrong: some other with its digits gives the mean.
    let count = || {
        pairs.iter().any(|(k, n)| {
            let (rest, others) = (all - *k * *n, many - *n);
            (0..1_000).map(Decimal::from).any(|m| mistaken(m, *n) && fits(rest + *k * m, others + m))
        })
    };
    let slip = slips_into(mean, mean.scale(), (right - half, right + half))
        || many < Decimal::from(1_000) && count();
    if !fits(all, many) && slip {
        let shown = show(right.round_dp(2));
        let message = format!("各档得分乘以人数再平均为{shown}，文中平均为{}", show(mean));
        let at = base + told.start()..base + told.end();
        here.warn(sink, "average", message, (show(mean), shown), at);
        return;
    }
    let five =
        pairs.iter().all(|p| p.0 <= Decimal::from(5)) && here.doc.slice(&here.block.span).contains("五分制");
    let hundred = HUNDRED.as_ref().and_then(|p| p.captures(rest)).and_then(|c| c.name("h")).filter(|_| five);
    let Some((at, of)) = hundred.and_then(|h| Some((h, plain(h.as_str())?))) else { return };
    let right = mean * Decimal::from(20);
    let near = right - half * Decimal::from(20)..=right + half * Decimal::from(20);
    if !near.contains(&of) && mistaken(right.round_dp(of.scale()), of) {
        let message = format!("{}÷5×100={}，文中为{}", show(mean), show(right), show(of));
        here.warn(sink, "average", message, (show(of), show(right)), base + at.start()..base + at.end());
    }
}

/// 满分40分，得34.2分；满分25分，得21.6分；…合共86.4分.
fn marks(here: &Sentence<'_>, sink: &mut Sink<'_>) {
    let found: Vec<Captures<'_>> = here.found(&MARKS).collect();
    let Some(end) = found.last().and_then(|c| c.get(0)).map(|m| m.end()) else { return };
    let words = here.doc.slice(&here.block.span);
    let told = ALL_MARKS.as_ref().and_then(|p| p.captures(&words[end..])).and_then(|c| c.name("t"));
    let values: Vec<Decimal> = found.iter().filter_map(|c| number(c, "m")).collect();
    let Some((at, total)) = told.and_then(|t| Some((t, plain(t.as_str())?))) else { return };
    let sum: Decimal = values.iter().sum();
    let part = |v: &Decimal| *v + total - sum > Decimal::ZERO && mistaken(*v, *v + total - sum);
    if values.len() >= 3 && sum != total && (mistaken(sum, total) || values.iter().any(part)) {
        let message = format!("各部分得分{}，文中为{}", show_sum(&values), show(total));
        let base = here.block.span.start + end;
        here.warn(sink, "total", message, (show(total), show(sum)), base + at.start()..base + at.end());
    }
}

/// 6节12人，6节10人，…，合计51节，组员89人: two counts beside each other in each item.
fn in_pairs(here: &Sentence<'_>, sink: &mut Sink<'_>) {
    let all = here.claims.within(&here.block.span);
    let beside = |i: usize| {
        all.get(i..i + 2).is_some_and(|p| {
            p[0].number.span.end == p[1].number.span.start
                && p.iter().all(|c| c.exact() && !c.class().is_empty())
        })
    };
    let mut i = 0;
    while i + 1 < all.len() {
        let from = i;
        while beside(i) && all[i].class() == all[from].class() && all[i + 1].class() == all[from + 1].class()
        {
            i += 2;
        }
        if i >= from + 6 {
            let whole: Vec<&Claim> = all[i..].iter().take(2).collect();
            let led = whole.first().is_some_and(|c| {
                let left = here.doc.slice(&c.left);
                ["合计", "共计", "总计", "共"].contains(&left) && c.class() == all[from].class()
            });
            for (k, total) in
                whole.iter().enumerate().filter(|(k, c)| led && c.class() == all[from + k].class())
            {
                let parts: Vec<&Claim> = all[from + k..i].iter().step_by(2).collect();
                closed(here.doc, total, &parts, sink);
            }
        }
        i = i.max(from + 1);
    }
}

fn closed(doc: &Doc, total: &Claim, parts: &[&Claim], sink: &mut Sink<'_>) {
    let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
    let apart = total.number.value - sum;
    let part = |p: &&Claim| {
        let other = p.number.value + apart;
        other > Decimal::ZERO && mistaken(p.number.value, other)
    };
    sink.tried();
    let slip = mistaken(sum, total.number.value) || parts.iter().any(part);
    if !apart.is_zero() && total.exact() && slip && !sink.said(&[total.wide().start, total.span().start]) {
        not_the_sum(doc, sink, ("total", Severity::Warning), total, parts);
    }
}

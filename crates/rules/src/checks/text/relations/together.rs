//! Sums whose parts stand before them with something between: 三项合计查阅档案69份; 分别折合16.40分、26.25分、46.00分，最终成绩88.65分; 到会14人，其中街道科室3人，社区11人（每个社区1人）;
//! 从对象上看，低保家庭726户次，特困人员403户次….

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, show, show_sum};
use crate::checks::text::words::has_any;

const RULE: &str = "total";
const UNIT: &str = "人次|户次|场次|人|名|户|份|个|场|次|件|例|家|节|条|项|万元|元|小时";
const NUMBER: &str = r"\d[\d,]*(?:\.\d+)?";
/// Numbers before a sum that may be its parts.
const NEAR: usize = 7;

static SEVERAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<k>[两三四五])(?:项|类|者|部分|块|方面|个?年度?|个?季度)(?:合计|共计|总计|累计|相加|加起来)(?:共)?\p{{Han}}{{0,8}}?(?P<t>{NUMBER})(?P<u>{UNIT})"
    ))
});
static FOLDED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:折合|折算为|折算|折为|计入|加权后为|加权得)(?P<l>{NUMBER}分(?:[、和]{NUMBER}分)+)，\p{{Han}}{{0,6}}?(?:成绩|得分|总分|合计|评分)(?:为|达)?(?P<t>{NUMBER})分"
    ))
});
static OF_SCORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:成绩|得分|总分)(?:为)?(?P<t>{NUMBER})分，其中(?P<l>(?:\p{{Han}}{{2,10}}{NUMBER}分[，、]?){{3,}})[。；]"
    ))
});
static BRACKETS: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"（[^（）]{1,20}）"));
static CLOSED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<l>(?:\p{{Han}}{{2,14}}{NUMBER}(?:人|名|位|份|户|次|场|个)[、，和]){{2,}}(?:\p{{Han}}{{2,14}}{NUMBER}(?:人|名|位|份|户|次|场|个))?)，?(?:一共|共计|合计|总计|共)(?:访谈|走访|座谈)?(?P<t>{NUMBER})(?P<u>人|名|位|份|户|次|场|个)"
    ))
});
static OPENED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<t>{NUMBER})(?P<u>人|名|位|份|户|次|场|个)，(?:其中|包括)(?P<l>(?:\p{{Han}}{{2,14}}{NUMBER}(?:人|名|位|份|户|次|场|个)[、，和]?){{2,}})[；。]"
    ))
});
static SEEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"从\p{{Han}}{{2,6}}?上?看，(?P<l>(?:\p{{Han}}{{2,8}}{NUMBER}(?:户次|人次|次|户|人|个|场|件)[，、]){{2,}}\p{{Han}}{{2,8}}{NUMBER}(?:户次|人次|次|户|人|个|场|件))"
    ))
});
static SPREAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<t>{NUMBER})(?P<u>个|名|户|例|份|场|件|人)\p{{Han}}{{1,8}}(?:分布于|分布在|分属|分别来自|来自)\p{{Han}}{{1,10}}，(?P<l>(?:\p{{Han}}{{2,8}}{NUMBER}(?:个|名|户|例|份|场|件|人)[、，]){{1,}}\p{{Han}}{{2,8}}{NUMBER}(?:个|名|户|例|份|场|件|人))[。；]"
    ))
});
static ITEM: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(&format!(r"(?P<n>{NUMBER})(?P<u>{UNIT}|分|位)")));

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    const CLOSING: &[&str] = &["合计", "共计", "总计", "累计", "相加", "加起来"];
    each_found_with(doc, claims, (CLOSING, &SEVERAL), |here, found| several(here, found, sink));
    let lists: [(&[&str], _); 3] = [
        (&["折", "计入", "加权"], &FOLDED),
        (&["分，其中"], &OF_SCORE),
        (&["分布", "分属", "来自"], &SPREAD),
    ];
    for list in lists {
        each_found_with(doc, claims, list, |here, found| {
            let parts = items(&found["l"], found.name("u").map_or("分", |u| u.as_str()));
            let Some(total) = number(found, "t").filter(|_| parts.len() >= 2) else { return };
            say(here, &parts, total, here.at(found, "t"), sink);
        });
    }
    for here in Sentence::all(doc, claims) {
        without_brackets(&here, sink);
        seen(&here, sink);
    }
}

/// The numbers of a list that have the unit.
fn items(list: &str, unit: &str) -> Vec<Decimal> {
    let found = ITEM.iter().flat_map(|p| p.captures_iter(list));
    found.filter(|f| &f["u"] == unit).filter_map(|f| number(&f, "n")).collect()
}

fn say(
    here: &Sentence<'_>,
    parts: &[Decimal],
    total: Decimal,
    at: std::ops::Range<usize>,
    sink: &mut Sink<'_>,
) {
    let sum: Decimal = parts.iter().sum();
    let slip = mistaken(sum, total)
        || parts.iter().any(|p| total + *p > sum && mistaken(*p, total + *p - sum))
        || (sum - total).abs() * Decimal::from(20) <= sum.max(total);
    let near = (sum - total).abs() * Decimal::from(3) <= sum.max(total);
    if sum == total || !slip || !near {
        return;
    }
    let message = format!("{}，文中为{}，相差{}", show_sum(parts), show(total), show((sum - total).abs()));
    here.warn(sink, RULE, message, (show(total), show(sum)), at);
}

/// 三项合计: some three of the last numbers of its unit.
fn several(here: &Sentence<'_>, found: &regex::Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(k), Some(total)) = (number(found, "k"), number(found, "t")) else { return };
    let Ok(k) = usize::try_from(k) else { return };
    let at = here.at(found, "t");
    let before = &here.doc.text[here.block.span.start..here.at(found, "k").start];
    let all = items(before, &found["u"]);
    let near = &all[all.len().saturating_sub(NEAR)..];
    let sums = |n: usize| -> Vec<Vec<Decimal>> {
        (0_u32..1 << near.len())
            .filter(|m| m.count_ones() as usize == n)
            .map(|m| near.iter().enumerate().filter(|(i, _)| m >> i & 1 == 1).map(|(_, v)| *v).collect())
            .collect()
    };
    let all = sums(k);
    if near.len() < k || all.iter().any(|s| s.iter().sum::<Decimal>() == total) {
        return;
    }
    let last = near.last().copied().unwrap_or_default();
    let few = near.len() <= k + 1;
    let close = all.iter().find(|s| few && s.last() == Some(&last) && mistaken(s.iter().sum(), total));
    let close = close.or_else(|| {
        // One of the parts, where the sentence before holds no other number.
        let beside = before.trim_end_matches('。').rsplit('。').next().unwrap_or_default();
        let alone = items(beside, &found["u"]).len() == k && !beside.contains('%');
        let slip = |s: &&Vec<Decimal>| {
            let apart = total - s.iter().sum::<Decimal>();
            s.iter().any(|p| *p + apart > Decimal::ZERO && mistaken(*p, *p + apart))
        };
        all.iter().filter(|s| alone && s[..] == near[near.len() - k..]).find(slip)
    });
    if let Some(parts) = close {
        say(here, parts, total, at, sink);
    }
}

/// Lists whose items carry a bracket, which the other relations take for another depth.
fn without_brackets(here: &Sentence<'_>, sink: &mut Sink<'_>) {
    let words = here.doc.slice(&here.block.span);
    if !words.contains('（') {
        return;
    }
    for sentence in here.doc.sentences(here.block) {
        let words = here.doc.slice(&sentence);
        let Some(pattern) = BRACKETS.as_ref().filter(|p| p.is_match(words)) else { continue };
        let bare = pattern.replace_all(words, "");
        for list in [&CLOSED, &OPENED] {
            for found in list.iter().flat_map(|p| p.captures_iter(&bare)) {
                let parts = items(&found["l"], &found["u"]);
                let even = ITEM.iter().flat_map(|p| p.find_iter(&found["l"])).count() == parts.len();
                let overlap = has_any(&found["l"], &["女", "党员", "独居", "高龄", "持证", "新增", "残疾"]);
                let Some(total) = number(&found, "t").filter(|_| even && parts.len() >= 2 && !overlap) else {
                    continue;
                };
                // Where the number stands in the text as it is written.
                let written = format!("{}{}", &found["t"], &found["u"]);
                let place = |at: usize| sentence.start + at..sentence.start + at + found["t"].len();
                if let Some(at) = words.rfind(&written) {
                    say(here, &parts, total, place(at), sink);
                }
            }
        }
    }
}

/// 从时间上看…；从对象上看…: the second list makes what the first does.
fn seen(here: &Sentence<'_>, sink: &mut Sink<'_>) {
    let words = here.doc.slice(&here.block.span);
    if !words.contains('从') || !words.contains("看，") {
        return;
    }
    let lists: Vec<(Vec<Decimal>, std::ops::Range<usize>)> = here
        .found(&SEEN)
        .map(|f| {
            let unit =
                ITEM.as_ref().and_then(|p| p.captures(&f["l"])).map_or(String::new(), |i| i["u"].to_owned());
            (items(&f["l"], &unit), here.at(&f, "l"))
        })
        .collect();
    let [(first, _), (second, at)] = lists.as_slice() else { return };
    let (a, b): (Decimal, Decimal) = (first.iter().sum(), second.iter().sum());
    let told = |v: Decimal| here.claims.values.binary_search(&v).is_ok();
    if a != b && told(a) && !told(b) {
        say(here, second, a, at.clone(), sink);
    }
}

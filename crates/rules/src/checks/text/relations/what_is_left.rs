//! What of some things is settled, certified or still due: 收集诉求274条，当年办结247条，转办27条; 33名社工中有11人未持证, with 22人持证 elsewhere; 应建的17个点还差4个, with 已建13个;
//! 折合36.0万元，其中现金9.0万元，物资折价27.0万元，现金占链接总额的25%.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{is_share, mistaken, percent_of, show, show_percent};

static SETTLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:收集|征集|受理|接到|登记|梳理|收到)\p{Han}{0,8}?(?P<n>\d[\d,]*)(?:条|件|个|宗|起)，\p{Han}{0,8}?(?:办结|解决|落实|回应|实现|处理|化解)(?P<m>\d[\d,]*)(?:条|件|个|宗|起)(?:，(?P<w>转|移交|上报|尚|正在|其余)\p{Han}{0,10}?(?P<r>\d[\d,]*)(?:条|件|个|宗|起)[，。；])?",
    )
});
static UNCERTIFIED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<n>\d+)(?:名|人|位)\p{Han}{0,8}中，?(?:尚有|仍有|还有|有)?(?P<m>\d+)(?:人|名|位)(?:尚未|还未|未|没有)(?:持证|持有|取得)",
    )
});
static DUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"应(?P<w>建|配|设|覆盖)的?(?P<n>\d+)(?P<u>个|名|人|户|份)\p{Han}{0,8}?，?(?:还差|尚差|还缺|尚缺|仍差|仍缺)(?P<m>\d+)(?:个|名|人|户|份)",
    )
});
static MONEY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<t>\d[\d,]*(?:\.\d+)?)(?P<u>万元|元)，(?:其中|包括)?(?P<x>\p{Han}{2,6}?)(?P<a>\d[\d,]*(?:\.\d+)?)(?:万元|元)[，、](?P<y>\p{Han}{2,6}?)(?P<b>\d[\d,]*(?:\.\d+)?)(?:万元|元)，(?P<z>\p{Han}{2,6}?)占\p{Han}{1,10}的(?P<p>\d+(?:\.\d+)?)%",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found_with(
        doc,
        claims,
        (&["办结", "解决", "落实", "回应", "实现", "处理", "化解"], &SETTLED),
        |here, found| settled(here, found, sink),
    );
    each_found_with(
        doc,
        claims,
        (&["未持", "未取得", "没有持", "没有取得"], &UNCERTIFIED),
        |here, found| {
            let certified = |c: &&Claim| {
                c.exact() && c.class() == "人" && {
                    let words = doc.slice(&(c.left.start..c.right.end.max(c.number.span.end)));
                    words.contains("持证") && !words.contains('未') && !words.contains('率')
                }
            };
            less(here, found, claims.all.iter().filter(certified).map(|c| c.number.value).collect(), sink);
        },
    );
    each_found_with(
        doc,
        claims,
        (&["还差", "尚差", "还缺", "尚缺", "仍差", "仍缺"], &DUE),
        |here, found| {
            let done = format!("已{}", &found["w"]);
            let made = |c: &&Claim| c.exact() && doc.slice(&c.left).trim_end_matches('成').ends_with(&done);
            less(here, found, claims.all.iter().filter(made).map(|c| c.number.value).collect(), sink);
        },
    );
    each_found_with(doc, claims, (&["元，"], &MONEY), |here, found| {
        let (Some(t), Some(p)) = (number(found, "t"), number(found, "p")) else { return };
        let part = if found["z"] == found["x"] {
            "a"
        } else if found["z"] == found["y"] {
            "b"
        } else {
            return;
        };
        let Some(part) = number(found, part).filter(|a| !is_share(p, p.scale(), *a, t)) else { return };
        let Some(right) = percent_of(part, t).filter(|r| (*r - p).abs() <= Decimal::from(30)) else { return };
        let message = format!("{}÷{}={}，文中为{}%", show(part), show(t), show_percent(right), show(p));
        here.warn(sink, "rate", message, (format!("{}%", show(p)), show_percent(right)), here.at(found, "p"));
    });
}

fn settled(here: &Sentence<'_>, found: &regex::Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(n), Some(m)) = (number(found, "n"), number(found, "m")) else { return };
    let rest = number(found, "r").unwrap_or_default();
    let sum = m + rest;
    if m > n {
        let message = format!("部分大于整体：{}大于{}", show(m), show(n));
        here.warn(
            sink,
            "part-over-whole",
            message,
            (show(m), format!("不大于{}", show(n))),
            here.at(found, "m"),
        );
    } else if !rest.is_zero()
        && sum != n
        && (mistaken(m, n - rest) || mistaken(rest, n - m) || mistaken(sum, n))
    {
        let message = format!("{}+{}={}，文中为{}", show(m), show(rest), show(sum), show(n));
        here.warn(sink, "total", message, (show(n), show(sum)), here.at(found, "n"));
    }
}

/// `n` less one of the values that the text tells must be `m`.
fn less(here: &Sentence<'_>, found: &regex::Captures<'_>, told: Vec<Decimal>, sink: &mut Sink<'_>) {
    let (Some(n), Some(m)) = (number(found, "n"), number(found, "m")) else { return };
    let rest = || told.iter().map(|k| n - *k);
    if told.is_empty() || rest().any(|r| r == m) || told.iter().any(|k| *k > n) {
        return;
    }
    let Some(right) = rest().find(|r| (*r - m).abs() <= Decimal::TWO || mistaken(*r, m)) else { return };
    let message = format!("{}减去{}为{}，文中为{}", show(n), show(n - right), show(right), show(m));
    here.warn(sink, "difference", message, (show(m), show(right)), here.at(found, "m"));
}

//! What was asked for, what was made of it and the rate, in digits or in words: 合同要40件，做成四十二件，完成率105.0%; what was due, done and left out:
//! 该检1608次，实检1576次，漏检32次; and the kinds of both: 要求21600小时，实际22140小时…其中直接要求12960、实际13506，间接要求8640、实际8634.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{is_share, mistaken, percent_of, show, show_percent, show_sum};

static MADE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:合同|协议|指标|计划|目标|任务)(?:要求?|约定|定的?是?|为|是|规定)?(?:开展|完成|做)?(?P<a>\d[\d,]*|[一二两三四五六七八九十百]{1,6})(?P<u>件|个|场|次|节|例|户|人次|户次|人)，(?:实际)?(?:做成|做了|完成了?|办成|实做|落实|开展了?|做到|办了)(?P<b>\d[\d,]*|[一二两三四五六七八九十百]{1,6})(?P<v>件|个|场|次|节|例|户|人次|户次|人)，(?:完成率|达成率)(?:为|是|达)?(?P<p>\d+(?:\.\d+)?)%",
    )
});
static MISSED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:应|该|须|需)(?P<x>检|访|到|交|测|报|做|签|收|查)(?P<a>\d[\d,]*)(?P<u>次|人次|户次|人|户|份|例)[，；][^。]{0,24}?(?:实际?|已)(?P<y>检|访|到|交|测|报|做|签|收|查)了?(?P<b>\d[\d,]*)(?:次|人次|户次|人|户|份|例)[，；](?:\p{Han}{2,4}率为?\d+(?:\.\d+)?%，)?(?:漏|欠|缺|少|未|差)(?:检|访|到|交|测|报|做|签|收|查)?了?(?P<c>\d[\d,]*)(?:次|人次|户次|人|户|份|例)",
    )
});
static KINDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:合同)?(?:要求|约定|指标|计划|应)(?P<a>\d[\d,]*)(?P<u>小时|人次|次|个|场)，实际(?:完成)?(?P<b>\d[\d,]*)(?:小时|人次|次|个|场)[^。]{0,20}?[。；，]其中\p{Han}{2,8}?(?:要求|约定|指标|计划|应)(?P<c>\d[\d,]*)(?:小时|人次|次|个|场)、实际(?:完成)?(?P<d>\d[\d,]*)(?:小时|人次|次|个|场)[，；]\p{Han}{2,10}?(?:要求|约定|指标|计划|应)(?P<e>\d[\d,]*)(?:小时|人次|次|个|场)、实际(?:完成)?(?P<f>\d[\d,]*)(?:小时|人次|次|个|场)",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found_with(doc, claims, (&["完成率", "达成率"], &MADE), |here, found| made(here, found, sink));
    each_found_with(doc, claims, (&["漏", "欠", "缺", "少", "未", "差"], &MISSED), |here, found| {
        missed(here, found, sink)
    });
    each_found_with(doc, claims, (&["实际"], &KINDS), |here, found| kinds(here, found, sink));
}

fn made(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(a), Some(b), Some(p)) = (number(found, "a"), number(found, "b"), number(found, "p")) else {
        return;
    };
    let unit = |n: &str| found.name(n).map_or("", |m| m.as_str());
    let Some(right) = percent_of(b, a).filter(|_| unit("u") == unit("v")) else { return };
    if !is_share(p, p.scale(), b, a) {
        let right = show_percent(right);
        let message = format!("{}÷{}={right}，文中为{}%", show(b), show(a), show(p));
        here.warn(sink, "completion", message, (format!("{}%", show(p)), right), here.at(found, "p"));
    }
}

fn missed(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(a), Some(b), Some(c)) = (number(found, "a"), number(found, "b"), number(found, "c")) else {
        return;
    };
    let verb = |n: &str| found.name(n).map_or("", |m| m.as_str());
    if verb("x") == verb("y") && a - b != c && a > b {
        let message = format!("{}-{}={}，文中为{}", show(a), show(b), show(a - b), show(c));
        here.warn(sink, "balance", message, (show(c), show(a - b)), here.at(found, "c"));
    }
}

fn kinds(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    for (whole, first, second) in [("a", "c", "e"), ("b", "d", "f")] {
        let (Some(all), Some(x), Some(y)) =
            (number(found, whole), number(found, first), number(found, second))
        else {
            return;
        };
        let slip = mistaken(x + y, all) || mistaken(x, all - y) || mistaken(y, all - x);
        if x + y != all && slip {
            let message = format!("{}，总数为{}", show_sum(&[x, y]), show(all));
            let said = (show(x + y), show(all));
            here.warn(sink, "total", message, said, here.at(found, second));
        }
    }
}

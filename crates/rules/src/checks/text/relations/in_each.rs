//! So many in each of so many places, and how many they make: 在14个社区各发放问卷25份，共发放350份.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::sentence::{Sentence, each_found, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::show;

const RULE: &str = "average";

static EACH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<n>\d{1,4}|[一二三四五六七八九十两]{1,3})(?:个|家|名|支|所)\p{Han}{1,6}?(?:，?每(?:个|家|名|支|所)?\p{Han}{0,5}?|各)(?:发放|抽取|抽查|配备|安排|开展|联系|回收|访谈|随机抽取|走访|完成)?(?:问卷|档案|居民|社工|对象)?(?P<k>\d+)(?P<u>份|户|人|名|次|场|节)\p{Han}{0,2}，[^，。；]{0,12}?(?:共|合计|总计)(?:计)?\p{Han}{0,6}?(?P<s>\d+)(?P<v>份|户|人|名|次|场|节)",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found(doc, claims, &EACH, |here, found| each(here, found, sink));
}

fn each(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(n), Some(k), Some(s)) = (number(found, "n"), number(found, "k"), number(found, "s")) else {
        return;
    };
    let one = found.name("u").map(|m| m.as_str()) == found.name("v").map(|m| m.as_str());
    if one && n * k != s && n > Decimal::ONE && k > Decimal::ONE {
        let message = format!("{}个各{}，应为{}，文中为{}", show(n), show(k), show(n * k), show(s));
        here.warn(sink, RULE, message, (show(s), show(n * k)), here.at(found, "s"));
    }
}

//! One of each, and all of them: 社区书记9人（每个社区1人） of 9个社区; 在9个村（社区）各抽20户，共抽180户.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::sentence::{each_found_with, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::show;

static BRACKET: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<total>\d+)(?:人|名|位|户|份|场|次)（每个?(?P<noun>村（社区）|社区|行政村|村|站点|站|乡镇|街道|镇|乡|片区|学校|小区|网格)各?(?P<one>\d+|一|两)(?:人|名|位|户|份|场|次)）",
    )
});
static OF_EACH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<n>\d+|[一二两三四五六七八九十]{1,3})个(?P<noun>村（社区）|\p{Han}{1,6})(?:中|内|里)?各(?:随机)?(?:抽取|抽访|抽查|抽|选取|选|走访|发放|入户|访谈|访问)\p{Han}{0,6}?(?P<one>\d+)(?P<u>户|人|名|份|个|位|场|次)，(?:一共|共计|合计|总计|共)(?:抽取|抽访|抽查|抽|选取|选|发放|访谈|访问|走访|入户)?\p{Han}{0,6}?(?P<total>\d+)(?P<v>户|人|名|份|个|位|场|次)",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found_with(doc, claims, (&["（每"], &BRACKET), |here, found| {
        let (Some(total), Some(one)) = (number(found, "total"), number(found, "one")) else { return };
        let noun = found["noun"].split('（').next().unwrap_or_default();
        let of_noun = |c: &&crate::checks::text::claim::Claim| {
            c.exact() && c.class() == "个" && doc.text[c.number.span.end..].starts_with(noun)
        };
        let counts: Vec<Decimal> = claims.all.iter().filter(of_noun).map(|c| c.number.value).collect();
        let told_twice = counts.len() > 1;
        let Some(n) = counts.first().copied().filter(|n| told_twice && counts.iter().all(|m| m == n)) else {
            return;
        };
        if total.checked_rem(one) != Some(Decimal::ZERO)
            || counts.iter().any(|m| m.checked_mul(one) == Some(total))
        {
            return;
        }
        let Some(right) = n.checked_mul(one).filter(|r| (*r - total).abs() <= one * Decimal::TWO) else {
            return;
        };
        let message =
            format!("{}个{noun}每个{}，应为{}，文中为{}", show(n), show(one), show(right), show(total));
        here.warn(sink, "average", message, (show(total), show(right)), here.at(found, "total"));
    });
    each_found_with(doc, claims, (&["各"], &OF_EACH), |here, found| {
        let (Some(n), Some(one), Some(total)) =
            (number(found, "n"), number(found, "one"), number(found, "total"))
        else {
            return;
        };
        // 向街道办事处和14个社区各发放1份，共15份: to one more.
        let before = &doc.text[..here.at(found, "n").start];
        if before.ends_with(['和', '及', '与', '、']) {
            return;
        }
        let Some(right) = n.checked_mul(one).filter(|r| found["u"] == found["v"] && *r != total) else {
            return;
        };
        let message = format!("{}×{}={}，文中为{}", show(n), show(one), show(right), show(total));
        here.warn(sink, "average", message, (show(total), show(right)), here.at(found, "total"));
    });
}

//! Growth against a number told with it, of one told elsewhere in the paragraph: 实际36000人次…与第二年的32000人次相比增长12.5%; and of what grew by
//! an amount: 总产43.0吨，比上年增4.3吨、增长11.1%.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, prints_as, show};
use crate::checks::text::words::has_any;

const RULE: &str = "difference";
const NOW: &[&str] = &["实际", "完成", "全年", "本年", "今年", "共", "达", "累计", "合计", "总"];

static AGAINST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:与|和|同|较|比)[^，。；\d]{0,10}的?(?P<a>\d[\d,]*(?:\.\d+)?)(?P<u>人次|户次|万元|元|小时|场|次|个|人|户|件|吨|公斤)(?:相比|比)?，?(?P<w>增长|上升|增加|提高|下降|减少|降低)(?:了)?(?P<p>\d+(?:\.\d+)?)%",
    )
});
static BY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<v>\d[\d,]*(?:\.\d+)?)(?P<u>人次|户次|万元|元|小时|场|次|个|人|户|件|吨|公斤|亩|份)，(?:比|较)(?:上年度?|去年|上一年度?|前一年|第[一二三]年|\d{4}年)(?P<w>增加|增|多|减少|减|少)了?(?P<d>\d[\d,]*(?:\.\d+)?)(?P<x>人次|户次|万元|元|小时|场|次|个|人|户|件|吨|公斤|亩|份)[、，](?:增长|增幅|增速|上升|下降|降幅|减少)(?:率)?(?:为|了|达)?(?P<p>\d+(?:\.\d+)?)%",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let words: &[&str] = &["比", "较", "与", "同", "和"];
    for here in Sentence::all(doc, claims)
        .filter(|here| here.holds(&["增", "上升", "提高", "降", "减少"]) && here.holds(words))
    {
        here.found(&AGAINST).for_each(|found| against(&here, &found, sink));
    }
    each_found_with(doc, claims, (&["比", "较"], &BY), |here, found| by(here, found, sink));
}

fn percent(change: Decimal, of: Decimal) -> Option<Decimal> {
    change.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(of)
}

fn said(here: &Sentence<'_>, found: &Captures<'_>, words: (String, Decimal, Decimal), sink: &mut Sink<'_>) {
    let (how, right, told) = words;
    let message = format!("{how}={}%，文中为{}%", show(right), show(told));
    let said = (format!("{}%", show(told)), format!("{}%", show(right)));
    here.warn(sink, RULE, message, said, here.at(found, "p"));
}

fn against(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let Some(p) = number(found, "p").filter(|p| p.scale() > 0) else { return };
    let at = here.at(found, "a");
    let Some(then) = here.claims.within(&(at.start..at.start + 1)).first().filter(|c| c.exact()) else {
        return;
    };
    let up = found.name("w").is_some_and(|w| matches!(w.as_str(), "增长" | "上升" | "增加" | "提高"));
    let of = |c: &Claim| {
        let change = c.number.value - then.number.value;
        percent(if up { change } else { -change }, then.number.value)
    };
    let kin = |c: &&Claim| c.class() == then.class() && c.exact() && c.number.value != then.number.value;
    let own = || here.claims.within(&here.block.span).iter().filter(kin);
    if own().filter_map(of).any(|g| prints_as(g, p, p.scale())) {
        return;
    }
    let now =
        own().filter(|c| c.number.span.end <= at.start && has_any(here.doc.slice(&c.left), NOW) && !c.target);
    let mut slips = now.filter_map(|c| Some((c, of(c)?.round_dp(p.scale()))));
    let slip = slips.rfind(|(_, g)| mistaken(*g, p));
    if let Some((now, right)) = slip {
        let (a, b) = (show(now.number.value), show(then.number.value));
        said(here, found, (format!("({a}-{b})÷{b}"), right, p), sink);
    }
}

fn by(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(v), Some(d), Some(p)) = (number(found, "v"), number(found, "d"), number(found, "p")) else {
        return;
    };
    let unit = |n: &str| found.name(n).map_or("", |m| m.as_str());
    let up = matches!(unit("w"), "增加" | "增" | "多");
    let then = if up { v - d } else { v + d };
    let Some(right) = percent(d, then).filter(|_| unit("u") == unit("x") && then > Decimal::ZERO) else {
        return;
    };
    if !prints_as(right, p, p.scale()) {
        let right = right.round_dp(p.scale().max(1));
        let sign = if up { '-' } else { '+' };
        said(here, found, (format!("{}÷({}{sign}{})", show(d), show(v), show(d)), right, p), sink);
    }
}

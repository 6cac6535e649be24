//! A rate of what all are said to have had: 新接收的64人个个做了入矫初评，初评率100%.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::show;

static ALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"\d(?:人|名|户|位|件|份|例|个|家|条|项|对象|\p{Han}{0,8}?)(?:个个|全部|全都|全数|悉数|无一例外地?|人人|户户|件件|逐一|逐人|无一遗漏地?|一个不落地?)(?P<v>\p{Han}{2,12})，(?P<r>\p{Han}{2,4})率(?:为|达到?|是)?(?P<p>\d+(?:\.\d+)?)%",
    )
});
/// Words after which all are meant that can be: not each that was reached.
const SOME: &[&str] = &["除", "外", "以外", "基本", "其中"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found_with(
        doc,
        claims,
        (&["个个", "全部", "全都", "全数", "悉数", "无一", "逐", "一个不落", "人人", "户户", "件件"], &ALL),
        |here, found| all(here, found, sink),
    );
}

fn all(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(p), Some(v), Some(r)) = (number(found, "p"), found.name("v"), found.name("r")) else { return };
    let at = here.at(found, "p");
    let lead = here.doc.tail(here.block.body..here.whole(found).start, 60);
    let lead = lead.rsplit(['。', '；', '，']).next().unwrap_or_default();
    if p == Decimal::ONE_HUNDRED || !v.as_str().contains(r.as_str()) || SOME.iter().any(|w| lead.contains(w))
    {
        return;
    }
    let message = format!("前文说全部{}，{}率应为100%，文中为{}%", v.as_str(), r.as_str(), show(p));
    here.warn(sink, "rate", message, (format!("{}%", show(p)), "100%".into()), at);
}

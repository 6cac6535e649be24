//! How many people there are and each of them by post and name: 配备社工5名，分别是站长黎舟敏，社工邬秋桐、谈家蓉、艾晓旻、郝立棠.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::show;

/// Posts before names.
const POSTS: &str = "(?:站长|副站长|主任|副主任|负责人|项目主管|主管|社工|助理|督导|会计|出纳|康复师|护理员|行政|组长|副组长|组员|成员)";
/// So many more or fewer are a slip.
const APART: i64 = 2;

static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:现有|共有|有|配备|配有|由|共)\p{{Han}}{{0,6}}?(?P<n>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})(?:个人|名|人|位)\p{{Han}}{{0,6}}?[，：](?:分别是|分别为|即|为)?(?P<l>{POSTS}(?:为|是|：)?\p{{Han}}{{2,3}}(?:[、和]\p{{Han}}{{2,3}})*(?:[，；]{POSTS}(?:为|是|：)?\p{{Han}}{{2,3}}(?:[、和]\p{{Han}}{{2,3}})*)+)[。；]"
    ))
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found_with(
        doc,
        claims,
        (&["站长", "主任", "负责人", "主管", "组长"], &NAMED),
        |here, found| {
            named(here, found, sink);
        },
    );
}

fn named(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(told), Some(list)) = (number(found, "n"), found.name("l")) else { return };
    let many = Decimal::from(list.as_str().split(['，', '；', '、', '和']).count());
    let apart = (many - told).abs();
    if !apart.is_zero() && apart <= Decimal::from(APART) {
        let message = format!("列出{}人，文中为{}人：{}", show(many), show(told), list.as_str());
        here.warn(sink, "count-names", message, (show(told), show(many)), here.at(found, "n"));
    }
}

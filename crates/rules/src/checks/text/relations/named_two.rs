//! A count right behind two names or more that say by their ending what they are: 榕溪小学、海涌三中两所学校; 东河村、西坪村2个村.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::show;

/// The noun of a count, and what the names of its kind end with.
const KINDS: &[(&str, &[&str])] = &[
    ("学校", &["小学", "中学", "一中", "二中", "三中", "四中", "五中", "六中", "学校", "幼儿园", "学院"]),
    ("村", &["村"]),
    ("社区", &["社区"]),
    ("镇", &["镇"]),
    ("乡", &["乡"]),
    ("街道", &["街道"]),
];

static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<l>\p{Han}{2,14}(?:、\p{Han}{2,10}){1,7})(?:等)?(?:共|这)?(?P<n>[两二三四五六七八九]|\d)(?:个|所)(?P<k>学校|行政村|村|社区|镇|乡|街道)(?:$|[^\p{Han}]|开展|内|的|进行|设|建|为)",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found_with(
        doc,
        claims,
        (&["所学校", "个村", "个行政村", "个社区", "个镇", "个乡", "个街道"], &NAMED),
        |here, found| {
            judge(here, found, sink);
        },
    );
}

fn judge(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(n), Some(l), Some(k)) = (number(found, "n"), found.name("l"), found.name("k")) else { return };
    let noun = k.as_str().trim_start_matches("行政");
    let Some((_, ends)) = KINDS.iter().find(|kind| kind.0 == noun) else { return };
    let items: Vec<&str> = l.as_str().split('、').collect();
    let named = items.iter().all(|i| ends.iter().any(|e| i.ends_with(e) && i.len() > e.len()));
    let joined = items.iter().any(|i| i.contains(['和', '及', '与', '等', '各']));
    // A list that begins before what was read.
    let lead = here.doc.tail(here.block.body..here.at(found, "l").start, 9);
    let whole = found.get(0).map_or("", |m| m.as_str());
    let open = lead.ends_with(['、', '”', '）', '和', '及']) || whole.contains('等');
    if named && !joined && !open && n != Decimal::from(items.len()) {
        let message = format!("列出{}个名称，文中为{}", items.len(), show(n));
        here.warn(sink, "count-names", message, (show(n), items.len().to_string()), here.at(found, "n"));
    }
}

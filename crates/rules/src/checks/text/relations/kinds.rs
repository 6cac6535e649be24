//! What kind of thing a noun names: 个 counts areas, communities and groups alike.

use crate::checks::text::claim::Claim;
use crate::checks::text::doc::Doc;

/// Kinds of things of which one is no part of another.
const KINDS: &[&str] = &[
    "社区",
    "片区",
    "街道",
    "镇街",
    "镇",
    "乡",
    "村",
    "服务点",
    "社工点",
    "社工站",
    "小组",
    "个案",
    "项目",
    "学校",
    "小区",
];

/// The kind that a noun begins or ends with: 片区 of 服务片区.
pub(super) fn kind_of(noun: &str) -> Option<&'static str> {
    let of = |fits: &dyn Fn(&str) -> bool| KINDS.iter().find(|k| fits(k)).copied();
    of(&|k| noun.starts_with(k)).or_else(|| of(&|k| noun.ends_with(k)))
}

/// 3个片区 and 4个社区 are counted with one word and are two kinds of things; 24个村（社区） are villages and communities.
pub(super) fn one_noun(doc: &Doc, a: &Claim, b: &Claim) -> bool {
    let noun = |c: &Claim| doc.slice(&c.right).trim_end_matches('中').to_owned();
    let both = |c: &Claim| {
        doc.text[c.right.end..].starts_with('（') || noun(c).contains('村') && noun(c).contains('社')
    };
    let homes = |k: &str| matches!(k, "村" | "社区");
    match (kind_of(&noun(a)), kind_of(&noun(b))) {
        (Some(p), Some(q)) => p == q || (both(a) || both(b)) && homes(p) && homes(q),
        _ => true,
    }
}

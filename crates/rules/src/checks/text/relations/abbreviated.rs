//! A short name told with its full one: 禾光社会工作服务中心（以下简称“禾光中心”）. Its own characters stand in the full name; one
//! that sounds or looks like the one that stands there is a slip in one of the two.

use std::sync::LazyLock;

use regex::Regex;

use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::sound::alike;

const RULE: &str = "name-variant";
/// What a name is of, and no part of what tells it from others.
const KINDS: &[&str] = &[
    "社会工作服务中心",
    "社会工作服务站",
    "社工服务中心",
    "社工服务站",
    "服务中心",
    "社工站",
    "服务站",
    "事务所",
    "评估中心",
    "公益中心",
    "中心",
    "协会",
    "机构",
    "公司",
    "项目",
    "街道",
    "站",
    "镇",
    "乡",
];
/// What follows the own name in the full one.
const TYPES: &[&str] =
    &["社会工作", "社会服务", "社会组织", "社工", "公益", "志愿", "评估", "街道", "镇", "乡", "社区"];

static SHORT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<full>\p{Han}{4,30})(?:（(?:(?:以下|下文|以下统一)?简称|以下称|下称|下文称|本文称|以下称为|本报告称)：?|，(?:以下|下文)简称|，下称)“?(?P<short>\p{Han}{2,10})[”）。，]").ok()
});

pub(super) fn check(doc: &Doc, _: &Claims, sink: &mut Sink<'_>) {
    let Some(pattern) = SHORT.as_ref() else { return };
    for block in &doc.blocks {
        let words = doc.slice(&block.span);
        if !words.contains('称') {
            continue;
        }
        for found in pattern.captures_iter(words) {
            let (Some(full), Some(short)) = (found.name("full"), found.name("short")) else { continue };
            sink.tried();
            let Some((wrong, right)) = slip(full.as_str(), short.as_str()) else { continue };
            let at = |m: &regex::Match<'_>| block.span.start + m.start()..block.span.start + m.end();
            let message = format!("简称“{}”中的“{wrong}”与全称“{}”不符", short.as_str(), full.as_str());
            sink.add(RULE, Severity::Warning, message, (wrong, right), &[at(&short), at(&full)]);
        }
    }
}

/// The own part of a short name and the part of the full one that it misses by one character.
fn slip(full: &str, short: &str) -> Option<(String, String)> {
    let kind = KINDS.iter().find(|k| short.ends_with(**k)).map_or("", |k| *k);
    let own: Vec<char> = short[..short.len() - kind.len()].chars().collect();
    let mut rest = full.chars();
    // 评估方, 承接方: what it does, and no part of its name.
    if short.ends_with(['方', '组', '者'])
        || !(2..=6).contains(&own.len())
        || own.iter().all(|c| rest.any(|f| f == *c))
    {
        return None;
    }
    let chars: Vec<char> = full.chars().collect();
    chars.windows(own.len()).enumerate().find_map(|(at, window)| {
        let mut apart = own.iter().zip(window).filter(|(a, b)| a != b);
        let (a, b) = apart.next()?;
        let behind: String = chars[at + own.len()..].iter().collect();
        let named = own.len() == 2 && TYPES.iter().any(|t| behind.starts_with(t)) && kind == "中心";
        let slip = apart.next().is_none() && (alike(*a, *b) || named || own.len() > 2);
        slip.then(|| (own.iter().collect(), window.iter().collect()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names() {
        for (full, short, slips) in [
            ("澜溪市禾光社会工作服务中心", "禾光中心", false),
            ("澜溪市禾光社会工作服务中心", "和光中心", true),
            ("那岩县木棉社会工作服务中心", "木锦中心", true),
            ("秦源市启晨社会工作服务中心", "启辰", true),
            ("云浦街道社会工作服务站", "云浦社工站", false),
            ("云浦街道社会工作服务站", "云埔社工站", true),
            ("晨星社会工作发展中心", "星光项目", false),
            ("望岭区民政局", "区局", false),
            ("甲县善行社会工作服务中心", "承接机构", false),
            ("甲县善行社会工作服务中心", "项目方", false),
        ] {
            assert_eq!(slip(full, short).is_some(), slips, "{full} {short}");
        }
    }
}

//! One quantity told twice with other words around it (实际走访496户次 and 走访496户次, 不少于92份 twice), of which one number
//! differs by a digit or by the order of two; and lists that a number announces (4项整改建议).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::told_again::printed;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::lex::chinese;
use crate::checks::text::math::{one_digit_apart, reordered, show};
use crate::checks::text::words::has_any;

const RULE: &str = "repeated";
/// Below it numbers are too like each other.
const LEAST: i64 = 10;
/// Most values told of one noun, and items of a list.
const MOST_VALUES: usize = 2;
const MOST_ITEMS: usize = 20;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    nouns(doc, claims, sink);
    announced(doc, sink);
}

/// Words before or behind a number that say how it was counted and not what.
const MANNER: &[&str] = &[
    "累计",
    "合计",
    "共计",
    "总计",
    "一共",
    "实际",
    "全年",
    "年度",
    "完成",
    "开展",
    "组织",
    "举办",
    "发放",
    "提供",
    "项目",
    "期内",
    "周期",
    "目前",
    "现有",
    "已有",
    "配有",
    "站内",
    "其中",
    "应急",
    "有效",
    "回收",
    "总额",
    "末期",
    "经评估",
    "综上",
    "达到",
    "人数",
    "总量",
    "数量",
    "全部",
    "均为",
    "为",
    "共",
    "有",
    "的",
    "得",
    "了",
    "已",
    "约",
    "总",
    "在",
    "达",
];

static MANNERS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&MANNER.join("|")).ok());

/// What a claim counts, without the manner.
fn noun(doc: &Doc, c: &Claim) -> String {
    let strip =
        |words: &str| MANNERS.as_ref().map_or_else(String::new, |p| p.replace_all(words, "").into_owned());
    let left = strip(doc.slice(&c.left));
    let right: String = strip(doc.slice(&c.right));
    let tail: String = left.chars().skip(left.chars().count().saturating_sub(4)).collect();
    if right.chars().count() >= 2 && tail.chars().count() < 2 {
        right.chars().take(4).collect()
    } else {
        tail
    }
}

/// Digits in another order or one of them another.
fn mistaken(a: Decimal, b: Decimal) -> bool {
    reordered(a, b) || a != b && one_digit_apart(a, b) && a >= Decimal::ONE_HUNDRED
}

fn whole(doc: &Doc, c: &Claim) -> bool {
    const OTHER: &[&str] = &[
        "上年", "去年", "上期", "同比", "较", "比", "计划", "目标", "由", "从", "增", "减", "每", "均", "新",
        "其中", "剩", "余", "少", "多", "超", "半年", "季度", "月", "中", "各", "另", "应", "拟", "需", "除",
        "前", "后", "第", "未", "不", "无", "其他", "原", "约", "近",
    ];
    let left = doc.slice(&c.left);
    doc.blocks[c.block].kind != Kind::Cell
        && c.exact()
        && !c.target
        && !c.other_period
        && c.area.is_none()
        && c.place.is_none()
        && c.depth == 0
        && c.number.unit.is_some()
        // 任务完成35分 and 任务完成30.5分: what it can score, and what it scored.
        && (c.class() != "分" || left.contains("综合") || left.contains('总'))
        && c.number.value >= Decimal::from(LEAST)
        && !has_any(left, OTHER)
        && !c.is_in_bare_list(doc)
}

/// Two values of one noun in two sentences, and no third.
fn nouns(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut known: BTreeMap<(&str, String), Vec<&Claim>> = BTreeMap::new();
    let mut times: BTreeMap<Decimal, usize> = BTreeMap::new();
    for c in &claims.all {
        *times.entry(printed(c)).or_default() += 1;
    }
    for c in claims.all.iter().filter(|c| whole(doc, c)) {
        let name = noun(doc, c);
        let short: String = name.chars().skip(name.chars().count().saturating_sub(2)).collect();
        if short.chars().count() == 2 {
            known.entry((c.number.unit.map_or("", |u| u.word), short)).or_default().push(c);
        }
    }
    for list in known.values() {
        let mut values: Vec<Decimal> = list.iter().map(|c| c.number.value).collect();
        values.sort_unstable();
        values.dedup();
        let [a, b] = values[..] else { continue };
        if values.len() > MOST_VALUES || !mistaken(a, b) {
            continue;
        }
        let times = |c: &&Claim| times.get(&printed(c)).copied().unwrap_or(0);
        let first = list.iter().find(|c| c.number.value == a);
        let second = list.iter().find(|c| c.number.value == b);
        let (Some(first), Some(second)) = (first, second) else { continue };
        let (wrong, right) = if times(first) <= times(second) { (first, second) } else { (second, first) };
        // 发放130份 and 收回120份 of one group: one digit is a slip only where the words before the number are the same.
        let ends = |c: &Claim| doc.slice(&c.left).chars().rev().take(2).collect::<String>();
        let ordered = reordered(a, b);
        let named = ordered || noun(doc, wrong) == noun(doc, right) && ends(wrong) == ends(right);
        if named
            && times(wrong) == 1
            && wrong.sentence != right.sentence
            && !sink.said(&[wrong.span().start, wrong.wide().start])
        {
            sink.tried();
            let message =
                format!("“{}”与“{}”应为同一个数", doc.slice(&wrong.wide()), doc.slice(&right.wide()));
            let said = (show(wrong.number.value), show(right.number.value));
            sink.add(RULE, Severity::Warning, message, said, &[wrong.wide(), right.wide()]);
        }
    }
}

static ANNOUNCED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})(?:项|条|个|点|方面|个方面)的?(?:整改|主要|改进|突出|具体|共性)?(?:建议|意见|问题|不足|成效|特色|亮点|经验|措施|做法)(?:如下)?(?:：|。|，[^。，]{0,30}：)$").ok()
});
static ITEM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:#+|\*\*)\s*)?(?:（(?P<a>\d{1,2}|[一二三四五六七八九十]{1,2})）|(?P<b>\d{1,2})[.、．]|(?P<c>[一二三四五六七八九十]{1,2})(?:是|、))").ok()
});

fn small(text: &str) -> Option<usize> {
    text.parse().ok().or_else(|| chinese(text).and_then(|n| usize::try_from(n.trunc().mantissa()).ok()))
}

/// 评估组提出4项整改建议： and four numbered items behind it.
fn announced(doc: &Doc, sink: &mut Sink<'_>) {
    let paragraphs: Vec<_> = doc.blocks.iter().filter(|b| b.kind != Kind::Cell).collect();
    let number = |at: usize| {
        let block = paragraphs.get(at)?;
        let found = ITEM.as_ref()?.captures(doc.slice(&block.span))?;
        let style = ["a", "b", "c"].iter().position(|g| found.name(g).is_some())?;
        small(found.name(["a", "b", "c"][style])?.as_str()).map(|n| (style, n))
    };
    for (i, block) in paragraphs.iter().enumerate() {
        let words = doc.slice(&block.span).trim_end();
        let Some(found) = ANNOUNCED.as_ref().and_then(|p| p.captures(words)) else { continue };
        let Some(m) = found.name("n") else { continue };
        let Some(stated) = small(m.as_str()).filter(|n| (2..=MOST_ITEMS).contains(n)) else { continue };
        let clause = words[..m.start()].rsplit(['，', '。', '；']).next().unwrap_or_default();
        if has_any(clause, &["其中", "上年", "去年", "已", "还有", "另", "上次", "第"]) {
            continue;
        }
        let Some((style, 1)) = number(i + 1) else { continue };
        let mut count = 1;
        for at in (i + 2..paragraphs.len()).take(4 * MOST_ITEMS) {
            match number(at) {
                Some((s, n)) if s == style && n == count + 1 => count += 1,
                Some((s, 1)) if s == style => break,
                _ => {}
            }
            if paragraphs[at].kind == Kind::Heading && number(at).is_none_or(|(s, _)| s != style) {
                break;
            }
        }
        let span = block.span.start + m.start()..block.span.start + m.end();
        // 据此提出四条建议 in a summary, far from where they stand.
        let next = paragraphs.get(i + 1).is_some_and(|b| b.kind == block.kind || words.ends_with('：'));
        let summed = words.chars().count() > 80 && !words.ends_with('：');
        if next && !summed && count >= 2 && count != stated && !sink.said(&[span.start]) {
            sink.tried();
            let message = format!("说有{stated}项，后面列出{count}项");
            sink.add(
                "count-names",
                Severity::Warning,
                message,
                (stated.to_string(), count.to_string()),
                &[span],
            );
        }
    }
}

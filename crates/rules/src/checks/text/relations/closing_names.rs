//! Counts of names in shapes that others leave aside: 松陂、富华、翠堤、石排4个社工点; “甲”“乙”“丙”3个小组; 4个小区：甲、乙、丙、丁; 由冉明哲、邢素云、佟建业3位专家打分;
//! and a name twice in such a list.

use std::ops::Range;

use rust_decimal::prelude::ToPrimitive as _;

use super::roster::{count, unbracketed};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::lists::{bare, items_from};
use crate::checks::text::math::show;
use crate::checks::text::words::has_any;

const RULE: &str = "count-names";
const TWICE: &str = "duplicate-name";
/// Most names of a list.
const MOST: usize = 30;
/// What leads from a count to the names.
const INTROS: &[&str] = &[
    "，分别为",
    "，分别是",
    "，即",
    "：",
    "，为",
    "，包括",
    "，主题包括",
    "，主题为",
    "，名为",
    "，主题分别为",
    "分别为",
    "分别是",
    "，依次为",
];
/// What somebody does with so many, in the last item of a list of deeds.
const ACTS: &[&str] = &[
    "查看",
    "走访",
    "开展",
    "访谈",
    "访问",
    "抽查",
    "建立",
    "组建",
    "实施",
    "调研",
    "培育",
    "孵化",
    "设立",
    "完成",
    "举办",
    "链接",
    "发放",
    "整改",
    "提出",
    "探访",
    "抽取",
    "选取",
    "参与",
    "跟进",
    "转介",
    "服务了",
    "接待",
    "新增",
];
/// What leads from a verb to the first of the names.
const VERBS: &[&str] =
    &["辖", "覆盖", "包括", "为", "含", "服务", "设", "在", "是", "即", "有", "由", "下辖", "涉及"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for c in claims.all.iter().filter(|c| doc.blocks[c.block].kind == Kind::Paragraph) {
        let Some(n) = c.number.value.to_usize().filter(|n| (2..=MOST).contains(n) && c.exact() && !c.target)
        else {
            continue;
        };
        if c.class() == "人" {
            people(doc, c, n, sink);
        } else if is_counted(doc, c) {
            let rest = doc.slice(&(c.number.span.end..c.sentence.end.max(c.number.span.end)));
            if rest.contains("一是") {
                continue;
            }
            before(doc, c, n, sink);
            behind(doc, c, n, sink);
            quoted(doc, c, n, sink);
        }
    }
}

/// 4个, 3支, and the 4 of 4大领域.
fn is_counted(doc: &Doc, c: &Claim) -> bool {
    matches!(c.class(), "个" | "支" | "家" | "所" | "处" | "片区" | "种" | "类" | "项" | "维度" | "方")
        || c.class().is_empty() && doc.text[c.number.span.end..].starts_with('大')
}

fn han(words: &str) -> bool {
    words.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// 松陂、富华、翠堤、石排4个社工点: a list that runs into its number.
fn before(doc: &Doc, c: &Claim, n: usize, sink: &mut Sink<'_>) {
    let lead = doc.slice(&(c.sentence.start..c.number.span.start.max(c.sentence.start)));
    let list = lead.rsplit(['，', '；', '：', '。', '（', '）', '”']).next().unwrap_or_default();
    let list = list.strip_suffix('共').unwrap_or(list);
    let noun = doc.slice(&(c.number.span.end..c.sentence.end.max(c.number.span.end)));
    let named = noun.chars().next().is_some_and(|f| ('\u{4e00}'..='\u{9fff}').contains(&f))
        && !noun.starts_with(['中', '的', '、']);
    let mut items: Vec<&str> = list.split('、').collect();
    // 将12个镇街划为东部、中部、西部3个片区.
    if let Some(at) =
        items[0].rfind(['为', '成', '有', '设']).filter(|_| items[0].contains(|c: char| c.is_ascii_digit()))
    {
        items[0] = items[0][at..].split_at('为'.len_utf8()).1;
    }
    let plain = items.iter().all(|i| han(i) && (2..=18).contains(&i.chars().count()));
    // 听取汇报、查阅档案、实地查看4个服务点; 残疾人两项补贴.
    let verb = has_any(items[items.len() - 1], ACTS) || c.number.chinese && n == 2;
    let turn = items[1..].iter().any(|i| i.starts_with(['以', '按', '由', '用', '对', '将', '从', '向']));
    if verb || turn || items.len() < 3 || !plain || !named || lead.ends_with(['等', '每', '各']) {
        return;
    }
    if ["各", "等", "每", "其他", "其余", "另外"].iter().any(|w| items.iter().any(|i| i.contains(w)))
    {
        return;
    }
    let last = items[items.len() - 1];
    let joined = ["以及", "和", "及", "与"].iter().map(|w| last.matches(w).count()).max().unwrap_or(0);
    twice(doc, c, &items, sink);
    not_so_many(doc, c, n, (items.len(), items.len() + joined), sink);
}

/// A name that stands twice in a list.
fn twice(doc: &Doc, c: &Claim, items: &[&str], sink: &mut Sink<'_>) {
    sink.tried();
    let first = items[0];
    let again = items.iter().enumerate().skip(1).find(|(i, item)| {
        item.chars().count() >= 2
            && (items[1..*i].contains(item)
                || first
                    .strip_suffix(**item)
                    .is_some_and(|v| v.is_empty() || VERBS.iter().any(|w| v.ends_with(w))))
    });
    let Some((_, name)) = again else { return };
    if sink.said(&[c.wide().start, c.span().start]) {
        return;
    }
    let message = format!("“{}”所列名称中“{name}”出现两次", doc.slice(&c.wide()));
    sink.add(TWICE, Severity::Warning, message, ((*name).to_owned(), String::new()), &[c.wide()]);
}

/// Where the names begin behind a count, its noun and what leads to them.
fn intro(doc: &Doc, c: &Claim) -> Option<usize> {
    let rest = doc.slice(&(c.number.span.end..c.sentence.end.max(c.number.span.end)));
    let noun = rest.chars().take_while(|c| c.is_alphabetic()).take(12).map(char::len_utf8).sum::<usize>();
    let cut = ["分别为", "分别是"].iter().find_map(|w| rest[..noun].find(w)).unwrap_or(noun);
    let found = INTROS.iter().filter(|w| rest[cut..].starts_with(**w)).max_by_key(|w| w.len())?;
    Some(c.number.span.end + cut + found.len())
}

/// 4个小区：水岸名庭、建材厂宿舍、沙堰安置房、金河苑.
fn behind(doc: &Doc, c: &Claim, n: usize, sink: &mut Sink<'_>) {
    let Some(from) = intro(doc, c) else { return };
    let list = items_from(doc, from, c.sentence.end);
    let items: Vec<&str> = list.items.iter().map(|i| bare(doc.slice(i))).collect();
    let plain = items.iter().all(|i| han(i) && (2..=14).contains(&i.chars().count()));
    if list.open
        || items.len() < 3
        || !plain
        || items.iter().any(|i| i.starts_with("其中") || i.contains(['各', '为', '由']))
    {
        return;
    }
    // 分为4个片区：东塘片包括东塘社区、迎春社区；西塘片包括…: names in groups.
    if has_any(items[0], &["包括", "包含", "含", "辖", "有"]) {
        return;
    }
    // A colon before clauses that go on is no list of names.
    let end = list.items.last().map_or(from, |i| i.end);
    let closed = doc.text[end..].chars().next().is_none_or(|c| matches!(c, '。' | '；' | '，' | '\n'));
    if closed {
        twice(doc, c, &items, sink);
        not_so_many(doc, c, n, (items.len(), items.len() + list.joined), sink);
    }
}

/// Names in quotes that stand side by side, from `from` on: how many, where they end, and whether one stands twice.
fn quotes(words: &str) -> (Vec<&str>, usize) {
    let mut names = Vec::new();
    let mut end = 0;
    let mut rest = words;
    while let Some(inner) = rest.strip_prefix('“') {
        let Some((name, _)) = inner.split_once('”') else { break };
        names.push(name);
        end = words.len() - inner.len() + name.len() + "”".len();
        rest = words[end..].trim_start_matches(['、', '和', '及', '与']);
    }
    (names, end)
}

fn quoted(doc: &Doc, c: &Claim, n: usize, sink: &mut Sink<'_>) {
    if let Some(from) = intro(doc, c) {
        let words = doc.slice(&(from..c.sentence.end.max(from)));
        let (names, end) = quotes(words);
        let open = words[end..].starts_with('等')
            || words[end..].chars().next().is_some_and(|c| !"。；，".contains(c));
        if names.len() >= 3 && !open {
            twice(doc, c, &names, sink);
            not_so_many(doc, c, n, (names.len(), names.len()), sink);
        }
        return;
    }
    let lead = doc.slice(&(c.sentence.start..c.number.span.start.max(c.sentence.start)));
    let lead = lead.strip_suffix('共').unwrap_or(lead);
    if !lead.ends_with('”') {
        return;
    }
    // The first quote from which all run up to the number.
    let starts = lead
        .match_indices('“')
        .map(|m| m.0)
        .filter(|at| !lead[..*at].ends_with(['”', '、', '和', '及', '与']));
    for at in starts {
        let (names, end) = quotes(&lead[at..]);
        if at + end == lead.len() && names.len() >= 3 {
            twice(doc, c, &names, sink);
            not_so_many(doc, c, n, (names.len(), names.len()), sink);
        }
    }
    // 以“家庭、长者、青少年”三个领域为框架: all names in one pair of quotes.
    let inner = lead.strip_suffix('”').and_then(|l| l.rsplit_once('“')).map_or("", |l| l.1);
    let items: Vec<&str> = inner.split('、').collect();
    let plain = items.iter().all(|i| han(i) && (2..=8).contains(&i.chars().count()));
    if items.len() >= 3 && plain && !inner.ends_with('等') {
        twice(doc, c, &items, sink);
        not_so_many(doc, c, n, (items.len(), items.len()), sink);
    }
}

/// 由冉明哲、邢素云、佟建业3位专家打分; 评估人员3名（冉明哲、邢素云、佟建业）.
fn people(doc: &Doc, c: &Claim, n: usize, sink: &mut Sink<'_>) {
    let lead = doc.slice(&(c.sentence.start..c.number.span.start.max(c.sentence.start)));
    let lead = lead.strip_suffix("，共").or_else(|| lead.strip_suffix('共')).unwrap_or(lead);
    // 何慕贞（组长）、邓伟伦、谭婉君3人.
    let lead = unbracketed(lead);
    let list = lead.rsplit(['，', '；', '：', '。']).next().unwrap_or_default();
    let first = list.split('、').next().unwrap_or_default();
    let cut = ["由", "为", "是", "成员", "组员", "派", "请"]
        .iter()
        .filter_map(|w| first.rfind(w).map(|i| i + w.len()))
        .max()
        .unwrap_or(0);
    let names = &list[cut..];
    if names.contains('、') && han(&names.replace('、', "")) {
        let (found, _) = count(names);
        if found >= 2 {
            return not_so_many(doc, c, n, (found, found), sink);
        }
    }
    let rest = doc.slice(&(c.number.span.end..c.sentence.end.max(c.number.span.end)));
    let inner = rest.split_once('（').filter(|(noun, _)| noun.chars().count() <= 6 && han(noun));
    if let Some((inner, _)) = inner.and_then(|(_, inner)| inner.split_once('）'))
        && inner.contains('、')
        && han(&inner.replace('、', ""))
    {
        let (found, _) = count(inner);
        if found >= 2 {
            not_so_many(doc, c, n, (found, found), sink);
        }
    }
}

/// One name more or less than the count.
fn not_so_many(doc: &Doc, c: &Claim, n: usize, (least, most): (usize, usize), sink: &mut Sink<'_>) {
    sink.tried();
    let span: Range<usize> = c.wide();
    if n != most + 1 && n + 1 != least || sink.said(&[span.start, c.span().start]) {
        return;
    }
    let message = format!("文中说“{}”，列出的是{most}个", doc.slice(&span));
    let said = (show(c.number.value), most.to_string());
    sink.add(RULE, Severity::Warning, message, said, &[span]);
}

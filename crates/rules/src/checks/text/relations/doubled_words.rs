//! A word of the field written twice in a row (由项目项目负责人牵头, 社会工作工作服务站), and a character within a longer name or phrase that the text
//! writes once elsewhere (和畅畅社会工作发展中心).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::sentence::pattern;
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};

const RULE: &str = "doubled";
static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = "项目 社区 工作 服务 评估 社工 活动 指标 档案 机构 街道 老人 儿童 居民 中心 志愿 建议 合同 协议 资金 经费 对象 个案 小组 探访 走访 满意 问卷 专家 督导 培训 组织 困难 群众 家庭 政府 民政 购买 留守 残疾 预算 支出";
    let twice: Vec<String> = words.split(' ').map(|w| format!("{w}{w}")).collect();
    pattern(&twice.join("|"))
});
/// Characters before a doubled word that leave no other reading: a sign, or a word that begins a clause. 9个社区社区书记, 本项目项目书: of each.
const BEFORE: &str = "，。；：、（“由对将把与和向为在请让使从及但并如若因会议";
/// Characters that good writers double.
const MEANT: &str = "一人天家户个件条项年月日时层步点滴渐慢常往刚仅多少大小好真早晚轻重样种次代世事处节句字声渊默悄纷频稳实在明白清楚方面高兴热闹平安和气心意妈爸爷奶哥姐弟妹叔宝星圆缓念想看说听走谈聊试等问找帮讲学教练唱";
/// Characters on each side that must stand with one of the two elsewhere.
const AROUND: usize = 3;
const LEAST: usize = 5;
/// Most runs that are looked for in the whole text.
const MOST: usize = 100;

pub(super) fn check(doc: &Doc, _: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        words(doc, block.span.start, doc.slice(&block.span), sink);
    }
    characters(doc, sink);
    halves(doc, sink);
}

fn words(doc: &Doc, base: usize, text: &str, sink: &mut Sink<'_>) {
    for found in WORDS.iter().flat_map(|p| p.find_iter(text)) {
        let before = text[..found.start()].chars().next_back();
        let span = base + found.start()..base + found.end();
        let one_line = doc.position(span.start).0 == doc.position(span.end - '一'.len_utf8()).0;
        if one_line && before.is_none_or(|c| BEFORE.contains(c)) && !sink.said(&[span.start]) {
            sink.tried();
            let twice = found.as_str();
            let message = format!("疑有重复的词：“{twice}”");
            let said = (twice.to_owned(), twice[..twice.len() / 2].to_owned());
            sink.add(RULE, Severity::Warning, message, said, &[span]);
        }
    }
}

/// Every run of characters around a doubled one, once with it and once without.
fn characters(doc: &Doc, sink: &mut Sink<'_>) {
    let chars: Vec<(usize, char)> = doc.text.char_indices().collect();
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let doubled: Vec<usize> = (1..chars.len())
        .filter(|i| chars[*i].1 == chars[i - 1].1 && han(chars[*i].1) && !MEANT.contains(chars[*i].1))
        .collect();
    let mut tried: BTreeSet<&str> = BTreeSet::new();
    for i in doubled {
        let from = (i.saturating_sub(1 + AROUND)..i - 1)
            .rev()
            .take_while(|k| han(chars[*k].1))
            .last()
            .unwrap_or(i - 1);
        let to =
            (i + 1..(i + 1 + AROUND).min(chars.len())).take_while(|k| han(chars[*k].1)).last().unwrap_or(i);
        let once: String = (from..=to).filter(|k| *k != i).map(|k| chars[k].1).collect();
        let end = chars[to].0 + chars[to].1.len_utf8();
        let written = &doc.text[chars[from].0..end];
        let outside = to > i && from < i - 1;
        let same_line = doc.position(chars[from].0).0 == doc.position(chars[to].0).0;
        if !outside || !same_line || once.chars().count() < LEAST || written.contains(&once) {
            continue;
        }
        if tried.len() >= MOST || !tried.insert(written) {
            continue;
        }
        if doc.text.matches(written).count() == 1 && doc.text.contains(&once) {
            let span = chars[i - 1].0..chars[i].0 + chars[i].1.len_utf8();
            if !sink.said(&[span.start]) {
                sink.tried();
                let message = format!("疑有重复的字：“{written}”，别处为“{once}”");
                let said = (written.to_owned(), once.clone());
                sink.add(RULE, Severity::Warning, message, said, &[span]);
            }
        }
    }
}

/// Numerals and words that are told twice by right: 一步一步, 逐个逐个, 某某某某.
const HALVES: &str = "一二三四五六七八九十逐每各个某第步天年月日对比越又边区站镇村街县市省院校室";

/// Two characters told twice before the rest of their word: 意外意外保险, 社会社会影响. No reduplication of verbs (研究研究) goes on as another word of the text.
fn halves(doc: &Doc, sink: &mut Sink<'_>) {
    let mut tried: BTreeSet<&str> = BTreeSet::new();
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        let text = doc.slice(&block.span);
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        for w in chars.windows(6) {
            let [(at, a), (_, b), (_, c), (_, d), (from, x), (_, y)] = w else { continue };
            let han = [a, b, x, y].iter().all(|c| ('\u{4e00}'..='\u{9fff}').contains(*c));
            if a != c || b != d || a == b || !han || HALVES.contains([*a, *b]) {
                continue;
            }
            // The whole word stands elsewhere, or both halves do by themselves.
            let end = from + x.len_utf8() + y.len_utf8();
            let word = &text[at + a.len_utf8() + b.len_utf8()..end];
            let doubled = &text[*at..end];
            if tried.len() >= MOST || !tried.insert(doubled) {
                continue;
            }
            let once = doc.text.matches(word).count() > doc.text.matches(doubled).count();
            let span = block.span.start + at..block.span.start + end;
            sink.tried();
            if once && !sink.said(&[span.start]) {
                let message = format!("疑有重复的字：“{doubled}”");
                sink.add(RULE, Severity::Warning, message, (doubled.to_owned(), word.to_owned()), &[span]);
            }
        }
    }
}

//! A word of two characters written twice in a row, that the text writes once elsewhere (午睡午睡的房间; 裴述言负责负责总体设计; 结余资金资金), and a small word twice (一律由由经手人签名).

use std::collections::BTreeSet;

use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};

const RULE: &str = "doubled";
/// Verbs that are told twice by right, and nouns that end one name and begin the next (北坡社区社区食堂).
const MEANT: &[&str] = &[
    "讨论", "研究", "商量", "学习", "交流", "了解", "沟通", "休息", "锻炼", "活动", "照顾", "打听", "收拾",
    "调整", "考虑", "帮助", "检查", "介绍", "体验", "感受", "练习", "尝试", "参与", "关心", "联系", "社区",
    "街道", "中心", "小区", "学校", "医院", "机构", "公司", "协会", "项目", "小组", "儿童", "老人", "家庭",
    "服务", "工作", "社工", "志愿", "评估", "居民", "政府", "书记", "主任", "培训", "督导", "个案", "问卷",
    "合同", "村民", "民政", "残联",
];
/// Numerals and characters of words that are told twice by right.
const SPARED: &str =
    "一二三四五六七八九十逐每各个某第步天年月日对比越又边区站镇村街县市省院校室看说想走聊试问讲人家户";
/// Small words, and what before them makes the first a part of another word.
const SMALL: &[(&str, &str)] =
    &[("由由", "自理缘事因"), ("被被", "棉植毛"), ("将将", "即大小干上中少"), ("向向", "方志导意走面")];
const MOST: usize = 100;

pub(super) fn check(doc: &Doc, _: &Claims, sink: &mut Sink<'_>) {
    let mut tried: BTreeSet<String> = BTreeSet::new();
    for block in &doc.blocks {
        let text = doc.slice(&block.span);
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        for w in chars.windows(4) {
            let [(at, a), (_, b), (_, c), (end, d)] = *w else { continue };
            let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            if a != c || b != d || a == b || !han(a) || !han(b) || SPARED.contains(a) || SPARED.contains(b) {
                continue;
            }
            let twice = &text[at..end + d.len_utf8()];
            let once = &twice[..twice.len() / 2];
            if MEANT.contains(&once) || tried.len() >= MOST || !tried.insert(twice.to_owned()) {
                continue;
            }
            let all = doc.text.matches(once).count();
            let doubled = doc.text.matches(twice).count();
            if doubled == 1 && all >= 3 {
                say(doc, block.span.start + at..block.span.start + at + twice.len(), sink);
            }
        }
        for (small, before) in SMALL {
            for (at, _) in text.match_indices(small) {
                if !text[..at].ends_with(|c: char| before.contains(c) || !c.is_alphanumeric()) && at > 0 {
                    say(doc, block.span.start + at..block.span.start + at + small.len(), sink);
                }
            }
        }
    }
}

fn say(doc: &Doc, span: std::ops::Range<usize>, sink: &mut Sink<'_>) {
    sink.tried();
    let one_line = doc.position(span.start).0 == doc.position(span.end - '一'.len_utf8()).0;
    if one_line && !sink.said(&[span.start]) {
        let twice = doc.slice(&span).to_owned();
        let once = twice[..twice.len() / 2].to_owned();
        let message = format!("疑有重复的词：“{twice}”");
        sink.add(RULE, Severity::Warning, message, (twice, once), &[span]);
    }
}

//! Slips of writing that a sign behind or before them tells: ，等分13.5分; 按5分制评价评价，; 共5人人。

use std::sync::LazyLock;

use regex::Regex;

use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};

static SHARES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[，、；：。]|制)(?P<w>等分)(?:率|为?\d|$)|(?P<r>等分率)").ok());
static UNITS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\d(?P<w>人人|份份|场场|户户|次次|名名|元元|节节|项项|天天|支支)(?:[，。；、）]|$)").ok()
});

pub(super) fn check(doc: &Doc, _: &Claims, sink: &mut Sink<'_>) {
    for block in &doc.blocks {
        let words = doc.slice(&block.span);
        let base = block.span.start;
        for found in SHARES.iter().flat_map(|p| p.captures_iter(words)) {
            let Some(at) = found.name("w").or(found.name("r")) else { continue };
            let span = base + at.start()..base + at.start() + "等分".len();
            let message = "“等分”疑为“得分”之误".to_owned();
            sink.tried();
            sink.add("phrase", Severity::Warning, message, ("等分".into(), "得分".into()), &[span]);
        }
        for found in UNITS.iter().flat_map(|p| p.captures_iter(words)) {
            if let Some(at) = found.name("w") {
                twice(doc, base + at.start()..base + at.end(), at.as_str(), sink);
            }
        }
        words_twice(doc, words, base, sink);
    }
}

/// 评价评价，: a word of two characters told twice before a sign.
fn words_twice(doc: &Doc, words: &str, base: usize, sink: &mut Sink<'_>) {
    let chars: Vec<(usize, char)> = words.char_indices().collect();
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for w in chars.windows(5) {
        let [a, b, c, d, sign] = w else { continue };
        let same = a.1 == c.1 && b.1 == d.1 && a.1 != b.1 && han(a.1) && han(b.1);
        if same && "，。；、：）".contains(sign.1) && !words[..a.0].ends_with(['“', '《']) {
            twice(doc, base + a.0..base + sign.0, &words[a.0..sign.0], sink);
        }
    }
}

fn twice(doc: &Doc, span: std::ops::Range<usize>, text: &str, sink: &mut Sink<'_>) {
    let places: Vec<(u32, u32)> = text.char_indices().map(|(i, _)| doc.position(span.start + i)).collect();
    if places.windows(2).any(|w| w[0].0 != w[1].0 || w[0].1 + 1 != w[1].1) {
        return;
    }
    let kept: String = text.chars().take(text.chars().count() / 2).collect();
    sink.tried();
    sink.add("doubled", Severity::Warning, format!("疑有重复的字：“{text}”"), (text.into(), kept), &[span]);
}

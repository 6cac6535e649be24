//! Two characters told twice before the rest of their word: 意外意外保险, 社会社会影响. No reduplication of verbs (研究研究) goes on as another word of the text.

use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};

const RULE: &str = "doubled";
/// Numerals and words that are told twice by right: 一步一步, 逐个逐个, 某某某某.
const TWICE: &str = "一二三四五六七八九十逐每各个某第步天年月日对比越又边区站镇村街县市省院校室";

pub(super) fn check(doc: &Doc, _: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        let text = doc.slice(&block.span);
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        for w in chars.windows(6) {
            let [(at, a), (_, b), (_, c), (_, d), (from, x), (_, y)] = w else { continue };
            let han = [a, b, x, y].iter().all(|c| ('\u{4e00}'..='\u{9fff}').contains(*c));
            if a != c || b != d || a == b || !han || TWICE.contains([*a, *b]) {
                continue;
            }
            // The whole word stands elsewhere, or both halves do by themselves.
            let end = from + x.len_utf8() + y.len_utf8();
            let word = &text[at + a.len_utf8() + b.len_utf8()..end];
            let doubled = &text[*at..end];
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

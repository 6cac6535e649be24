//! A character written twice inside a short word that the text writes once elsewhere: 司法法所, of 司法所; 中蜂蜂组, of 中蜂组. Longer runs are known in `doubled_words`.

use std::collections::HashMap;

use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};

/// Characters that good writers double, or that end one word and begin the next.
const MEANT: &str = "一人天家户个件条项年月日时层步点滴渐慢常往刚仅多少大小好真早晚轻重样种次代世事处节句字声明白清楚方面高平安气心意妈爸爷奶哥姐弟妹叔宝星圆缓念想看说听走谈聊试等问找帮讲学教会的了";
/// Most that are looked for in the whole text.
const MOST: usize = 40;

pub(super) fn check(doc: &Doc, _: &Claims, sink: &mut Sink<'_>) {
    let mut tried = 0;
    let mut pairs: HashMap<char, usize> = HashMap::new();
    let mut before = ' ';
    for c in doc.text.chars() {
        if c == before {
            *pairs.entry(c).or_default() += 1;
        }
        before = c;
    }
    for block in &doc.blocks {
        let text = doc.slice(&block.span);
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        for w in chars.windows(4) {
            let [(from, a), (at, x), (_, y), (last, b)] = w else { continue };
            let han = [a, x, b].iter().all(|c| ('\u{4e00}'..='\u{9fff}').contains(*c));
            if x != y
                || !han
                || a == x
                || b == x
                || MEANT.contains(*x)
                || pairs.get(x) != Some(&1)
                || tried >= MOST
            {
                continue;
            }
            tried += 1;
            let once = format!("{a}{x}{b}");
            let (head, end) = (format!("{a}{x}"), format!("{x}{b}"));
            let count = |w: &str| doc.text.matches(w).count();
            // Neither half stands anywhere but in the whole word: 项目目标 is 项目 and 目标.
            let whole = count(&once);
            let span = block.span.start + from..block.span.start + last + b.len_utf8();
            if whole >= 1
                && count(&end) == whole + 1
                && count(&head) >= whole
                && !sink.said(&[block.span.start + at, span.start])
            {
                let written = doc.slice(&span).to_owned();
                sink.tried();
                let message = format!("疑有重复的字：“{written}”，别处为“{once}”");
                let at = block.span.start + at..block.span.start + last;
                sink.add("doubled", Severity::Warning, message, (written, once), &[at]);
            }
        }
    }
}

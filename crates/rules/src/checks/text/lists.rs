//! Lists: items parted by 、, with the last perhaps behind 和/及, and whether 等 leaves the list open.

use std::ops::Range;

use super::doc::Doc;

/// A list as written.
#[derive(Debug)]
pub(super) struct List {
    pub(super) items: Vec<Range<usize>>,
    /// Ends with 等.
    pub(super) open: bool,
    /// How many more items there are if 和/及/与 in the items part names.
    pub(super) joined: usize,
}

/// Items from `from` on, up to a sign that ends the list; brackets and quotes inside an item are part of it.
pub(super) fn items_from(doc: &Doc, from: usize, until: usize) -> List {
    let mut items = Vec::new();
    let mut start = from;
    let mut depth = 0_i32;
    let mut end = until;
    for (i, c) in doc.slice(&(from..until)).char_indices() {
        match c {
            '（' | '“' | '《' => depth += 1,
            '）' | '”' | '》' => depth -= 1,
            '、' if depth == 0 => {
                items.push(start..from + i);
                start = from + i + c.len_utf8();
            }
            '，' | '。' | '；' | '：' | '！' | '？' | '\n' if depth == 0 => {
                end = from + i;
                break;
            }
            _ => {}
        }
        if depth < 0 {
            end = from + i;
            break;
        }
    }
    items.push(start..end.max(start));
    finish(doc, items)
}

fn finish(doc: &Doc, mut items: Vec<Range<usize>>) -> List {
    let mut open = false;
    let mut joined = 0;
    if let Some(last) = items.last_mut() {
        let words = doc.slice(last);
        if let Some(i) = words.find('等') {
            open = true;
            last.end = last.start + i;
        }
        // 牟清和（财务）和隆知夏（项目管理）: what stands in brackets parts no names.
        let words = without_brackets(doc.slice(last));
        let parts = |w: &str| {
            words
                .match_indices(w)
                .filter(|(i, _)| {
                    words[..*i].chars().count() >= 2 && words[i + w.len()..].chars().count() >= 2
                })
                .count()
        };
        joined = ["以及", "和", "及", "与"].iter().map(|w| parts(w)).max().unwrap_or(0);
    }
    items.retain(|r| r.start < r.end);
    List { items, open, joined }
}

fn without_brackets(item: &str) -> String {
    let mut depth = 0_i32;
    let outside = item.chars().filter(|c| {
        depth += i32::from(*c == '（');
        let out = depth == 0;
        depth -= i32::from(*c == '）');
        out
    });
    outside.collect()
}

/// An item without what stands in brackets behind it.
pub(super) fn bare(item: &str) -> &str {
    item.find('（').map_or(item, |i| &item[..i])
}

impl List {
    /// Whether the list can have `n` items.
    pub(super) fn can_be(&self, n: usize) -> bool {
        let least = self.items.len();
        if self.open { n >= least } else { (least..=least + self.joined).contains(&n) }
    }
}

//! Word's automatic numbering: the 一、, （二） and 3. that Word draws before a paragraph and that no run of the document
//! holds. Reads word/numbering.xml, counts, and gives the mark. Bullets give none.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::docx::attribute;

/// Levels of a list that Word knows.
const LEVELS: usize = 9;
/// Most lists kept.
const MOST: usize = 5_000;

/// How one level of a list is drawn.
#[derive(Clone, Debug)]
struct Level {
    format: String,
    /// 第%1章, %1.%2.
    text: String,
    start: u32,
}

impl Default for Level {
    fn default() -> Self {
        Self { format: "decimal".into(), text: String::new(), start: 1 }
    }
}

/// The lists of a document and how far each has counted.
#[derive(Default)]
pub(super) struct Numbering {
    kinds: HashMap<String, Vec<Level>>,
    /// List → its kind.
    lists: HashMap<String, String>,
    /// Counts by kind: lists of one kind go on counting.
    counts: HashMap<String, [u32; LEVELS]>,
}

impl Numbering {
    /// Reads word/numbering.xml; what cannot be read numbers nothing.
    pub(super) fn read(xml: &[u8]) -> Self {
        let mut out = Self::default();
        let mut reader = Reader::from_reader(xml);
        let mut buffer = Vec::new();
        let (mut kind, mut list, mut level) = (String::new(), String::new(), 0);
        while let Ok(event) = reader.read_event_into(&mut buffer) {
            match event {
                Event::Start(e) | Event::Empty(e) => {
                    let value = |name: &[u8]| attribute(&e, name).unwrap_or_default();
                    match e.local_name().as_ref() {
                        b"abstractNum" => (kind, list) = (value(b"abstractNumId"), String::new()),
                        b"num" => list = value(b"numId"),
                        b"abstractNumId" if !list.is_empty() && out.lists.len() < MOST => {
                            out.lists.insert(list.clone(), value(b"val"));
                        }
                        b"lvl" => level = value(b"ilvl").parse().unwrap_or(LEVELS),
                        name @ (b"numFmt" | b"lvlText" | b"start") if list.is_empty() => {
                            out.set(&kind, level, name, value(b"val"));
                        }
                        _ => {}
                    }
                }
                Event::Eof => break,
                _ => {}
            }
            buffer.clear();
        }
        out
    }

    fn set(&mut self, kind: &str, level: usize, name: &[u8], value: String) {
        if level >= LEVELS || self.kinds.len() >= MOST {
            return;
        }
        let levels = self.kinds.entry(kind.to_owned()).or_insert_with(|| vec![Level::default(); LEVELS]);
        match name {
            b"numFmt" => levels[level].format = value,
            b"lvlText" => levels[level].text = value.chars().take(40).collect(),
            _ => levels[level].start = value.parse().unwrap_or(1),
        }
    }

    /// The mark of the next paragraph of a list at a level; empty for bullets and unknown lists.
    pub(super) fn next(&mut self, list: &str, level: usize) -> String {
        let Some((kind, levels)) =
            self.lists.get(list).and_then(|k| Some((k, self.kinds.get(k)?))).filter(|_| level < LEVELS)
        else {
            return String::new();
        };
        let counts = self.counts.entry(kind.clone()).or_insert([0; LEVELS]);
        counts[level] =
            if counts[level] == 0 { levels[level].start } else { counts[level].saturating_add(1) };
        counts[level + 1..].fill(0);
        if matches!(levels[level].format.as_str(), "bullet" | "none") {
            return String::new();
        }
        let mut mark = levels[level].text.clone();
        for (i, own) in levels.iter().enumerate() {
            let n = if counts[i] == 0 { own.start } else { counts[i] };
            mark = mark.replace(&format!("%{}", i + 1), &written(n, &own.format));
        }
        mark
    }
}

/// A count as a format writes it.
fn written(n: u32, format: &str) -> String {
    let letter = |first: u8| {
        let n = u8::try_from(n.saturating_sub(1) % 26).unwrap_or(0);
        char::from(first + n).to_string()
    };
    match format {
        "upperLetter" => letter(b'A'),
        "lowerLetter" => letter(b'a'),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&n) => {
            char::from_u32('①' as u32 + n - 1).map_or_else(String::new, String::from)
        }
        f if f.starts_with("chinese") || f.starts_with("japanese") || f.starts_with("ideograph") => han(n),
        _ => n.to_string(),
    }
}

/// 1 to 99 in Chinese numerals; larger ones in figures.
fn han(n: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |d: u32| DIGITS[(d % 10) as usize];
    match n {
        1..=9 => digit(n).to_owned(),
        10..=19 => format!("十{}", digit(n)),
        20..=99 => format!("{}十{}", digit(n / 10), digit(n)),
        _ => n.to_string(),
    }
}

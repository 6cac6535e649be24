//! Places: areas and communities named in the text. Names are found by what stands behind them (社区, 村, 片区…) and
//! by lists; there is no gazetteer, so that a place never heard of is read like any other.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::doc::{Doc, Kind};
use super::stem::stem_before;

/// Words behind the name of a community.
pub(super) const COMMUNITY: &[&str] = &["社区居委会", "社区", "居委会", "村委会", "行政村", "村"];
/// Words behind the name of an area.
pub(super) const AREA: &[&str] = &["服务片区", "片区", "组团", "分站"];

/// Most different communities or areas kept: more than any district has, and a bound on the work.
const MOST_PLACES: usize = 400;
/// Most mentions of places kept.
const MOST_MENTIONS: usize = 100_000;

/// One mention of a place.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// Name without the word for its kind.
    pub(super) stem: String,
    pub(super) span: Range<usize>,
    pub(super) area: bool,
    /// Part of a list of at least two names parted by 、.
    pub(super) listed: bool,
}

/// All places of a document.
#[derive(Default)]
pub(super) struct Places {
    pub(super) mentions: Vec<Mention>,
    pub(super) areas: BTreeSet<String>,
    pub(super) communities: BTreeMap<String, usize>,
    /// Communities that the text lists for an area.
    pub(super) members: BTreeMap<String, BTreeSet<String>>,
    /// Communities by their first character.
    first: HashMap<char, Vec<String>>,
    /// The area that each block's words begin with.
    at_start: Vec<Option<String>>,
}

impl Places {
    pub(super) fn read(doc: &Doc) -> Self {
        let mut places = Self::default();
        for block in &doc.blocks {
            mentions_in(doc, block.body..block.span.end, block.kind, &mut places.mentions);
        }
        counted_lists(doc, &mut places.mentions);
        places.mentions.truncate(MOST_MENTIONS);
        let mut seen = BTreeMap::<&str, usize>::new();
        for m in places.mentions.iter().filter(|m| m.area) {
            *seen.entry(&m.stem).or_default() += 1;
        }
        let starts = |m: &Mention| {
            let block = &doc.blocks[doc.block_of(m.span.start)];
            let first = doc.text[block.body..m.span.start].trim_matches(['“', ' ']).is_empty();
            let rest = &doc.text[m.span.end..];
            let says = ["共", "包括", "包含", "涵盖", "覆盖", "下辖", "辖", "范围", "由"]
                .iter()
                .any(|w| rest.starts_with(w));
            first && (block.kind == Kind::Heading || says || !rest.starts_with(char::is_alphanumeric))
        };
        let mut started = BTreeMap::<&str, usize>::new();
        for m in places.mentions.iter().filter(|m| m.area && starts(m)) {
            *started.entry(&m.stem).or_default() += 1;
        }
        for m in &places.mentions {
            if m.area {
                let often = seen.get(m.stem.as_str()).is_some_and(|n| *n > 1);
                if m.listed
                    || started.contains_key(m.stem.as_str()) && m.stem.chars().count() <= 5
                    || often && m.stem.chars().count() <= 4
                {
                    places.areas.insert(m.stem.clone());
                }
            } else if m.listed {
                *places.communities.entry(m.stem.clone()).or_default() += 1;
            }
        }
        while places.communities.len() > MOST_PLACES {
            places.communities.pop_last();
        }
        while places.areas.len() > MOST_PLACES {
            places.areas.pop_last();
        }
        places.at_start = doc.blocks.iter().map(|b| places.area_beginning(doc.body(b))).collect();
        for name in places.communities.keys() {
            if let Some(c) = name.chars().next() {
                places.first.entry(c).or_default().push(name.clone());
            }
        }
        for (index, block) in doc.blocks.iter().enumerate() {
            let Some(area) = places.area_of(doc, index) else { continue };
            let listed = places.within(&block.span).iter().filter(|m| m.listed && !m.area);
            let stems: BTreeSet<String> = listed.map(|m| m.stem.clone()).collect();
            places.members.entry(area).or_default().extend(stems);
        }
        places.members.retain(|_, stems| !stems.is_empty());
        places
    }

    /// Mentions that begin inside a span.
    pub(super) fn within(&self, span: &Range<usize>) -> &[Mention] {
        let from = self.mentions.partition_point(|m| m.span.start < span.start);
        let to = self.mentions.partition_point(|m| m.span.start < span.end);
        &self.mentions[from..to.max(from)]
    }

    /// The area a block's words begin with.
    pub(super) fn area_at_start(&self, block: usize) -> Option<&String> {
        self.at_start.get(block).and_then(Option::as_ref)
    }

    fn area_beginning(&self, words: &str) -> Option<String> {
        let words = words.trim_start_matches(['“', '”', ' ']);
        self.areas
            .iter()
            .filter(|a| {
                words.strip_prefix(a.as_str()).is_some_and(|rest| AREA.iter().any(|s| rest.starts_with(s)))
            })
            .max_by_key(|a| a.len())
            .cloned()
    }

    /// The area of a block that lists its communities: named at its start, or above it when the block says so.
    pub(super) fn area_of(&self, doc: &Doc, block: usize) -> Option<String> {
        let words = doc.body(&doc.blocks[block]);
        let lists = || {
            let at = |w: &&str| words.find(w).is_some_and(|i| i < 60);
            ["范围包括", "包括", "范围", "包含", "涵盖", "辖", "覆盖"].iter().any(at)
        };
        let named = self.area_at_start(block).or_else(|| {
            let above = || doc.above(block).find_map(|b| self.area_at_start(b));
            if doc.blocks[block].kind == Kind::Paragraph && lists() { above() } else { None }
        });
        named.cloned()
    }

    /// The last area named in some words.
    pub(super) fn area_named(&self, words: &str) -> Option<String> {
        let mut best: Option<(usize, &String)> = None;
        for (at, _) in
            words.match_indices("片区").chain(words.match_indices("组团")).chain(words.match_indices("分站"))
        {
            let before = words[..at].trim_end_matches("服务");
            if let Some(a) =
                self.areas.iter().filter(|a| before.ends_with(a.as_str())).max_by_key(|a| a.len())
                && best.is_none_or(|b| b.0 < at)
            {
                best = Some((at, a));
            }
        }
        best.map(|b| b.1.clone())
    }

    /// The community whose name stands in some words (right before a number).
    pub(super) fn community_in(&self, words: &str) -> Option<String> {
        let ends = |rest: &str| {
            !AREA.iter().any(|s| rest.starts_with(s))
                && !rest.starts_with(['街', '镇', '站', '路', '区', '市', '县', '乡'])
        };
        let mut seen: Vec<&String> = Vec::new();
        let mut found: Option<&String> = None;
        for (i, c) in words.char_indices().rev() {
            let here = self.first.get(&c).into_iter().flatten();
            for name in here.filter(|n| words[i..].starts_with(n.as_str())) {
                if !seen.contains(&name) {
                    seen.push(name);
                    let longer = found.is_none_or(|f| (f.len(), f) < (name.len(), name));
                    found = if longer && ends(&words[i + name.len()..]) { Some(name) } else { found };
                }
            }
        }
        found.cloned().or_else(|| {
            let (at, suffix) = COMMUNITY.iter().find_map(|s| words.find(s).map(|i| (i, *s)))?;
            let rest = &words[at + suffix.len()..];
            let counted = rest.is_empty()
                || rest.starts_with(['应', '实', '已', '共', '建', '有', '为', '需', '，', '：']);
            if counted { stem_before(&words[..at]) } else { None }
        })
    }
}

fn mentions_in(doc: &Doc, span: Range<usize>, kind: Kind, out: &mut Vec<Mention>) {
    let text = doc.slice(&span);
    let first = out.len();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if !rest.starts_with(['服', '片', '组', '分', '社', '居', '村', '行']) {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        // 东片, 西片: an area by its side alone.
        let side = text[..at].chars().last().filter(|c| "东南西北中".contains(*c));
        if let Some(side) = side
            .filter(|_| rest.starts_with('片') && !rest.starts_with("片区") && !rest.starts_with("片片区"))
        {
            let start = span.start + at - side.len_utf8();
            let end = span.start + at + "片".len();
            out.push(Mention { stem: side.to_string(), span: start..end, area: true, listed: false });
            at += "片".len();
            continue;
        }
        let hit = AREA.iter().map(|s| (*s, true)).chain(COMMUNITY.iter().map(|s| (*s, false)));
        let Some((suffix, area)) = hit.into_iter().find(|(s, _)| rest.starts_with(s)) else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if let Some(stem) = stem_before(&text[..at]).filter(|s| area || s.chars().count() > 1)
            && !other_word(suffix, &rest[suffix.len()..])
        {
            let start = span.start + at - stem.len();
            out.push(Mention { stem, span: start..span.start + at + suffix.len(), area, listed: false });
        }
        at += suffix.len();
    }
    mark_lists(doc, &mut out[first..], kind);
}

static COUNTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"((?:[\p{Han}]{1,12}、)+[\p{Han}]{1,6}?)(?:等)?(?:\d+|[二三四五六七八九十]+)个(社区|行政村|村|服务片区|片区)").ok()
});

/// "下辖湖滨、湖光、柳巷3个社区": the names have no word for their kind behind them.
fn counted_lists(doc: &Doc, out: &mut Vec<Mention>) {
    let Some(pattern) = COUNTED.as_ref() else { return };
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        let words = doc.slice(&block.span);
        for found in pattern.captures_iter(words).take(50) {
            let (Some(list), Some(kind)) = (found.get(1), found.get(2)) else { continue };
            let mut at = block.span.start + list.start();
            for item in list.as_str().split('、') {
                let span = at..at + item.len();
                at = span.end + '、'.len_utf8();
                if COMMUNITY.iter().chain(AREA).any(|k| item.ends_with(k)) {
                    continue;
                }
                if let Some(stem) = stem_before(item) {
                    let span = span.end - stem.len()..span.end;
                    out.push(Mention { stem, span, area: kind.as_str().contains("片区"), listed: true });
                }
            }
        }
    }
    introduced_lists(doc, out);
    out.sort_by_key(|m| m.span.start);
}

static INTRODUCED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:\d+|[二三四五六七八九十]+)个(社区|行政村|村|服务片区|片区)[，：]?(?:分别是|分别为|包括|即|：)：?((?:[\p{Han}]{2,6}、)+[\p{Han}]{2,8})").ok()
});

/// "下辖9个社区，分别是桂塘、荷叶塘…金井社区": the word for the kind stands behind the last name, or nowhere.
fn introduced_lists(doc: &Doc, out: &mut Vec<Mention>) {
    let Some(pattern) = INTRODUCED.as_ref() else { return };
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        for found in pattern.captures_iter(doc.slice(&block.span)).take(20) {
            let (Some(kind), Some(list)) = (found.get(1), found.get(2)) else { continue };
            let mut at = block.span.start + list.start();
            for item in list.as_str().split('、') {
                let span = at..at + item.len();
                at = span.end + '、'.len_utf8();
                let known = COMMUNITY.iter().chain(AREA).any(|k| item.ends_with(k));
                if !known && item.chars().count() <= 5 {
                    out.push(Mention {
                        stem: item.to_owned(),
                        span,
                        area: kind.as_str().contains("片区"),
                        listed: true,
                    });
                }
            }
        }
    }
}

/// 社区基金, 社区活动, 村民: the word belongs to what follows, unless a name was already listed.
fn other_word(suffix: &str, rest: &str) -> bool {
    match suffix {
        "村" => rest.starts_with(['民', '居', '级', '里']),
        _ => false,
    }
}

/// Names next to each other with only 、和及与 or numbers between them are a list.
fn mark_lists(doc: &Doc, mentions: &mut [Mention], kind: Kind) {
    for i in 0..mentions.len() {
        if kind == Kind::Cell {
            mentions[i].listed = true;
        }
        if i + 1 < mentions.len() && mentions[i].area == mentions[i + 1].area {
            let between =
                doc.slice(&(mentions[i].span.end..mentions[i + 1].span.start.max(mentions[i].span.end)));
            if matches!(between, "、" | "和" | "及" | "与" | "以及") {
                mentions[i].listed = true;
                mentions[i + 1].listed = true;
            }
        }
    }
}

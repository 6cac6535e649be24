//! Names of one report that one character of the same sound or shape sets apart, wherever they stand: the two characters before a
//! word of kind (青禾街道, 颐澜中心, 富华社工点), names in quotes, people of a roster, names of a list that its number closes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::sound::{alike, one_apart, tells_apart};
use crate::checks::text::words::has_any;

const RULE: &str = "name-variant";
/// Most names of a kind, and most names looked for in the whole text.
const MOST: usize = 300;
/// Characters of a name that is looked for.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=10;

static KINDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<o>社会工作服务中心|社会工作发展中心|社会工作服务社|社会工作评估中心|社会评估中心|公益评估中心|社会服务评估中心|社工服务中心|评估中心|服务中心|发展中心|事务所|中心)",
        r"|(?P<s>街道|镇|乡|社区|村|社工点|社工站|安置房|小区|家园|花园|居民区|宿舍)",
    ))
    .ok()
});
static QUOTED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"“(?P<n>\p{Han}{3,10})”").ok());
static LISTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<l>\p{Han}{2,8}(?:[、和]\p{Han}{2,8})+)(?:等)?[0-9一二三四五六七八九十]{1,3}(?:个|家)(?:居民区|小区|社区|社工点|站点|院落|镇街|乡镇|村)").ok()
});
static PEOPLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:成员为|成员：|成员有|成员包括|组员|组员为|组长|组长为|组长：|由|督导为|为督导|聘请|主任|专家)(?P<l>\p{Han}{2,3}(?:、\p{Han}{2,3})*)(?:[，。；]|[0-9]+(?:人|位|名)|为|担任|独立)").ok()
});

/// “结案日期”, “已建档”: terms in quotes, and no names.
const TERMS: &[&str] = &[
    "建档",
    "结案",
    "接案",
    "日期",
    "档案",
    "探访",
    "个案",
    "人数",
    "人次",
    "次数",
    "对象",
    "得分",
    "完成",
    "合格",
    "优秀",
    "良好",
    "等级",
    "指标",
    "满意",
    "家户",
    "记录",
    "登记",
    "开展",
    "评估",
    "服务期",
    "承接方",
    "购买方",
    "委托方",
];

/// A place of a name.
type At = Range<usize>;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    kinds(doc, sink);
    let quoted = quoted(doc);
    pairs(&quoted, sink);
    let mut known: Vec<(String, At)> =
        quoted.into_iter().filter_map(|(n, at)| Some((n, at.first()?.clone()))).collect();
    known.extend(listed(doc).into_iter().map(|(name, _, at)| (name, at)));
    known.extend(people(doc));
    known.extend(super::persons::names(doc));
    known.extend(cells(doc));
    anywhere(doc, claims, &known, sink);
}

/// Words that stand before a kind and are no name.
fn is_word(stem: &str) -> bool {
    const PLAIN: &str = "个各本该全每其此这等由在为是的于到对从自向把被将所有无多几哪两设驻进入做按以经或且并共含辖数名位家座处新老示试城乡区县市省州站点级项服务工作活动会";
    // 甲镇和: such a word joins two names only where it comes first.
    stem.starts_with(['和', '与', '及'])
        || stem.chars().any(|c| PLAIN.contains(c) || !('\u{4e00}'..='\u{9fff}').contains(&c))
}

fn report(wrong: &str, right: &str, spans: &[At], sink: &mut Sink<'_>) {
    let starts: Vec<usize> = spans.iter().take(1).flat_map(|s| s.start.saturating_sub(12)..s.end).collect();
    if !sink.said(&starts) {
        sink.tried();
        let message = format!("“{wrong}”疑为“{right}”的另一种写法（只差一字）");
        sink.add(RULE, Severity::Warning, message, (wrong.to_owned(), right.to_owned()), spans);
    }
}

/// Whether one character of the same sound or shape sets two names apart.
fn slips(a: &str, b: &str) -> bool {
    // 望禾县 and 望禾乡: two kinds of place.
    const KIND: &str = "县乡镇村市区街";
    let kinds = |x, y| KIND.contains(x) && KIND.contains(y);
    one_apart(a, b).is_some_and(|(x, y)| alike(x, y) && !tells_apart(x, y) && !kinds(x, y))
}

/// The rarer of two names is the wrong one; of equals the later.
fn pairs(names: &BTreeMap<String, Vec<At>>, sink: &mut Sink<'_>) {
    if names.len() > MOST {
        return;
    }
    for (a, at) in names {
        for (b, bt) in names.iter().filter(|(b, _)| *b > a && slips(a, b)) {
            let key = |spans: &[At]| (spans.len(), std::cmp::Reverse(spans.first().map(|s| s.start)));
            let ((wrong, wt), (right, rt)) =
                if key(at) < key(bt) { ((a, at), (b, bt)) } else { ((b, bt), (a, at)) };
            let spans: Vec<At> = wt.iter().take(1).chain(rt.iter().take(1)).cloned().collect();
            report(wrong, right, &spans, sink);
        }
    }
}

/// 青禾街道 and 青和街道: the two characters before each kind.
fn kinds(doc: &Doc, sink: &mut Sink<'_>) {
    let Some(pattern) = KINDS.as_ref() else { return };
    let mut stems: BTreeMap<(&str, String), Vec<At>> = BTreeMap::new();
    let mut beside: BTreeSet<(String, String)> = BTreeSet::new();
    for block in &doc.blocks {
        let words = doc.slice(&block.span);
        let mut here: Vec<(usize, String)> = Vec::new();
        for found in pattern.find_iter(words) {
            let Some((from, _)) = words[..found.start()].char_indices().nth_back(1) else { continue };
            let stem = &words[from..found.start()];
            // 鹿潭镇社工站: the kind of the place stands within, and the name begins before.
            let inner = stem.ends_with(['镇', '乡', '村']) && matches!(found.as_str(), "社工站" | "社工点");
            if is_word(stem) || inner {
                continue;
            }
            let kind =
                if found.as_str().ends_with(['心', '所', '社']) { "中心" } else { found.as_str() };
            let at = block.span.start + from..block.span.start + found.end();
            stems.entry((kind, stem.to_owned())).or_default().push(at);
            let close = |end: &usize| found.start() - *end < 30 && !words[*end..found.start()].contains('。');
            for (_, other) in here.iter().rev().take_while(|(end, _)| close(end)) {
                beside.insert((other.clone(), stem.to_owned()));
                beside.insert((stem.to_owned(), other.clone()));
            }
            here.push((found.end(), stem.to_owned()));
        }
    }
    for (stem, kind, at) in listed(doc).into_iter().filter(|(n, _, _)| n.chars().count() == 2 && !is_word(n))
    {
        stems.entry((kind, stem)).or_default().push(at);
    }
    let kinds: BTreeSet<&str> = stems.keys().map(|(k, _)| *k).collect();
    for kind in kinds {
        let own: BTreeMap<String, Vec<At>> = stems
            .iter()
            .filter(|((k, _), _)| *k == kind)
            .map(|((_, s), at)| (s.clone(), at.clone()))
            .collect();
        for (a, at) in own.iter().take(MOST) {
            for (b, bt) in own.iter().take(MOST).filter(|(b, bt)| {
                *b != a
                    && slips(a, b)
                    && !words_of_work(doc, at, bt)
                    && (bt.len(), at[0].start) > (at.len(), bt[0].start)
                    && at.len() == 1
            }) {
                if !beside.contains(&(a.clone(), b.clone())) {
                    let spans = [at[0].clone(), bt[0].clone()];
                    report(&format!("{a}{kind}"), &format!("{b}{kind}"), &spans, sink);
                }
            }
        }
    }
}

/// 中心小学 and 服务中心 are told apart by what follows.
fn words_of_work(doc: &Doc, a: &[At], b: &[At]) -> bool {
    // 竹泉社区、双苑社区…；松峰社区、双园社区: two of the lists of one paragraph.
    let listed =
        |at: &At| doc.text[..at.start].ends_with(['、', '：', '为']) || doc.text[at.end..].starts_with('、');
    let both = |x: &At, y: &At| listed(x) && listed(y) && doc.block_of(x.start) == doc.block_of(y.start);
    if a.iter().any(|x| b.iter().any(|y| both(x, y))) {
        return true;
    }
    // 溪门县兰埔镇: of another county, unless the same is named before both.
    let before = |at: &At| doc.text[..at.start].chars().rev().take(3).collect::<Vec<_>>();
    let one = a.iter().all(|x| b.iter().any(|y| before(x) == before(y)));
    let of_other = |at: &At| !one && doc.text[..at.start].ends_with(['县', '市', '区', '省', '州']);
    let goes_on = |at: &At| doc.text[at.end..].starts_with(['小', '中', '学', '校', '幼', '卫']);
    a.iter().any(of_other) || a.iter().chain(b).any(goes_on)
}

fn quoted(doc: &Doc) -> BTreeMap<String, Vec<At>> {
    let mut out: BTreeMap<String, Vec<At>> = BTreeMap::new();
    for block in &doc.blocks {
        for found in QUOTED.iter().flat_map(|p| p.captures_iter(doc.slice(&block.span))) {
            if let Some(m) = found.name("n").filter(|m| !has_any(m.as_str(), TERMS)) {
                let at = block.span.start + m.start()..block.span.start + m.end();
                out.entry(m.as_str().to_owned()).or_default().push(at);
            }
        }
    }
    out
}

fn split(at: usize, list: &str) -> Vec<(String, At)> {
    let mut out = Vec::new();
    let mut from = 0;
    for part in list.split_inclusive(['、', '和']) {
        let name = part.trim_end_matches(['、', '和']);
        out.push((name.to_owned(), at + from..at + from + name.len()));
        from += part.len();
    }
    out
}

/// 荷泾一村、柳桥、银杏苑3个居民区. The first item may carry words before it.
fn listed(doc: &Doc) -> Vec<(String, &'static str, At)> {
    let mut out = Vec::new();
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        for found in LISTED.iter().flat_map(|p| p.captures_iter(doc.slice(&block.span))) {
            if let Some(m) = found.name("l") {
                let all = found.get(0).map_or("", |m| m.as_str());
                let kinds = ["居民区", "小区", "社区", "社工点", "村"];
                let kind = kinds.into_iter().find(|k| all.ends_with(k)).unwrap_or_default();
                let items = split(block.span.start + m.start(), m.as_str()).into_iter().skip(1);
                out.extend(items.map(|(name, at)| (name, kind, at)));
            }
        }
    }
    out
}

fn people(doc: &Doc) -> Vec<(String, At)> {
    const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧瞿易冉邢佟樊温章鲁葛纪申殷舒";
    let mut out = Vec::new();
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        for found in PEOPLE.iter().flat_map(|p| p.captures_iter(doc.slice(&block.span))) {
            if let Some(m) = found.name("l") {
                out.extend(split(block.span.start + m.start(), m.as_str()));
            }
        }
    }
    out.retain(|(n, _)| n.chars().count() == 3 && n.starts_with(|c| SURNAMES.contains(c)));
    out
}

/// First cells of the rows of a table of places or teams.
fn cells(doc: &Doc) -> Vec<(String, At)> {
    const HEADS: &[&str] = &[
        "社区",
        "小区",
        "居民区",
        "站",
        "乡镇",
        "镇街",
        "街道",
        "村",
        "点位",
        "社工点",
        "队伍",
        "姓名",
        "站长",
        "负责人",
        "机构",
        "院落",
    ];
    let mut out = Vec::new();
    for table in &doc.tables {
        let Some(head) = table.rows.first() else { continue };
        for (column, cell) in head.iter().enumerate().take(3) {
            if HEADS.iter().any(|w| doc.slice(cell).trim().ends_with(w)) {
                let rows = table.rows.iter().skip(1).filter_map(|r| r.get(column));
                out.extend(rows.map(|c| (doc.slice(c).trim().to_owned(), c.clone())));
            }
        }
    }
    out
}

/// Each known name, wherever one character of it is another of the same sound or shape.
fn anywhere(doc: &Doc, claims: &Claims, known: &[(String, At)], sink: &mut Sink<'_>) {
    let han = |n: &str| n.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let names: BTreeMap<&str, &At> = known
        .iter()
        .rev()
        .filter(|(n, _)| LENGTHS.contains(&n.chars().count()) && han(n))
        .map(|(n, at)| (n.as_str(), at))
        .take(MOST)
        .collect();
    let mut by_end: BTreeMap<char, Vec<&str>> = BTreeMap::new();
    for name in names.keys() {
        let ends: BTreeSet<char> = name.chars().next().into_iter().chain(name.chars().last()).collect();
        for c in ends {
            by_end.entry(c).or_default().push(name);
        }
    }
    let chars: Vec<(usize, char)> = doc.text.char_indices().collect();
    let mut found: BTreeMap<(usize, &str), At> = BTreeMap::new();
    for (i, (_, c)) in chars.iter().enumerate() {
        for name in by_end.get(c).into_iter().flatten() {
            let length = name.chars().count();
            let starts = name.starts_with(*c).then_some(i);
            let ends = name.ends_with(*c).then(|| (i + 1).checked_sub(length)).flatten();
            for from in starts.into_iter().chain(ends) {
                let Some(window) = chars.get(from..from + length) else { continue };
                let at = window[0].0..window[length - 1].0 + window[length - 1].1.len_utf8();
                if slips(name, &doc.text[at.clone()]) {
                    found.insert((at.start, name), at);
                }
            }
        }
    }
    for ((_, name), at) in found {
        let wrong = &doc.text[at.clone()];
        // Two that stand in one paragraph by name are two people.
        let one_block = known.iter().any(|(n, place)| {
            n.as_str() == wrong && doc.block_of(place.start) == doc.block_of(names[name].start)
        });
        let other = one_block
            || known.iter().any(|(n, place)| n.contains(wrong) && near(doc, place, names[name]))
            || claims.places.communities.contains_key(wrong)
            || super::persons::told_apart(doc, name, wrong)
            || differs_in_common(name, wrong);
        if !other {
            // The one that the text tells oftener is right.
            let often = |n: &str| doc.text.matches(n).count();
            let (first, second, wrong, right) = if often(wrong) > often(name) {
                (names[name].clone(), at.clone(), name, wrong)
            } else {
                (at.clone(), names[name].clone(), wrong, name)
            };
            report(wrong, right, &[first, second], sink);
        }
    }
}

/// Both in one list: two things.
fn near(doc: &Doc, a: &At, b: &At) -> bool {
    const APART: usize = 150;
    let cell = |at: &At| doc.blocks[doc.block_of(at.start)].kind == Kind::Cell;
    let quoted = |at: &At| doc.text[..at.start].ends_with('“');
    a != b && cell(a) == cell(b) && (a.start.abs_diff(b.start) < APART || cell(a)) && quoted(a) == quoted(b)
}

/// Words that differ by a common character are words and no names.
fn differs_in_common(a: &str, b: &str) -> bool {
    const COMMON: &str = "持差的地得在再为未以已与于和合个各及即级其期起是事时市室至制治质致只有又由会回应因进近经结接工公功社设区做作坐到道等高报保不部数术属树员园原记录";
    one_apart(a, b).is_some_and(|(x, y)| COMMON.contains(x) && COMMON.contains(y))
}

//! The mutation harness: takes reports that pass, breaks one number, name, date, unit, grade or list at a time, and
//! counts how many breaks are found. What nothing else in a report determines is named beside it and left out.
//! Everything is fixed: the same breaks in the same order every time.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::{Text, check};

/// Kind of a break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Number,
    Date,
    Name,
    Unit,
    Grade,
    List,
}

/// One broken report: what was broken, where, and the whole text.
pub(super) struct Mutant {
    pub(super) kind: Kind,
    pub(super) before: String,
    pub(super) after: String,
    /// The words around the place, as they were.
    pub(super) around: String,
    pub(super) text: String,
}

/// Every break of a text, in the order of the text.
pub(super) fn mutants(text: &str) -> Vec<Mutant> {
    let mut out = Vec::new();
    for (pattern, kind, breaks) in PATTERNS.iter() {
        for found in pattern.captures_iter(text) {
            let Some(at) = found.get(1) else { continue };
            for after in breaks(at.as_str()) {
                if after != at.as_str() {
                    out.push(mutant(text, *kind, at.range(), after));
                }
            }
        }
    }
    out
}

fn mutant(text: &str, kind: Kind, at: std::ops::Range<usize>, after: String) -> Mutant {
    let before = text[at.clone()].to_owned();
    let from = text[..at.start].char_indices().rev().nth(14).map_or(0, |(i, _)| i);
    let to = text[at.end..].char_indices().nth(10).map_or(text.len(), |(i, _)| at.end + i);
    let around = text[from..to].replace('\n', "⏎");
    Mutant {
        kind,
        before,
        after: after.clone(),
        around,
        text: format!("{}{after}{}", &text[..at.start], &text[at.end..]),
    }
}

type Breaks = fn(&str) -> Vec<String>;

static PATTERNS: LazyLock<Vec<(Regex, Kind, Breaks)>> = LazyLock::new(|| {
    let make = |p: &str, kind, breaks: Breaks| (Regex::new(p).unwrap(), kind, breaks);
    vec![
        make(
            r"([0-9０-９][0-9０-９,]*(?:[.．][0-9０-９]+)?)\s*(?:[%％]|万元|[户名人次个场节支篇份元分宗例通家周小学工层]|年[^0-9度月]|\s*\||\t|$)",
            Kind::Number,
            numbers,
        ),
        make(r"([二三四五六七八九])(?:个|名|方面|家|支)", Kind::Number, chinese),
        make(r"(?:20\d\d|２０２５)\s*年\s*[0-9０-９]+\s*月\s*([0-9０-９]+)\s*日", Kind::Date, days),
        make(r"(?:20\d\d|２０２５)\s*年\s*([0-9０-９]+)\s*月", Kind::Date, months),
        make(r"(20\d\d)\s*年\s*[0-9]+\s*月", Kind::Date, years),
        make(r"([\p{Han}]{2})(?:社区|片区)[、。：（，\d|]", Kind::Name, names),
        make(r"([\p{Han}]{2,3}[街镇])(?:道)?(?:社工|社会工|办事处)", Kind::Name, names),
        make(r"[0-9]\s*([户名个人])[、，；。]", Kind::Unit, units),
        make(r"(?:等级为|等级：|结果为|评定等级为|等级为“)(优秀|良好|合格)", Kind::Grade, grades),
        make(r"(、[\p{Han}]{2,6})[、。]", Kind::List, items),
        make(r"((?:[\p{Han}]{2,6}、){2}[\p{Han}]{2,6})[。、]", Kind::List, doubled),
    ]
});

/// Last digit one up, first digit changed; of a Chinese numeral its last character.
pub(super) fn numbers(digits: &str) -> Vec<String> {
    const ZEROS: [char; 2] = ['0', '０'];
    let chars: Vec<char> = digits.chars().collect();
    let zero =
        |c: char| ZEROS.into_iter().find(|zero| (*zero as u32..*zero as u32 + 10).contains(&(c as u32)));
    let places: Vec<usize> = (0..chars.len()).filter(|i| zero(chars[*i]).is_some()).collect();
    let bump = |i: usize, by: u32| -> String {
        let mut chars = chars.clone();
        let zero = zero(chars[i]).unwrap() as u32;
        let digit = chars[i] as u32 - zero;
        let mut next = (digit + by) % 10;
        if i == places[0] && next == 0 {
            next = 1 + u32::from(digit == 1);
        }
        chars[i] = char::from_u32(zero + next).unwrap();
        chars.into_iter().collect()
    };
    match places.as_slice() {
        [] => chinese(digits),
        [only] => vec![bump(*only, 1)],
        [first, .., last] => vec![bump(*last, 1), bump(*first, 2)],
    }
}

fn chinese(digits: &str) -> Vec<String> {
    const UP: [(char, char); 11] = [
        ('一', '二'),
        ('二', '三'),
        ('两', '三'),
        ('三', '四'),
        ('四', '五'),
        ('五', '六'),
        ('六', '七'),
        ('七', '八'),
        ('八', '九'),
        ('九', '十'),
        ('十', '九'),
    ];
    let up = |c: char| UP.into_iter().find(|(from, _)| *from == c).map(|(_, to)| to);
    let (at, last) = digits.char_indices().rfind(|(_, c)| up(*c).is_some()).unwrap();
    vec![format!("{}{}{}", &digits[..at], up(last).unwrap(), &digits[at + last.len_utf8()..])]
}

fn days(digits: &str) -> Vec<String> {
    let n: u32 = narrow(digits);
    vec![if n > 15 { (n - 9).to_string() } else { (n + 11).to_string() }]
}

fn months(digits: &str) -> Vec<String> {
    let n: u32 = narrow(digits);
    vec![if n > 6 { (n - 3).to_string() } else { (n + 5).to_string() }]
}

fn years(digits: &str) -> Vec<String> {
    let n: u32 = digits.parse().unwrap();
    vec![(n - 1).to_string()]
}

fn narrow(digits: &str) -> u32 {
    let plain: String = digits
        .chars()
        .map(|c| if ('０'..='９').contains(&c) { char::from_u32(c as u32 - 0xfee0).unwrap() } else { c })
        .collect();
    plain.parse().unwrap()
}

const SOUNDS: &[(char, char)] = &[
    ('塘', '糖'),
    ('柳', '流'),
    ('岸', '案'),
    ('望', '旺'),
    ('江', '姜'),
    ('石', '时'),
    ('桥', '乔'),
    ('荷', '河'),
    ('园', '圆'),
    ('岭', '玲'),
    ('梅', '煤'),
    ('湾', '弯'),
    ('渡', '度'),
    ('沙', '纱'),
    ('堤', '提'),
    ('鹭', '路'),
    ('岛', '导'),
    ('盐', '岩'),
    ('渔', '鱼'),
    ('港', '岗'),
    ('丰', '风'),
    ('旧', '就'),
    ('文', '闻'),
    ('昌', '畅'),
    ('榕', '容'),
    ('学', '穴'),
    ('码', '马'),
    ('云', '芸'),
    ('海', '海'),
    ('湖', '胡'),
    ('锦', '景'),
    ('书', '抒'),
    ('苑', '院'),
    ('兰', '蓝'),
    ('溪', '西'),
    ('河', '荷'),
    ('畔', '盼'),
    ('竹', '烛'),
    ('街', '街'),
    ('临', '林'),
    ('沿', '岩'),
    ('榆', '渔'),
    ('枫', '丰'),
    ('泉', '全'),
    ('松', '嵩'),
    ('坪', '平'),
    ('梧', '吴'),
    ('桐', '童'),
    ('金', '今'),
    ('霞', '侠'),
];

/// One character for another of the same sound or a similar shape.
fn names(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let Some((i, to)) = chars
        .iter()
        .enumerate()
        .find_map(|(i, c)| SOUNDS.iter().find(|s| s.0 == *c && s.1 != *c).map(|s| (i, s.1)))
    else {
        return Vec::new();
    };
    let mut out = chars;
    out[i] = to;
    vec![out.into_iter().collect()]
}

fn units(unit: &str) -> Vec<String> {
    let other = match unit {
        "户" => "份",
        "名" | "人" => "户",
        _ => "",
    };
    vec![String::new(), other.to_owned()].into_iter().filter(|u| u != unit).collect()
}

fn grades(grade: &str) -> Vec<String> {
    vec![
        match grade {
            "优秀" => "良好",
            "良好" => "优秀",
            _ => "良好",
        }
        .to_owned(),
    ]
}

/// An item left out.
fn items(_: &str) -> Vec<String> {
    vec![String::new()]
}

/// The last item replaced by the one before.
fn doubled(list: &str) -> Vec<String> {
    let parts: Vec<&str> = list.split('、').collect();
    vec![format!("{}、{}、{}", parts[0], parts[1], parts[1])]
}

/// Found and all breaks by kind, and the breaks that were missed; only every `every`th break is tried.
pub(super) fn measure(
    text: &str,
    free: &[&str],
    every: usize,
) -> (BTreeMap<Kind, (usize, usize)>, Vec<String>) {
    let mut counts = BTreeMap::new();
    let mut missed = Vec::new();
    for m in mutants(text).into_iter().step_by(every) {
        let name = format!("{:?} {}→{} in {}", m.kind, m.before, m.after, m.around.trim_end());
        if free.contains(&name.as_str()) {
            continue;
        }
        let found = !check(&Text::from_plain(&m.text)).findings.is_empty();
        let entry: &mut (usize, usize) = counts.entry(m.kind).or_default();
        entry.0 += usize::from(found);
        entry.1 += 1;
        if !found {
            missed.push(name);
        }
    }
    (counts, missed)
}

//! Grade bands: read from the text, their gaps and overlaps. The grade given against score and bands is in `grading`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::band_words::plain_numbers;
use super::grading::grades;
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Block, Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;
use crate::checks::text::words::has_any;

const BANDS: &str = "grade-bands";
pub(super) const GRADES: &[&str] = &[
    "A等",
    "B等",
    "C等",
    "D等",
    "A级",
    "B级",
    "C级",
    "D级",
    "不合格",
    "基本合格",
    "不达标",
    "优秀",
    "良好",
    "中等",
    "合格",
    "达标",
    "较差",
    "优等",
    "良等",
    "差等",
    "良",
    "优",
    "中",
    "差",
];
/// Names that are grades only where the text gives them bands: 二等, 四星, 甲级.
const OWN_GRADES: &[&str] = &[
    "一般",
    "A类",
    "B类",
    "C类",
    "D类",
    "A档",
    "B档",
    "C档",
    "D档",
    "一等",
    "二等",
    "三等",
    "四等",
    "五等",
    "一档",
    "二档",
    "三档",
    "四档",
    "五档",
    "一级",
    "二级",
    "三级",
    "四级",
    "五级",
    "一类",
    "二类",
    "三类",
    "四类",
    "甲等",
    "乙等",
    "丙等",
    "丁等",
    "甲级",
    "乙级",
    "丙级",
    "丁级",
    "五星级",
    "四星级",
    "三星级",
    "二星级",
    "一星级",
    "五星",
    "四星",
    "三星",
    "二星",
    "一星",
];

/// A级 and A, 五星级 and 五星: one grade.
pub(super) fn bare_grade(word: &str) -> &str {
    let letter = word.starts_with(|c: char| c.is_ascii_uppercase());
    let end = if letter { word.trim_end_matches(['级', '等', '类', '档']) } else { word };
    end.strip_suffix("星级").map_or(end, |w| &end[..w.len() + '星'.len_utf8()])
}

pub(super) fn grade_named(word: &str) -> Option<&'static str> {
    GRADES.iter().chain(OWN_GRADES).find(|g| **g == word).copied()
}

/// Whether some words are a grade and nothing else.
pub(super) fn is_grade(words: &str, bands: &[Band]) -> bool {
    GRADES.contains(&words)
        || ["A", "B", "C", "D"].contains(&words)
        || bands.iter().any(|b| bare_grade(b.grade) == bare_grade(words))
}

/// The grade that the bands give a score; the stated one where both its neighbours would do, `None` where it is not
/// one of the bands or no band holds the score.
pub(super) fn band_of<'a>(score: Decimal, stated: &'a str, bands: &[Band]) -> Option<&'a str>
where
    'static: 'a,
{
    let named = bands.iter().find(|b| bare_grade(b.grade) == bare_grade(stated))?;
    if named.holds(score, named.grade) {
        return Some(stated);
    }
    let kin = bands.iter().filter(|b| b.scale == named.scale);
    kin.filter(|b| b.holds(score, named.grade)).max_by_key(|b| b.low).map(|b| b.grade)
}

impl Band {
    /// The least score of a grade, if its words name one.
    pub(super) fn floor_in(words: &str, bands: &[Self]) -> Option<(&'static str, Decimal)> {
        let named = bands.iter().filter(|b| words.contains(b.grade));
        named.max_by_key(|b| b.grade.len()).and_then(|b| Some((b.grade, b.low?)))
    }

    /// The only grade whose band holds a score that lies on no limit.
    pub(super) fn grade_of(score: Decimal, bands: &[Self]) -> Option<&'static str> {
        let mut found = bands.iter().filter(|b| b.holds(score, ""));
        found.next().filter(|_| found.next().is_none()).map(|b| b.grade)
    }

    pub(super) fn holds(&self, score: Decimal, stated: &str) -> bool {
        self.low.is_none_or(|l| score > l || score == l && self.low_in)
            && self.high.is_none_or(|h| {
                let edge = self.high_in == Some(true)
                    || self.high_in.is_none() && self.low.is_some() && self.grade == stated;
                score < h || score == h && edge
            })
    }
}

/// One grade with its bounds; a bound not written is `None`.
#[derive(Clone, Debug)]
pub(super) struct Band {
    pub(super) grade: &'static str,
    /// What （不含…） names is not a bound of the range.
    odd: bool,
    pub(super) low: Option<Decimal>,
    pub(super) low_in: bool,
    pub(super) high: Option<Decimal>,
    pub(super) high_in: Option<bool>,
    pub(super) span: Range<usize>,
    /// Which of several scales it belongs to.
    pub(super) scale: usize,
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let bands = bands(doc);
    let scales = bands.iter().map(|b| b.scale).max().unwrap_or_default();
    for scale in 0..=scales {
        let own: Vec<Band> = bands.iter().filter(|b| b.scale == scale).cloned().collect();
        if own.len() >= 2 {
            fit_together(&own, sink);
        }
    }
    grades(doc, claims, &bands, sink);
}

static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?P<r>{})(?:的|者)?(?:评定|评|划分|认定|等级|算|定|记|列)?(?:为|是|作|属于|属|：|得)?“?(?P<g>{GRADE_WORDS})”?",
        range()
    ))
    .ok()
});
static AFTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(r"“?(?P<g>{GRADE_WORDS})”?(?:等级|等次|档)?(?:为|是|：|（|\(|，)?(?:得分|总分|综合得分|评估得分)?(?:在|为|达到|：)?(?P<r>{})", range())).ok()
});
pub(super) const GRADE_WORDS: &str = "[A-D][等级类档]|[甲乙丙丁][等级]|[一二三四五][等档级类]|[一二三四五]星级?|不合格|基本合格|不达标|优秀|良好|中等|一般|合格|达标|较差|优等|良等|差等|良|优|中|差";
const RANGE: &str = concat!(
    r"(?:[\[（(]\d+(?:\.\d+)?[,，]\d+(?:\.\d+)?[\])）]",
    r"|\d+(?:\.\d+)?分?(?:（不?含(?:\d+(?:\.\d+)?分?)?）)?(?:以上|及以上|含以上|起)(?:（不?含(?:\d+(?:\.\d+)?分?)?）)?[、，]?(?:且|但|而)?(?:(?:不足|不满|未满|低于|未达到?|小于|不到)\d+(?:\.\d+)?分?|\d+(?:\.\d+)?分?(?:（不?含(?:\d+(?:\.\d+)?分?)?）)?以下)(?:（不?含(?:\d+(?:\.\d+)?分?)?）)?",
    r"|\d+(?:\.\d+)?分?(?:（不?含(?:\d+(?:\.\d+)?分?)?）)?(?:以上|及以上|含以上|起)?(?:（不?含(?:\d+(?:\.\d+)?分?)?）)?(?:[-至到~]|<=|≤|<)(?:不足|未满|不满|不到|低于)?(?:[xXＸ得分总]*(?:<=|≤|<))?\d+(?:\.\d+)?分?(?:之间|以下|以内)?(?:（不?含(?:\d+(?:\.\d+)?分?)?）)?(?:以下)?(?:（不?含(?:\d+(?:\.\d+)?分?)?）)?",
    r"|(?:≥|>=|>|不低于|高于|大于)\d+(?:\.\d+)?分?[，、]?(?:且|但|并|而)?(?:<=|≤|<|低于|不足|未满|小于)\d+(?:\.\d+)?分?",
    r"|(?:≥|>=|>|≤|<=|<|低于|高于|不低于|不足|不满|未满|未达到?|达到)\d+(?:\.\d+)?分?",
    r"|\d+(?:\.\d+)?分?(?:（不?含(?:\d+(?:\.\d+)?分?)?）)?(?:及以上|及其以上|以上|以下|及以下|含以上|起)(?:（不?含(?:\d+(?:\.\d+)?分?)?）)?)",
);

/// With numbers in figures or in words (九十分), and （含90分，下同）.
fn range() -> String {
    const NUMBER: &str = r"\d+(?:\.\d+)?";
    let number = format!("(?:{NUMBER}|[一二三四五六七八九]?十[一二三四五六七八九]?|一?百)");
    RANGE.replace(NUMBER, &number).replace("分?)?）", "分?)?(?:，下同)?）")
}

/// The bands of the first sentence that gives at least two.
pub(super) fn bands(doc: &Doc) -> Vec<Band> {
    for block in &doc.blocks {
        let words = doc.slice(&(block.body..block.span.end));
        let letters = words.contains('A') && words.contains('B') && words.contains(['等', '级']);
        let possible = (letters || words.contains("优") && (words.contains("合格") || words.contains('良')))
            && words.contains(|c: char| c.is_ascii_digit());
        if block.kind == Kind::Cell || !(possible || limited(words)) {
            continue;
        }
        let mut best = Vec::new();
        for pattern in [&BEFORE, &AFTER] {
            let Some(pattern) = pattern.as_ref() else { continue };
            let found: Vec<Band> =
                pattern.captures_iter(words).filter_map(|c| band(&c, block.body)).collect();
            let distinct =
                found.iter().enumerate().all(|(i, b)| !found[..i].iter().any(|o| o.grade == b.grade));
            if distinct && found.len() > best.len() {
                best = found;
            }
        }
        if best.len() >= 2 {
            scales(doc, block, &mut best);
            return best;
        }
    }
    Vec::new()
}

/// 项目等级按90分以上为优、80分至90分为良划定。站点90分以上为优秀，80分至90分为良好: two sentences, and one limit in both, are two scales.
fn scales(doc: &Doc, block: &Block, bands: &mut [Band]) {
    let sentences = doc.sentences(block);
    let at = |b: &Band| sentences.partition_point(|s| s.end <= b.span.start);
    let twice =
        bands.iter().any(|a| bands.iter().any(|b| at(a) != at(b) && a.low.is_some() && a.low == b.low));
    let full = |n: usize| bands.iter().filter(|b| at(b) == n).count() >= 2;
    if twice && (0..sentences.len()).filter(|n| full(*n)).count() >= 2 {
        for band in bands.iter_mut() {
            band.scale = at(band);
        }
    }
}

/// Three limits of scores and the word for a kind of grade: bands whatever they are called.
fn limited(words: &str) -> bool {
    const LIMITS: &[&str] = &["以上", "以下", "不足", "不满", "未满", "不到", "低于", "≥", "至", "-"];
    let limits = || LIMITS.iter().map(|w| words.matches(w).count()).sum::<usize>();
    words.contains('分') && words.contains(['等', '级', '档', '星', '类']) && limits() >= 3
}

fn band(found: &regex::Captures<'_>, base: usize) -> Option<Band> {
    let whole = found.get(0)?;
    let grade = grade_named(&found["g"])?;
    let words = &found["r"];
    let span = base + whole.start()..base + whole.end();
    let numbers = plain_numbers(words);
    let distinct: std::collections::BTreeSet<Decimal> = numbers.iter().map(|n| n.0).collect();
    let odd = distinct.len() > 2
        || distinct.len() == 2
            && numbers.len() == 2
            && words.contains('含')
            && !words.contains(['-', '至', '到', '足', '满', '于'])
            && words.matches("以").count() < 2;
    let mut band = Band { odd, grade, low: None, low_in: true, high: None, high_in: None, span, scale: 0 };
    let below = has_any(words, &["以下", "低于", "不足", "不满", "未满", "不到", "未达", "≤", "<"]);
    match numbers.as_slice() {
        [a, b, ..] => {
            let (a, b) = if a.0 <= b.0 { (a, b) } else { (b, a) };
            band.low = Some(a.0);
            band.low_in = a.1 != Some(false) && !words.starts_with('（') && !words.starts_with('(');
            band.high = Some(b.0);
            band.high_in = b.1.or(
                if words.ends_with(['）', ')']) && words.starts_with('[')
                    || has_any(words, &["以下", "不足", "不满", "未满", "低于", "小于", "不到"])
                    || words.contains('<') && !words.contains("<=")
                {
                    Some(false)
                } else {
                    None
                },
            );
        }
        [a] if below && !words.contains("不低于") => {
            band.high = Some(a.0);
            band.high_in = a.1.or(if words.contains('≤') || words.contains("及以下") {
                Some(true)
            } else if words.contains("以下") {
                None
            } else {
                Some(false)
            });
        }
        [a] => {
            band.low = Some(a.0);
            band.low_in = a.1 != Some(false) && !words.starts_with('>') && !words.starts_with("高于")
                || words.starts_with(">=");
        }
        [] => return None,
    }
    Some(band)
}

fn fit_together(bands: &[Band], sink: &mut Sink<'_>) {
    for band in bands.iter().filter(|b| b.odd) {
        let message = format!("等级“{}”的分数段里，括号中所含的分数与界限不符", band.grade);
        sink.add(
            BANDS,
            Severity::Error,
            message,
            (String::new(), "括号内外的分数一致".into()),
            std::slice::from_ref(&band.span),
        );
    }
    let mut sorted: Vec<&Band> = bands.iter().collect();
    sorted.sort_by_key(|b| b.low.unwrap_or(Decimal::NEGATIVE_ONE));
    let touching =
        sorted.windows(2).any(|w| w[0].low.is_some() && w[0].high.is_some() && w[0].high == w[1].low);
    for pair in sorted.windows(2) {
        let (below, above) = (pair[0], pair[1]);
        let (Some(high), Some(low)) = (below.high, above.low) else { continue };
        sink.tried();
        let step = high.scale().max(low.scale());
        let unit = Decimal::new(1, step);
        let overlap = high > low || high == low && below.high_in == Some(true) && above.low_in;
        let stepped = below.high_in.is_none() && below.low.is_some() && !touching;
        let gap = high < low
            && (low - high > unit
                || !stepped && (below.low.is_some() || touching)
                || below.high_in == Some(false))
            || high == low && below.high_in == Some(false) && !above.low_in;
        if !overlap && !gap {
            continue;
        }
        let kind = if overlap { "重叠" } else { "有空档" };
        let message = format!(
            "等级“{}”与“{}”的分数段{kind}：前者到{}分，后者从{}分起",
            below.grade,
            above.grade,
            show(high),
            show(low)
        );
        let stated = format!("{}分、{}分", show(high), show(low));
        sink.add(
            BANDS,
            Severity::Error,
            message,
            (stated, "相邻分数段首尾相接".into()),
            &[below.span.clone(), above.span.clone()],
        );
    }
}

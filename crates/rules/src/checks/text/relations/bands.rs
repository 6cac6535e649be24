//! Grade bands: gaps, overlaps, and the grade given against the score and the bands of the same text.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::band_words::plain_numbers;
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;

const BANDS: &str = "grade-bands";
const GRADE: &str = "grade-score";
const GRADES: &[&str] = &[
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

/// Whether some words are a grade and nothing else.
pub(super) fn is_grade(words: &str) -> bool {
    GRADES.contains(&words) || ["A", "B", "C", "D"].contains(&words)
}

/// The grade that the bands give a score; the stated one where both its neighbours would do, `None` where it is not
/// one of the bands or no band holds the score.
pub(super) fn band_of<'a>(score: Decimal, stated: &'a str, bands: &[Band]) -> Option<&'a str>
where
    'static: 'a,
{
    let named = bands.iter().find(|b| b.grade == stated)?;
    if named.holds(score, stated) {
        return Some(stated);
    }
    bands.iter().filter(|b| b.holds(score, stated)).max_by_key(|b| b.low).map(|b| b.grade)
}

impl Band {
    fn holds(&self, score: Decimal, stated: &str) -> bool {
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
    grade: &'static str,
    /// What （不含…） names is not a bound of the range.
    odd: bool,
    low: Option<Decimal>,
    low_in: bool,
    high: Option<Decimal>,
    high_in: Option<bool>,
    span: Range<usize>,
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let bands = bands(doc);
    if bands.len() >= 2 {
        fit_together(&bands, sink);
    }
    grades(doc, claims, &bands, sink);
}

static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?P<r>{RANGE})(?:的|者)?(?:评定|评|划分|认定|等级)?(?:为|是|属于|属|：|得)?“?(?P<g>{GRADE_WORDS})”?"
    ))
    .ok()
});
static AFTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(r"“?(?P<g>{GRADE_WORDS})”?(?:等级|等次|档)?(?:为|是|：|（|\(|，)?(?:得分|总分|综合得分|评估得分)?(?:在|为|达到|：)?(?P<r>{RANGE})")).ok()
});
const GRADE_WORDS: &str =
    "[A-D][等级]|不合格|基本合格|不达标|优秀|良好|中等|合格|达标|较差|优等|良等|差等|良|优|中|差";
const RANGE: &str = concat!(
    r"(?:[\[（(]\d+(?:\.\d+)?[,，]\d+(?:\.\d+)?[\])）]",
    r"|\d+(?:\.\d+)?分?(?:（不?含(?:\d+(?:\.\d+)?分?)?）)?(?:以上|及以上|含以上)(?:（不?含(?:\d+(?:\.\d+)?分?)?）)?[、，]?(?:且|但)?(?:(?:不足|未满|低于|未达到?|小于|不到)\d+(?:\.\d+)?分?|\d+(?:\.\d+)?分?(?:（不?含(?:\d+(?:\.\d+)?分?)?）)?以下)(?:（不?含(?:\d+(?:\.\d+)?分?)?）)?",
    r"|\d+(?:\.\d+)?分?(?:（不?含(?:\d+(?:\.\d+)?分?)?）)?(?:以上|及以上|含以上)?(?:[-至到~]|<=|≤|<)(?:[xXＸ得分总]*(?:<=|≤|<))?\d+(?:\.\d+)?分?(?:之间|以下|以内)?(?:（不?含(?:\d+(?:\.\d+)?分?)?）)?(?:以下)?(?:（不?含(?:\d+(?:\.\d+)?分?)?）)?",
    r"|(?:≥|>=|>|不低于|高于|大于)\d+(?:\.\d+)?分?[，、]?(?:且|但|并)?(?:<=|≤|<|低于|不足|未满|小于)\d+(?:\.\d+)?分?",
    r"|(?:≥|>=|>|≤|<=|<|低于|高于|不低于|不足|未达到?|达到)\d+(?:\.\d+)?分?",
    r"|\d+(?:\.\d+)?分?(?:（不?含(?:\d+(?:\.\d+)?分?)?）)?(?:及以上|及其以上|以上|以下|及以下|含以上)(?:（不?含(?:\d+(?:\.\d+)?分?)?）)?)",
);

/// The bands of the first sentence that gives at least two.
pub(super) fn bands(doc: &Doc) -> Vec<Band> {
    for (i, block) in doc.blocks.iter().enumerate() {
        let words = doc.slice(&(block.body..block.span.end));
        let letters = words.contains('A') && words.contains('B') && words.contains(['等', '级']);
        let possible = (letters || words.contains("优") && (words.contains("合格") || words.contains('良')))
            && words.contains(|c: char| c.is_ascii_digit());
        if block.kind == Kind::Cell || !possible {
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
        let _ = i;
        if best.len() >= 2 {
            return best;
        }
    }
    Vec::new()
}

fn band(found: &regex::Captures<'_>, base: usize) -> Option<Band> {
    let whole = found.get(0)?;
    let grade = GRADES.iter().find(|g| **g == &found["g"])?;
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
    let mut band = Band { odd, grade, low: None, low_in: true, high: None, high_in: None, span };
    let below = ["以下", "低于", "不足", "未达", "≤", "<"].iter().any(|w| words.contains(w));
    match numbers.as_slice() {
        [a, b, ..] => {
            let (a, b) = if a.0 <= b.0 { (a, b) } else { (b, a) };
            band.low = Some(a.0);
            band.low_in = a.1 != Some(false) && !words.starts_with('（') && !words.starts_with('(');
            band.high = Some(b.0);
            band.high_in = b.1.or(
                if words.ends_with(['）', ')']) && words.starts_with('[')
                    || ["以下", "不足", "未满", "低于", "小于", "不到"].iter().any(|w| words.contains(w))
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
    for pair in sorted.windows(2) {
        let (below, above) = (pair[0], pair[1]);
        let (Some(high), Some(low)) = (below.high, above.low) else { continue };
        sink.tried();
        let step = high.scale().max(low.scale());
        let unit = Decimal::new(1, step);
        let overlap = high > low || high == low && below.high_in == Some(true) && above.low_in;
        let stepped = below.high_in.is_none() && below.low.is_some();
        let gap = high < low
            && (low - high > unit || !stepped && below.low.is_some() || below.high_in == Some(false))
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

static RESULT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(r"(?:(?:等级|结果|等次|评定|评为|定为|结论)[^。；，]{{0,12}}?(?:为|是|：|评定|“|被)+|(?:，评为|，评定为|，定为|，确定为)“?)(?P<g>{GRADE_WORDS})”?(?:等级|等次)?(?:[。，；）\n]|$)")).ok()
});

/// The score and the grade given in one block (or two next to each other).
fn grades(doc: &Doc, claims: &Claims, bands: &[Band], sink: &mut Sink<'_>) {
    let Some(pattern) = RESULT.as_ref() else { return };
    let mut given: Vec<(&'static str, Range<usize>)> = Vec::new();
    for (index, block) in doc.blocks.iter().enumerate() {
        let words = doc.slice(&block.span);
        let mut found: Vec<(&'static str, Range<usize>)> = Vec::new();
        for c in pattern.captures_iter(words) {
            let (Some(g), Some(grade)) = (c.name("g"), GRADES.iter().find(|g| **g == &c["g"])) else {
                continue;
            };
            found.push((grade, block.span.start + g.start()..block.span.start + g.end()));
        }
        if block.kind == Kind::Cell && index > 0 && found.is_empty() {
            let label = doc.slice(&doc.blocks[index - 1].span);
            if let Some(grade) = GRADES
                .iter()
                .find(|g| **g == words)
                .filter(|_| label.contains("等级") || label.contains("结果"))
            {
                found.push((grade, block.span.clone()));
            }
        }
        for (grade, span) in found {
            if bands.iter().any(|b| {
                b.span.start <= span.start && span.end <= b.span.end && doc.block_of(b.span.start) == index
            }) {
                continue;
            }
            if let Some((score, at)) = score_near(doc, claims, index, span.start) {
                against_bands(score, &at, grade, &span, bands, sink);
            }
            given.push((grade, span));
        }
    }
    if let Some((first, rest)) = given.split_first() {
        for (grade, span) in rest.iter().filter(|g| g.0 != first.0) {
            sink.tried();
            if before_period(doc, span.start) || before_period(doc, first.1.start) {
                continue;
            }
            let message = format!("评估等级两处不同：“{}”与“{}”", first.0, grade);
            sink.add(
                GRADE,
                Severity::Error,
                message,
                ((*grade).into(), first.0.into()),
                &[span.clone(), first.1.clone()],
            );
        }
    }
}

/// Speaks of an earlier evaluation, or of one item and not the whole.
fn before_period(doc: &Doc, at: usize) -> bool {
    let block = &doc.blocks[doc.block_of(at)];
    let before = doc.slice(&(block.span.start..at));
    let clause = before.rfind(['。', '；']).map_or(before, |i| &before[i..]);
    ["上", "去年", "前", "自评", "单项", "考核", "机构等级", "往年", "此前"]
        .iter()
        .any(|w| clause.contains(w))
}

/// The final score in the block of the grade or in one of its neighbours.
fn score_near(doc: &Doc, claims: &Claims, block: usize, at: usize) -> Option<(Decimal, Range<usize>)> {
    let from = doc.blocks[block.saturating_sub(4)].span.start;
    let to = doc.blocks[(block + 2).min(doc.blocks.len() - 1)].span.end;
    let scores = claims.within(&(from..to)).iter().filter(|c| {
        let left = doc.slice(&(c.left.start.saturating_sub(0)..c.number.span.start));
        let before = doc.slice(&(c.sentence.start..c.number.span.start));
        let cell = doc.blocks[c.block].kind == Kind::Cell && c.block > 0 && {
            let label = doc.slice(&doc.blocks[c.block - 1].span);
            ["总分", "得分", "总得分", "综合得分", "最终得分", "评估得分"].contains(&label)
        };
        let tail = before.rfind(['，', '；', '。']).map_or(before, |i| &before[i..]);
        let named = ["得分", "总分", "分数", "等分数", "评分", "成绩"]
            .iter()
            .any(|w| left.contains(w) || tail.contains(w));
        let named = named || tail.ends_with("合计") && c.class() == "分";
        let full = tail.contains("满分")
            || before_period(doc, c.number.span.start)
            || doc.slice(&c.right).starts_with("以上");
        let tail_words = doc.slice(&(c.number.span.end..at.max(c.number.span.end)));
        let right_before = c.number.span.end < at
            && tail_words.chars().count() <= 12
            && tail_words.contains("等级")
            && !tail_words.contains('。');
        (named || cell || right_before)
            && !full
            && !c.number.percent
            && !c.number.vague
            && matches!(c.class(), "分" | "")
    });
    scores.min_by_key(|c| c.number.span.start.abs_diff(at)).map(|c| (c.number.value, c.wide()))
}

fn against_bands(
    score: Decimal,
    at: &Range<usize>,
    grade: &str,
    span: &Range<usize>,
    bands: &[Band],
    sink: &mut Sink<'_>,
) {
    if bands.len() < 2 {
        return;
    }
    sink.tried();
    let holds = |b: &Band| b.holds(score, grade);
    let Some(named) = bands.iter().find(|b| b.grade == grade) else { return };
    // 良80-89, 优90以上: 89.8 lies in no band as written, and whole numbers were meant.
    let between =
        named.low.is_some_and(|l| l <= score) && named.high.is_some_and(|h| score < h + Decimal::ONE);
    let right = bands.iter().filter(|b| holds(b)).max_by_key(|b| b.low);
    if holds(named) || right.is_none() && between {
        return;
    }
    let expected = right.map_or("与分数段相符的等级", |b| b.grade);
    let message = format!("得分{}按文中分数段为“{expected}”，文中等级为“{grade}”", show(score));
    sink.add(
        GRADE,
        Severity::Error,
        message,
        (grade.into(), expected.into()),
        &[span.clone(), at.clone(), named.span.clone()],
    );
}

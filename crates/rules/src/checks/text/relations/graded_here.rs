//! A score with its grade right behind it (得分90.10分，优秀。), and the grade that a report closes with where its bands open the sentence (…为不合格），本项目为优): each is
//! that of its band.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::bands::{Band, GRADE_WORDS, bands, grade_named};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;

const RULE: &str = "grade-score";
/// What the grade of a whole report is told of.
const ALL: &str = "本项目|本年度|本次评估|本站|本期|该项目|该站|本轮";

static BESIDE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?:得分|总分|综合得分|评分|总得分|得)(?:为|是|：)?(?P<s>\d{{1,3}}(?:\.\d+)?)分，(?:等级|等次|评定|评估)?(?:为|：|定为|评为)?“?(?P<g>{GRADE_WORDS})(?:级|等)?”?[。；，]"
    ))
    .ok()
});
static CLOSING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?:{ALL})(?:[^，。；：“”0-9]{{0,14}}?)(?:等级|等次|结果|评定|绩效)?(?:评定)?(?:为|是|属|评为|定为)“?(?P<g>{GRADE_WORDS})(?:级|等)?”?[。；，]"
    ))
    .ok()
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let bands = bands(doc);
    if bands.len() < 3 || bands.iter().any(|b| b.scale > 0) {
        return;
    }
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        let words = doc.slice(&block.span);
        if !words.contains('分') && !words.contains('本') {
            continue;
        }
        for found in BESIDE.iter().flat_map(|p| p.captures_iter(words)) {
            let (Ok(score), Some(at)) = (found["s"].parse::<Decimal>(), found.name("g")) else { continue };
            let at = block.span.start + at.start()..block.span.start + at.end();
            judge(doc, &bands, score, at, sink);
        }
        for found in CLOSING.iter().flat_map(|p| p.captures_iter(words)) {
            let Some(at) = found.name("g") else { continue };
            let at = block.span.start + at.start()..block.span.start + at.end();
            if let Some(score) = total(doc, claims) {
                judge(doc, &bands, score, at, sink);
            }
        }
    }
}

/// The only total that the text tells, or the last row of a table of scores.
fn total(doc: &Doc, claims: &Claims) -> Option<Decimal> {
    const TOTALS: &[&str] = &["总分", "综合得分", "最终得分", "总得分", "合计得分"];
    let told = claims.all.iter().filter(|c| {
        let left = doc.slice(&c.left).trim_end_matches(['为', '是', '：']);
        let cell = || c.block > 0 && doc.blocks[c.block].kind == Kind::Cell && c.class().is_empty();
        let row = || {
            doc.tables.iter().any(|t| {
                let scores =
                    t.rows.first().and_then(|r| r.last()).is_some_and(|h| doc.slice(h).contains("得分"));
                scores
                    && t.rows.iter().any(|r| {
                        let last = r
                            .last()
                            .is_some_and(|l| l.start <= c.number.span.start && c.number.span.end <= l.end);
                        last && r
                            .first()
                            .is_some_and(|f| matches!(doc.slice(f).trim(), "合计" | "总分" | "总计"))
                    })
            })
        };
        let said = c.class() == "分" && TOTALS.iter().any(|w| left.ends_with(w)) && !c.other_period;
        c.exact()
            && c.number.value > Decimal::from(20)
            && c.number.value < Decimal::ONE_HUNDRED
            && (said || cell() && row())
    });
    let told: Vec<Decimal> = told.take(8).map(|c| c.number.value).collect();
    let first = *told.first()?;
    told.iter().all(|t| *t == first).then_some(first)
}

fn judge(doc: &Doc, bands: &[Band], score: Decimal, at: std::ops::Range<usize>, sink: &mut Sink<'_>) {
    let Some(grade) = grade_named(doc.slice(&at)) else { return };
    let Some(named) = bands.iter().find(|b| b.grade == grade) else { return };
    let mut holding = bands.iter().filter(|b| b.holds(score, grade));
    let (Some(right), None) = (holding.next(), holding.next()) else { return };
    sink.tried();
    // 满分40分，得38.5分，优秀: a score of one part is graded by its own measure, and no slip leads to a grade far off.
    let floor = |b: &Band| b.low.unwrap_or_default();
    let mut between = bands.iter().map(floor).filter(|f| *f > floor(right).min(floor(named)));
    if between.any(|f| f < floor(right).max(floor(named))) {
        return;
    }
    let inside = bands.iter().any(|b| b.span.start <= at.start && at.end <= b.span.end);
    if inside || right.grade == grade || sink.said(&[at.start]) {
        return;
    }
    let message = format!("得分{}按文中分数段为“{}”，文中等级为“{grade}”", show(score), right.grade);
    let said = (grade.to_owned(), right.grade.to_owned());
    sink.add(RULE, Severity::Error, message, said, &[at, named.span.clone()]);
}

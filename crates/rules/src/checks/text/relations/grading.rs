//! The grade given: against score and bands of the same text, and against the grade given elsewhere.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::bands::{Band, GRADE_WORDS, GRADES, grade_named};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;
use crate::checks::text::words::has_any;

const GRADE: &str = "grade-score";

static RESULT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(r"(?:(?:等级|结果|等次|评定|评为|定为|结论)[^。；，]{{0,12}}?(?:为|是|：|评定|“|被)+|(?:，评为|，评定为|，定为|，确定为|，获评|，属于?|，列为?)“?|(?:本项目|本站|该站|本次)列(?:为|入)?“?|对应(?:的?等级)?(?:为|是)?“?)(?P<g>{GRADE_WORDS})”?(?:等级|等次)?(?:[。，；）（\n]|$)")).ok()
});

/// The score and the grade given in one block (or two next to each other).
pub(super) fn grades(doc: &Doc, claims: &Claims, bands: &[Band], sink: &mut Sink<'_>) {
    let Some(pattern) = RESULT.as_ref() else { return };
    let mut given: Vec<(&'static str, Range<usize>)> = Vec::new();
    for (index, block) in doc.blocks.iter().enumerate() {
        let words = doc.slice(&block.span);
        let mut found: Vec<(&'static str, Range<usize>)> = Vec::new();
        for c in pattern.captures_iter(words) {
            let (Some(g), Some(grade)) = (c.name("g"), grade_named(&c["g"])) else {
                continue;
            };
            if GRADES.contains(&grade) || bands.iter().any(|b| b.grade == grade) {
                found.push((grade, block.span.start + g.start()..block.span.start + g.end()));
            }
        }
        if block.kind == Kind::Cell && index > 0 && found.is_empty() {
            let label = doc.slice(&doc.blocks[index - 1].span);
            let own = |g: &&str| GRADES.contains(g) || bands.iter().any(|b| b.grade == *g);
            if let Some(grade) = grade_named(words).filter(own).filter(|_| {
                label.contains("等级")
                    || label.contains("档次")
                    || label.contains("结果")
                    || label.contains("等次")
            }) {
                found.push((grade, block.span.clone()));
            }
        }
        // 青河县91.5分，等次为优秀；其余三县等次均为良好: grades of several, each with a score of its own.
        let in_bands =
            |span: &Range<usize>| bands.iter().any(|b| b.span.start <= span.start && span.end <= b.span.end);
        found.retain(|f| !in_bands(&f.1) || doc.block_of(f.1.start) != index);
        if found.windows(2).any(|w| w[0].0 != w[1].0) && block.kind == Kind::Paragraph {
            for (grade, span) in &found {
                if let Some((score, at)) = beside(doc, claims, span.start) {
                    against_bands(doc, score, &at, grade, span, bands, sink);
                }
            }
            continue;
        }
        for (grade, span) in found {
            if bands.iter().any(|b| {
                b.span.start <= span.start && span.end <= b.span.end && doc.block_of(b.span.start) == index
            }) {
                continue;
            }
            let score = bracketed(doc, claims, span.end)
                .or_else(|| score_near(doc, claims, index, span.start))
                .or_else(|| only_total(doc, claims, &doc.text[block.span.start..span.start]));
            if let Some((score, at)) = score {
                against_bands(doc, score, &at, grade, &span, bands, sink);
            }
            given.push((grade, span));
        }
    }
    if let Some((first, rest)) = given.split_first() {
        for (grade, span) in rest.iter().filter(|g| g.0 != first.0) {
            sink.tried();
            // 末期等次为优秀；年度等次为良好: of two things.
            let of_year = |at: usize| {
                let block = &doc.blocks[doc.block_of(at)];
                let clause = doc.tail(block.span.start..at, 60);
                let clause = clause.rsplit(['。', '；']).next().unwrap_or_default();
                has_any(clause, &["年度等", "年度总", "总评", "综合等"])
            };
            let other = of_two(claims, bands, (first.0, first.1.start), (grade, span.start));
            if other
                || before_period(doc, span.start)
                || before_period(doc, first.1.start)
                || of_year(span.start) != of_year(first.1.start)
            {
                continue;
            }
            let message = format!("评估等级两处不同：“{}”与“{}”", first.0, grade);
            // A grade behind the name of a site may be that site's.
            let sited = |at: usize| {
                let words = doc.tail(doc.blocks[doc.block_of(at)].span.start..at, 60);
                let words = words.rsplit(['。', '；']).next().unwrap_or_default();
                has_any(words, &["站", "镇", "乡", "街道", "社区", "服务点"])
            };
            let sure = !sited(span.start) && !sited(first.1.start);
            sink.add(
                GRADE,
                if sure { Severity::Error } else { Severity::Warning },
                message,
                ((*grade).into(), first.0.into()),
                &[span.clone(), first.1.clone()],
            );
        }
    }
}

/// 项目等级为良, and 罗陂乡得79.2分，等级为合格: grades of two scales, or each with a score of its own, are of two things.
fn of_two(claims: &Claims, bands: &[Band], a: (&str, usize), b: (&str, usize)) -> bool {
    let scale = |grade: &str| bands.iter().find(|b| b.grade == grade).map(|b| b.scale);
    let score = |at: usize| {
        let before = claims.all.partition_point(|c| c.number.span.start < at);
        let mut near = claims.all[..before].iter().rev().take_while(|c| c.segment.contains(&at));
        near.find(|c| c.class() == "分" && c.exact()).map(|c| c.number.value)
    };
    let scales = scale(a.0).zip(scale(b.0)).is_some_and(|(x, y)| x != y);
    scales || score(a.1).zip(score(b.1)).is_some_and(|(x, y)| x != y)
}

/// 得分为88.9分，等级为良好: the score right before a grade.
fn beside(doc: &Doc, claims: &Claims, at: usize) -> Option<(Decimal, Range<usize>)> {
    let before = claims.all.partition_point(|c| c.number.span.start < at).checked_sub(1)?;
    let c = claims.all.get(before)?;
    let gap = doc.slice(&(c.number.span.end..at));
    if doc.slice(&c.left).ends_with(['差', '多', '少', '高', '低']) {
        return None;
    }
    let named = gap.contains("等级") || gap.contains("档次") || gap.contains("等次") || gap.contains("评");
    let fits = c.class() == "分" && c.exact() && c.segment.contains(&at) && named && gap.chars().count() <= 8;
    fits.then(|| (c.number.value, c.wide()))
}

/// Speaks of an earlier evaluation, or of one item and not the whole.
fn before_period(doc: &Doc, at: usize) -> bool {
    let block = &doc.blocks[doc.block_of(at)];
    let before = doc.slice(&(block.span.start..at));
    let clause = before.rfind(['。', '；']).map_or(before, |i| &before[i..]);
    has_any(
        clause,
        &[
            "上一",
            "上年",
            "上次",
            "上期",
            "上轮",
            "上半",
            "上个",
            "上届",
            "较上",
            "比上",
            "去年",
            "前",
            "自评",
            "单项",
            "考核",
            "机构等级",
            "往年",
            "此前",
        ],
    )
}

/// 总分对应四星, and the only total that the text gives stands far away.
fn only_total(doc: &Doc, claims: &Claims, before: &str) -> Option<(Decimal, Range<usize>)> {
    const TOTALS: &[&str] = &["总分", "综合得分", "最终得分", "总得分"];
    let clause = before.rfind(['。', '；', '，']).map_or(before, |i| &before[i..]);
    if !has_any(clause, TOTALS) {
        return None;
    }
    let said = claims.all.iter().filter(|c| {
        let left = doc.slice(&c.left).trim_end_matches(['为', '是', '：']);
        c.class() == "分"
            && c.exact()
            && !c.other_period
            && c.number.value != Decimal::ONE_HUNDRED
            && TOTALS.iter().any(|w| left.ends_with(w))
    });
    let said: Vec<_> = said.take(9).collect();
    let first = said.first()?;
    said.iter().all(|c| c.number.value == first.number.value).then(|| (first.number.value, first.wide()))
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
        let tail = &tail[tail.rfind("得分率").map_or(0, |i| i + "得分率".len())..];
        let named = ["得分", "总分", "总评", "分数", "等分数", "评分", "成绩"]
            .iter()
            .any(|w| left.contains(w) || tail.contains(w));
        // 本项目末期得91.32分.
        let whole = left.ends_with('得') && left.starts_with('本');
        let named = named || c.class() == "分" && (tail.ends_with("合计") || whole);
        // 70—79.9分合格: the end of a band.
        let band = doc.text[..c.number.span.start].ends_with(['—', '-', '~', '～', '至', '－']);
        let full = band
            || tail.contains("满分")
            || left.contains("原始")
            || left.ends_with(['差', '多', '少', '高', '低', '由', '从'])
            || ["相差", "差距", "高出", "高于", "低于", "还差", "尚差"].iter().any(|w| tail.ends_with(w))
            || before_period(doc, c.number.span.start)
            || doc.slice(&c.right).starts_with("以上")
            || doc.text[c.number.span.end..].starts_with("（满分");
        let tail_words = doc.slice(&(c.number.span.end..at.max(c.number.span.end)));
        let right_before = c.number.span.end < at
            && tail_words.chars().count() <= 12
            && tail_words.contains("等级")
            && !tail_words.contains('。');
        (named || cell || right_before)
            && !full
            // 5个项目的得分依次是90.12、81.48分: of several.
            && (cell || !c.is_in_bare_list(doc))
            // 失分合计10.5分: what was lost.
            && !has_any(doc.slice(&c.left), &["失分", "扣分"])
            && !c.number.percent
            && !c.number.vague
            && matches!(c.class(), "分" | "")
    });
    scores.min_by_key(|c| c.number.span.start.abs_diff(at)).map(|c| (c.number.value, c.wide()))
}

/// 上次评估为“良好”等级（87.38分）: its score stands in the bracket right behind it.
fn bracketed(doc: &Doc, claims: &Claims, at: usize) -> Option<(Decimal, Range<usize>)> {
    let words = &doc.text[at..];
    let rest = words.trim_start_matches(['”', '等', '级', '次', '档']).strip_prefix('（')?;
    let from = at + (words.len() - rest.len());
    let c = claims.within(&(from..from + 1)).first()?;
    (c.class() == "分" && doc.text[c.number.span.end..].starts_with('）')).then(|| (c.number.value, c.wide()))
}

fn against_bands(
    doc: &Doc,
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
    let Some(named) = bands.iter().find(|b| b.grade == grade) else { return };
    let holds = |b: &Band| b.scale == named.scale && b.holds(score, grade);
    // 良80-89, 优90以上: 89.8 lies in no band as written, and whole numbers were meant.
    let between =
        named.low.is_some_and(|l| l <= score) && named.high.is_some_and(|h| score < h + Decimal::ONE);
    let right = bands.iter().filter(|b| holds(b)).max_by_key(|b| b.low);
    // 90分（含）以上为优: the limit belongs to the band that says so.
    let says = |b: &Band| {
        let words = doc.slice(&b.span);
        words.contains("（含") && b.low == Some(score) && b.grade != grade
    };
    let edge = named.high == Some(score) && named.low != Some(score) && right.is_some_and(says);
    if holds(named) && !edge || right.is_none() && between {
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

//! Bands told by signs (A档≥90，B档≥80且<90) or in Chinese numerals (九十分以上（含九十）算优秀), and what is said of a score by them: its grade, and how far it lies
//! below a band (离A档差3.5分). Bands told in digits belong to `bands` and `graded`.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::near::before;
use super::sentence::{Sentence, number, pattern};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, show};

/// Paragraphs before that may hold the score.
const BACK: usize = 4;

static SIGNS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<g>[A-E甲乙丙丁]|优秀|良好|合格|不合格)(?:档|级|等)?(?:：|为)?(?:≥|>=|>)(?P<n>\d{2,3}(?:\.\d+)?)",
    )
});
static LOWEST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?P<g>[A-E甲乙丙丁]|优秀|良好|合格|不合格)(?:档|级|等)?(?:：|为)?<(?P<n>\d{2,3}(?:\.\d+)?)")
});
static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<n>[一二三四五六七八九十百]{1,4}|\d{2,3})分?(?:及)?以上(?:（含(?:本数|[一二三四五六七八九十\d]+分?)）)?(?:，?(?:不足|不到|未满|至|到)(?:[一二三四五六七八九十百]{1,4}|\d{2,3})分?(?:以下)?)?的?(?:算|为|是|评为|定为|属|记为|列为)(?P<g>[A-E甲乙丙丁]|优秀|良好|合格|不合格)",
    )
});
static GAP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:离|距离|距|与)(?P<g>[A-E甲乙丙丁]|优秀|良好|合格)(?:档|级|等|线|等次|标准|分数线)*(?:还|仅|只|尚|相)?(?:差|少|欠|有)(?:了)?(?P<d>\d+(?:\.\d+)?)分",
    )
});
static GRADED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<s>\d{2,3}(?:\.\d+)?)分，(?:被|最终|应)?(?:定|评|列|属|归)(?:为|入|在|于)?(?P<g>[A-E甲乙丙丁]|优秀|良好|合格|不合格)(?:档|级|等)",
    )
});

static RANK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:等次|等级|档次)(?:因此|最终|应|评定|核定|也)*(?:是|为|定为|列为|评为)“?(?P<g>优秀|良好|合格|不合格|[A-E甲乙丙丁])(?:档|级|等)?",
    )
});

type Band = (String, Decimal);

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let prose = || Sentence::all(doc, claims);
    let speaks = |here: &Sentence<'_>| here.holds(&["≥", ">", "以上"]);
    let bands: Vec<Band> =
        prose().filter(speaks).map(|here| bands(&here)).find(|b| b.len() >= 2).unwrap_or_default();
    if bands.is_empty() {
        return;
    }
    for here in prose() {
        if here.holds(&["离", "距", "差"]) {
            gaps(&here, &bands, sink);
        }
        if here.holds(&["档", "级", "等"]) {
            grades(&here, &bands, sink);
            ranks(&here, &bands, sink);
        }
    }
}

/// Where each band begins, the highest first.
fn bands(here: &Sentence<'_>) -> Vec<Band> {
    let mut out: Vec<Band> = Vec::new();
    for found in here.found(&SIGNS).chain(here.found(&WORDS)) {
        if let (Some(g), Some(n)) = (found.name("g"), number(&found, "n")) {
            out.push((g.as_str().to_owned(), n));
        }
    }
    if let Some(found) = here.found(&LOWEST).last()
        && let Some(g) = found.name("g")
    {
        out.push((g.as_str().to_owned(), Decimal::ZERO));
    }
    let falling = out.windows(2).all(|w| w[0].1 > w[1].1 && w[0].0 != w[1].0);
    if falling { out } else { Vec::new() }
}

/// 离A档差3.5分, of the score told last before.
fn gaps(here: &Sentence<'_>, bands: &[Band], sink: &mut Sink<'_>) {
    for found in here.found(&GAP) {
        let (Some(g), Some(d)) = (found.name("g"), number(&found, "d")) else { continue };
        let Some(from) = bands.iter().find(|b| b.0 == g.as_str()).map(|b| b.1) else { continue };
        let at = here.at(&found, "d");
        let near = before(here.doc, here.claims, at.start, BACK);
        let score = |c: &&Claim| {
            c.class() == "分"
                && c.exact()
                && c.number.value < from
                && c.number.value > Decimal::from(40)
                && !here.doc.slice(&c.left).ends_with(['差', '≥', '<'])
                && here.doc.blocks[c.block].kind == Kind::Paragraph
        };
        let scores: Vec<Decimal> = near.iter().filter(score).map(|c| c.number.value).collect();
        if scores.iter().any(|s| from - *s == d) {
            continue;
        }
        let Some(score) = scores.last() else { continue };
        let right = from - *score;
        if right.scale() == d.scale() && mistaken(right, d) {
            let message = format!(
                "{}自{}分起，{}-{}={}，文中为{}分",
                g.as_str(),
                show(from),
                show(from),
                show(*score),
                show(right),
                show(d)
            );
            here.warn(sink, "difference", message, (show(d), show(right)), at);
        }
    }
}

/// 本项目86.5分，定B档.
fn grades(here: &Sentence<'_>, bands: &[Band], sink: &mut Sink<'_>) {
    for found in here.found(&GRADED) {
        let (Some(g), Some(s)) = (found.name("g"), number(&found, "s")) else { continue };
        let known = bands.iter().any(|b| b.0 == g.as_str());
        let Some((right, _)) = bands.iter().find(|b| s >= b.1).filter(|_| known) else { continue };
        if right != g.as_str() {
            let message = format!("{}分按文中分档为“{right}”，文中为“{}”", show(s), g.as_str());
            here.warn(
                sink,
                "grade-score",
                message,
                (g.as_str().to_owned(), right.clone()),
                here.at(&found, "g"),
            );
        }
    }
}

/// 等次因此是良好, of the total told last before.
fn ranks(here: &Sentence<'_>, bands: &[Band], sink: &mut Sink<'_>) {
    for found in here.found(&RANK) {
        let Some(g) = found.name("g") else { continue };
        let at = here.at(&found, "g");
        let near = before(here.doc, here.claims, at.start, 1);
        let total = |c: &&Claim| {
            let left = here.doc.slice(&c.left);
            c.class() == "分"
                && c.exact()
                && ["总分", "总得分", "综合得分", "最终得分"]
                    .iter()
                    .any(|w| left.trim_end_matches(['为', '是']).ends_with(w))
        };
        let totals: Vec<Decimal> = near.iter().filter(total).map(|c| c.number.value).collect();
        // The last score before the grade.
        let mark = |c: &&Claim| c.class() == "分" && c.exact() && c.number.value >= Decimal::from(40);
        let last = near.iter().rev().find(mark).filter(total).map(|c| c.number.value);
        let Some(score) = last.filter(|last| totals.iter().all(|t| t == last)) else { continue };
        let score = &score;
        let known = bands.iter().any(|b| b.0 == g.as_str()) || g.as_str() == "不合格";
        let Some((right, _)) =
            bands.iter().find(|b| *score >= b.1).filter(|_| known && *score <= Decimal::ONE_HUNDRED)
        else {
            continue;
        };
        if right != g.as_str() {
            let message = format!("{}分按文中分档为“{right}”，文中为“{}”", show(*score), g.as_str());
            here.warn(sink, "grade-score", message, (g.as_str().to_owned(), right.clone()), at);
        }
    }
}

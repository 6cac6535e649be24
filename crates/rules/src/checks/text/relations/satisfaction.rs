//! Satisfaction: which of the numbers asked can give the percentage, and the degrees (非常满意, 一般…) against those asked.

use std::ops::Range;

use rust_decimal::Decimal;

use super::samples::{SUM, Survey, clause};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, percent_of, show, show_percent, show_sum, whole_people, wholes};
use crate::checks::text::words::has_any;

const BASE: &str = "percent-base";
/// Most numbers tried as the base of a percentage.
const MOST_BASES: usize = 10;

/// Which of the numbers asked can give the percentage.
pub(super) fn base(doc: &Doc, claims: &Claims, survey: &Survey<'_>, percent: &Claim, sink: &mut Sink<'_>) {
    let Some(sampled) = survey.sampled.first().or(survey.answered.first()) else { return };
    let here = claims.within(&percent.sentence);
    let says = here.iter().find(|c| {
        let left = doc.slice(&c.left).trim_end_matches(['的', '有']);
        left.ends_with("满意") && !left.ends_with("不满意") && c.exact() && c.depth == percent.depth
    });
    let satisfied = says.filter(|c| may_answer(c)).or_else(|| {
        here.iter().find(|c| {
            !c.number.percent
                && may_answer(c)
                && doc.slice(&(c.left.start..clause(doc, c).end)).replace("满意度", "").contains("满意")
                && c.depth == percent.depth
                && c.exact()
                // 以135份有效样本测得的总体满意率: those who answered.
                && !doc.slice(&(c.number.span.end..clause(doc, c).end)).contains("测得")
        })
    });
    // 合计76人，满意率93.83%: of some number of people that the text tells.
    let counted = here.iter().rfind(|c| c.number.span.start < percent.number.span.start && !c.number.percent);
    let told = counted.filter(|c| c.exact() && may_answer(c)).is_some_and(|c| {
        let (p, decimals) = (percent.number.value, percent.number.decimals);
        wholes(c.number.value, p, decimals, Decimal::ONE).is_some_and(|range| claims.printed(range))
    });
    if told && percent.number.decimals > 0 {
        return;
    }
    let degree =
        |c: &&Claim| !c.number.percent && doc.slice(&c.left).trim_end_matches(['的', '有']).ends_with("满意");
    let graded = here.iter().filter(degree).count() >= 2;
    let (p, decimals) = (percent.number.value, percent.number.decimals);
    let mut counts = here.iter().filter(|c| c.exact() && !c.number.percent).take(MOST_BASES);
    let explained = here.iter().take(MOST_BASES).any(|whole| {
        let part = |c: &Claim| c.class() == whole.class() && c.number.value < whole.number.value;
        counts.clone().any(|c| part(c) && is_share(p, decimals, c.number.value, whole.number.value))
    });
    if graded || satisfied.is_none() && counts.next().is_some() && explained {
        return;
    }
    let n = sampled.number.value;
    let missed: Decimal =
        survey.missed.iter().filter(|c| c.class() == sampled.class()).map(|c| c.number.value).sum();
    let mut bases = vec![n];
    if let Some(answered) = survey.answered.first() {
        bases.insert(0, answered.number.value);
        bases.extend(survey.answered[1..].iter().map(|c| c.number.value).take(MOST_BASES));
    } else if missed > Decimal::ZERO && missed < n {
        bases.push(n - missed);
    }
    sink.tried();
    if let Some(satisfied) = satisfied {
        let own = survey.answered.iter().chain(&survey.sampled).filter(|c| c.block == percent.block);
        let local: Vec<Decimal> = own.map(|c| c.number.value).collect();
        let block = claims.within(&(doc.blocks[percent.block].span.start..percent.number.span.end));
        let (p, decimals) = (percent.number.value, percent.number.decimals);
        let of = |c: &Claim| is_share(p, decimals, satisfied.number.value, c.number.value);
        let known = block.iter().any(|c| c.exact() && of(c));
        let sure = !local.is_empty() || bases.iter().all(|b| *b == bases[0]);
        if !known && sure {
            let bases = if local.is_empty() { &bases } else { &local };
            of_satisfied(percent, satisfied, sampled, bases, sink);
        }
        return;
    }
    no_base(doc, survey, percent, sampled, &bases, sink);
}

/// 满意138人，满意度95.83%: of one of the numbers asked.
fn of_satisfied(percent: &Claim, satisfied: &Claim, sampled: &Claim, bases: &[Decimal], sink: &mut Sink<'_>) {
    let (p, decimals) = (percent.number.value, percent.number.decimals);
    if bases.iter().any(|b| is_share(p, decimals, satisfied.number.value, *b)) {
        return;
    }
    let right = percent_of(satisfied.number.value, bases[0]).map_or_else(String::new, show_percent);
    let message = format!(
        "满意{}人、{}人中为{right}，文中为{}%",
        show(satisfied.number.value),
        show(bases[0]),
        show(p)
    );
    let said = (format!("{}%", show(p)), right);
    sink.add("rate", Severity::Error, message, said, &[percent.wide(), satisfied.wide(), sampled.wide()]);
}

/// The text does not say of whom the percentage is.
fn no_base(
    doc: &Doc,
    survey: &Survey<'_>,
    percent: &Claim,
    sampled: &Claim,
    bases: &[Decimal],
    sink: &mut Sink<'_>,
) {
    let (p, decimals) = (percent.number.value, percent.number.decimals);
    let n = sampled.number.value;
    let missed: Decimal =
        survey.missed.iter().filter(|c| c.class() == sampled.class()).map(|c| c.number.value).sum();
    let possible: Vec<Decimal> = bases.iter().copied().filter(|b| whole_people(p, decimals, *b)).collect();
    let unsaid = missed > Decimal::ZERO && survey.answered.is_empty();
    let by_score = |c: &&Claim| {
        c.number.value == percent.number.value
            && has_any(doc.slice(&(c.sentence.start..c.number.span.start)), &["分", "平均"])
    };
    let scored = survey.satisfied.iter().any(by_score);
    let spans: Vec<_> = std::iter::once(percent.wide())
        .chain([sampled.wide()])
        .chain(survey.missed.iter().map(|m| m.wide()))
        .collect();
    let could = could_be(p, decimals, n);
    if possible.is_empty() && !scored {
        let shown: Vec<String> = bases.iter().map(|b| near_misses(p, *b)).collect();
        let message =
            format!("满意度{}%的基数未说明，且不是整数人数之比：{}{could}", show(p), shown.join("；"));
        sink.add(
            BASE,
            Severity::Warning,
            message,
            (format!("{}%", show(p)), "写明基数（人数或评分）".into()),
            &spans,
        );
    } else if unsaid && !scored {
        let message =
            format!("满意度{}%的基数未说明：抽样{}人中有{}人未接受访问", show(p), show(n), show(missed));
        let bases: Vec<String> = possible.iter().map(|b| format!("{}人", show(*b))).collect();
        sink.add(
            BASE,
            Severity::Note,
            message,
            (format!("{}%", show(p)), format!("写明基数（可能是{}）", bases.join("或"))),
            &spans,
        );
    }
}

const CONTENT: &[&str] = &["非常满意", "很满意", "满意", "表示满意", "较满意", "比较满意", "基本满意"];

const OTHER: &[&str] =
    &["一般", "不满意", "较不满意", "很不满意", "非常不满意", "不太满意", "不清楚", "说不清"];

/// Whether it counts those that are asked: people, forms or households.
fn may_answer(c: &Claim) -> bool {
    matches!(c.class(), "人" | "份" | "户")
}

/// 非常满意81人，满意30人，一般4人: together the people who answered, and the percentage the satisfied among them.
pub(super) fn categories(doc: &Doc, claims: &Claims, survey: &Survey<'_>, sink: &mut Sink<'_>) {
    let name = |c: &Claim| {
        let before = doc.slice(&(c.sentence.start..c.left.start));
        if matches!(doc.slice(&c.left), "的" | "" | "的有") && before.ends_with('”') {
            let quoted = before.trim_end_matches('”');
            return quoted.rfind('“').map_or_else(String::new, |i| quoted[i + '“'.len_utf8()..].to_owned());
        }
        doc.slice(&c.left)
            .trim_start_matches("其中")
            .trim_start_matches("表示")
            .trim_end_matches(['的', '有', '为'])
            .trim_start_matches("以及")
            .rsplit(['是', '为', '：', '和'])
            .next()
            .and_then(|name| name.rsplit("表示").next())
            .unwrap_or_default()
            .to_owned()
    };
    for block in &doc.blocks {
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            let named: Vec<(&Claim, String)> =
                here.iter().filter(|c| may_answer(c) && c.exact()).map(|c| (c, name(c))).collect();
            let content: Vec<&Claim> =
                named.iter().filter(|c| CONTENT.contains(&c.1.as_str())).map(|c| c.0).collect();
            let other: Vec<&Claim> =
                named.iter().filter(|c| OTHER.contains(&c.1.as_str())).map(|c| c.0).collect();
            if content.is_empty() || other.is_empty() || content.len() + other.len() < 3 {
                continue;
            }
            let among = here
                .first()
                .filter(|c| may_answer(c) && c.exact() && doc.text[c.right.end..].starts_with('中'));
            let before = survey.answered.iter().rfind(|c| c.number.span.start < sentence.end);
            let told = before.or(survey.answered.first()).or(survey.sampled.first()).copied();
            let Some(base) = among.or(told) else {
                continue;
            };
            let value = |list: &[&Claim]| list.iter().map(|c| c.number.value).sum::<Decimal>();
            let all: Vec<&Claim> = content.iter().chain(&other).copied().collect();
            let spans: Vec<_> = std::iter::once(base.wide()).chain(all.iter().map(|c| c.wide())).collect();
            let sum = value(&all);
            sink.tried();
            let asked = claims.values.binary_search(&sum).is_ok();
            // “不满意”的一份: one alone is read as no number.
            let rest = doc
                .slice(&(all.iter().map(|c| c.number.span.end).max().unwrap_or(sentence.end)..sentence.end));
            let one = has_any(rest, &["一份", "一人", "一名", "一位", "一户"]);
            if one && sum + Decimal::ONE == base.number.value {
                continue;
            }
            if (!asked || among.is_some()) && sum != base.number.value {
                let parts: Vec<Decimal> = all.iter().map(|c| c.number.value).collect();
                let message =
                    format!("各满意程度人数{}，受访为{}", show_sum(&parts), show(base.number.value));
                sink.add(SUM, Severity::Error, message, (show(sum), show(base.number.value)), &spans);
                continue;
            }
            told_share(doc, claims, survey, &sentence, &content, sum, sink);
        }
    }
}

/// The percentage said near by is that of the satisfied, perhaps without the merely content.
fn told_share(
    doc: &Doc,
    claims: &Claims,
    survey: &Survey<'_>,
    sentence: &Range<usize>,
    content: &[&Claim],
    sum: Decimal,
    sink: &mut Sink<'_>,
) {
    let value = |list: &[&Claim]| list.iter().map(|c| c.number.value).sum::<Decimal>();
    for percent in survey.satisfied.iter().filter(|p| p.number.span.start.abs_diff(sentence.start) < 400) {
        let (p, decimals) = (percent.number.value, percent.number.decimals);
        let own = claims.within(&percent.sentence).iter().any(|c| may_answer(c) && c.exact());
        if own && percent.sentence.start != sentence.start {
            continue;
        }
        let fits = is_share(p, decimals, value(content), sum)
            || content.len() > 1
                && (1..content.len()).any(|n| is_share(p, decimals, value(&content[..n]), sum));
        if !fits && !doc.slice(&percent.left).contains("分") {
            let right = percent_of(value(content), sum).map_or_else(String::new, show_percent);
            let message = format!(
                "满意{}人、受访{}人，满意度为{right}，文中为{}%",
                show(value(content)),
                show(sum),
                show(p)
            );
            sink.add(
                "rate",
                Severity::Error,
                message,
                (format!("{}%", show(p)), right),
                &[percent.wide(), content[0].wide()],
            );
        }
    }
}

fn near_misses(p: Decimal, base: Decimal) -> String {
    let about = (p * base / Decimal::ONE_HUNDRED).floor();
    let show_one = |k: Decimal| {
        format!("{}÷{}={}", show(k), show(base), percent_of(k, base).map_or_else(String::new, show_percent))
    };
    format!("{}，{}", show_one(about), show_one(about + Decimal::ONE))
}

/// The largest bases up to the sample that can give the percentage.
fn could_be(p: Decimal, decimals: u32, n: Decimal) -> String {
    let top: i64 = n.trunc().try_into().unwrap_or(0);
    let fits: Vec<String> = (1..=top.min(2_000))
        .rev()
        .map(Decimal::from)
        .filter(|b| whole_people(p, decimals, *b))
        .take(3)
        .map(show)
        .collect();
    if fits.is_empty() {
        String::new()
    } else {
        format!("（{}人为基数时才有可能）", fits.join("、"))
    }
}

//! Shares in a row behind counts in a row: 大学生60名，社区24名，企业12名，分别占62.5%、25%、12.5%. The whole is the sum of the
//! counts or a number printed near by; the base that most pairs fit decides.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, one_digit_apart, percent_of, show, show_percent, wholes};

const RULE: &str = "rate";

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let all = &claims.all;
    let mut at = 0;
    while at < all.len() {
        let run = run_of(doc, all, at);
        if run >= 2 {
            pairs(doc, all, at, run, sink);
        }
        at += run.max(1);
    }
    listed(doc, claims, sink);
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for sentence in doc.sentences(block) {
            beside(doc, claims, claims.within(&sentence), sink);
        }
    }
}

/// Items of a list, each a block with its count and its share: 人员费用：10.8万元，占62.5%.
fn listed(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut run: Option<std::ops::Range<usize>> = None;
    for block in &doc.blocks {
        let here = claims.within(&(block.body..block.span.end));
        let shares = here.iter().filter(|c| c.number.percent).count();
        let item = block.kind == Kind::Paragraph
            && shares == 1
            && (2..=3).contains(&here.len())
            && here.last().is_some_and(|c| c.number.percent);
        if item {
            run = Some(run.map_or(block.body, |r| r.start)..block.span.end);
        } else if let Some(run) = run.take() {
            beside(doc, claims, claims.within(&run), sink);
        }
    }
    if let Some(run) = run {
        beside(doc, claims, claims.within(&run), sink);
    }
}

/// 23名（13.9%），84名（50.9%），41名（24.8%）: where all pairs but one have one base, the one is a slip of a digit.
fn beside(doc: &Doc, claims: &Claims, here: &[Claim], sink: &mut Sink<'_>) {
    let pairs: Vec<(&Claim, &Claim)> = here
        .windows(2)
        .filter(|w| {
            let gap = doc.slice(&(w[0].number.span.end..w[1].number.span.start));
            let short = gap.chars().count() <= 10 && !gap.contains(['、', '；']) && !gap.contains("分别");
            let share =
                gap.contains('占') || matches!(gap.trim_start_matches(doc.slice(&w[0].right)), "（" | "，");
            w[0].exact()
                && !w[0].class().is_empty()
                && w[1].number.percent
                && !w[1].number.vague
                && short
                && share
        })
        .map(|w| (&w[0], &w[1]))
        .take(12)
        .collect();
    if pairs.len() < 3 || pairs.iter().any(|p| p.0.class() != pairs[0].0.class()) {
        return;
    }
    let is_of = |(a, p): &(&Claim, &Claim), base: Decimal| {
        is_share(p.number.value, p.number.decimals, a.number.value, base)
    };
    let mut bases: Vec<Decimal> = vec![pairs.iter().map(|p| p.0.number.value).sum()];
    for (a, p) in pairs.iter().take(3) {
        let Some((low, high)) = wholes(a.number.value, p.number.value, p.number.decimals, Decimal::ONE)
        else {
            continue;
        };
        let from = claims.values.partition_point(|v| *v < low);
        bases.extend(claims.values[from..].iter().take_while(|v| **v <= high).take(6));
    }
    let count = |base: Decimal| pairs.iter().filter(|p| is_of(p, base)).count();
    let Some(base) = bases.into_iter().max_by_key(|b| count(*b)).filter(|b| count(*b) + 1 == pairs.len())
    else {
        return;
    };
    for (a, p) in pairs.iter().filter(|p| !is_of(p, base)) {
        let Some(right) = percent_of(a.number.value, base) else { continue };
        let rounded = right
            .round_dp_with_strategy(p.number.decimals, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
        let part = (p.number.value * base / Decimal::ONE_HUNDRED).round();
        sink.tried();
        if !one_digit_apart(p.number.value, rounded) && !one_digit_apart(a.number.value, part) {
            continue;
        }
        let message = format!(
            "{}÷{}={}，文中为{}%（{}）",
            show(a.number.value),
            show(base),
            show_percent(right),
            show(p.number.value),
            doc.slice(&a.wide())
        );
        let said = (format!("{}%", show(p.number.value)), show_percent(right));
        sink.add(RULE, Severity::Error, message, said, &[p.span(), a.wide()]);
    }
}

/// How many percents stand in a row from here, parted by 、 or 和.
fn run_of(doc: &Doc, all: &[Claim], at: usize) -> usize {
    let mut end = at;
    while let Some(c) = all.get(end).filter(|c| c.number.percent && !c.number.vague) {
        let joined = end == at
            || matches!(
                doc.slice(&(all[end - 1].number.span.end..c.number.span.start)),
                "、" | "和" | "及" | "与" | "、和" | "以及"
            );
        if !joined {
            break;
        }
        end += 1;
    }
    end - at
}

fn pairs(doc: &Doc, all: &[Claim], at: usize, run: usize, sink: &mut Sink<'_>) {
    let percents = &all[at..at + run];
    let first = &percents[0];
    let left = doc.slice(&first.left);
    let all_told: Decimal = percents.iter().map(|p| p.number.value).sum();
    let whole_told = left.contains('即') && (all_told - Decimal::ONE_HUNDRED).abs() <= Decimal::from(30);
    let share = whole_told
        || left.contains('占')
        || (left.contains("分别") || left.contains("依次")) && left.contains('比');
    if !share || left.contains("完成") {
        return;
    }
    // 三类人员分别占: what the shares are of, and no count.
    let of_them = |c: &&Claim| {
        c.number.chinese && !doc.slice(&(c.number.span.end..first.left.end)).contains(['，', '、', '；'])
    };
    let mut before: Vec<&Claim> =
        all[..at].iter().rev().take(run + 6).filter(|c| c.sentence == first.sentence && c.exact()).collect();
    before.retain(|c| !of_them(c));
    let Some(class) = before.first().map(|c| c.class()) else { return };
    let mut counts: Vec<&Claim> = before.iter().copied().filter(|c| c.class() == class).take(run).collect();
    if counts.len() != run || class.is_empty() {
        return;
    }
    if each_of_its_own(doc, &before, class, percents, sink) {
        return;
    }
    counts.reverse();
    let sum: Decimal = counts.iter().map(|c| c.number.value).sum();
    let others = all[at.saturating_sub(run + 8)..at]
        .iter()
        .filter(|c| kin(c.class(), class) && c.block == first.block);
    let bases = std::iter::once(sum).chain(others.map(|c| c.number.value));
    let fits = |base: Decimal| {
        let pairs = counts.iter().zip(percents);
        pairs.filter(|(c, p)| is_share(p.number.value, p.number.decimals, c.number.value, base)).count()
    };
    let whole = (all_told - Decimal::ONE_HUNDRED).abs() <= Decimal::ONE
        && before.iter().skip(run).any(|c| c.class() == class && c.number.value == sum);
    let likely = bases.max_by_key(|b| fits(*b)).filter(|b| fits(*b) + 1 >= run && fits(*b) > 0);
    let Some(base) = likely.or(whole.then_some(sum)) else { return };
    for (count, percent) in counts.iter().zip(percents) {
        sink.tried();
        let (a, p) = (count.number.value, percent.number.value);
        let Some(right) = percent_of(a, base).filter(|_| !is_share(p, percent.number.decimals, a, base))
        else {
            continue;
        };
        let message = format!(
            "{}÷{}={}，文中为{}%（{}）",
            show(a),
            show(base),
            show_percent(right),
            show(p),
            doc.slice(&count.wide())
        );
        let said = (format!("{}%", show(p)), show_percent(right));
        sink.add(RULE, Severity::Error, message, said, &[percent.span(), count.wide()]);
    }
}

/// People are counted in questionnaires too.
fn kin(a: &str, b: &str) -> bool {
    a == b || matches!((a, b), ("份", "人") | ("人", "份"))
}

/// 前进乡3名中1名持证，石泉乡2名中1名持证，分别占33.3%和50%: each clause names a whole and its part. Whether it is so.
fn each_of_its_own(
    doc: &Doc,
    before: &[&Claim],
    class: &str,
    percents: &[Claim],
    sink: &mut Sink<'_>,
) -> bool {
    let mut counts: Vec<&Claim> = before.iter().copied().filter(|c| c.class() == class).collect();
    counts.reverse();
    let own = counts.len() == percents.len() * 2
        && counts.chunks(2).all(|w| {
            let gap = doc.slice(&(w[0].number.span.end..w[1].number.span.start));
            !gap.contains(['，', '、', '；']) && gap.contains(['中', '有', '仅', '只'])
        });
    if !own {
        return false;
    }
    for (pair, percent) in counts.chunks(2).zip(percents) {
        let [whole, part] = pair else { continue };
        let (a, b, p) = (part.number.value, whole.number.value, percent.number.value);
        sink.tried();
        let Some(right) = percent_of(a, b).filter(|_| !is_share(p, percent.number.decimals, a, b)) else {
            continue;
        };
        let message = format!(
            "{}÷{}={}，文中为{}%（{}）",
            show(a),
            show(b),
            show_percent(right),
            show(p),
            doc.slice(&part.wide())
        );
        let said = (format!("{}%", show(p)), show_percent(right));
        sink.add(RULE, Severity::Error, message, said, &[percent.span(), part.wide(), whole.wide()]);
    }
    true
}

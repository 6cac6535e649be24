//! The mean of degrees of satisfaction: 非常满意97人，满意58人，一般8人，不满意2人 … 以5分、4分、3分、2分折算，均分为4.52分.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, prints_as, show};
use crate::checks::text::words::has_any;

const RULE: &str = "average";
/// What a degree counts of five, longer words first.
const DEGREES: &[(&str, i64)] = &[
    ("很不满意", 1),
    ("非常不满意", 1),
    ("不太满意", 2),
    ("较不满意", 2),
    ("不满意", 2),
    ("一般", 3),
    ("基本满意", 3),
    ("非常满意", 5),
    ("十分满意", 5),
    ("很满意", 5),
    ("比较满意", 4),
    ("较满意", 4),
    ("满意", 4),
];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        let words = doc.slice(&block.span);
        let five = has_any(words, &["五分", "5分", "5级", "五级"]);
        if !five || !words.contains("满意") {
            continue;
        }
        let here = claims.within(&(block.body..block.span.end));
        let counts: Vec<(&Claim, i64)> = degrees(doc, here);
        let distinct = (1..counts.len()).all(|i| counts[..i].iter().all(|c| c.1 != counts[i].1));
        let one =
            counts.iter().all(|c| c.0.sentence == counts[0].0.sentence && c.0.class() == counts[0].0.class());
        if counts.len() < 3 || !distinct || !one {
            continue;
        }
        let mean =
            here.iter().find(|c| is_mean(doc, c) && c.number.span.start > counts[0].0.number.span.start);
        // 5项平均4.47分: of the questions.
        if let Some(mean) = mean.filter(|m| {
            !doc.slice(&m.left).contains("平均") || !doc.tail(m.sentence.start..m.left.end, 12).contains('项')
        }) {
            judge(doc, &counts, mean, sink);
        }
    }
}

/// Counts of people or papers right behind a degree.
fn degrees<'a>(doc: &Doc, here: &'a [Claim]) -> Vec<(&'a Claim, i64)> {
    let degree = |c: &Claim| {
        let before = doc.tail(c.sentence.start..c.number.span.start, 36);
        let before = before.trim_end_matches(['的', '有', '“', '”', '为', '占', '（']);
        DEGREES.iter().find(|(w, _)| before.ends_with(w)).map(|(_, n)| *n)
    };
    let counts = here.iter().filter(|c| c.exact() && matches!(c.class(), "人" | "份"));
    counts.filter_map(|c| Some((c, degree(c)?))).collect()
}

fn is_mean(doc: &Doc, c: &Claim) -> bool {
    let left = doc.slice(&c.left).trim_end_matches(['为', '是', '达', '得']);
    matches!(c.class(), "分" | "")
        && c.exact()
        && c.number.decimals >= 1
        && c.number.value < Decimal::TEN
        && ["均分", "平均分", "平均得分", "均值", "平均"].iter().any(|w| left.ends_with(w))
}

fn judge(doc: &Doc, counts: &[(&Claim, i64)], mean: &Claim, sink: &mut Sink<'_>) {
    let people: Decimal = counts.iter().map(|c| c.0.number.value).sum();
    let points: Option<Vec<Decimal>> =
        counts.iter().map(|c| c.0.number.value.checked_mul(Decimal::from(c.1))).collect();
    let Some(points) = points.map(|p| p.iter().sum::<Decimal>()) else { return };
    let Some(exact) = points.checked_div(people) else { return };
    let (m, decimals) = (mean.number.value, mean.number.decimals);
    sink.tried();
    if prints_as(exact, m, decimals) || !one_digit_apart(exact.round_dp(decimals), m) {
        return;
    }
    let terms: Vec<String> = counts.iter().map(|c| format!("{}×{}", c.1, show(c.0.number.value))).collect();
    let shown = exact.round_dp(decimals.max(2));
    let message = format!(
        "({})÷{}={}，文中为“{}”",
        terms.join("+"),
        show(people),
        show(shown),
        doc.slice(&mean.wide())
    );
    let spans: Vec<_> = std::iter::once(mean.wide()).chain(counts.iter().map(|c| c.0.wide())).collect();
    sink.add(RULE, Severity::Warning, message, (show(m), show(shown)), &spans);
}

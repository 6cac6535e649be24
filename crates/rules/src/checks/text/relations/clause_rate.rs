//! A rate right behind the counts it is of: 41位独居老人…结上39对，结对率95.1%; 中级5人、初级7人、尚未持证2人，持证率85.7%; 合计51户，满意率87.9%, of
//! the 58 answers told shortly before.

use rust_decimal::Decimal;

use super::near::before;
use super::sentence::Sentence;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{is_share, mistaken, percent_of, show, show_percent, show_sum};
use crate::checks::text::words::has_any;

const RULE: &str = "rate";
/// Paragraphs before that may hold what a rate is of.
const BACK: usize = 5;
/// Words before the last of a list that the rate leaves out.
const NOT: &[&str] = &["未", "尚未", "没有", "无", "暂无"];
/// Words before the answers that degrees of satisfaction are of.
const ANSWERS: &[&str] = &["有效"];

/// Who stays and who is away: together all there are.
const STAY: &[&str] = &["常住", "在家", "在村", "留守", "在册在住"];
const AWAY: &[&str] = &["外出", "举家外出", "在外", "外迁", "长期外出"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for here in Sentence::all(doc, claims).filter(|here| here.holds(&["率", "占"])) {
        let list = claims.within(&here.block.span);
        for three in list.windows(3) {
            with_rest(&here, three, sink);
        }
        for (i, rate) in list.iter().enumerate().filter(|(_, c)| is_rate(doc, c)) {
            let sentence: Vec<&Claim> = list[..i].iter().filter(|c| c.sentence == rate.sentence).collect();
            if !but_the_last(&here, &sentence, rate, sink) && !of_two(&here, &sentence, rate, sink) {
                of_answers(&here, &sentence, rate, sink);
            }
        }
    }
}

fn name<'a>(doc: &'a Doc, c: &Claim) -> &'a str {
    doc.slice(&c.left).trim_end_matches(['为', '达', '到', '是'])
}

fn is_rate(doc: &Doc, c: &Claim) -> bool {
    let words = name(doc, c);
    let own = words.ends_with('率') && words.chars().count() <= 8;
    c.number.percent && c.number.decimals > 0 && !c.number.vague && !c.target && !c.other_period && own
}

/// Whether two numbers near by make the rate.
fn explained(here: &Sentence<'_>, rate: &Claim) -> bool {
    let near = before(here.doc, here.claims, rate.number.span.start, BACK);
    let own = here.claims.within(&(rate.number.span.end..here.block.span.end));
    let values: Vec<Decimal> =
        near.iter().chain(own.iter().take(4)).filter(|c| c.exact()).map(|c| c.number.value).collect();
    let values = &values[values.len().saturating_sub(60)..];
    values
        .iter()
        .any(|a| values.iter().any(|b| a <= b && is_share(rate.number.value, rate.number.decimals, *a, *b)))
}

/// Says so where a share that one slip makes the printed rate is told by numbers near by.
fn judge(
    here: &Sentence<'_>,
    (part, whole): (Decimal, Decimal),
    (rate, sum): (&Claim, &str),
    sink: &mut Sink<'_>,
) -> bool {
    let (p, decimals) = (rate.number.value, rate.number.decimals);
    let Some(share) = percent_of(part, whole).filter(|s| *s <= Decimal::ONE_HUNDRED) else { return false };
    let rounded =
        share.round_dp_with_strategy(decimals, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    if is_share(p, decimals, part, whole) || !mistaken(rounded, p) || explained(here, rate) {
        return false;
    }
    let right = show_percent(rounded);
    let message =
        format!("{sum}{}÷{}={right}，文中为“{}”", show(part), show(whole), here.doc.slice(&rate.wide()));
    here.warn(sink, RULE, message, (format!("{}%", show(p)), right), rate.wide());
    true
}

/// A list whose last item the rate leaves out: 中级5人、初级7人、尚未持证2人，持证率85.7%.
fn but_the_last(here: &Sentence<'_>, list: &[&Claim], rate: &Claim, sink: &mut Sink<'_>) -> bool {
    let Some(last) = list.last() else { return false };
    let kin = |c: &&&Claim| c.class() == last.class() && c.exact() && c.segment == last.segment;
    let parts: Vec<Decimal> = list.iter().rev().take_while(kin).map(|c| c.number.value).collect();
    let gap = here.doc.slice(&(last.right.end..rate.left.start.max(last.right.end)));
    let stem = name(here.doc, rate).trim_end_matches('率');
    let left = here.doc.slice(&last.left);
    if parts.len() < 2 || gap != "，" || !has_any(left, NOT) || stem.is_empty() || !left.ends_with(stem) {
        return false;
    }
    let sum: Decimal = parts.iter().sum();
    let block = here.claims.within(&(here.block.body..last.number.span.start));
    if !block.iter().any(|c| c.class() == last.class() && c.number.value == sum) {
        return false;
    }
    let ordered: Vec<Decimal> = parts.iter().rev().copied().collect();
    let told = format!("{}，", show_sum(&ordered));
    judge(here, (sum - last.number.value, sum), (rate, &told), sink)
}

/// 常住187户，占59.9%；举家外出125户: of a number the text prints, the one is that share and the other the rest.
fn with_rest(here: &Sentence<'_>, three: &[Claim], sink: &mut Sink<'_>) {
    let [part, share, rest] = three else { return };
    let ends = |c: &Claim, list: &[&str]| list.iter().any(|w| here.doc.slice(&c.left).ends_with(w));
    let kin = part.exact() && rest.exact() && part.class() == rest.class() && !part.class().is_empty();
    let led = ends(part, STAY) && ends(rest, AWAY) && ends(share, &["占"]);
    if !kin || !led || !share.number.percent || share.number.decimals == 0 {
        return;
    }
    let (a, c, p) = (part.number.value, rest.number.value, &share.number);
    if is_share(p.value, p.decimals, a, a + c) {
        return;
    }
    let whole = here
        .claims
        .values
        .iter()
        .find(|t| **t > a && is_share(p.value, p.decimals, a, **t) && mistaken(**t - a, c));
    if let Some(whole) = whole {
        let right = *whole - a;
        let message =
            format!("{}-{}={}，文中为“{}”", show(*whole), show(a), show(right), here.doc.slice(&rest.wide()));
        here.warn(sink, "balance", message, (show(c), show(right)), rest.wide());
    }
}

/// The only two counts of the sentence, whatever their units.
fn of_two(here: &Sentence<'_>, list: &[&Claim], rate: &Claim, sink: &mut Sink<'_>) -> bool {
    let [a, b] = list else { return false };
    let counts = a.exact() && b.exact() && !a.class().is_empty() && !b.class().is_empty();
    let beside = rate.left.start.saturating_sub(b.right.end) <= "，".len();
    let money = (a.class() == "元") == (b.class() == "元");
    let (part, whole) = (a.number.value.min(b.number.value), a.number.value.max(b.number.value));
    counts && beside && money && judge(here, (part, whole), (rate, ""), sink)
}

/// 很满意与较满意合计51户，满意率87.9%, of the answers told shortly before.
fn of_answers(here: &Sentence<'_>, list: &[&Claim], rate: &Claim, sink: &mut Sink<'_>) {
    let words = name(here.doc, rate);
    let Some(part) = list.last().filter(|c| c.exact() && words.contains("满意")) else { return };
    let beside = rate.left.start.saturating_sub(part.right.end) <= "，".len();
    let all = has_any(here.doc.slice(&part.left), &["合计", "共", "两项", "以上", "和", "与"]);
    let near = before(here.doc, here.claims, rate.number.span.start, BACK);
    let answers = |c: &&Claim| {
        c.exact() && matches!(c.class(), "份" | "户" | "人") && has_any(here.doc.slice(&c.left), ANSWERS)
    };
    let Some(whole) = near.iter().rev().find(answers).filter(|_| beside && all) else { return };
    judge(here, (part.number.value, whole.number.value), (rate, ""), sink);
}

//! As many shares as counts, in their order or by their names: 依次投入6,480、5,236…小时，占比分别为27.23%、22.00%…; 低保对象312人、空巢老人148人…。按比重，低保对象37.23%，空巢老人17.66%….
//! Where all but one are of one printed whole, the odd one is wrong.

use rust_decimal::Decimal;

use super::one_slip::{Quotient, rows};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::lex::Number;
use crate::checks::text::math::{show, show_percent};
use crate::checks::text::words::has_any;

/// Numbers of a paragraph that may be the whole.
const MOST: usize = 60;

/// Counts with what is said to be their shares.
type Pairs<'a> = Vec<(&'a Claim, &'a Claim)>;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        let here = claims.within(&(block.body..block.span.end));
        if here.iter().filter(|c| c.number.percent).count() < 3 {
            continue;
        }
        for pairs in by_order(doc, here).into_iter().chain(by_name(doc, here)) {
            judge(here, &pairs, sink);
        }
    }
}

/// A row of counts, and behind it in its sentence a row of as many shares.
fn by_order<'a>(doc: &Doc, here: &'a [Claim]) -> Vec<Pairs<'a>> {
    let mut out = Vec::new();
    let all = rows(doc, here, 3);
    for (k, shares) in all.iter().enumerate().filter(|(_, r)| r[0].number.percent) {
        let led = doc.slice(&(shares[0].left.clone()));
        let says = has_any(led, &["占比", "占", "比重", "比例", "百分比"]) && !led.contains(['增', '降']);
        let counts = all[..k].iter().rev().take(2).find(|r| r.len() == shares.len() && !r[0].number.percent);
        let Some(counts) = counts.filter(|r| says && r[0].sentence == shares[0].sentence) else { continue };
        if doc.slice(&counts[0].left).contains('均') || counts.iter().any(|c| c.class() == "分") {
            continue;
        }
        out.push(counts.iter().zip(shares.iter()).collect());
    }
    out
}

fn is_share_told(c: &Claim) -> bool {
    c.number.percent && !c.number.vague && c.number.decimals > 0
}

/// Shares that bear the names of counts before them, at least three.
fn by_name<'a>(doc: &Doc, here: &'a [Claim]) -> Option<Pairs<'a>> {
    let name = |c: &Claim| {
        let words =
            doc.slice(&c.left).trim_end_matches(['的', '为', '占', '者']).trim_end_matches("占比").to_owned();
        (3..=10).contains(&words.chars().count()).then_some(words)
    };
    let mut out: Pairs<'a> = Vec::new();
    for share in here.iter().filter(|c| is_share_told(c)) {
        let Some(own) = name(share) else { continue };
        let same = |c: &&Claim| {
            c.exact()
                && !c.number.percent
                && c.number.span.start < share.number.span.start
                && name(c).is_some_and(|n| {
                    n == own || n.ends_with(&own) && n.chars().count() <= own.chars().count() + 3
                })
        };
        let mut counts = here.iter().filter(same);
        if let (Some(count), None) = (counts.next(), counts.next()) {
            out.push((count, share));
        }
    }
    let class = out.first()?.0.class();
    out.retain(|(c, _)| c.class() == class && !class.is_empty());
    (out.len() >= 3).then_some(out)
}

fn judge(here: &[Claim], pairs: &[(&Claim, &Claim)], sink: &mut Sink<'_>) {
    let first = pairs[0].0;
    let usable = pairs.iter().all(|(c, p)| c.exact() && is_share_told(p) && p.number.value > Decimal::ZERO);
    if !usable || pairs.len() < 3 {
        return;
    }
    sink.tried();
    let largest = pairs.iter().map(|p| p.0.number.value).max().unwrap_or_default();
    let kin = |c: &&Claim| c.exact() && c.class() == first.class() && c.number.value > largest;
    let mut wholes: Vec<&Claim> = here.iter().filter(kin).take(MOST).collect();
    // The whole may be told nowhere: then they make it.
    let total: Decimal = pairs.iter().map(|p| p.0.number.value).sum();
    let made = Claim { number: Number { value: total, ..first.number.clone() }, ..first.clone() };
    wholes.push(&made);
    let misfits = |whole: &Claim| -> Vec<usize> {
        let fits = |(c, p): &(&Claim, &Claim)| quotient(c, whole, p).fits();
        (0..pairs.len()).filter(|k| !fits(&pairs[*k])).collect()
    };
    let tried: Vec<(&Claim, Vec<usize>)> = wholes.iter().map(|w| (*w, misfits(w))).collect();
    if tried.iter().any(|t| t.1.is_empty()) {
        return;
    }
    let Some((whole, odd)) = tried.iter().find(|t| t.1.len() == 1) else { return };
    let (count, share) = pairs[odd[0]];
    let starts: Vec<usize> = [count, share].iter().flat_map(|c| [c.wide().start, c.span().start]).collect();
    let of = quotient(count, whole, share);
    let Some(right) = of.right().filter(|_| !sink.said(&starts)) else { return };
    if of.is_misprinted() || of.is_of_misprinted() {
        let (a, b) = (show(count.number.value), show(whole.number.value));
        let message = format!("{a}÷{b}={}，文中为{}%", show_percent(right), show(share.number.value));
        let said = (format!("{}%", show(share.number.value)), show_percent(right));
        sink.add("rate", Severity::Error, message, said, &[share.wide(), count.wide()]);
    }
}

fn quotient<'a>(count: &'a Claim, whole: &'a Claim, share: &'a Claim) -> Quotient<'a> {
    Quotient { of: &count.number, over: &whole.number, printed: &share.number, times: Decimal::ONE_HUNDRED }
}

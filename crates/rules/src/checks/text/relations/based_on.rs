//! Means whose base the clause before them tells: 按户籍人口计算，每名社工对应9135人; 按年末在册人数计，人均124.40次; 按945名老人投保，每人每年保费100元; 检测耗材平均到实检人次，每次11.99元;
//! and a rate whose base is told (以342人作分母，年度复吸率4.09%).

use rust_decimal::Decimal;

use super::one_slip::Quotient;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::lex::Number;
use crate::checks::text::math::{show, show_percent};

/// Ends of a clause that tells a base.
const BASED: &[&str] = &["计", "计算", "折算", "平均", "核算", "投保", "测算", "摊算", "分摊"];
/// Numbers looked at.
const MOST: usize = 3_000;
/// Numbers of one kind kept.
const KEPT: usize = 40;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for told in &claims.all {
        if doc.blocks[told.block].kind == Kind::Cell || told.number.vague || told.target {
            continue;
        }
        let lead = doc.slice(&(told.sentence.start..told.left.start));
        let Some(before) = lead.strip_suffix('，') else { continue };
        let clause = before.rsplit(['，', '；', '：', '。']).next().unwrap_or_default();
        if clause.chars().count() > 24 || clause.is_empty() {
            continue;
        }
        let from = told.left.start - '，'.len_utf8() - clause.len();
        let span = from..told.left.start;
        if told.number.percent {
            if ["作分母", "为分母", "作基数", "为基数"].iter().any(|w| clause.ends_with(w)) {
                rate(doc, claims, told, &span, sink);
            }
            continue;
        }
        let each = doc.slice(&told.left).contains(['均', '每']) && told.exact() && !told.class().is_empty();
        if !each {
            continue;
        }
        if let Some((name, base)) = clause.split_once("平均到").or_else(|| clause.split_once("分摊到"))
        {
            shared(doc, claims, told, (name, base), sink);
        } else if clause.starts_with(['按', '以']) && BASED.iter().any(|w| clause.ends_with(w)) {
            based(doc, claims, told, (clause, &span), sink);
        }
    }
}

fn free(sink: &Sink<'_>, of: &[&Claim]) -> bool {
    let starts: Vec<usize> = of.iter().flat_map(|c| [c.wide().start, c.span().start]).collect();
    !sink.said(&starts)
}

/// Two characters in a row that words share with the name of a base.
fn names(words: &str, base: &str) -> bool {
    const EMPTY: &[&str] = &[
        "年末", "期末", "人数", "计算", "按", "以", "折算", "平均", "各自", "实际", "全部", "年初", "核算",
        "计",
    ];
    let bare = EMPTY.iter().fold(base.to_owned(), |b, w| b.replace(w, ""));
    let own: Vec<char> = bare.chars().collect();
    own.windows(2).any(|w| words.contains(&w.iter().collect::<String>()))
}

fn words<'a>(doc: &'a Doc, c: &Claim) -> &'a str {
    doc.slice(&(c.left.start..c.right.end))
}

/// What the mean may be of: numbers of its unit in its paragraph before it.
fn totals<'a>(doc: &Doc, claims: &'a Claims, told: &Claim) -> Vec<&'a Claim> {
    let block = &doc.blocks[told.block];
    let kin = |c: &&Claim| {
        let same = c.class() == told.class() || told.class() == "次" && c.class() == "人次";
        same && c.exact() && c.number.value > told.number.value && !c.is_mean(doc)
    };
    let all: Vec<&Claim> = claims.within(&(block.body..told.number.span.start)).iter().filter(kin).collect();
    all[all.len().saturating_sub(KEPT)..].to_vec()
}

fn based(
    doc: &Doc,
    claims: &Claims,
    told: &Claim,
    (clause, span): (&str, &std::ops::Range<usize>),
    sink: &mut Sink<'_>,
) {
    let inside: Vec<&Claim> =
        claims.within(span).iter().filter(|c| c.exact() && c.number.value > Decimal::ONE).collect();
    // 按户籍人口计算，每名社工对应9135人: the base is what is shared out, and 社工 are those who share.
    let noun: String =
        doc.slice(&told.left).rsplit('每').next().unwrap_or_default().chars().skip(1).take(2).collect();
    let far = claims
        .all
        .iter()
        .take(MOST)
        .filter(|c| c.exact() && c.number.value > Decimal::ONE && !c.other_period);
    let named = |c: &&Claim| {
        names(words(doc, c), clause) && matches!(c.class(), "人" | "户" | "个" | "人次" | "小时" | "份")
    };
    let bases: Vec<&Claim> =
        if inside.is_empty() { far.clone().filter(named).take(KEPT).collect() } else { inside };
    let shared: Vec<&Claim> = bases
        .iter()
        .copied()
        .filter(|c| c.class() == told.class() && c.number.value > told.number.value)
        .collect();
    let few = |c: &&Claim| {
        noun.chars().count() == 2
            && (doc.slice(&c.left).ends_with(&noun) || doc.slice(&c.right).starts_with(&noun))
    };
    let those: Vec<&Claim> =
        if shared.is_empty() { Vec::new() } else { far.filter(few).take(KEPT).collect() };
    let own = totals(doc, claims, told);
    let mut pairs: Vec<(&Claim, &Claim)> = Vec::new();
    pairs.extend(own.iter().flat_map(|t| bases.iter().map(move |b| (*t, *b))));
    pairs.extend(shared.iter().flat_map(|t| those.iter().map(move |n| (*t, *n))));
    judge(doc, told, &pairs, sink);
}

/// 检测耗材平均到实检人次，每次11.99元: the amount that bears the name, over any count.
fn shared(doc: &Doc, claims: &Claims, told: &Claim, (name, base): (&str, &str), sink: &mut Sink<'_>) {
    let block = &doc.blocks[told.block];
    let own = |c: &&Claim| c.class() == told.class() && c.exact() && doc.slice(&c.left).ends_with(name);
    let own: Vec<&Claim> = claims.within(&(block.body..told.number.span.start)).iter().filter(own).collect();
    let far = claims.all.iter().take(MOST).filter(|c| c.exact() && c.number.value > Decimal::ONE);
    let bases: Vec<&Claim> = far.filter(|c| names(words(doc, c), base)).take(KEPT).collect();
    let pairs: Vec<(&Claim, &Claim)> = own.iter().flat_map(|t| bases.iter().map(move |b| (*t, *b))).collect();
    if name.chars().count() >= 2 {
        judge(doc, told, &pairs, sink);
    }
}

fn judge(doc: &Doc, told: &Claim, pairs: &[(&Claim, &Claim)], sink: &mut Sink<'_>) {
    let of = |(a, b): &(&Claim, &Claim)| -> (Claim, Claim) { ((*a).clone(), (*b).clone()) };
    let quotient = |p: &(Claim, Claim)| -> (bool, bool, Option<Decimal>) {
        let q = Quotient { of: &p.0.number, over: &p.1.number, printed: &told.number, times: Decimal::ONE };
        let exact = told.number.decimals > 0 || q.right().is_some_and(|r| r.fract().is_zero());
        (q.fits(), exact && q.is_misprinted(), q.shown())
    };
    sink.tried();
    let tried: Vec<_> = pairs.iter().map(|p| (p, quotient(&of(p)))).collect();
    let digits = show(told.number.value).replace('.', "").len() >= 3;
    if tried.iter().any(|t| t.1.0) || !digits || !free(sink, &[told]) {
        return;
    }
    let mut slips = tried.iter().filter(|t| t.1.1);
    let Some((pair, (_, _, Some(right)))) = slips.next() else { return };
    if slips.any(|s| s.1.2 != Some(*right)) {
        return;
    }
    let (a, b) = (show(pair.0.number.value), show(pair.1.number.value));
    let message = format!("{a}÷{b}={}，文中为“{}”", show(*right), doc.slice(&told.wide()));
    let said = (show(told.number.value), show(*right));
    sink.add("average", Severity::Warning, message, said, &[told.wide(), pair.0.wide(), pair.1.wide()]);
}

/// 以“期初在册加新接收”的342人作分母，年度复吸率为4.09%.
fn rate(doc: &Doc, claims: &Claims, told: &Claim, span: &std::ops::Range<usize>, sink: &mut Sink<'_>) {
    let block = &doc.blocks[told.block];
    let Some(base) = claims.within(span).iter().rfind(|c| c.exact()) else { return };
    let kin = |c: &&Claim| c.exact() && c.class() == base.class() && c.number.value < base.number.value;
    let counts: Vec<&Claim> =
        claims.within(&(block.body..told.number.span.start)).iter().filter(kin).collect();
    let of = |c: &Claim| (c.number.clone(), base.number.clone());
    let q = |n: &(Number, Number)| {
        let q = Quotient { of: &n.0, over: &n.1, printed: &told.number, times: Decimal::ONE_HUNDRED };
        (q.fits(), q.is_misprinted(), q.right())
    };
    sink.tried();
    let tried: Vec<_> = counts.iter().map(|c| (c, q(&of(c)))).collect();
    if told.number.decimals < 2 || tried.iter().any(|t| t.1.0) || !free(sink, &[told]) {
        return;
    }
    let mut slips = tried.iter().filter(|t| t.1.1);
    if let (Some((part, (_, _, Some(right)))), None) = (slips.next(), slips.next()) {
        let (a, b) = (show(part.number.value), show(base.number.value));
        let message = format!("{a}÷{b}={}，文中为{}%", show_percent(*right), show(told.number.value));
        let said = (format!("{}%", show(told.number.value)), show_percent(*right));
        sink.add("rate", Severity::Warning, message, said, &[told.wide(), part.wide(), base.wide()]);
    }
}

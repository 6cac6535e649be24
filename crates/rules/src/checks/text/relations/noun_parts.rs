//! A noun that a paragraph has counted, and its parts a sentence later: 特困人员236人…。特困人员中集中供养58人、分散供养178人; 有效问卷240份。有效问卷中，现场填写156份，
//! 电话访问84份; and 下辖13个村（社区），其中社区3个、行政村10个, which are all there are.

use rust_decimal::Decimal;

use super::said::not_the_sum;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::one_digit_apart;

const RULE: &str = "total";
/// Claims looked back for the noun's own count.
const BACK: usize = 30;
/// Pairs of words of which every one counted is one or the other.
const EITHER: &[(&str, &str)] = &[
    ("集中供养", "分散供养"),
    ("现场", "电话"),
    ("线上", "线下"),
    ("直接服务", "间接服务"),
    ("男", "女"),
    ("入户", "电话"),
    ("物资", "现金"),
    ("物资", "资金"),
    ("物资", "捐款"),
    ("本科", "大专"),
    ("城镇", "农村"),
    ("户籍", "非户籍"),
    ("全自理", "不能自理"),
    ("专职", "兼职"),
];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, two) in claims.all.windows(2).enumerate() {
        let [a, b] = two else { continue };
        let kin = a.exact() && b.exact() && a.class() == b.class() && a.sentence == b.sentence;
        if !kin || a.class().is_empty() || doc.blocks[a.block].kind != Kind::Paragraph {
            continue;
        }
        let gap = doc.slice(&(a.right.end..b.left.start.max(a.right.end)));
        let last = !doc.slice(&b.right).ends_with('等') && !doc.text[b.right.end..].starts_with('、');
        if matches!(gap, "、" | "，") && last {
            either(doc, &claims.all[i.saturating_sub(BACK)..i], (a, b), sink);
            places(doc, claims, i, sink);
        }
    }
}

/// Whether two numbers can only be off by a slip of one digit.
fn slip(whole: Decimal, parts: (Decimal, Decimal)) -> bool {
    let apart = whole - parts.0 - parts.1;
    let off = |v: Decimal| v + apart > Decimal::ZERO && one_digit_apart(v, v + apart);
    !apart.is_zero() && (off(parts.0) || off(parts.1) || one_digit_apart(whole, whole - apart))
}

/// 特困人员中集中供养58人、分散供养178人; 折合8.6万元，其中物资5.2万元，捐款3.4万元.
fn either(doc: &Doc, before: &[Claim], (a, b): (&Claim, &Claim), sink: &mut Sink<'_>) {
    let (x, y) = (doc.slice(&a.left), doc.slice(&b.left));
    let pair = EITHER.iter().any(|(p, q)| x.contains(p) && y.contains(q) || x.contains(q) && y.contains(p));
    let kin = |c: &&Claim| c.block == a.block && c.exact() && c.class() == a.class() && !c.other_period;
    if !pair || [x, y].iter().any(|w| w.contains(['均', '每', '最'])) {
        return;
    }
    let whole = if x.starts_with("其中") {
        before.last().filter(kin)
    } else {
        // 特困人员中, 有效问卷中，: the noun stands before 中.
        let lead = doc.slice(&(a.sentence.start..a.number.span.start));
        let noun = lead.rsplit_once('中').map(|(noun, _)| noun.rsplit(['，', '；', '。', '、']).next().unwrap_or_default());
        let noun = noun.filter(|n| (3..=8).contains(&n.chars().count()));
        noun.and_then(|n| before.iter().rev().filter(kin).find(|c| doc.slice(&(c.left.start..c.right.end)).replace(|c: char| c.is_ascii_digit(), "").contains(n)))
    };
    let Some(whole) = whole else { return };
    sink.tried();
    let (v, w) = (whole.number.value, (a.number.value, b.number.value));
    if v > w.0.max(w.1) && slip(v, w) {
        not_the_sum(doc, sink, (RULE, Severity::Warning), whole, &[a, b]);
    }
}

/// 13个村（居），其中社区3个、行政村10个.
fn places(doc: &Doc, claims: &Claims, i: usize, sink: &mut Sink<'_>) {
    let Some([whole, a, b]) = i.checked_sub(1).and_then(|j| claims.all.get(j..j + 3)) else { return };
    let behind = doc.slice(&(whole.number.span.end..a.number.span.start));
    let noun = ["村（居）", "村（社区）", "村居", "社区（村）", "个村（居）", "个村（社区）"].iter().find_map(|n| behind.strip_prefix(n));
    let village = |c: &Claim| doc.slice(&(c.left.start..c.right.end)).contains('村');
    let quarter = |c: &Claim| doc.slice(&(c.left.start..c.right.end)).contains("社区") && !village(c);
    let led = noun.is_some_and(|rest| rest.starts_with("，其中"));
    let both = village(a) && quarter(b) || village(b) && quarter(a);
    if !led || !both || whole.class() != a.class() || !whole.exact() || whole.sentence != a.sentence {
        return;
    }
    sink.tried();
    if slip(whole.number.value, (a.number.value, b.number.value)) {
        not_the_sum(doc, sink, (RULE, Severity::Warning), whole, &[a, b]);
    }
}

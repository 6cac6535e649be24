//! A noun that a paragraph has counted, and its parts a sentence later: 特困人员236人…。特困人员中集中供养58人、分散供养178人; 有效问卷240份。有效问卷中，现场填写156份，
//! 电话访问84份; and 下辖13个村（社区），其中社区3个、行政村10个, which are all there are.

use rust_decimal::Decimal;

use super::listing::grids;
use super::said::{not_the_sum, rate_is_not};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, one_digit_apart, percent_of, show, show_sum};
use crate::checks::text::words::has_any;

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
    ("接通", "未接通"),
    ("完成", "未完成"),
    ("应答", "未应答"),
    ("成功", "未成功"),
    ("物资", "现金"),
    ("物资", "资金"),
    ("物资", "捐款"),
    ("本科", "大专"),
    ("城镇", "农村"),
    ("户籍", "非户籍"),
    ("全自理", "不能自理"),
    ("专职", "兼职"),
    ("规范", "补正"),
    ("规范", "不规范"),
    ("完整", "缺"),
    ("合格", "不合格"),
];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    of_which(doc, claims, sink);
    rate_and_rest(doc, claims, sink);
    behind_names(doc, claims, sink);
    for (i, two) in claims.all.windows(2).enumerate() {
        let [a, b] = two else { continue };
        let kin = a.exact() && b.exact() && a.class() == b.class() && a.sentence == b.sentence;
        if !kin || a.class().is_empty() || doc.blocks[a.block].kind != Kind::Paragraph {
            continue;
        }
        let gap = doc.slice(&(a.right.end..b.left.start.max(a.right.end)));
        let last = !doc.slice(&b.right).ends_with('等') && !doc.text[b.right.end..].starts_with('、');
        if matches!(gap, "、" | "，") && last {
            either(doc, claims, i, sink);
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
fn either(doc: &Doc, claims: &Claims, i: usize, sink: &mut Sink<'_>) {
    let before = &claims.all[i.saturating_sub(BACK)..i];
    let (a, b) = (&claims.all[i], &claims.all[i + 1]);
    let (x, y) = (doc.slice(&a.left), doc.slice(&b.left));
    let one = |p: &str, q: &str| {
        x.contains(p)
            && y.contains(q)
            && (q.ends_with(p) && x.ends_with(p) || !x.contains(q) && !y.contains(p))
    };
    let pair = EITHER.iter().any(|(p, q)| one(p, q) || one(q, p) && !q.contains(p));
    let kin = |c: &&Claim| c.block == a.block && c.exact() && c.class() == a.class() && !c.other_period;
    if !pair || [x, y].iter().any(|w| w.contains(['均', '每', '最'])) {
        return;
    }
    let drawn = |c: &&Claim| {
        has_any(doc.slice(&(c.sentence.start..c.number.span.start)), &["抽取", "选取", "抽选", "抽样"])
    };
    let share =
        claims.all.get(i + 2).filter(|s| s.number.percent && !s.number.vague && s.sentence == b.sentence);
    if let Some(share) = share.filter(|s| {
        doc.slice(&s.left).strip_suffix('占').is_some_and(|w| x.ends_with(w) && w.chars().count() >= 4)
    }) {
        let all = a.number.value + b.number.value;
        if !is_share(share.number.value, share.number.decimals, a.number.value, all) {
            rate_is_not(doc, sink, share, &[a, b], all);
        }
    }
    let whole = if x.starts_with("其中") {
        before.last().filter(kin)
    } else if y.starts_with('未') {
        before.last().filter(kin).filter(drawn)
    } else {
        // 特困人员中, 有效问卷中，: the noun stands before 中.
        let lead = doc.slice(&(a.segment.start..a.number.span.start));
        let noun = lead
            .split_once('中')
            .map(|(noun, _)| noun.rsplit(['，', '；', '。', '、']).next().unwrap_or_default());
        let noun = noun.filter(|n| (3..=8).contains(&n.chars().count()));
        noun.and_then(|n| {
            before.iter().rev().filter(kin).find(|c| {
                doc.slice(&(c.left.start..c.right.end)).replace(|c: char| c.is_ascii_digit(), "").contains(n)
            })
        })
    };
    let Some(whole) = whole else { return of_a_row(doc, claims, (a, b), sink) };
    sink.tried();
    let (v, w) = (whole.number.value, (a.number.value, b.number.value));
    if v > w.0.max(w.1) && slip(v, w) {
        not_the_sum(doc, sink, (RULE, Severity::Warning), whole, &[a, b]);
    }
}

/// 专业工时中直接服务9702小时、间接服务4158小时: the noun has a row of a table.
fn of_a_row(doc: &Doc, claims: &Claims, (a, b): (&Claim, &Claim), sink: &mut Sink<'_>) {
    let lead = doc.slice(&(a.segment.start..a.number.span.start));
    let Some((noun, _)) = lead.rsplit_once('中') else { return };
    let bare = |label: &str| label.split('（').next().unwrap_or_default().to_owned();
    let rows = grids(doc, claims).iter().take(BACK).flat_map(|g| &g.rows);
    let named =
        rows.filter(|r| !r.total && bare(&r.label).chars().count() >= 3 && noun.ends_with(&bare(&r.label)));
    let cells: Vec<Decimal> = named.flat_map(|r| r.cells.iter().flatten()).map(|v| v.value).collect();
    let parts = (a.number.value, b.number.value);
    let sum = parts.0 + parts.1;
    sink.tried();
    if cells.contains(&sum) || sum < Decimal::ONE_HUNDRED {
        return;
    }
    if let Some(whole) = cells.iter().find(|v| slip(**v, parts)) {
        let message = format!("{}，表格中为{}", show_sum(&[parts.0, parts.1]), show(*whole));
        sink.add(RULE, Severity::Warning, message, (show(*whole), show(sum)), &[a.wide(), b.wide()]);
    }
}

/// 7份不完整，涉及1.26万元。其中标段一2份0.38万元，标段二1份0.21万元，标段三4份0.67万元: a sentence of parts, and the wholes in the one before it.
fn of_which(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for pair in doc.sentences(block).windows(2) {
            let (before, here) = (claims.within(&pair[0]), claims.within(&pair[1]));
            if doc.slice(&pair[1]).starts_with("其中") && here.len() >= 3 {
                in_units(doc, before, here, sink);
            }
        }
    }
}

/// The parts of a sentence of one unit, or of two in turn, against the wholes of those units.
fn in_units(doc: &Doc, before: &[Claim], here: &[Claim], sink: &mut Sink<'_>) {
    let turn = usize::from(here[0].number.span.end == here[1].number.span.start) + 1;
    let like =
        |(k, c): (usize, &Claim)| c.exact() && c.class() == here[k % turn].class() && !c.class().is_empty();
    let named = here.iter().step_by(turn).all(|c| {
        let left = doc.slice(&c.left);
        left.chars().count() >= 2 && !left.contains(['均', '每', '最', '比', '较', '占'])
    });
    if !here.len().is_multiple_of(turn)
        || here.len() / turn < 3
        || !named
        || !here.iter().enumerate().all(like)
    {
        return;
    }
    for k in 0..turn {
        let parts: Vec<&Claim> = here.iter().skip(k).step_by(turn).collect();
        let sum: Decimal = parts.iter().map(|c| c.number.value).sum();
        let kin: Vec<&Claim> = before.iter().filter(|c| c.exact() && c.class() == parts[0].class()).collect();
        sink.tried();
        if kin.iter().any(|c| c.number.value == sum) {
            continue;
        }
        let off = |c: &&&Claim| {
            let apart = c.number.value - sum;
            let digit = |p: &&Claim| {
                p.number.value + apart > Decimal::ZERO
                    && one_digit_apart(p.number.value, p.number.value + apart)
            };
            one_digit_apart(c.number.value, sum) || parts.iter().any(digit)
        };
        if let [whole] = kin.iter().filter(off).collect::<Vec<_>>().as_slice() {
            not_the_sum(doc, sink, (RULE, Severity::Warning), whole, &parts);
        }
    }
}

/// 覆盖95个，覆盖率96.9%，尚有3个未覆盖: the rate is of both together.
fn rate_and_rest(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for three in claims.all.windows(3) {
        let [a, rate, b] = three else { continue };
        let kin = a.exact()
            && b.exact()
            && a.class() == b.class()
            && a.sentence == b.sentence
            && !a.class().is_empty();
        let led = doc.slice(&rate.left).ends_with('率')
            && rate.number.percent
            && !rate.number.vague
            && rate.number.decimals > 0;
        let rest = ["尚有", "还有", "仍有", "另有", "余下", "其余"].contains(&doc.slice(&b.left));
        let not =
            doc.slice(&(b.number.span.end..b.sentence.end)).chars().take(4).any(|c| c == '未' || c == '没');
        let gap = doc.slice(&(a.right.end..rate.left.start.max(a.right.end)));
        if !kin || !led || !rest || !not || gap != "，" || doc.blocks[a.block].kind != Kind::Paragraph {
            continue;
        }
        let all = a.number.value + b.number.value;
        sink.tried();
        let near = (1..=9)
            .map(Decimal::from)
            .any(|d| is_share(rate.number.value, rate.number.decimals, a.number.value, a.number.value + d));
        let right = percent_of(a.number.value, all).unwrap_or_default().round_dp(rate.number.decimals);
        let said = is_share(rate.number.value, rate.number.decimals, a.number.value, all);
        let whole = all - b.number.value;
        let digit = one_digit_apart(right, rate.number.value)
            || near && whole > Decimal::TEN
            || (right - rate.number.value).abs() <= Decimal::TWO;
        if !said && digit {
            rate_is_not(doc, sink, rate, &[a, b], all);
        }
    }
}

/// 辖21个行政村、3个社区，共24个村（社区）.
fn sums_behind(doc: &Doc, claims: &Claims, i: usize, sink: &mut Sink<'_>) {
    let Some([a, b, whole]) = claims.all.get(i..i + 3) else { return };
    let right = |c: &Claim| doc.slice(&c.right);
    let both =
        right(a).ends_with('村') && right(b) == "社区" || right(a) == "社区" && right(b).ends_with('村');
    let all =
        ["村（社区）", "村（居）", "村居"].iter().any(|w| doc.text[whole.number.span.end..].starts_with(w));
    let led = matches!(doc.slice(&whole.left), "共" | "合计" | "共计" | "共有");
    let kin = whole.class() == a.class() && whole.exact() && whole.segment == b.segment;
    sink.tried();
    let known = sink.said(&[whole.wide().start, whole.span().start]);
    if both && all && led && kin && !known && slip(whole.number.value, (a.number.value, b.number.value)) {
        not_the_sum(doc, sink, (RULE, Severity::Warning), whole, &[a, b]);
    }
}

/// 工作人员7名，分别为关朔宁、佟雪汀…，其中站长1名、助理1名、社工4名: names between a whole and its parts.
fn behind_names(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, whole) in claims.all.iter().enumerate() {
        if whole.class() != "人" || !whole.exact() || doc.blocks[whole.block].kind != Kind::Paragraph {
            continue;
        }
        let parts: Vec<&Claim> = claims.all[i + 1..]
            .iter()
            .take_while(|c| c.sentence == whole.sentence && c.class() == "人" && c.exact())
            .collect();
        let Some(first) = parts.first().filter(|_| parts.len() >= 3) else { continue };
        let between = doc.slice(&(whole.number.span.end..first.left.start.max(whole.number.span.end)));
        let named =
            between.contains("分别为") && between.ends_with('，') && between.matches('、').count() >= 2;
        let joined = parts
            .windows(2)
            .all(|w| doc.slice(&(w[0].right.end..w[1].left.start.max(w[0].right.end))) == "、");
        if !named || !doc.slice(&first.left).starts_with("其中") || !joined {
            continue;
        }
        let sum: Decimal = parts.iter().map(|c| c.number.value).sum();
        sink.tried();
        if (sum - whole.number.value).abs() == Decimal::ONE {
            not_the_sum(doc, sink, (RULE, Severity::Warning), whole, &parts);
        }
    }
}

/// 13个村（居），其中社区3个、行政村10个.
fn places(doc: &Doc, claims: &Claims, i: usize, sink: &mut Sink<'_>) {
    sums_behind(doc, claims, i, sink);
    let Some([whole, a, b]) = i.checked_sub(1).and_then(|j| claims.all.get(j..j + 3)) else { return };
    let behind = doc.slice(&(whole.number.span.end..a.number.span.start));
    let noun = ["村（居）", "村（社区）", "村居", "社区（村）", "个村（居）", "个村（社区）"]
        .iter()
        .find_map(|n| behind.strip_prefix(n));
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

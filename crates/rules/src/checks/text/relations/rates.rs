//! Rates: due against made (应建档…实建档…建档率), a share of a stated whole (占总数（20人）的75%), a printed fraction
//! beside its percent (48/50，96%). Rates whose whole is not stated near by are left alone.

mod due;

use std::ops::Range;

use rust_decimal::Decimal;

use super::shares::unnamed;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, one_digit_into, percent_of, show, show_percent, wholes};
use crate::checks::text::words::has_any;

const RULE: &str = "rate";

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, percent) in claims.all.iter().enumerate() {
        if !percent.number.percent || percent.number.vague {
            continue;
        }
        let run = claims.all.get(i + 1).is_some_and(|next| {
            let gap = doc.slice(&(percent.number.span.end..next.number.span.start));
            next.number.percent && matches!(gap, "、" | "和" | "及" | "与" | "至" | "到" | "-")
        });
        // 由40人减至27人，占比由74.1%降到50.0%: the first share is of the first count, whatever stands beside it.
        let from = doc.slice(&percent.left).ends_with(['由', '从']);
        if from || run || after_percent(doc, &claims.all, i) || of_degrees(doc, claims, percent) {
            continue;
        }
        let named = share_of_named(doc, &claims.all, i)
            .or_else(|| of_target(doc, &claims.all, i))
            .or_else(|| fraction(doc, &claims.all, i))
            .or_else(|| due::due_and_made(doc, &claims.all, i))
            .or_else(|| share_of_total(doc, &claims.all, i))
            .or_else(|| share_of_label(doc, &claims.all, i));
        // What no wording names was looked for near by.
        let severity = if named.is_some() { Severity::Error } else { Severity::Warning };
        if let Some(pair) = named.or_else(|| unnamed(doc, claims, i)) {
            compare(doc, claims, pair, (percent, severity), sink);
        }
    }
}

/// 非常满意61名、满意24名…，满意率94.4%: of several degrees together, which `satisfaction` knows.
fn of_degrees(doc: &Doc, claims: &Claims, percent: &Claim) -> bool {
    let left = doc.slice(&percent.left);
    let degrees = claims.within(&percent.sentence).iter().filter(|c| {
        let words = doc.slice(&c.left).trim_end_matches(['的', '有']);
        c.exact() && words.ends_with("满意") && !words.ends_with("不满意")
    });
    (left.contains("满意率") || left.contains("满意度")) && degrees.count() >= 2
}

/// The second of two percents in a row: their counts stand in a row too.
fn after_percent(doc: &Doc, all: &[Claim], i: usize) -> bool {
    let Some(before) = i.checked_sub(1).map(|j| &all[j]) else { return false };
    let gap = doc.slice(&(before.number.span.end..all[i].number.span.start));
    before.number.percent && matches!(gap, "、" | "和" | "及" | "与" | "至" | "到" | "-")
}

fn compare(
    doc: &Doc,
    claims: &Claims,
    (part, whole): (&Claim, &Claim),
    (percent, severity): (&Claim, Severity),
    sink: &mut Sink<'_>,
) {
    sink.tried();
    let (a, b, p) = (part.number.value, whole.number.value, percent.number.value);
    // 依据47份有效问卷，…占87.2%: the same 47.
    // 站均12.63分，占满分15分的84.17%: the mean is rounded.
    let half = part.number.scale / Decimal::TWO;
    let mean = doc.slice(&part.left).contains('均')
        && part.number.decimals > 0
        && percent_of(a - half, b).zip(percent_of(a + half, b)).is_some_and(|(low, high)| {
            let ulp = Decimal::new(5, percent.number.decimals + 1);
            low - ulp <= p && p <= high + ulp
        });
    if mean {
        return;
    }
    let one = part.number.span == whole.number.span || a == b && p < Decimal::ONE_HUNDRED;
    // 按访成30人计，93.33%: the whole.
    let based = doc.slice(&part.left).starts_with(['按', '以'])
        && [part.right.end, part.number.span.end].iter().any(|at| {
            ["计", "为基数", "为基础", "为准", "为分母"].iter().any(|w| doc.text[*at..].starts_with(w))
        });
    // 小组3个，其中个案抽取数占全部32宗的25%: of something else.
    // 未持证1人，持证率83.3%; 账面支出258000元, with 上一周期合同金额: of those that are left, of another time. 已支出57万元。…尚有4200元未使用，执行率95.86%: of
    // another sum.
    let (left, rest) = (doc.slice(&percent.left), doc.slice(&part.left));
    let other_kind = of_another_kind(doc, percent, whole.class());
    // 再犯罪2人，城东站、城南站各1人，占420人的0.5%: what the sentence counts first is meant.
    let counted_first = rest.ends_with('各')
        && claims.within(&percent.sentence).iter().any(|c| {
            c.class() == part.class() && c.exact() && is_share(p, percent.number.decimals, c.number.value, b)
        });
    if other_kind || counted_first {
        return;
    }
    let negated = rest.starts_with('未') && left.contains('率') && !left.contains('未');
    // 文坡街道建档258户，…重点户156户，占建档总数的18.2%: of all, and not of one place.
    const PLACES: &[&str] = &["街道", "镇", "乡", "社区", "村"];
    let placed = |words: &str| has_any(words, PLACES);
    let of_place = left.contains("总数") && placed(doc.slice(&whole.left)) && !placed(left);
    let earlier = of_place || doc.slice(&whole.left).contains("上一") && !left.contains('上');
    let unspent = part.sentence != percent.sentence
        && has_any(doc.slice(&percent.sentence), &["未使用", "尚有", "未支出"]);
    if negated || earlier || unspent {
        return;
    }
    let other = part.number.span.end <= percent.left.start
        && doc.slice(&(part.number.span.end..percent.number.span.start)).contains("其中");
    let amounts = whole.number.decimals > 0 && part.number.decimals == 0 && whole.class() != part.class();
    // 研究生2名，本科5名，本科及以上占70%: of several together.
    let several = has_any(doc.slice(&percent.left), &["以上", "以下", "以内"]);
    if other
        || amounts
        || one
        || based
        || several
        || part.number.vague
        || whole.number.vague
        || is_share(p, percent.number.decimals, a, b)
    {
        return;
    }
    let Some(right) = percent_of(a, b) else { return };
    // 街道站74场，镇站52场，街道站占58.7%: of both together.
    let both = a + b;
    let together = [a, b].iter().any(|x| is_share(p, percent.number.decimals, *x, both));
    let elsewhere = other_sites(doc, part, whole) || of_another_total(doc, percent, whole);
    if together && part.class() == whole.class() || elsewhere {
        return;
    }
    if a > b && p < Decimal::ONE_HUNDRED && !over_whole(claims, part, whole, percent) {
        return;
    }
    let message = format!(
        "{}÷{}={}，文中为{}%（{}，{}）",
        show(a),
        show(b),
        show_percent(right),
        show(p),
        doc.slice(&part.wide()),
        doc.slice(&whole.wide()),
    );
    let spans = [percent.wide(), part.wide(), whole.wide()];
    sink.add(RULE, severity, message, (format!("{}%", show(p)), show_percent(right)), &spans);
}

/// 只覆盖其中5个社区，占户数的54.9%: the share is of what is counted otherwise.
pub(super) fn of_another_kind(doc: &Doc, percent: &Claim, class: &str) -> bool {
    const KINDS: &[&str] = &["户", "人", "件", "份", "场"];
    let noun = doc.slice(&percent.left).split_once('占').map(|(_, n)| n.trim_end_matches('的'));
    let kind = noun.and_then(|n| n.strip_suffix('数')).map(|n| n.trim_start_matches(['全', '总']));
    kind.is_some_and(|k| KINDS.contains(&k) && k != class)
}

/// 抽查27份：个案档案10份，占个案总数的43.5%: of all cases, and not of what was looked at.
pub(super) fn of_another_total(doc: &Doc, percent: &Claim, whole: &Claim) -> bool {
    let noun = doc.slice(&percent.left).rsplit_once('占').and_then(|(_, w)| w.strip_suffix("总数的"));
    noun.is_some_and(|n| !n.is_empty() && !doc.slice(&(whole.left.start..whole.right.end)).contains(n))
}

/// 两站支出57.10万元 and 四站合同经费108.00万元: of so many sites each.
fn other_sites(doc: &Doc, part: &Claim, whole: &Claim) -> bool {
    let sites = |c: &Claim| {
        let words = doc.slice(&(c.segment.start..c.number.span.start));
        let at = words.rfind('站')?;
        words[..at].chars().next_back().filter(|n| "两二三四五六七八九十".contains(*n))
    };
    matches!((sites(part), sites(whole)), (Some(a), Some(b)) if a != b)
}

/// A share over the whole is a slip only where one digit of the part or of the whole would make it the share printed and no
/// other whole is printed; else the two do not belong together.
fn over_whole(claims: &Claims, part: &Claim, whole: &Claim, percent: &Claim) -> bool {
    let (a, b, p) = (part.number.value, whole.number.value, percent.number.value);
    let decimals = percent.number.decimals;
    let range = wholes(a, p, decimals, Decimal::ONE);
    let half = Decimal::new(5, decimals + 1);
    let of = |p: Decimal| p.checked_mul(b).map(|v| v / Decimal::ONE_HUNDRED);
    let (Some(low), Some(high)) = (of(p - half), of(p + half)) else { return false };
    !range.is_some_and(|r| claims.printed(r))
        && (one_digit_into(a, part.number.decimals, (low, high))
            || range.is_some_and(|r| one_digit_into(b, whole.number.decimals, r)))
}

type Pair<'a> = Option<(&'a Claim, &'a Claim)>;

/// "持证社工15人，占协议配置社工总数（20人）的75%" and "占20人的75%".
fn share_of_named<'a>(doc: &Doc, all: &'a [Claim], i: usize) -> Pair<'a> {
    let percent = &all[i];
    let whole = all.get(i.checked_sub(1)?)?;
    let between = doc.slice(&(whole.number.span.end..percent.number.span.start));
    let noun = doc.slice(&whole.right);
    let glue = between.strip_prefix(noun).unwrap_or(between).trim_start_matches(['）', '中']);
    let words = doc.slice(&(percent.segment.start..whole.number.span.start));
    let comma = words.rfind(['，', '；', '。']).unwrap_or(0);
    let marker = has_any(&words[comma..], &["占", "为"]);
    let of = glue == "的" || glue.is_empty() && between.ends_with('的');
    if !(of && marker) || whole.segment != percent.segment {
        return None;
    }
    let part = all[..i - 1].iter().rev().take(40).find(|c| {
        c.sentence == percent.sentence
            && c.class() == whole.class()
            && c.depth <= percent.depth
            && c.exact()
            && c.number.value <= whole.number.value.max(c.number.value)
    })?;
    let gap = doc.slice(&(part.number.span.end..whole.number.span.start));
    (!gap.contains('；')).then_some((part, whole))
}

/// "接案11个…；完成全年指标20个的55%": of the target said, some count of its unit in the paragraph, else the first.
fn of_target<'a>(doc: &Doc, all: &'a [Claim], i: usize) -> Pair<'a> {
    let percent = &all[i];
    let target = all.get(i.checked_sub(1)?)?;
    let words = doc.slice(&target.left);
    let beside = doc.slice(&(target.number.span.end..percent.number.span.start)) == "的";
    let said = words.contains("完成")
        && has_any(words, &["指标", "任务", "目标", "计划", "约定量", "协议量", "合同量"]);
    if !(beside && said) || target.number.vague {
        return None;
    }
    let before = all[..i - 1].iter().rev().take(30).take_while(|c| c.block == percent.block);
    let counts: Vec<&Claim> =
        before.filter(|c| c.class() == target.class() && c.exact() && !c.target && !c.is_mean(doc)).collect();
    let fits = |c: &&&Claim| {
        is_share(percent.number.value, percent.number.decimals, c.number.value, target.number.value)
    };
    counts.iter().find(fits).or(counts.last()).map(|c| (*c, target))
}

/// "48/50（96%）" and "96%（48/50）".
fn fraction<'a>(doc: &Doc, all: &'a [Claim], i: usize) -> Pair<'a> {
    let percent = &all[i];
    let tight = |a: &Claim, b: &Claim| doc.slice(&(a.number.span.end..b.number.span.start)) == "/";
    let close = |r: Range<usize>| {
        r.start <= r.end && doc.slice(&r).chars().count() <= 6 && !doc.slice(&r).contains('。')
    };
    let behind = all.get(i + 1..i + 3);
    if let Some([a, b]) = behind
        && tight(a, b)
        && doc.slice(&(percent.number.span.end..a.number.span.start)) == "（"
    {
        return Some((a, b));
    }
    // 甲镇97.7%（42/43），乙镇87.2%: the bracket is the one before's.
    let others = i.checked_sub(3).is_some_and(|j| {
        all[j].number.percent && doc.slice(&(all[j].number.span.end..all[i - 2].number.span.start)) == "（"
    });
    if let Some([a, b]) = i.checked_sub(2).and_then(|j| all.get(j..i)).filter(|_| !others)
        && tight(a, b)
        && close(b.number.span.end..percent.number.span.start)
        && b.block == percent.block
    {
        return Some((a, b));
    }
    None
}

/// "已拨付…元，占协议金额的60%", "1308户中，低保户560户，占42.81%": the whole is named, or stands before 中.
fn share_of_label<'a>(doc: &Doc, all: &'a [Claim], i: usize) -> Pair<'a> {
    let percent = &all[i];
    let left = doc.slice(&percent.left);
    let after = all.get(i + 1).filter(|c| {
        matches!(
            doc.slice(&(percent.number.span.end..c.number.span.start)),
            "，即" | "，为" | "，共" | "，计" | "，约" | "（"
        )
    });
    let part = after
        .or_else(|| all.get(i.checked_sub(1)?))
        .filter(|c| c.sentence == percent.sentence && c.exact() && c.number.unit.is_some())?;
    if after.is_some() && left.contains('占') {
        let name = left[left.find('占')?..].trim_start_matches('占').trim_end_matches('的');
        let same = all[..i]
            .iter()
            .rev()
            .take(30)
            .filter(|c| c.class() == part.class() && c.exact() && c.block == percent.block);
        let mut named = same.filter(|c| {
            name.chars().count() >= 2 && doc.slice(&c.left).trim_end_matches(['为', '共']).ends_with(name)
        });
        return named.next().map(|whole| (part, whole));
    }
    if !left.starts_with('占') || doc.slice(&(part.number.span.end..percent.left.start)).chars().count() > 3
    {
        return None;
    }
    let before = || {
        all[..i - 1]
            .iter()
            .rev()
            .take(40)
            .filter(|c| c.class() == part.class() && c.exact() && c.block == percent.block)
    };
    let name = left.trim_start_matches('占').trim_end_matches('的').trim_start_matches(['全', '总']);
    if name.is_empty() || name == "比" {
        let whole = before()
            .take(1)
            .find(|c| doc.text[c.number.span.end..].starts_with('中') && c.segment == part.segment);
        return whole.map(|w| (part, w));
    }
    let name = name.trim_end_matches("总数").trim_end_matches("总人数").trim_end_matches("总额");
    let name = ["资金", "经费", "款项"]
        .iter()
        .find_map(|w| name.strip_suffix(w).filter(|n| n.chars().count() >= 2))
        .unwrap_or(name);
    let named = |c: &&Claim| {
        let left = doc.slice(&c.left).trim_end_matches(['为', '共', '计', '达']);
        name.chars().count() >= 2
            && (left.ends_with(name) || left.chars().count() >= 2 && name.ends_with(left))
    };
    before().find(named).filter(|w| w.number.value >= part.number.value).map(|whole| (part, whole))
}

/// "共120户，其中低保90户，占75%" and "占总数的75%": the whole is the total before 其中.
fn share_of_total<'a>(doc: &Doc, all: &'a [Claim], i: usize) -> Pair<'a> {
    let percent = &all[i];
    let left = doc.slice(&percent.left);
    let plain = matches!(
        left,
        "占" | "占比"
            | "占比为"
            | "占总数的"
            | "占总人数的"
            | "占总户数的"
            | "占比达"
            | "占全部的"
            | "约占"
    );
    let bracket = left.is_empty() && percent.depth > 0;
    if !plain && !bracket {
        return None;
    }
    let part = all
        .get(i.checked_sub(1)?)
        .filter(|c| c.sentence == percent.sentence && c.exact() && c.number.unit.is_some())?;
    let looked = i
        .checked_sub(2)
        .map(|j| &all[j])
        .filter(|w| w.sentence == percent.sentence && w.class() == part.class() && w.exact());
    if let Some(whole) = looked
        .filter(|w| ["抽查", "查阅", "检查", "抽检", "抽取"].iter().any(|v| doc.slice(&w.left).ends_with(v)))
        && plain
    {
        return Some((part, whole));
    }
    let words = doc.slice(&(percent.sentence.start..part.number.span.start));
    let of = percent.sentence.start + words.rfind("其中")?;
    let whole =
        all[..i].iter().rev().take(40).find(|c| c.number.span.end <= of && c.exact() && !c.is_mean(doc))?;
    let fits = whole.sentence == percent.sentence && whole.class() == part.class();
    fits.then_some((part, whole))
}

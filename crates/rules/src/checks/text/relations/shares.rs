//! Shares whose whole no fixed wording names: a count, then its rate or its share of a count that stands near by.
//! A share that any printed numbers explain is left alone; only then is it set against the nearest whole.

pub(super) mod attached;

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::math::{is_share, one_digit_apart, percent_of, wholes};
use crate::checks::text::words::has_any;

/// Claims looked back for a part or a whole.
const NEAR: usize = 14;
/// Claims on either side among which a whole named elsewhere is looked for.
const WIDE: usize = 250;

/// The part and the whole that a percent must be of, when nothing printed explains it.
pub(super) fn unnamed<'a>(doc: &Doc, claims: &'a Claims, i: usize) -> Option<(&'a Claim, &'a Claim)> {
    let all = &claims.all;
    let percent = &all[i];
    let left = doc.slice(&percent.left);
    let usable = doc.blocks[percent.block].kind != Kind::Cell
        && !percent.target
        && !speaks_of_other(left)
        && percent.number.value < Decimal::ONE_HUNDRED;
    if !usable {
        return None;
    }
    let window = &all[i.saturating_sub(NEAR)..i];
    let near: Vec<&Claim> = window
        .iter()
        .filter(|c| {
            c.block == percent.block && c.exact() && c.number.unit.is_some() && !is_time(c) && !c.is_mean(doc)
        })
        .collect();
    let (part, sure) = part_of(doc, percent, &near)?;
    if let Some(whole) = called(doc, claims, percent, part) {
        let named = is_named(doc, claims, percent, whole);
        let known = explained_near(percent, part, &near, all.get(i + 1))
            || !named && explained_anywhere(claims, percent, part);
        return (!known).then_some((part, whole));
    }
    let Some((whole, marked)) = whole_of(doc, percent, (part, sure), &near, all) else {
        let slip = frequent(doc, claims, percent, part).filter(|_| {
            !explained_near(percent, part, &near, all.get(i + 1))
                && !explained_anywhere(claims, percent, part)
        });
        if let Some(whole) = slip {
            return Some((part, whole));
        }
        let base = answered(doc, &all[i.saturating_sub(WIDE)..(i + WIDE).min(all.len())]).filter(|b| {
            matches!(part.class(), "人" | "份")
                && percent.number.decimals > 0
                && b.number.value >= part.number.value
        })?;
        let known =
            explained_near(percent, part, &near, all.get(i + 1)) || explained_anywhere(claims, percent, part);
        return (!known).then_some((part, base));
    };
    let among = whole.sentence == percent.sentence && is_among(doc, whole);
    let opens = among
        && whole.segment == part.segment
        && doc.slice(&(whole.sentence.start..whole.left.end)).is_empty();
    let beside = (whole.segment == percent.segment || among) && percent.number.decimals == 0 || opens;
    if explained_near(percent, part, &near, all.get(i + 1))
        || !beside && explained_anywhere(claims, percent, part)
    {
        return None;
    }
    let here = whole.sentence == percent.sentence;
    let exact = percent.number.decimals > 0;
    let plain = marked && (here || exact) || sure;
    plain.then_some((part, whole))
}

/// 占总接待量的6.0%: the largest count of the unit whose words share the name (接待居民58260人次).
fn called<'a>(doc: &Doc, claims: &'a Claims, percent: &Claim, part: &Claim) -> Option<&'a Claim> {
    let left = doc.slice(&percent.left);
    let name = left[left.find('占')?..].trim_start_matches('占').strip_suffix('的')?;
    let name: Vec<char> = name.chars().filter(|c| !"全部年总数量额的人次个共比".contains(*c)).collect();
    let shares = |c: &&Claim| {
        let words: Vec<char> = doc.slice(&(c.left.start..c.right.end)).chars().collect();
        name.windows(2).any(|n| words.windows(2).any(|w| w == n))
    };
    let at = claims.all.partition_point(|c| c.number.span.start < percent.number.span.start);
    let around = &claims.all[at.saturating_sub(WIDE)..(at + WIDE).min(claims.all.len())];
    let kin = around
        .iter()
        .filter(|c| c.class() == part.class() && c.exact() && c.number.value > part.number.value);
    kin.filter(|c| name.len() >= 2 && shares(c)).max_by_key(|c| c.number.value)
}

/// 占全部结余的40%: the text gives 结余 one value only, and by that very name.
fn is_named(doc: &Doc, claims: &Claims, percent: &Claim, whole: &Claim) -> bool {
    let left = doc.slice(&percent.left);
    let name = left.rsplit('占').next().unwrap_or_default().trim_end_matches('的');
    let name = name.trim_start_matches("全部").trim_start_matches("所有").trim_start_matches('总');
    let says = |c: &&Claim| doc.slice(&c.left).trim_end_matches(['为', '共', '计']).ends_with(name);
    let kin = claims.all.iter().filter(|c| c.class() == whole.class() && c.exact() && !c.target);
    name.chars().count() >= 2
        && says(&whole)
        && kin.filter(says).all(|c| c.number.value <= whole.number.value)
}

/// One digit of the percent would make it the share of this whole.
fn nearly(percent: &Claim, part: &Claim, whole: Decimal, share: bool) -> bool {
    let decimals = percent.number.decimals;
    let right = percent_of(part.number.value, whole)
        .map(|r| r.round_dp_with_strategy(decimals, rust_decimal::RoundingStrategy::MidpointAwayFromZero));
    let enough = if share { 1 } else { 2 };
    decimals >= enough && right.is_some_and(|r| one_digit_apart(r, percent.number.value))
}

/// A number that the text names often, of which the part would be the percent but for one digit.
fn frequent<'a>(doc: &Doc, claims: &'a Claims, percent: &Claim, part: &Claim) -> Option<&'a Claim> {
    let share = doc.slice(&percent.left).starts_with('占');
    let mut usual = claims
        .often
        .iter()
        .filter(|(class, v)| (class.is_empty() || same_kind(class, part.class())) && *v > part.number.value);
    let (class, value) = usual.find(|(_, v)| nearly(percent, part, *v, share))?;
    claims.all.iter().find(|c| c.class() == *class && c.number.value == *value)
}

/// The number of people or papers that a survey rests on: the largest, others being its parts.
fn answered<'a>(doc: &Doc, around: &'a [Claim]) -> Option<&'a Claim> {
    const WORDS: &[&str] =
        &["有效问卷", "有效样本", "有效访问", "有效受访", "有效回收", "完成有效", "回收有效"];
    let mut found: Option<&Claim> = None;
    for c in around.iter().filter(|c| matches!(c.class(), "人" | "份") && c.exact()) {
        let says = WORDS.iter().any(|w| doc.slice(&c.left).ends_with(w));
        if says && found.is_none_or(|f| f.number.value < c.number.value) {
            found = Some(c);
        }
    }
    found
}

/// Growth, completion, other years and limits are no shares of a count beside them.
pub(super) fn speaks_of_other(left: &str) -> bool {
    const OTHER: &[&str] = &[
        "增",
        "升",
        "降",
        "减",
        "提高",
        "同比",
        "环比",
        "涨",
        "幅",
        "超",
        "完成",
        "达成",
        "上年",
        "去年",
        "较",
        "比上",
        "目标",
        "不低于",
        "要求",
        "时间进度",
        "序时",
        "权重",
        "利率",
        "税",
        "折",
        "误差",
        "置信",
        "年的",
        "期的",
        "扣",
        "优惠",
        "平均",
        "均",
        "得分率",
        "比重",
    ];
    has_any(left, OTHER) || left.starts_with('比')
}

pub(super) fn is_time(c: &Claim) -> bool {
    matches!(c.class(), "年" | "月" | "天" | "岁" | "分" | "小时" | "季" | "周" | "点" | "期")
}

/// The count a percent belongs to, and whether its words say so.
fn part_of<'a>(doc: &Doc, percent: &Claim, near: &[&'a Claim]) -> Option<(&'a Claim, bool)> {
    let left = doc.slice(&percent.left);
    let last = near.last().copied().filter(|c| c.sentence == percent.sentence)?;
    let rest =
        has_any(doc.slice(&last.left), &["未", "尚", "另", "其他", "其余", "缺", "结余", "剩余", "余额"]);
    let gap = doc.slice(&(last.number.span.end..percent.left.start.max(last.number.span.end)));
    let close = gap.chars().count() <= 14 && !gap.contains(['；', '。', '%']);
    let degree = left.rfind("进度").or_else(|| left.rfind("满意度").map(|at| at + "满意".len()));
    if let Some(at) = left.rfind('率').or(degree) {
        let stem: Vec<char> = left[..at].chars().rev().take(2).collect();
        let stem: String = stem.iter().rev().collect();
        let says = |c: &&&Claim| {
            stem.chars().count() == 2
                && !is_among(doc, c)
                && !doc.text[c.right.end..].starts_with("档案中")
                && c.sentence == percent.sentence
                && doc.slice(&(c.left.start..c.right.end)).contains(&stem)
        };
        let named = near.iter().rev().take(8).find(says).filter(|c| between(doc, c, percent, near));
        // 小组进度为40%: of nothing else than groups.
        let other = left.contains("进度") && stem.chars().count() == 2 || left.contains("满意度");
        return named.map(|c| (*c, true)).or((close && !rest && !other).then_some((last, false)));
    }
    // 女性92人、男性73人，女性占55.8%: the share names its part.
    let name = left.strip_suffix('占').filter(|n| n.chars().count() >= 2);
    let named = name.and_then(|n| near.iter().rev().find(|c| doc.slice(&c.left).ends_with(n)));
    if let Some(part) = named.filter(|c| c.sentence == percent.sentence) {
        return Some((part, true));
    }
    if names_other(doc, left, last) {
        return None;
    }
    let share = left.contains('占') || left.is_empty() && is_bare(doc, last, percent);
    let of = share && close && last.depth <= percent.depth;
    of.then_some((last, left.contains('占')))
}

/// 社区活动12份，个案抽查量占个案总数的38.5%: the words before 占 name another part.
fn names_other(doc: &Doc, left: &str, last: &Claim) -> bool {
    const SAME: &[&str] = &[
        "其", "均", "共", "约", "合计", "仅", "各", "分别", "总共", "两者", "三者", "二者", "上述", "以上",
        "前者", "后者",
    ];
    let Some((name, _)) = left.split_once('占') else { return false };
    let name = name.trim_start_matches(['，', '、']);
    let own: Vec<char> = doc.slice(&(last.left.start..last.right.end)).chars().collect();
    name.chars().count() >= 2
        && !SAME.iter().any(|w| name.starts_with(w) || name.ends_with(w))
        && !name.chars().any(|c| own.contains(&c))
}

/// No other percent and no clause end stands between a named part and its rate.
fn between(doc: &Doc, part: &Claim, percent: &Claim, near: &[&Claim]) -> bool {
    let gap = doc.slice(&(part.number.span.end..percent.number.span.start));
    let later = near.iter().filter(|c| c.number.span.start > part.number.span.start).count();
    !gap.contains('%') && !gap.contains('；') && later <= 2
}

/// "173人，42.93%" and "173人（42.93%".
fn is_bare(doc: &Doc, part: &Claim, percent: &Claim) -> bool {
    let gap = doc.slice(&(part.number.span.end..percent.number.span.start));
    let noun = doc.slice(&part.right);
    matches!(gap.strip_prefix(noun).unwrap_or(gap), "，" | "（")
}

/// A pair of counts near by gives the percent.
fn explained_near(percent: &Claim, part: &Claim, near: &[&Claim], after: Option<&Claim>) -> bool {
    let (p, decimals) = (percent.number.value, percent.number.decimals);
    let share = |a: &Claim, b: &Claim| is_share(p, decimals, a.number.value, b.number.value);
    if near.iter().copied().chain(after).any(|b| share(part, b)) {
        return true;
    }
    let sums = near.iter().enumerate().any(|(n, first)| {
        let run = near[n..].iter().take_while(|c| c.sentence == first.sentence && c.class() == part.class());
        let mut sum = Decimal::ZERO;
        run.take(6).any(|c| {
            sum += c.number.value;
            near.iter().any(|b| is_share(p, decimals, sum, b.number.value))
                || is_share(p, decimals, part.number.value, sum)
        })
    });
    if sums {
        return true;
    }
    let beside = |c: &&&Claim| decimals > 0 || c.segment == percent.segment;
    near.iter().filter(beside).any(|a| near.iter().filter(beside).any(|b| share(a, b)))
}

/// Some number printed anywhere is a whole of which the part is the percent.
fn explained_anywhere(claims: &Claims, percent: &Claim, part: &Claim) -> bool {
    let (p, decimals) = (percent.number.value, percent.number.decimals);
    wholes(part.number.value, p, decimals, Decimal::ONE).is_some_and(|range| claims.printed(range))
}

/// The nearest larger count of the same kind before the part, in its sentence or else in its paragraph, and whether
/// its words say that it is a whole.
fn whole_of<'a>(
    doc: &Doc,
    percent: &Claim,
    (part, sure): (&Claim, bool),
    near: &[&'a Claim],
    all: &[Claim],
) -> Option<(&'a Claim, bool)> {
    let kin = |c: &&&Claim| {
        same_kind(c.class(), part.class())
            && c.number.value > part.number.value
            && c.number.span.start < part.number.span.start
            && c.depth <= part.depth
            && !c.other_period
    };
    let shared = |c: &Claim| {
        let next = all.partition_point(|o| o.number.span.start <= c.number.span.start);
        all.get(next).is_some_and(|n| n.number.percent && n.span() != percent.span())
    };
    let list: Vec<&Claim> = near.iter().rev().filter(kin).copied().filter(|c| !shared(c)).collect();
    let here: Vec<&Claim> = list.iter().copied().filter(|c| c.sentence == part.sentence).collect();
    let marked = |c: &&&Claim| is_whole(doc, c);
    if let Some(slip) =
        list.iter().find(|c| nearly(percent, part, c.number.value, sure && c.sentence == part.sentence))
    {
        return Some((*slip, true));
    }
    let pick = |list: &[&'a Claim]| {
        let said = list.iter().find(marked).map(|c| (*c, true));
        said.or(list.first().map(|c| (*c, list.len() == 1 && c.segment == percent.segment)))
    };
    pick(&here).or_else(|| pick(&list))
}

/// 117名人员中, 共120户, 抽查30份: words of a whole.
fn is_whole(doc: &Doc, c: &Claim) -> bool {
    const WHOLE: &[&str] =
        &["共", "共计", "总", "抽查", "抽取", "查阅", "有效问卷", "回收", "发放", "应", "配备", "现有"];
    let left = doc.slice(&c.left);
    is_among(doc, c) || has_any(left, WHOLE)
}

/// 8个站点中.
fn is_among(doc: &Doc, c: &Claim) -> bool {
    doc.text[c.right.end..].starts_with('中') || doc.slice(&c.right).ends_with('中')
}

/// People may be counted in 份 of questionnaires or files and in 户.
pub(super) fn same_kind(a: &str, b: &str) -> bool {
    a == b
        || matches!(
            (a, b),
            ("案", "人" | "个")
                | ("人" | "个", "案")
                | ("份", "人")
                | ("人", "份")
                | ("户", "份")
                | ("份", "户")
        )
}

/// Its share of something larger stands right behind it: 良好4个，占57.1%; 哈尼族58人（25.4%）.
pub(super) fn has_share(doc: &Doc, claims: &Claims, c: &Claim) -> bool {
    let from = c.right.end.max(c.number.span.end);
    let until = doc.text[from..].char_indices().nth(8).map_or(doc.text.len(), |(i, _)| from + i);
    let next = claims.within(&(from..until)).first().filter(|n| n.number.percent);
    let gap =
        next.map(|n| doc.slice(&(from..n.number.span.start)).trim_end_matches(['为', '达', '约', '比']));
    matches!(gap, Some("，占" | "（占" | "（" | "占"))
}

/// One of several, parted by 、 from the next or led by 其中.
pub(super) fn is_item(doc: &Doc, c: &Claim) -> bool {
    doc.slice(&c.left).starts_with("其中")
        || doc.text[c.right.end..].starts_with('、')
        || doc.text[..c.left.start].ends_with('、')
}

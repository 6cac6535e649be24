//! Takes back what a relation said of a number that other numbers in its own neighbourhood explain exactly: the relation set it
//! against the wrong ones. 在岗率97.9% is no slip where 应有48个月 and 实有47个月 stand in the same sentence. One that a single digit
//! would make right stays: so do people slip.

mod lists;
mod reckoned;
mod shares;
mod told;

use std::ops::Range;

use rust_decimal::Decimal;

use self::lists::{
    has_its_list, has_other_parts, is_between_two, is_mean_of_list, is_mean_of_months, is_of_a_list,
    is_of_a_total_told, is_one_of_all, is_sum_of_list,
};
use self::reckoned::{is_over_its_noun, is_quotient, is_quotient_of_its_kind, is_sum};
use self::shares::{
    has_its_base, has_its_share, is_grown, is_of_a_base_told, is_of_a_series, is_of_another, is_of_both,
    is_proportion, is_share_of_two,
};
use self::told::{
    are_done_and_asked, are_told_apart, are_two, has_its_counts, is_limit, is_of_a_row, is_of_its_people,
    overlaps,
};
use super::shares::same_kind;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Finding, Severity};
use crate::checks::text::math::{is_share, one_digit_apart};
use crate::checks::text::words::has_any;

/// The rules whose relations look for what belongs together; what a text itself ties together is not taken back.
const GUESSING: &[&str] = &["rate", "average", "ratio", "difference", "direction"];
/// Relations whose sentence itself says what belongs together.
const BOUND: &[&str] = &[
    "together::",
    "two_degrees::",
    "of_lead::",
    "grown_to::",
    "one_each::",
    "what_is_left::",
    "by_kind::",
    "nested_items::",
    "asked_and_made::",
    "partitions::",
    "more_by::",
    "added_up::",
    "score_rates::",
    "column_means::",
    "share_slips::",
    "priced::",
];
/// Those that add up.
const ADDING: &[&str] = &["total", "area-total", "sample-sum"];
/// Words of a sentence that says that its parts lie inside each other.
const INSIDE: &[&str] = &[
    "既",
    "去重",
    "重合",
    "交叉",
    "都享受",
    "同时属",
    "兼具",
    "重叠",
    "人同时",
    "户同时",
    "例同时",
    "可涉及",
    "多个议题",
    "多选",
    "可同时",
    "可叠加",
    "可改造多项",
    "可重复",
];
/// Numbers before and behind that may explain one.
const NEAR: usize = 12;
/// Numbers that may be one list.
const LIST: usize = 8;
/// Sums below this are found among other numbers by chance.
const LEAST_SUM: i64 = 9;
/// 两个领域: a number in words below this is no part and no whole of a share.
const FEW: i64 = 5;
/// Shares that together are more than this overlap.
const SHARES_MOST: i64 = 110;
/// Smaller sums and differences come about by chance.
const LEAST: i64 = 20;

/// Whether the number that a finding is about, the last one in the first of its spans, is explained.
pub(in crate::checks::text) fn explained(
    doc: &Doc,
    claims: &Claims,
    finding: &Finding,
    spans: &[Range<usize>],
) -> bool {
    if BOUND.iter().any(|relation| finding.relation.starts_with(relation)) {
        return false;
    }
    match finding.rule {
        "percent-base" => {
            return has_its_base(doc, claims, spans) || has_its_counts(doc, claims, spans);
        }
        "table-total" => return overlaps(doc, claims, finding),
        "rate" if finding.severity == Severity::Warning && has_its_counts(doc, claims, spans) => return true,
        "part-over-whole" => return is_of_a_list(doc, claims, spans) || has_other_parts(claims, spans),
        "table-percent" => return is_of_a_base_told(doc, claims, finding),
        "name-variant" => return are_two(doc, &finding.stated, &finding.expected),
        "grade-score" => return has_its_grade(doc, claims, finding, spans),
        _ => {}
    }
    let mut numbers = spans.iter().filter_map(|span| claims.within(span).last());
    let told = |c: &&Claim| doc.blocks[c.block].kind != Kind::Cell;
    let stated = if finding.rule == "repeated" { numbers.find(told) } else { numbers.next() };
    let Some(stated) = stated else { return false };
    if !told(&stated) {
        return false;
    }
    let at = claims.all.partition_point(|c| c.number.span.start < stated.number.span.start);
    let block = |c: &&Claim| c.block == stated.block && !c.number.vague;
    let before: Vec<&Claim> = claims.all[at.saturating_sub(NEAR)..at].iter().filter(block).collect();
    let behind: Vec<&Claim> = claims.all[at + 1..].iter().take(NEAR).filter(block).collect();
    if finding.rule == "repeated" {
        let printed = finding.severity == Severity::Warning && has_its_share(stated, &before, &behind);
        return printed
            || is_share_of_two(stated, &before)
            || is_with_more(stated, finding, &before, &behind)
            || is_of_a_row(doc, claims, stated)
            || is_sum_of_list(stated, &before)
            || are_told_apart(claims, stated, finding)
            || are_done_and_asked(doc, claims, stated, finding)
            || stated.number.percent
                && (has_its_counts(doc, claims, spans) || is_of_its_people(claims, stated, finding));
    }
    // 本年度社区活动25次，上年度为26次，少1次: the two before it in its sentence.
    if finding.rule == "difference" && is_between_two(stated, &before) {
        return true;
    }
    if finding.rule == "difference" && is_rounded(doc, stated, finding) {
        return true;
    }
    // 居民提出16项、社区交办9项，有2项既由居民提出、又列入社区交办: the parts lie inside each other.
    let listed = || spans.iter().filter_map(|span| claims.within(span).last());
    let inside = || listed().any(|c| has_any(doc.slice(&c.sentence), INSIDE));
    // 少开展的4次中，甲站3次、乙站1次，即乙站全年仅9次: what follows 即 is said of one of them.
    let some_make = || {
        let mut sum = Decimal::ZERO;
        let parts: Vec<&Claim> = listed().skip(1).collect();
        parts.windows(2).any(|w| {
            sum += w[0].number.value;
            let between =
                doc.slice(&(w[0].number.span.end..w[1].number.span.start.max(w[0].number.span.end)));
            sum == stated.number.value && between.contains('即')
        })
    };
    // 总计537户，其中甲社区99户，乙社区70，…丙社区79户: with those without a unit, all that follow make it.
    let all_make = || {
        let Some(first) = listed().nth(1) else { return false };
        let list = claims.within(&(first.number.span.start..first.segment.end.max(first.number.span.start)));
        let own = list
            .iter()
            .filter(|c| !c.number.percent && (c.class() == stated.class() || c.class().is_empty()));
        let own: Vec<Decimal> = own.map(|c| c.number.value).collect();
        let bare = list.iter().any(|c| c.class().is_empty() && !c.number.percent);
        bare && own.len() >= 3 && own.iter().sum::<Decimal>() == stated.number.value
    };
    // 前两项合计151份: of some of the list.
    let some = || {
        let words = doc.tail(stated.sentence.start..stated.number.span.start.max(stated.sentence.start), 30);
        has_any(words, &["前两项", "前三项", "后两项", "前二项", "前四项"])
    };
    // 登记148名，其中长者62名，占41.9%；参加过服务的96名，占64.9%: each its own right share of the whole, and more than all together.
    let all_shared = || {
        let mut shares = Decimal::ZERO;
        let own = listed().skip(1).all(|part| {
            let share = claims.all.iter().find(|c| c.number.span.start >= part.number.span.end);
            let share = share.map(|c| &c.number).filter(|n| n.percent && n.decimals > 0);
            shares += share.map_or(Decimal::ZERO, |n| n.value);
            let (part, whole) = (part.number.value, stated.number.value);
            share.is_some_and(|n| is_share(n.value, n.decimals, part, whole))
        });
        own && shares > Decimal::ONE_HUNDRED + Decimal::ONE
    };
    if ADDING.contains(&finding.rule)
        && (inside() || all_shared() || some_make() || all_make() || finding.rule == "area-total" && some())
        || finding.rule == "average" && is_over_its_noun(doc, claims, stated, &before)
        || finding.rule == "average" && is_of_a_total_told(claims, stated, &before)
        || finding.rule == "average" && is_mean_of_list(stated, &before)
        || finding.rule == "average" && is_mean_of_months(doc, claims, stated, &before)
        || finding.rule == "balance" && is_one_of_all(stated, &before)
        || finding.rule == "balance" && is_what_is_left(doc, claims, stated)
        || finding.rule == "rate"
            && (is_of_another(doc, claims, stated, spans) || is_of_a_series(claims, stated, spans))
        || finding.rule == "rate" && doc.slice(&stated.left).contains("平均")
        || finding.rule == "rate"
            && listed().skip(1).any(|c| c.number.chinese && c.number.value < Decimal::from(FEW))
    {
        return true;
    }
    let expected = finding.expected.trim_end_matches('%').parse::<Decimal>();
    // 92个个案中，…残疾人12个。结案81个、转介5个、继续跟进6个: what was added up is told, as another number.
    let told_whole = |sum: &Decimal| {
        let mut others = before.iter().chain(&behind).filter(|c| !spans.contains(&c.span()));
        *sum >= Decimal::from(LEAST_SUM)
            && others.any(|c| {
                let kin = same_kind(c.class(), stated.class()) || [c.class(), stated.class()] == ["人", "个"];
                c.exact() && kin && c.number.value == *sum
            })
    };
    // 满意人数分别为138人、139人和141人，满意度93.2%、93.9%和95.3%: each a share of its own of one whole.
    let overlap = || {
        let Some(first) = listed().nth(1) else { return false };
        let shares = claims.within(&first.sentence).iter().filter(|c| c.number.percent && !c.number.vague);
        // 合计不等于100%: the whole is none of them.
        let shares: Vec<&Claim> = shares.filter(|c| c.number.value < Decimal::ONE_HUNDRED).collect();
        let own = |part: &&Claim| {
            let of = |s: &&&Claim| {
                is_share(s.number.value, s.number.decimals, part.number.value, stated.number.value)
            };
            shares.iter().any(|s| of(&s))
        };
        shares.len() + 1 >= spans.len()
            && shares.iter().map(|s| s.number.value).sum::<Decimal>() > Decimal::from(SHARES_MOST)
            // 收回348份，其中有效342份，无效6份，回收率96.7%，有效率98.3%: the shares of one of them overlap with nothing.
            && listed().skip(1).filter(own).count() != 1
    };
    // 持证15名（中级6名，助理8名）: the parts are bound to their whole by the bracket.
    let bracket = listed().skip(1).all(|c| c.depth > stated.depth);
    // 抽查档案20份，其中一级8份…: 其中 right behind the whole binds them as well.
    let among = listed().nth(1).is_some_and(|part| {
        doc.slice(&(stated.right.end..part.number.span.start.max(stated.right.end))).starts_with("，其中")
    });
    let told = !bracket && !among && expected.as_ref().is_ok_and(told_whole);
    if ADDING.contains(&finding.rule) && (told || overlap()) {
        return true;
    }
    // 与86.8分相比，提高4.6分，增幅5.3%; 全年1376小时，…人均21.5小时, of 64: exactly, whatever a digit would make of it.
    let printed = stated.number.decimals > 0;
    if printed && finding.rule == "difference" && stated.number.percent && is_grown(stated, &before)
        || printed && finding.rule == "average" && is_quotient_of_its_kind(doc, claims, stated)
    {
        return true;
    }
    if ADDING.contains(&finding.rule) && has_its_list(doc, claims, stated, spans) {
        return true;
    }
    // 男性54人、女性98人，女性占64.5%: of both together, whatever a digit would make of it.
    if finding.rule == "rate" && stated.number.decimals > 0 && is_of_both(stated, &before) {
        return true;
    }
    if expected.as_ref().is_ok_and(|right| is_slip(stated, *right)) {
        return false;
    }
    if ADDING.contains(&finding.rule) {
        let near: Vec<&Claim> = before.iter().chain(&behind).copied().collect();
        return expected.is_ok_and(|sum| has_its_whole(stated, &near, sum))
            || sums_its_name(doc, stated, &near);
    }
    // 80% is the share of too many pairs.
    let coarse = stated.number.percent && stated.number.decimals == 0;
    if coarse || !GUESSING.contains(&finding.rule) {
        return false;
    }
    let here = |c: &&&Claim| {
        c.sentence == stated.sentence || finding.rule == "difference" && stated.number.decimals > 0
    };
    let before: Vec<&Claim> = before.iter().filter(here).copied().collect();
    let behind: Vec<&Claim> = behind.iter().filter(here).copied().collect();
    if stated.number.percent || stated.class() == "点" {
        is_proportion(doc, stated, &before, &behind)
    } else if stated.is_mean(doc) || stated.number.decimals > 0 {
        is_quotient(stated, &before, &behind) || is_sum(stated, &before, &behind)
    } else {
        is_sum(stated, &before, &behind)
    }
}

/// 得分88.5分、等级良好，…终期评定为优秀: the right grade stands at the score, and the other one is another's. 相差10.6分 is no score.
fn has_its_grade(doc: &Doc, claims: &Claims, finding: &Finding, spans: &[Range<usize>]) -> bool {
    const CHANGES: &[&str] = &["相差", "提高", "下降", "高出", "低于", "高于", "差距"];
    // 专家丙合计72.6分。…总分为87.8分，等级为良好: another score stands between it and the grade.
    let grade_at = spans.first().map_or(0, |span| span.start);
    let nearer = |c: &Claim| {
        let from = c.number.span.end;
        let between = claims.within(&(from.min(grade_at)..grade_at));
        let score = |b: &Claim| b.class() == "分" && b.number.span.start >= from && !b.number.vague;
        between.iter().any(|b| score(b) && !is_limit(doc, b))
    };
    let score = finding.message.split('按').next().and_then(|words| words.rsplit("得分").next());
    let Some(Ok(score)) = score.map(str::parse::<Decimal>) else { return false };
    let own = spans.iter().skip(1).filter_map(|span| claims.within(span).last());
    if own.filter(|c| c.class() == "分" && c.number.value == score).any(nearer) {
        return true;
    }
    let blocks = || spans.iter().map(|span| &doc.blocks[doc.block_of(span.start)]);
    let mut scores = blocks()
        .filter(|b| b.kind != Kind::Cell)
        .flat_map(|b| claims.within(&(b.body..b.span.end)))
        .filter(|c| c.class() == "分" && c.number.value == score);
    scores.any(|c| {
        let behind: String = doc.text[c.number.span.end..].chars().take(26).collect();
        let graded = behind.split('。').next().unwrap_or_default();
        let right =
            !finding.expected.is_empty() && graded.contains(&finding.expected) && !graded.contains('以');
        right && !graded.contains(&finding.stated) || CHANGES.iter().any(|w| doc.slice(&c.left).ends_with(w))
    })
}

/// 全年服务个案106个。…结案84个，余下22个: two numbers of the paragraph leave it, and no word makes it another's.
fn is_what_is_left(doc: &Doc, claims: &Claims, stated: &Claim) -> bool {
    let block = &doc.blocks[stated.block];
    let kin = |c: &&Claim| {
        c.exact() && c.class() == stated.class() && c.number.span.start < stated.number.span.start
    };
    let here: Vec<Decimal> = claims
        .within(&(block.body..stated.number.span.start))
        .iter()
        .filter(kin)
        .map(|c| c.number.value)
        .collect();
    let here = &here[here.len().saturating_sub(NEAR)..];
    stated.number.value >= Decimal::TEN
        && doc.slice(&stated.left).contains('余')
        && here.iter().any(|a| here.iter().any(|b| a - b == stated.number.value))
}

/// 47.36万元 in a table and 付清后为47.96万元: what lies between them (0.60万元) is told beside.
fn is_with_more(stated: &Claim, finding: &Finding, before: &[&Claim], behind: &[&Claim]) -> bool {
    let expected = finding.expected.split('，').next().unwrap_or_default().parse::<Decimal>();
    let Ok(other) = expected else { return false };
    let value = stated.number.value;
    let told = |c: &&&Claim| c.exact() && c.class() == stated.class() && c.sentence == stated.sentence;
    // The other one may be printed in 万元.
    let apart = [other, other * Decimal::from(10_000)].map(|other| (value - other).abs());
    stated.number.decimals > 0
        && before.iter().chain(behind).filter(told).any(|c| apart.contains(&c.number.value))
}

/// 以取整后的比例相减则为19.6，差异来自四舍五入: the text says where the last digit comes from.
fn is_rounded(doc: &Doc, stated: &Claim, finding: &Finding) -> bool {
    let words = doc.slice(&doc.blocks[stated.block].span);
    let said = has_any(words, &["四舍五入", "取整", "舍入"]);
    let expected = finding.expected.trim_end_matches('%').parse::<Decimal>();
    let ulp = Decimal::new(1, stated.number.decimals);
    said && expected.is_ok_and(|right| (right - stated.number.value).abs() <= ulp)
}

/// What was added up is another number's: 有效224份，无效7份，按社区分布为49份、42份….
fn has_its_whole(stated: &Claim, near: &[&Claim], sum: Decimal) -> bool {
    let kin = |c: &&&Claim| c.exact() && c.class() == stated.class() && c.number.value == sum;
    sum >= Decimal::from(LEAST) && near.iter().any(|c| kin(&c))
}

/// What bears its name adds up to it: 满意196人…满意72人…满意43人，合计满意311人.
fn sums_its_name(doc: &Doc, stated: &Claim, near: &[&Claim]) -> bool {
    let name = |c: &Claim| {
        let words = doc.slice(&c.left);
        words.char_indices().nth_back(1).map(|(at, _)| &words[at..])
    };
    let Some(own) = name(stated) else { return false };
    let kin = near.iter().filter(|c| c.exact() && c.class() == stated.class() && name(c) == Some(own));
    let parts: Vec<Decimal> = kin.map(|c| c.number.value).collect();
    parts.len() >= 2 && parts.iter().sum::<Decimal>() == stated.number.value
}

/// Whether one digit would make it what was expected of it.
fn is_slip(stated: &Claim, right: Decimal) -> bool {
    one_digit_apart(right.round_dp(stated.number.decimals), stated.number.value)
}

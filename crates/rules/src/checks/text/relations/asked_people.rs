//! A share of the people asked that no whole number of them makes: 成功回访的60人中，…愿意再次参加活动的占88.8%. It stands alone in its clause,
//! without a count of its own.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{percent_of, show, show_percent, whole_people};
use crate::checks::text::words::has_any;

const RULE: &str = "percent-base";
/// Fewer people are no survey.
const LEAST: i64 = 10;
/// What people say of themselves.
const OPINIONS: &[&str] = &[
    "满意",
    "知道",
    "知晓",
    "听说",
    "认为",
    "表示",
    "愿意",
    "说出",
    "女性",
    "男性",
    "觉得",
    "推荐",
    "信任",
    "参加过",
    "接受过",
    "了解",
    "认可",
    "受访",
    "叫得出",
    "见过",
    "叫出",
];
/// Rates of other things, and shares of others.
const OTHER: &[&str] = &[
    "回收",
    "有效率",
    "成功率",
    "完成",
    "接通",
    "上年",
    "去年",
    "上期",
    "提高",
    "下降",
    "比",
    "较",
    "权重",
    "片区",
    "街道",
    "镇",
    "乡",
    "村",
    "目标",
    "要求",
    "低于",
    "加权",
    "平均",
    "其中",
    "合同",
    "各",
    "中期",
];
/// Words beside the number of those who answered.
const ASKED: &[&str] = &["有效", "成功", "接通", "受访", "回访", "答卷", "访到"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        let here = claims.within(&(block.body..block.span.end));
        for (i, c) in here.iter().enumerate().filter(|(_, c)| is_alone(doc, c)) {
            let own = i.checked_sub(1).is_none_or(|j| here[j].number.span.end <= clause(doc, c));
            if own {
                judge(doc, claims, (here, i), sink);
            }
        }
    }
}

/// Where the clause of a claim begins.
fn clause(doc: &Doc, c: &Claim) -> usize {
    let before = doc.slice(&(c.sentence.start..c.number.span.start));
    c.sentence.start + before.rfind(['，', '；', '：', '、', '（']).map_or(0, |i| i + '，'.len_utf8())
}

fn is_alone(doc: &Doc, c: &Claim) -> bool {
    let plain = c.number.percent && c.number.decimals > 0 && !c.number.vague && !c.target && !c.other_period;
    if !plain || c.number.value >= Decimal::ONE_HUNDRED {
        return false;
    }
    let words = doc.slice(&(clause(doc, c)..c.number.span.start));
    let words = ["本乡镇", "本街道", "本镇", "本乡", "本村", "本社区"]
        .iter()
        .fold(words.to_owned(), |w, own| w.replace(own, ""));
    let behind: String = doc.text[c.number.span.end..].chars().take(6).collect();
    let asked = |w: &&str| words.contains(w) || behind.starts_with("的受访") || behind.starts_with("的居民");
    let ends = words.ends_with("的占")
        || words.ends_with("者占")
        || words.ends_with("性占")
        || words.ends_with("另有");
    ends && OPINIONS.iter().any(asked)
        && !has_any(&words, OTHER)
        && !doc.text[c.number.span.end..].starts_with(['、', '和', '（'])
}

fn judge(doc: &Doc, claims: &Claims, (here, i): (&[Claim], usize), sink: &mut Sink<'_>) {
    let percent = &here[i];
    let people = |c: &&Claim| {
        c.exact() && matches!(c.class(), "人" | "份" | "户") && c.number.value >= Decimal::from(LEAST)
    };
    let answered = |c: &&Claim| {
        let near = doc.slice(&(c.left.start..c.right.end.max(c.number.span.end)));
        has_any(near, ASKED) && !near.contains(['女', '男'])
    };
    // 男性68人、女性109人，女性占61.58%: of both together.
    let sexes = doc.slice(&percent.left).contains("性占")
        && claims.within(&percent.sentence).iter().any(|c| doc.slice(&c.left).contains("性") && c.exact());
    if sexes {
        return;
    }
    let Some(base) = here[..i].iter().rev().filter(people).find(answered) else { return };
    sink.tried();
    let (p, decimals) = (percent.number.value, percent.number.decimals);
    // Most of those who were asked, or those of another survey.
    let half = base.number.value / Decimal::TWO;
    let led = |c: &&Claim| answered(c) || doc.text[c.number.span.end..].starts_with('中');
    let own = here.iter().filter(people).filter(led).filter(|c| c.number.value > half);
    let reached = |c: &&Claim| has_any(doc.slice(&c.left), &["有效", "成功", "接通", "受访", "答卷"]);
    let others = claims.all.iter().filter(people).filter(reached);
    if own.chain(others).any(|c| whole_people(p, decimals, c.number.value))
        || sink.said(&[percent.wide().start, percent.span().start])
    {
        return;
    }
    let b = base.number.value;
    let about = (p * b / Decimal::ONE_HUNDRED).floor();
    let near: Vec<String> = [about, about + Decimal::ONE]
        .iter()
        .filter_map(|k| Some(format!("{}÷{}={}", show(*k), show(b), show_percent(percent_of(*k, b)?))))
        .collect();
    let message = format!("{}人中没有整数人数能占{}%（{}）", show(b), show(p), near.join("，"));
    let said = (format!("{}%", show(p)), String::new());
    sink.add(RULE, Severity::Warning, message, said, &[percent.wide(), base.wide()]);
}

//! Samples: the size against its own rule and other mentions, answered + unreached = sampled, and a satisfaction
//! percentage that no whole number of the people asked can give.

use std::ops::Range;

use rust_decimal::Decimal;

use super::said::not_what_is_left;
use super::satisfaction::{base, categories};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{show, show_sum};

const RULE: &str = "sample-rule";
pub(super) const SUM: &str = "sample-sum";
const DIFFERS: &str = "repeated";

/// What the text says about one survey.
#[derive(Default)]
pub(super) struct Survey<'a> {
    pub(super) sampled: Vec<&'a Claim>,
    pub(super) at_least: Option<&'a Claim>,
    pub(super) answered: Vec<&'a Claim>,
    pub(super) missed: Vec<&'a Claim>,
    pub(super) satisfied: Vec<&'a Claim>,
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let survey = read(doc, claims);
    size(doc, &survey, sink);
    mentions(doc, &survey, sink);
    answers(doc, claims, &survey, sink);
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        for sentence in doc.sentences(block) {
            left_over(doc, claims.within(&sentence), sink);
            reached(doc, claims.within(&sentence), sink);
        }
    }
    categories(doc, claims, &survey, sink);
    for percent in &survey.satisfied {
        base(doc, claims, &survey, percent, sink);
    }
}

/// What people are asked about one by one.
const DIMENSIONS: &[&str] = &[
    "态度",
    "能力",
    "速度",
    "频次",
    "内容",
    "效果",
    "反馈",
    "环境",
    "质量",
    "方式",
    "及时性",
    "响应",
    "专业性",
    "时间",
    "场地",
    "设施",
];

const MISSED: &[&str] = &[
    "未访",
    "未接听",
    "未接通",
    "无法接通",
    "无人接听",
    "未能联系",
    "无法联系",
    "拒访",
    "拒绝",
    "空号",
    "停机",
    "未应答",
    "未能接通",
    "失联",
    "未能访问",
    "未成功",
    "错号",
    "关机",
    "未回收",
];

const ANSWERED: &[&str] = &[
    "接通",
    "入户访问",
    "成功访问",
    "有效样本",
    "有效访问",
    "有效受访",
    "完成有效",
    "完成访问",
    "成功回访",
    "接受访问",
    "有效问卷",
    "成功完成",
    "实际访问",
    "有效回收",
    "回收有效",
    "有效受访",
    "实际受访",
    "成功调查",
    "完成调查",
    "有效应答",
    "回收",
];

fn read<'a>(doc: &Doc, claims: &'a Claims) -> Survey<'a> {
    let mut survey = Survey::default();
    // 中期发放问卷70份: of the survey before, unless the report is that of the middle.
    let mid_term = doc.text.chars().take(200).collect::<String>().contains("中期");
    for c in claims.all.iter().filter(|c| !c.other_period && doc.blocks[c.block].kind != Kind::Cell) {
        let earlier = doc.slice(&c.left).starts_with("中期") && !mid_term;
        if !matches!(c.class(), "人" | "份" | "户" | "个" | "%") || earlier {
            continue;
        }
        let clause = clause(doc, c);
        let before = doc.slice(&(clause.start..c.number.span.start));
        let after = doc.slice(&(c.number.span.end..clause.end));
        let near = doc.slice(&(c.left.start..c.number.span.end));
        let person = matches!(c.class(), "人" | "份" | "户") || c.class() == "个" && after.contains("样本");
        if c.number.percent {
            let satisfied = before.contains("满意度") || before.contains("满意率");
            let goal =
                ["不低于", "达到", "目标", "以上", "指标", "要求", "应"].iter().any(|w| before.ends_with(w))
                    || c.number.vague;
            // 自评报告中公布的满意度95.2%, 自行回收的反馈表: somebody else's survey.
            let sentence = doc.slice(&(c.sentence.start..c.number.span.start));
            let of_others =
                ["自评", "自行", "自报", "公布", "合并", "加权"].iter().any(|w| sentence.contains(w));
            // 满意率从92.3%上升到95.7%: what it was before.
            let rises = doc.text[c.number.span.end..].chars().take(2).collect::<String>();
            let changes = ["上升", "下降", "提高", "增长", "升至", "降至"]
                .iter()
                .any(|w| doc.slice(&c.sentence).contains(w));
            let several = claims.within(&c.sentence).iter().filter(|o| o.number.percent).count() > 1;
            // 大林街道满意率97.44%: of one of the sites.
            let place = doc.slice(&c.left);
            let of_site = ["街道", "镇", "乡", "站", "片区", "社区", "村"].iter().any(|w| {
                place.find(w).is_some_and(|at| {
                    place[at + w.len()..].starts_with("满意") || place[at + w.len()..].starts_with("的满意")
                })
            });
            let earlier = changes && several
                || of_site
                || before.ends_with(['从', '由'])
                    && [
                        "上升", "升至", "提高", "增至", "下降", "降至", "提升", "增长", "升到", "变为",
                        "降到",
                    ]
                    .contains(&rises.as_str());
            // 回收率和满意率分别为100%、95.7%.
            // 专业能力满意度90.2%: of one thing, and not of all.
            let words = doc.slice(&c.left);
            let of_one = DIMENSIONS
                .iter()
                .any(|d| ["满意", "的满意"].iter().any(|w| words.contains(&format!("{d}{w}"))));
            // 服务效果得到的认可最多，满意率94.9%.
            let lead = sentence.rsplit('；').next().unwrap_or_default();
            let of_one = of_one || DIMENSIONS.iter().any(|d| lead.contains(d)) && !lead.contains("总体");
            let satisfied = satisfied && !of_one && !before.contains("分别") && !before.contains("依次");
            if satisfied && !goal && !of_others && !earlier {
                survey.satisfied.push(c);
            }
        } else if !person || doc.slice(&c.left).contains("专家") {
        } else if ["不少于", "不低于", "至少", "不得少于"].iter().any(|w| before.ends_with(w)) {
            if before.contains('抽') && survey.at_least.is_none() {
                survey.at_least = Some(c);
            }
        } else if (near.contains(FELL) || after.contains(FELL))
            && MISSED.iter().any(|w| near.contains(w) || after.contains(w))
            && !after.contains("成功")
            && !before.contains("其中")
        {
            // 未完成的11人中，空号停机、无人接听、拒访分别为4人、5人、2人: parts of them.
            let of_them = claims.within(&(c.sentence.start..c.number.span.start)).iter().any(|m| {
                doc.text[m.right.end.max(m.number.span.end)..].starts_with('中')
                    && MISSED.iter().any(|w| doc.slice(&m.left).contains(w))
                    || doc.slice(&m.left).contains("未完成的")
            });
            let again = of_them
                || survey.missed.iter().any(|m| m.number.value == c.number.value && m.sentence != c.sentence);
            if !again {
                survey.missed.push(c);
            }
        } else if (ANSWERED.iter().any(|w| near.contains(w) || after.starts_with(w))
            || doc.slice(&c.left) == "成功")
            && c.exact()
        {
            survey.answered.push(c);
        } else if c.exact()
            && (drawn(doc, c, before, after)
                && !before.contains("低于")
                && !before.contains(['各', '每'])
                && c.depth == 0
                || called(before) && survey.sampled.is_empty())
        {
            survey.sampled.push(c);
        }
    }
    survey
}

/// First characters of the words in `MISSED`: most claims have none of them.
const FELL: &[char] = &['未', '无', '拒', '空', '停', '失', '错', '关'];

/// "随机抽取100名服务对象": drawn for a survey, and no files.
fn drawn(doc: &Doc, c: &Claim, before: &str, after: &str) -> bool {
    let any = |words: &str, list: &[&str]| list.iter().any(|w| words.contains(w));
    let draws = ["抽取", "抽样", "抽查", "抽访", "选取", "抽选", "样本", "发放问卷", "派发问卷"];
    let papers = ["档案", "文书", "记录", "资料", "材料", "案卷", "个案"];
    // 有效样本96人中满意93人; 另对合作单位发放问卷26份: what they said, another survey.
    let said = doc.slice(&c.left).contains("满意") || before.contains("另对") || before.contains("另向");
    any(before, &draws)
        && !said
        && !any(after, &papers)
        && !any(before, &papers)
        && any(doc.slice(&c.sentence), &["满意", "访", "调查", "问卷", "受访", "服务对象"])
}

/// "电话回访服务对象60人": asked without a word for drawing.
fn called(before: &str) -> bool {
    before.contains("回访") && before.contains("服务对象")
}

pub(super) fn clause(doc: &Doc, c: &Claim) -> Range<usize> {
    let before = doc
        .slice(&(c.sentence.start..c.number.span.start))
        .rfind(['，', '；', '：', '、', '（'])
        .map_or(0, |i| i + 3);
    let rest = doc.slice(&(c.number.span.end..c.sentence.end));
    let after = rest.find(['，', '；', '、', '）']).unwrap_or(rest.len());
    c.sentence.start + before..c.number.span.end + after
}

fn size(doc: &Doc, survey: &Survey<'_>, sink: &mut Sink<'_>) {
    let Some(rule) = survey.at_least else { return };
    for sampled in survey.sampled.iter().filter(|c| c.class() == rule.class()) {
        sink.tried();
        let (n, least) = (sampled.number.value, rule.number.value);
        let whole = doc.slice(&sampled.sentence).contains('全');
        if n < least && !whole {
            let message = format!("抽样{}人，少于文中要求的不少于{}人", show(n), show(least));
            let expected = format!("不少于{}", show(least));
            sink.add(RULE, Severity::Error, message, (show(n), expected), &[sampled.wide(), rule.wide()]);
        }
    }
}

fn mentions(doc: &Doc, survey: &Survey<'_>, sink: &mut Sink<'_>) {
    let Some((first, rest)) = survey.sampled.split_first() else { return };
    // 电话访谈抽取30人, 问卷样本80人: two surveys.
    let by_phone = |c: &Claim| {
        let lead = doc.slice(&(c.segment.start..c.number.span.start));
        let lead = lead.rsplit('，').next().unwrap_or(lead);
        ["电话", "电访", "访谈", "拨打", "回访", "抽访"].iter().any(|w| lead.contains(w))
    };
    for other in rest.iter().filter(|c| c.class() == first.class() && by_phone(c) == by_phone(first)) {
        sink.tried();
        let equal = survey.sampled.iter().filter(|c| c.number.value == other.number.value).count();
        let whole = survey.sampled.iter().filter(|c| c.number.value == first.number.value).count();
        if other.number.value == first.number.value || doc.slice(&other.sentence).contains("其中") {
            continue;
        }
        let (wrong, right) = if equal <= whole { (*other, *first) } else { (*first, *other) };
        let message =
            format!("抽样人数两处不同：“{}”与“{}”", doc.slice(&right.wide()), doc.slice(&wrong.wide()));
        sink.add(
            DIFFERS,
            Severity::Warning,
            message,
            (show(wrong.number.value), show(right.number.value)),
            &[wrong.wide(), right.wide()],
        );
    }
}

fn answers(doc: &Doc, claims: &Claims, survey: &Survey<'_>, sink: &mut Sink<'_>) {
    let Some(sampled) = survey.sampled.first() else { return };
    let class = sampled.class();
    for answered in survey.answered.iter().filter(|c| c.class() == class) {
        let mut missed: Vec<&&Claim> =
            survey.missed.iter().filter(|c| c.class() == class && c.sentence == answered.sentence).collect();
        // 未能访问的25人中，住院9人、拒访5人: the others are parts of the first.
        if missed
            .first()
            .is_some_and(|m| doc.text[m.right.end..].starts_with('中') || doc.slice(&m.right).ends_with('中'))
        {
            missed.truncate(1);
        }
        sink.tried();
        let larger = |c: &&Claim| c.class() == class && c.number.value >= answered.number.value;
        let earlier = || claims.within(&(sampled.sentence.start..answered.number.span.start)).iter();
        if answered.number.value > sampled.number.value {
            if earlier().filter(|c| c.exact()).any(|c| larger(&c)) {
                continue;
            }
            let message =
                format!("有效人数{}大于抽样人数{}", show(answered.number.value), show(sampled.number.value));
            sink.add(
                SUM,
                Severity::Error,
                message,
                (show(answered.number.value), show(sampled.number.value)),
                &[answered.wide(), sampled.wide()],
            );
        } else if !missed.is_empty() {
            let mut parts = vec![answered.number.value];
            parts.extend(missed.iter().map(|m| m.number.value));
            let sum: Decimal = parts.iter().sum();
            let apart = claims.within(&answered.sentence).iter().any(|c| {
                c.class() == class
                    && c.exact()
                    && missed.iter().any(|m| c.number.value + m.number.value == sampled.number.value)
            });
            let nested = apart
                || missed.len() > 1
                    && missed[0].number.value == missed[1..].iter().map(|m| m.number.value).sum::<Decimal>();
            if sum != sampled.number.value && !nested {
                let message = format!(
                    "成功与未成功合计{}，抽样为{}，相差{}",
                    show_sum(&parts),
                    show(sampled.number.value),
                    show((sum - sampled.number.value).abs()),
                );
                let mut spans = vec![answered.wide(), sampled.wide()];
                spans.extend(missed.iter().map(|m| m.wide()));
                sink.add(SUM, Severity::Error, message, (show(sampled.number.value), show(sum)), &spans);
            }
        }
    }
}

/// 抽取40人，接通34人，无人接听6人: all in one sentence, whatever other surveys the report has.
fn reached(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    let only = |list: &[&str]| {
        let says = |c: &&Claim| {
            c.exact()
                && matches!(c.class(), "人" | "份" | "户" | "次")
                && list.iter().any(|w| doc.slice(&c.left).contains(w))
                // 空号停机、无人接听、拒访分别为4人、5人、2人: one of several.
                && !["分别", "依次"].iter().any(|w| doc.slice(&c.left).contains(w))
        };
        let mut found = here.iter().filter(says);
        found.next().filter(|_| found.next().is_none())
    };
    let drawn = only(&["抽取", "抽样", "拨打", "随机"]);
    let got = only(&["接通", "成功", "接受访问", "完成访问", "入户访问"]);
    let (Some(drawn), Some(got), Some(missed)) = (drawn, got, only(MISSED)) else { return };
    let nested = ["其中", "中"].iter().any(|w| doc.slice(&missed.left).starts_with(w))
        || doc.text[..missed.left.start].ends_with("其中");
    let fits = !nested
        && drawn.class() == got.class()
        && got.class() == missed.class()
        && drawn.number.span.start < got.number.span.start
        && got.number.span.start < missed.number.span.start;
    let sum = got.number.value + missed.number.value;
    if !fits {
        return;
    }
    sink.tried();
    if sum != drawn.number.value {
        let message = format!(
            "成功与未成功合计{}，抽样为{}，相差{}",
            show_sum(&[got.number.value, missed.number.value]),
            show(drawn.number.value),
            show((sum - drawn.number.value).abs()),
        );
        let spans = [got.wide(), drawn.wide(), missed.wide()];
        sink.add(SUM, Severity::Error, message, (show(drawn.number.value), show(sum)), &spans);
    }
}

/// 432名样本中，12名未能访问，实际访问420名: what is left after those who fell out.
fn left_over(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    const OUT: &[&str] = &[
        "未能访问",
        "未能接通",
        "未接听",
        "无法接通",
        "拒访",
        "作废",
        "无效",
        "剔除",
        "未回收",
        "空号",
        "未应答",
        "失访",
        "未完成访问",
    ];
    const LEFT: &[&str] = &[
        "实际访问",
        "实际完成",
        "有效问卷",
        "完成访问",
        "成功访问",
        "有效样本",
        "实际回收",
        "有效访问",
        "接受访问",
    ];
    let people: Vec<&Claim> =
        here.iter().filter(|c| matches!(c.class(), "人" | "份" | "户") && c.exact()).collect();
    for (i, out) in people.iter().enumerate() {
        let Some(rest) = people.get(i + 1) else { continue };
        let until = rest.left.start.max(out.number.span.start);
        let fell = OUT.iter().any(|w| doc.slice(&(out.left.start..until)).contains(w));
        let after = doc.slice(&(rest.left.start..rest.right.end.min(rest.sentence.end)));
        let remains = doc.slice(&rest.left).ends_with("有效")
            || LEFT.iter().any(|w| after.contains(w) || doc.text[rest.number.span.end..].starts_with(w));
        let (Some(whole), true) = (i.checked_sub(1).map(|j| people[j]), fell && remains) else { continue };
        sink.tried();
        let fits = people[..i].iter().any(|w| w.number.value - out.number.value == rest.number.value);
        let several =
            people[..i].iter().filter(|c| c.number.value < out.number.value * Decimal::TEN).count() > 1;
        if fits || several || whole.number.value <= out.number.value {
            continue;
        }
        not_what_is_left(doc, sink, (SUM, Severity::Error), rest, (whole, out));
    }
}

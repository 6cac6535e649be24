//! What a text says about its surveys: how many were drawn, answered, fell out and were satisfied.

use super::{Survey, clause};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::words::has_any;

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

pub(super) const MISSED: &[&str] = &[
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

pub(super) fn read<'a>(doc: &Doc, claims: &'a Claims) -> Survey<'a> {
    let mut survey = Survey::default();
    // 中期发放问卷70份: of the survey before, unless the report is that of the middle.
    let mid_term = doc.text.chars().take(200).collect::<String>().contains("中期");
    for c in claims.all.iter().filter(|c| !c.other_period && doc.blocks[c.block].kind != Kind::Cell) {
        let earlier = doc.slice(&c.left).starts_with("中期") && !mid_term;
        if !matches!(c.class(), "人" | "份" | "户" | "个" | "%") || earlier {
            continue;
        }
        let clause = clause(doc, c);
        let before = over_bracket(doc, c).unwrap_or(doc.slice(&(clause.start..c.number.span.start)));
        let after = doc.slice(&(c.number.span.end..clause.end));
        let near = doc.slice(&(c.left.start..c.number.span.end));
        let person = matches!(c.class(), "人" | "份" | "户") || c.class() == "个" && after.contains("样本");
        if c.number.percent {
            if is_of_all(doc, claims, c, before) {
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
                    && has_any(doc.slice(&m.left), MISSED)
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

/// 满意率（非常满意与满意合计）为: the words before a bracket, where nothing behind it names anything.
fn over_bracket<'a>(doc: &'a Doc, c: &Claim) -> Option<&'a str> {
    let words = doc.slice(&(c.sentence.start..c.number.span.start));
    let closed = words.trim_end_matches(['为', '达', '是', '约', '仅']).strip_suffix('）')?;
    closed[..closed.rfind('（')?].rsplit(['，', '；', '：', '、']).next()
}

/// A rate of satisfaction that a survey of this report gave: of all, of this time, and none that was asked for.
fn is_of_all(doc: &Doc, claims: &Claims, c: &Claim, before: &str) -> bool {
    if !before.contains("满意度") && !before.contains("满意率") {
        return false;
    }
    let goal = ["不低于", "达到", "目标", "以上", "指标", "要求", "应"].iter().any(|w| before.ends_with(w))
        || c.number.vague;
    // 自评报告中公布的满意度95.2%, 自行回收的反馈表: somebody else's survey.
    let sentence = doc.slice(&(c.sentence.start..c.number.span.start));
    let of_others = has_any(sentence, &["自评", "自行", "自报", "公布", "合并", "加权"]);
    // 满意率从92.3%上升到95.7%: what it was before.
    let rises = doc.text[c.number.span.end..].chars().take(2).collect::<String>();
    let changes = has_any(doc.slice(&c.sentence), &["上升", "下降", "提高", "增长", "升至", "降至"]);
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
            && ["上升", "升至", "提高", "增至", "下降", "降至", "提升", "增长", "升到", "变为", "降到"]
                .contains(&rises.as_str());
    // 专业能力满意度90.2%: of one thing, and not of all.
    let words = doc.slice(&c.left);
    let of_one =
        DIMENSIONS.iter().any(|d| ["满意", "的满意"].iter().any(|w| words.contains(&format!("{d}{w}"))));
    // 服务效果得到的认可最多，满意率94.9%.
    let lead = sentence.rsplit('；').next().unwrap_or_default();
    let of_one = of_one || has_any(lead, DIMENSIONS) && !lead.contains("总体");
    // 回收率和满意率分别为100%、95.7%: each of its own.
    !goal && !of_others && !earlier && !of_one && !before.contains("分别") && !before.contains("依次")
}

/// First characters of the words in `MISSED`: most claims have none of them.
const FELL: &[char] = &['未', '无', '拒', '空', '停', '失', '错', '关'];

/// "随机抽取100名服务对象": drawn for a survey, and no files.
fn drawn(doc: &Doc, c: &Claim, before: &str, after: &str) -> bool {
    let any = |words: &str, list: &[&str]| has_any(words, list);
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

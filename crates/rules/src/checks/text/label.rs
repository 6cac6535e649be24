//! Labels: what a number counts, in a form that two wordings share. Field synonyms become one word, words that carry
//! no meaning for counting (完成, 共计, 目前…) go, everything else stays: an unknown word always tells labels apart.

use std::sync::LazyLock;

use regex::Regex;

use super::by_char::ByChar;
use super::synonyms::SAME;
use super::words::has_any;

/// Words that say nothing about what is counted.
const EMPTY: &[&str] = &[
    "评估周期内",
    "服务周期内",
    "周期内",
    "评估期内",
    "期内",
    "截至目前",
    "截止目前",
    "截至",
    "截止",
    "目前",
    "现有",
    "现",
    "社工服务站",
    "社工站",
    "服务站",
    "本站点",
    "本站",
    "该站",
    "全站",
    "站点",
    "本项目",
    "该项目",
    "项目团队",
    "服务团队",
    "项目",
    "机构",
    "团队",
    "累计",
    "共计",
    "总计",
    "合计",
    "总共",
    "一共",
    "全部",
    "总数",
    "总量",
    "数量",
    "人数",
    "户数",
    "份数",
    "人次数",
    "次数",
    "共",
    "总",
    "已经",
    "已",
    "完成",
    "开展",
    "开办",
    "开设",
    "办理",
    "实现",
    "达成",
    "达到",
    "达",
    "建立",
    "新建",
    "组织",
    "举办",
    "实施",
    "进行",
    "提供",
    "链接",
    "协助",
    "发起",
    "带动",
    "获得",
    "收到",
    "派发",
    "推送",
    "发布",
    "配备",
    "配置",
    "拥有",
    "设有",
    "下设",
    "设立",
    "设置",
    "划分为",
    "分为",
    "登记",
    "培育",
    "发展",
    "培养",
    "招募",
    "注册",
    "挖掘",
    "服务超过",
    "服务了",
    "其中",
    "以及",
    "并且",
    "同时",
    "另外",
    "此外",
    "还",
    "则",
    "分别",
    "约",
    "近",
    "超过",
    "余",
    "多",
    "以上",
    "等",
    "了",
    "的",
    "在",
    "并",
    "及",
    "和",
    "与",
    "为",
    "是",
    "有",
    "由",
    "把",
    "将",
    "对",
    "从",
    "到",
    "至",
    "于",
    "也",
    "均",
    "都",
    "被",
    "向",
    "给",
    "让",
    "所",
    "该",
    "本",
    "辖区内",
    "辖内",
    "辖区",
    "下辖",
    "辖",
    "范围内",
    "内",
    "中",
    "建成",
    "建有",
    "形成",
    "产出",
    "累积",
    "计",
    "经过",
    "经",
    "安排",
    "派出",
    "选派",
    "组成",
    "当前",
    "如下",
    "本次",
    "随机",
    "社工共",
    "顺利",
    "成功",
    "积极",
    "有效",
    "持续",
    "常态化",
    "定期",
    "先后",
    "主要",
    "整体",
    "总体",
    "期间",
    "年度",
    "全年",
    "本年度",
    "本年",
    "本期",
    "周期",
    "方面",
    "一是",
    "二是",
    "三是",
    "四是",
    "五是",
    "街道",
    "覆盖",
    "涵盖",
    "涉及",
];

/// Words that mark another period or a comparison: such a number is not set against this period's.
const OTHER_PERIOD: &[&str] = &[
    "上一轮",
    "前一轮",
    "这方面",
    "该方面",
    "此方面",
    "上期",
    "上一期",
    "上年",
    "上一年",
    "去年",
    "前年",
    "往年",
    "上一评估",
    "上一周期",
    "上一服务",
    "上一合同",
    "上一项目",
    "上个服务",
    "上周期",
    "上个周期",
    "上季度",
    "上个季度",
    "上月",
    "同期",
    "此前",
    "以往",
    "过去",
    "原有",
    "原来",
    "期初",
    "首月",
    "第一季度",
    "第二季度",
    "第三季度",
    "第四季度",
    "增至",
    "增加到",
    "提升至",
    "提升到",
    "提高到",
    "下降到",
    "减少到",
    "下一",
    "明年",
    "未来",
    "将来",
    "计划于",
    "拟",
    "试点",
];

/// Words that make a number a plan.
const TARGET: &[&str] =
    &["目标", "指标", "计划", "协议", "任务", "应", "须", "需", "不少于", "不低于", "规定", "要求", "约定"];

/// The comparable form of words around a number.
pub(super) fn canonical(words: &str) -> String {
    let form = pass(&pass(words));
    let short = form.strip_suffix("人员").filter(|f| f.chars().count() >= 3 && !f.ends_with("工作"));
    short.map_or_else(|| form.clone(), str::to_owned)
}

/// What a word becomes, by first character, longest words first: its field form, or nothing.
static WORDS: LazyLock<ByChar<(&'static str, &'static str)>> = LazyLock::new(|| {
    let all = SAME.iter().copied().chain(EMPTY.iter().map(|w| (*w, "")));
    let mut out = ByChar::new(all.map(|(word, to)| (word.chars().next().unwrap_or_default(), (word, to))));
    for words in out.lists_mut() {
        words.sort_by_key(|(w, to)| (to.is_empty(), std::cmp::Reverse(w.len())));
    }
    out
});

fn pass(words: &str) -> String {
    let mut out = String::new();
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let known = WORDS.get(c).iter().find(|(w, _)| rest.starts_with(w));
        if let Some((word, to)) = known {
            out.push_str(to);
            rest = &rest[word.len()..];
        } else {
            if c.is_alphanumeric() {
                out.push(c);
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// Where words end that make the numbers behind them another period's: 上年度, 去年同期, 尚需.
pub(super) fn other_period(words: &str) -> Option<usize> {
    OTHER.as_ref()?.find(words).map(|found| found.end())
}

static OTHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words: Vec<&str> = OTHER_PERIOD.iter().copied().filter(|w| *w != "同期").collect();
    Regex::new(&format!("{}|尚需|还需|仍需|剩余任务|剩余工作量|(?:^|[^合])同期", words.join("|"))).ok()
});

/// Whether the words before a number make it a plan and not a count.
pub(super) fn is_target(words: &str) -> bool {
    /// Words in which 应, 需 and their like say nothing of a plan.
    const OTHER: &[&str] = &[
        "目标全部达成",
        "目标部分达成",
        "目标未达成",
        "目标达成",
        "应答",
        "应急",
        "反应",
        "适应",
        "响应",
        "相应",
        "供应",
        "对应",
        "回应",
        "应用",
        "应对",
        "效应",
        "感应",
        "应聘",
        "应届",
        "应邀",
        "应询",
        "呼应",
        "需求",
        "所需",
        "急需",
        "必需品",
        "计划书",
        "协议书",
    ];
    let plan = || {
        let words = OTHER.iter().fold(words.to_owned(), |all, w| all.replace(w, ""));
        has_any(&words, TARGET)
    };
    has_any(words, TARGET) && plan() && !["完成", "实际", "达"].iter().any(|w| words.ends_with(w))
}

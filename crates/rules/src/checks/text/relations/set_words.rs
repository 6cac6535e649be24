//! Words of the field with a character or a half of them told twice, with one left out in the middle, or without their last before a
//! sign: 完成完成率, 志愿者者, 政府购服务, 服务对，.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};

const WORDS: &str = "\
    完成率 满意率 满意度 执行率 回收率 有效率 达标率 合格率 持证率 结案率 得分率 知晓率 覆盖率 参与率 \
    出勤率 增长率 访谈完成率 志愿者 志愿服务 社区活动 服务对象 社会工作 社会工作者 社会工作师 \
    助理社会工作师 社会工作服务 社会组织 社工服务站 社工站 电话访谈 电话回访 电话抽访 入户走访 入户探访 \
    走访探访 有效问卷 满意度调查 问卷调查 现场评估 实地评估 实地走访 资料查阅 驻片社工 一线社工 专职社工 \
    项目社工 持证社工 绩效评价 绩效目标 在册对象 评估组 评估专家 专家评分 专家组 第三方 第三方评估 \
    自评报告 评估报告 中期评估 末期评估 结项评估 终期评估 协议金额 合同金额 协议指标 协议指标量 指标量 \
    行政村 职业资格 职业水平证书 资格证书 民政局 残疾人联合会 街道办事处 人民政府 政府购买服务 项目主管 \
    项目周期 服务周期 评估周期 服务协议 购买服务 困难群众 特殊群体 低保对象 特困人员 困境儿童 留守儿童 \
    留守老人 独居老人 空巢老人 残疾人 重度残疾人 老年人 未成年人 孤儿 建档立卡 服务档案 个案服务 \
    小组服务 小组活动 个案辅导 个案管理 社区服务 社区慈善基金 五社联动 资源链接 督导培训 内部督导 \
    外部督导 人员费用 服务活动费 办公经费 资金执行率 预算执行率 经费支出 财务管理 项目管理 人员管理 \
    服务成效 服务质量 服务产出 组织管理 加权得分 加权平均 综合得分 总得分 平均得分 评估等级 等级评定 \
    整改落实 整改完成 居民骨干 志愿者队伍 兜底民生 心理疏导 政策咨询 社会救助 购买方 承接机构 承接单位 \
    委托方 服务满意度 总体满意率 签约仪式 档案抽查 抽样比例 样本分布 上门走访 上门探访 电话探访 服务热线 \
    社工宣传周 复评 复核 结案后 之间 之后 派驻 逐件 逐项 逐条 逐户 回访 专业服务 能力建设 团队建设 制度建设";
/// Words without a character in their middle that stand in no other words.
const LEFT_OUT: &str = "\
    民局 执率 志者 完率 服务象 有问卷 末期估 中期估 结项估 终期估 绩评价 绩效价 自评告 评估告 \
    驻片工 行村 困难众 困群众 特殊体 低保象 困境童 留守童 建档卡 项主管 资链接 政策询 第方 职业格 协金额 \
    督导训 承接构 承接位 访谈成率 访谈完率 社会作者 社会工者 社会作师 社会工师 助社会工作师 助理会工作师 \
    助理社会作师 助理社会工师 社会作服务 社会工服务 社会工作务 社服务站 社工务站 社工服站 满度调查 \
    满意度查 第方评估 第三方估 协指标量 协议标量 协议指量 职水平证书 职业平证书 职业水证书 残人联合会 \
    残疾联合会 残疾人合会 残疾人联会 街道事处 街道办处 政府买服务 政府购服务 政府购买务 重度疾人 \
    重度残人 社区善基金 社区慈基金 服务动费 服务活费 资金行率 资金执率 预算行率 预算执率 志者队伍 \
    志愿者伍 服务意度 服务满度 总体意率 总体满率 社工传周 社工宣周";
/// Of those, the ones that other words hold in the middle, with what stands before and behind them there: 物资链接, 进行村级换届.
const WITHIN: &[(&str, &str, &str)] = &[
    ("资链接", "物师投融筹", ""),
    ("行村", "进现履执推实试施", "级规务民"),
    ("督导训", "", "练"),
    ("职业格", "", "局"),
    ("特殊体", "", "质育检"),
    ("中期估", "", "算值计"),
    ("末期估", "", "算值计"),
    ("志者", "有", ""),
    ("民局", "居农", ""),
];
/// Words without their last character that end no clause.
const CUT: &str = "\
    志愿服 社区活 服务对 社会工 助理社会工作 社会工作服 社会组 有效问 问卷调 资料查 驻片社 一线社 专职社 \
    项目社 持证社 绩效目 在册对 评估专 自评报 评估报 协议金 合同金 协议指 职业资 职业水平证 资格证 \
    残疾人联合 街道办事 人民政 政府购买服 服务协 购买服 困难群 特殊群 低保对 特困人 困境儿 留守儿 留守老 \
    独居老 空巢老 建档立 服务档 个案服 小组活 个案辅 社区慈善基 五社联 资源链 内部督 外部督 财务管 \
    项目管 服务质 服务产 组织管 综合得 居民骨 兜底民 心理疏 政策咨 社会救 承接机 承接单 签约仪 档案抽";
/// Characters that stand before or behind a word without being part of another.
const BETWEEN: &str = "的为在和与及对按由将从以共其各该了是有均已达占等";

/// Where a word is wrong, and so what beside it may make it right.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    /// 个个案服务 of 几个个案服务.
    First,
    /// 评估组组 of 评估组组长.
    Last,
    /// 服务对 of 服务对接.
    Cut,
    Inner,
}

struct Slip {
    right: &'static str,
    edge: Edge,
    twice: bool,
}

fn is_among(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|w| w == word)
}

static SLIPS: LazyLock<BTreeMap<String, Slip>> = LazyLock::new(|| {
    let mut out: BTreeMap<String, Slip> = BTreeMap::new();
    for right in WORDS.split_whitespace() {
        let chars: Vec<char> = right.chars().collect();
        let text = |parts: &[&[char]]| parts.concat().iter().collect::<String>();
        let mut add = |wrong: String, edge, twice| {
            if !is_among(WORDS, &wrong) {
                out.entry(wrong).or_insert(Slip { right, edge, twice });
            }
        };
        let last = chars.len() - 1;
        for i in 0..=last {
            let edge = if i == 0 {
                Edge::First
            } else if i == last {
                Edge::Last
            } else {
                Edge::Inner
            };
            add(text(&[&chars[..=i], &chars[i..]]), edge, true);
        }
        if last >= 2 {
            add(text(&[&chars[..2], &chars]), Edge::First, true);
        }
        if last >= 3 {
            add(text(&[&chars, &chars[last - 1..]]), Edge::Last, true);
        }
        for i in 1..last {
            let wrong = text(&[&chars[..i], &chars[i + 1..]]);
            if is_among(LEFT_OUT, &wrong) {
                add(wrong, Edge::Inner, false);
            }
        }
        let wrong = text(&[&chars[..last]]);
        if is_among(CUT, &wrong) {
            add(wrong, Edge::Cut, false);
        }
    }
    out
});

/// All of them, the longest first.
static ANY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let mut words: Vec<&str> = SLIPS.keys().map(String::as_str).collect();
    words.sort_by_key(|w| std::cmp::Reverse(w.len()));
    Regex::new(&words.join("|")).ok()
});

pub(super) fn check(doc: &Doc, _: &Claims, sink: &mut Sink<'_>) {
    for block in &doc.blocks {
        let words = doc.slice(&block.span);
        for found in ANY.iter().flat_map(|p| p.find_iter(words)) {
            let Some(slip) = SLIPS.get(found.as_str()) else { continue };
            let before = words[..found.start()].chars().next_back();
            let behind = words[found.end()..].chars().next();
            let within = |(word, lead, tail): &(&str, &str, &str)| {
                let beside = |c: Option<char>, of: &str| c.is_some_and(|c| of.contains(c));
                *word == found.as_str() && (beside(before, lead) || beside(behind, tail))
            };
            if WITHIN.iter().any(within) {
                continue;
            }
            let span = block.span.start + found.start()..block.span.start + found.end();
            if stands(slip.edge, before, behind) && is_one_line(doc, &span) {
                say(&span, found.as_str(), slip, sink);
            }
        }
    }
}

/// Whether nothing beside it makes it another word.
fn stands(edge: Edge, before: Option<char>, behind: Option<char>) -> bool {
    let free = |c: Option<char>| c.is_none_or(|c| !is_han(c) || BETWEEN.contains(c));
    match edge {
        Edge::First => free(before),
        Edge::Last => free(behind),
        Edge::Cut => behind.is_some_and(|c| "，。；：）".contains(c) || c.is_ascii_digit()),
        Edge::Inner => true,
    }
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// 服务 at the end of one line and 服务对象 on the next are told once each.
fn is_one_line(doc: &Doc, span: &std::ops::Range<usize>) -> bool {
    let text = doc.slice(span);
    let places: Vec<(u32, u32)> = text.char_indices().map(|(i, _)| doc.position(span.start + i)).collect();
    places.windows(2).all(|w| w[0].0 == w[1].0 && w[0].1 + 1 == w[1].1)
}

fn say(span: &std::ops::Range<usize>, wrong: &str, slip: &Slip, sink: &mut Sink<'_>) {
    if sink.said(&[span.start]) {
        return;
    }
    sink.tried();
    let said = (wrong.to_owned(), slip.right.to_owned());
    let (rule, message) = if slip.twice {
        ("doubled", format!("疑有重复的字：“{wrong}”"))
    } else {
        ("phrase", format!("“{wrong}”疑为“{}”之误", slip.right))
    };
    sink.add(rule, Severity::Warning, message, said, std::slice::from_ref(span));
}

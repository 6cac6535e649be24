//! Numbers that are a plan because of what stands around them: parts of a plan, what a contract says of a year, the bracket
//! behind 完成合同量. Words right before a number are read in `label`.

use std::ops::Range;

use super::claim::Claim;
use super::doc::Doc;
use super::words::has_any;

/// Whether a number belongs to a plan because it is one of its parts: 合同20名，其中社工14名、辅助人员4名.
pub(super) fn in_plan(doc: &Doc, left: &Range<usize>, before: Option<&Claim>, open: bool) -> bool {
    let Some(before) = before.filter(|c| c.target) else { return false };
    let words = doc.slice(left);
    let of_which = words.starts_with("其中") && !before.number.percent;
    let lead = doc.slice(&before.left);
    // 应完成走访5200人次、个案45个: the verb of the first counts for all.
    const LEADS: &[&str] = &[
        "任务为",
        "目标为",
        "指标为",
        "计划为",
        "约定量为",
        "总任务量",
        "任务量",
        "指标量",
        "约定量",
        "应完成",
        "应开展",
        "应提供",
        "应举办",
        "应组织",
        "需完成",
        "需开展",
        "须完成",
        "须开展",
        "计划完成",
        "计划开展",
        "要求完成",
        "要求开展",
        "拟开展",
        "规定完成",
        "约定完成",
        "约定开展",
        "规定开展",
    ];
    // 协议指标依次为个案18个、小组10个.
    let lead = lead.replace("依次", "").replace("分别", "").replace("量为", "为");
    let led = has_any(&lead, LEADS) || is_told_by_contract(doc, before);
    let done = has_any(words, &["实", "已", "完成", "达", "超"]);
    // 协议要求每站完成个案12个、…，6个站合计个案72个、小组24个: all that each of them was asked for.
    let total = lead.contains("合计");
    let summed = words.contains("合计") && !before.number.percent && !done;
    let listed = doc.text[..left.start].ends_with('、') && (open || led || total) && !done;
    of_which || listed || summed
}

/// 任务书规定，全年走访5200人次: the words of a contract open the part of the sentence in which the number stands.
fn is_told_by_contract(doc: &Doc, before: &Claim) -> bool {
    const SAYS: &[&str] = &["规定", "约定", "要求", "明确", "载明"];
    const WHAT: &[&str] = &["合同", "协议", "任务书", "招标文件", "采购文件", "采购需求", "方案", "服务标准"];
    let words = doc.slice(&(before.segment.start..before.left.end));
    let said = WHAT.iter().filter_map(|w| words.find(w)).min();
    said.is_some_and(|at| has_any(&words[at..], SAYS) && !words[at..].contains("实际"))
}

/// 绩效目标为：开展督导160次，孵化社区社会组织8家; 合同约定的量化指标为：个案20个，小组8个: what the words before the colon announce, to the
/// end of the sentence or the first word of what was done.
pub(super) fn is_announced(doc: &Doc, sentence: &Range<usize>, at: usize) -> bool {
    const WHAT: &[&str] = &["目标", "指标", "任务", "指标量", "任务量", "服务量", "约定", "要求", "规定"];
    const PLAN: &[&str] = &[
        "目标",
        "合同",
        "协议",
        "任务书",
        "约定",
        "规定",
        "计划",
        "招标",
        "采购需求",
        "指标为：",
        "任务为：",
    ];
    const DONE: &[&str] = &["完成", "实际", "已", "达", "实现", "得分", "结果"];
    let words = doc.slice(&(sentence.start.min(at)..at));
    // 绩效目标中“孵化社区社会组织8家”未说明标准: quoted from it.
    let quoted = words.rsplit_once('“').filter(|(_, inside)| !inside.contains('”'));
    let of = ["目标中", "指标中", "合同中", "协议中", "计划中", "任务书中"];
    if quoted.is_some_and(|(lead, _)| of.iter().any(|w| lead.ends_with(w))) {
        return true;
    }
    let Some((lead, list)) = words.split_once('：') else { return false };
    let name = lead.trim_end_matches(['为', '是', '有', '下', '如']).trim_end_matches("包括");
    WHAT.iter().any(|w| name.ends_with(w))
        && has_any(lead, PLAN)
        && ![lead, list].iter().any(|w| has_any(w, DONE))
        && !list.contains('；')
}

/// 合同规定2024年入户走访1800户次: a year stands between the words that make it a plan and the words that name it.
pub(super) fn of_contract(doc: &Doc, left: &Range<usize>, segment: &Range<usize>) -> bool {
    const PLANS: &[&str] =
        &["合同规定", "合同约定", "合同要求", "协议规定", "协议约定", "协议要求", "任务书规定", "任务书要求"];
    let before = doc.slice(&(segment.start.min(left.start)..left.start));
    let Some(words) = before.strip_suffix(['年', '度']).map(|w| w.trim_end_matches('年')) else {
        return false;
    };
    let words = words.trim_end_matches(|c: char| c.is_ascii_digit());
    PLANS.iter().any(|w| words.ends_with(w))
}

/// 完成合同量（900人次）的111.22%: what the words before the bracket name.
pub(super) fn in_target_bracket(doc: &Doc, left: &Range<usize>, segment: &Range<usize>) -> bool {
    const TARGETS: &[&str] = &[
        "合同量",
        "指标量",
        "任务量",
        "计划量",
        "协议量",
        "约定量",
        "目标量",
        "目标值",
        "指标数",
        "任务数",
        "指标",
        "任务",
        "目标",
        "计划",
    ];
    let before = doc.slice(&(segment.start.min(left.start)..left.start));
    let Some(words) = before.strip_suffix('（').filter(|_| left.is_empty()) else { return false };
    let clause = words.rsplit(['，', '：', '、']).next().unwrap_or_default();
    TARGETS.iter().any(|w| words.ends_with(w)) && clause.contains("完成")
}

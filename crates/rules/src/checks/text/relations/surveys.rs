//! Which survey a number of questionnaires belongs to, where a report has several: the heading above it, or the words
//! that lead its paragraph (（一）群众问卷。), name it.

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::words::has_any;

/// What the name of a survey begins with.
pub(super) const SURVEY: &str = "调查：";
const KINDS: &[&str] = &["问卷", "调查", "回访", "访谈", "测评", "抽样", "电访", "走访", "访问"];
/// Words of the steps of a survey.
const STEPS: &[&str] = &[
    "发放", "发出", "派发", "下发", "收回", "回收", "有效", "无效", "作废", "抽取", "抽样", "样本", "接通",
    "拨打", "受访", "访问", "填写", "答卷", "问卷",
];

/// The name of the survey that each block speaks of.
pub(super) struct Surveys {
    names: Vec<Option<String>>,
}

impl Surveys {
    pub(super) fn read(doc: &Doc) -> Self {
        let mut names: Vec<Option<String>> = Vec::with_capacity(doc.blocks.len());
        for (i, block) in doc.blocks.iter().enumerate() {
            let own = if block.kind == Kind::Cell { None } else { named(doc.body(block), block.kind) };
            let above = block.parent.filter(|p| *p < i).and_then(|p| names[p].clone());
            names.push(own.or(above));
        }
        Self { names }
    }

    /// The survey of a claim whose words are of a survey.
    pub(super) fn name_of(&self, doc: &Doc, claims: &Claims, claim: &Claim) -> Option<String> {
        let words = doc.slice(&(claim.left.start..claim.right.end));
        if !has_any(words, STEPS) {
            return None;
        }
        let name = self.names.get(claim.block)?.as_ref()?;
        let steps = claims.within(&doc.blocks[claim.block].span).iter().filter(|c| {
            let words = doc.slice(&(c.left.start..c.right.end));
            c.exact() && has_any(words, STEPS)
        });
        (steps.count() >= 2).then(|| format!("{SURVEY}{name}"))
    }
}

/// 居民问卷。每个工作室…, 服务对象满意度调查: a short name of a kind of asking.
fn named(words: &str, kind: Kind) -> Option<String> {
    let end = words.find(['。', '：', '，', '（']).unwrap_or(words.len());
    let lead = &words[..end];
    let closed = kind == Kind::Heading || words[end..].starts_with(['。', '：']) || end == words.len();
    let short = lead.chars().count() <= 16 && !lead.contains(|c: char| c.is_ascii_digit());
    (closed && short && has_any(lead, KINDS)).then(|| lead.to_owned())
}

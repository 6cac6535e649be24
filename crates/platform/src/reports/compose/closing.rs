//! Part five: the closing words with the main recommendations, the list of annexes and the signature.
//! Not here: the annexes themselves.

use kernel::Problem;
use paper::model::{Document, Inline};

use super::annexes;
use super::desk::{Desk, Run, push};
use crate::evaluation::{Finding, FindingKind};

/// Letters of a title at most, its full stop included.
const TITLE: usize = 20;

/// 结语 and what stands below it.
pub(super) fn closing(document: &mut Document, desk: &Desk<'_>) -> Result<(), Problem> {
    document.section(1, "结语");
    let lead = desk.said(
        document,
        "closing.lead",
        "{station.short}由{contract.purchaser}购买服务，{contract.operator}承办，{contract.supervisor}监督，\
         到{round.records_until}已运营{station.years_operated}年。本次评估所见的成绩和不足，已在各部分分别写明；\
         社工站可以据此保持长处，逐条改进不足。",
    )?;
    document.paragraph(lead);
    let recommendations: Vec<&Finding> =
        desk.facts.findings.iter().filter(|finding| finding.kind == FindingKind::Recommendation).collect();
    if !recommendations.is_empty() {
        let lead =
            desk.said(document, "closing.recommendations", "今后一段时间，建议着重做好以下几件事：")?;
        document.paragraph(lead);
        let items: Result<Vec<Run>, Problem> =
            recommendations.into_iter().map(|finding| recommendation(document, desk, finding)).collect();
        document.list(true, items?);
    }
    document.paragraph("附件：");
    let titles = annexes::titles(desk).into_iter().enumerate();
    document.list(
        true,
        titles.map(|(index, title)| Inline::link(title, format!("#annex{}", index + 1))).collect::<Vec<_>>(),
    );
    let signers = ["评估专家（签名）", "报告负责人（签名）"].map(str::to_owned).to_vec();
    document.signature(signers, &desk.facts.round.evaluator, desk.signed_on());
    Ok(())
}

/// A recommendation; a short first sentence is its title.
fn recommendation(document: &Document, desk: &Desk<'_>, finding: &Finding) -> Result<Run, Problem> {
    desk.found(document, finding)?;
    let first = finding.text.split_inclusive('。').next().unwrap_or_default();
    let title = if first.chars().count() <= TITLE && !first.contains('{') { first } else { "" };
    let text = finding.text.strip_prefix(title).unwrap_or_default();
    let rest = finding.suggestion.as_deref().unwrap_or_default();
    let mut run: Run = (!title.is_empty()).then(|| Inline::strong(title)).into_iter().collect();
    for inline in desk.worded(finding, text)?.into_iter().chain(desk.worded(finding, rest)?) {
        push(&mut run, inline);
    }
    Ok(run)
}

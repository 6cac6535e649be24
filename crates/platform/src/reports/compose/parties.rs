//! Part two, the last sections: what the purchaser, the supervision centre and the supervisor say.
//! Not here: their scores (result).

use kernel::Problem;
use paper::model::Document;
use rules::scoring::ScoredBy;

use super::desk::Desk;
use super::sections::{PLAIN, remarks};

/// One section for each party other than the panel's, in the scheme's order.
pub(super) fn parties(document: &mut Document, desk: &Desk<'_>) -> Result<(), Problem> {
    for party in &desk.scheme.parties {
        let (title, lead) = match party.by {
            ScoredBy::Panel => continue,
            ScoredBy::StreetOffice => {
                ("购买方评估", "{contract.purchaser}汇集各方与社工站合作的情况，就社工站的作用提出以下评价。")
            }
            ScoredBy::SupervisionCentre => (
                "督导中心评估",
                "{round.centre}根据社工站的日常管理和督导情况，就服务质量的保障工作提出以下评价。",
            ),
            ScoredBy::DistrictBureau => (
                "监督方评估",
                "{contract.supervisor}根据日常督查，以及社工站自查和整改的情况，提出以下评价。",
            ),
            ScoredBy::EvaluatorStaff => ("", "这一方填写的评分表由评估机构收回汇总，评价如下。"),
        };
        let own = format!("{}评估", party.name);
        document.section(2, if title.is_empty() { &own } else { title });
        let lead = desk.said(document, &format!("{}.lead", party.code), lead)?;
        document.paragraph(lead);
        remarks(document, desk, &party.code, None, PLAIN, [None, None])?;
    }
    Ok(())
}

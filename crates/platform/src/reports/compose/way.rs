//! The stages of an evaluation; how the report goes its way is told as the scheme says it.
//! Not here: handing it on (evaluation).

use rules::scoring::{Paper, Recipient, Scheme, Silence};

use super::numbers::so_many;

/// The stages before the report goes its way.
const STAGES: [(&str, &str); 2] = [
    ("自我评审。", "社工站对照指标体系和服务协议逐项自查，整理佐证材料，写出自评报告，报送评估方。"),
    ("实地评估。", "评估组审阅材料、察看现场、访谈有关人员，专家各自独立评分，并在当日向社工站反馈所见。"),
];

/// All of them, with tokens for the parties.
pub(super) fn stages(scheme: &Scheme) -> Vec<(&'static str, String)> {
    let silence = match scheme.silence {
        Silence::Wait => "",
        Silence::NoObjection => "，逾期没有答复的，不再等候，记为逾期未反馈",
    };
    let days = so_many(usize::try_from(scheme.feedback_days).unwrap_or_default());
    let draft = way(scheme, Paper::Draft, "送");
    let feedback = format!(
        "评估方汇总专家意见，写成报告初稿，{draft}，征求各方意见；初稿送出后{days}日内答复{silence}。"
    );
    let answering: Vec<&str> = hops(scheme, Paper::Draft).map(|(_, to)| called(to)).collect();
    let issue = format!("评估方研究{}的意见，定稿后{}。", and(&answering), way(scheme, Paper::Final, "报送"));
    let all = STAGES.iter().map(|(title, text)| (*title, (*text).to_owned()));
    all.chain([("报告反馈。", feedback), ("出具报告。", issue)]).collect()
}

/// The way of a paper from the evaluator on: 送某局和社工站，由社工站转送某街道.
fn way(scheme: &Scheme, paper: Paper, first: &str) -> String {
    let mut senders: Vec<Recipient> = Vec::new();
    for (from, _) in hops(scheme, paper) {
        if !senders.contains(&from) {
            senders.push(from);
        }
    }
    let step = |sender: &Recipient| {
        let to: Vec<&str> =
            hops(scheme, paper).filter(|(from, _)| from == sender).map(|(_, to)| called(to)).collect();
        match sender {
            Recipient::Evaluator => format!("{first}{}", and(&to)),
            other => format!("由{}转送{}", called(*other), and(&to)),
        }
    };
    senders.iter().map(step).collect::<Vec<_>>().join("，")
}

fn hops(scheme: &Scheme, paper: Paper) -> impl Iterator<Item = (Recipient, Recipient)> {
    scheme.route.iter().filter(move |hop| hop.of == paper).map(|hop| (hop.from, hop.to))
}

/// A side as the report's own sentences call it.
fn called(who: Recipient) -> &'static str {
    match who {
        Recipient::Evaluator => "评估方",
        Recipient::Station => "社工站",
        Recipient::StreetOffice => "{contract.purchaser}",
        Recipient::SupervisionCentre => "{round.centre}",
        Recipient::DistrictBureau => "{contract.supervisor}",
    }
}

/// 甲、乙和丙.
fn and(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [before @ .., last] => format!("{}和{last}", before.join("、")),
    }
}

//! What a stage still needs before the next one opens. Pure.

use rules::scoring::{MissingParty, Scheme};

use crate::evaluation::Stage;
use crate::evaluation::feedback::{About, Unchanged};

/// How far a round is, as far as a stage asks for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// Whether the scheme is an adopted version.
    pub(super) scheme_adopted: bool,
    /// Cleared experts.
    pub(super) experts: usize,
    /// Seats that are neither cleared nor ended.
    pub(super) pending: usize,
    /// What was brought forward and not ruled on.
    pub(super) open_challenges: usize,
    /// Items that the station has answered.
    pub(super) answered: usize,
    /// Cleared experts whose latest sheet is sealed.
    pub(super) sealed: usize,
    /// Cells that lie too far apart and were not scored again.
    pub(super) to_discuss: usize,
    /// Names of the parties whose score is not sealed.
    pub(super) parties_open: Vec<String>,
    /// Whether a sample for the survey was begun and is not published.
    pub(super) sample_open: bool,
    /// Findings of the round.
    pub(super) findings: usize,
    /// Parties that have not answered the draft and are waited for.
    pub(super) unanswered: usize,
    /// Those of them whose last day is past, each with that day.
    pub(super) late: Vec<String>,
    /// Steps of the draft's way that are past their day, each in words.
    pub(super) held_up: Vec<String>,
    /// Objections that are not ruled on.
    pub(super) open_objections: usize,
    /// Granted objections after which nothing was changed.
    pub(super) unchanged: Vec<Unchanged>,
    /// Experts who have not sealed what they score again.
    pub(super) scoring_again: usize,
}

/// The page of the report's wording, which is not under the round's.
pub(super) const WORDING: &str = "wording";

/// Something that is missing: what, and under which page of the round it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Missing {
    pub(super) what: String,
    pub(super) page: &'static str,
}

/// The stage after one; none after the last.
pub(super) fn after(stage: Stage) -> Option<Stage> {
    let place = Stage::ALL.iter().position(|known| *known == stage)?;
    Stage::ALL.get(place + 1).copied()
}

/// All that is missing before the stage after this one opens.
pub(super) fn missing(stage: Stage, scheme: &Scheme, facts: &Facts) -> Vec<Missing> {
    let mut all = Vec::new();
    let mut miss = |page: &'static str, what: String| all.push(Missing { what, page });
    let quorum = scheme.aggregation.quorum;
    if stage < Stage::Drafting {
        if facts.pending > 0 {
            miss("panel", format!("{} 个席位还没有准入或结束", facts.pending));
        }
        if facts.open_challenges > 0 {
            miss("panel", format!("{} 件回避事项或意见还没有裁定", facts.open_challenges));
        }
        if facts.experts < quorum {
            miss("panel", format!("已准入 {} 名专家，至少要 {quorum} 名", facts.experts));
        }
    }
    match stage {
        Stage::Preparing if !facts.scheme_adopted => {
            miss("edit", "还没有选定已采用的评估指标体系版本".to_owned());
        }
        Stage::SelfReview => {
            let items = scheme.items().count();
            if facts.answered < items {
                miss("self", format!("自评答了 {} 项，共 {items} 项", facts.answered));
            }
        }
        Stage::OnSite => {
            if facts.sealed < facts.experts {
                miss("scores", format!("{} 名专家里 {} 名已封存评分", facts.experts, facts.sealed));
            } else if facts.to_discuss > 0 {
                miss("scores", format!("{} 项分差过大，要讨论后重新封存", facts.to_discuss));
            }
            if scheme.aggregation.missing_party == MissingParty::Refuse && !facts.parties_open.is_empty() {
                miss("scores", format!("{}还没有封存评分", facts.parties_open.join("、")));
            }
            if facts.sample_open {
                miss("sample", "满意度调查还没有结束并公布样本".to_owned());
            }
        }
        Stage::Drafting if facts.findings == 0 => miss("findings", "还没有评估意见".to_owned()),
        Stage::Feedback => answers(facts, &mut miss),
        _ => {}
    }
    all
}

/// What is missing of the answers to the draft and of what was ruled on them.
fn answers(facts: &Facts, miss: &mut impl FnMut(&'static str, String)) {
    if facts.unanswered > 0 {
        let late = match facts.late.as_slice() {
            [] => String::new(),
            late => format!("，其中{}", late.join("，")),
        };
        miss("feedback", format!("{} 方还没有答复初稿{late}", facts.unanswered));
        facts.held_up.iter().for_each(|what| miss("delivery", what.clone()));
    }
    if facts.open_objections > 0 {
        miss("feedback", format!("{} 条异议还没有裁定", facts.open_objections));
    }
    for one in &facts.unchanged {
        let page = match one.about {
            About::Finding => "findings",
            About::Item => "scores",
            About::Passage => WORDING,
        };
        miss(page, one.what.clone());
    }
    if facts.scoring_again > 0 {
        miss("scores", format!("{} 名专家还没有封存重新评的项", facts.scoring_again));
    }
}

//! What happened to an item, in the order of time: its steps in full, and versions of its record that no step wrote. Pure.

use std::collections::BTreeMap;

use db::Stamp;
use kernel::{Id, Moment};

use super::model::StepKind;
use super::steps::Step;
use super::store::RectificationItem;

/// One thing that happened.
pub(super) struct Told {
    at: Moment,
    pub(super) when: String,
    pub(super) by: String,
    pub(super) what: String,
    /// The words with their labels.
    pub(super) texts: Vec<(&'static str, String)>,
    /// The colour of the tag.
    pub(super) tag: &'static str,
}

/// Everything that happened, the first first.
pub(super) fn all(
    versions: &[(Stamp, RectificationItem)],
    steps: &[Step],
    names: &BTreeMap<Id, String>,
) -> Vec<Told> {
    let mut told = Vec::new();
    for (stamp, version) in versions.iter().filter(|(stamp, _)| !stamp.voided) {
        if steps.iter().any(|step| step.made_at == stamp.from) {
            continue;
        }
        let what = if stamp.version == 1 { "建立" } else { "更正" };
        told.push(Told {
            at: stamp.from,
            when: stamp.from.minute(),
            by: String::new(),
            what: format!("{what}：{}", version.status.label()),
            texts: filled([("采取的措施", &version.action), ("凭证", &version.proof)]),
            tag: "t-mute",
        });
    }
    told.extend(steps.iter().map(|step| of_step(step, names)));
    // What was written at one moment stays in its order.
    told.sort_by_key(|one| one.at);
    told
}

/// What was last found of a claim, or why the item was opened again; nothing while a claim waits.
pub(super) fn verdict(steps: &[Step], names: &BTreeMap<Id, String>) -> Option<Told> {
    let last = steps.iter().rev().find(|step| step.kind != StepKind::Planned)?;
    (last.kind != StepKind::Claimed).then(|| of_step(last, names))
}

/// A step in words.
fn of_step(step: &Step, names: &BTreeMap<Id, String>) -> Told {
    let due = step.due_on.map(|day| day.to_string()).unwrap_or_default();
    let (tag, texts) = match step.kind {
        StepKind::Planned => {
            ("t-mute", filled([("负责人", &step.owner), ("措施", &step.words), ("期限", &due)]))
        }
        StepKind::Claimed => {
            ("t-info", filled([("做了什么", &step.words), ("凭证", &step.proof), ("说明", &step.comment)]))
        }
        StepKind::Verified => ("t-ok", filled([("核实意见", &step.words)])),
        StepKind::SentBack => ("t-warn", filled([("核实意见", &step.words)])),
        StepKind::Reopened => ("t-urgent", filled([("理由", &step.words)])),
    };
    let label = step.kind.label();
    Told {
        at: step.made_at,
        when: step.made_at.minute(),
        by: step.made_by.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
        what: step.status.map_or_else(|| label.to_owned(), |status| format!("{label}：{}", status.label())),
        texts,
        tag,
    }
}

fn filled<const N: usize>(texts: [(&'static str, &String); N]) -> Vec<(&'static str, String)> {
    texts
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(label, text)| (label, text.clone()))
        .collect()
}

//! What the steps of a round ask of its report: whether it may leave the house, and that its text is kept.

use db::{DbError, Tx};

use super::opened::writer;
use crate::access::{Withdraw, permit};
use crate::evaluation::{self, AcceptedError, Drafts, Evaluation, Round};
use crate::reports::checked::Checked;
use crate::reports::model::VersionKind;
use crate::reports::{Facts, ReportText, composed, store};
use crate::shell::{App, Trouble};

/// Handed to the evaluation, which stands above.
pub(crate) const DRAFTS: Drafts = Drafts { open, keep };

/// Why the report cannot be sent: errors of its text that nobody let stand, wording that has lost its place, or that it
/// cannot be written at all.
fn open(tx: &mut Tx<'_>, app: &App, round: &Round) -> Result<Vec<String>, Trouble> {
    let facts = match Facts::load(tx, &app.site().library, &round.code, None) {
        Err(DbError::Problem(problem)) => return Ok(vec![format!("报告写不出来：{problem}")]),
        other => other?,
    };
    let checked = match Checked::of(&facts, &|_, _| String::new()) {
        Ok(checked) => checked,
        Err(problem) => return Ok(vec![format!("报告写不出来：{problem}")]),
    };
    let mut open = Vec::new();
    let errors = checked.open(&facts.accepted).count();
    if errors > 0 {
        open.push(format!("报告文字有 {errors} 处核验错误，要改好或写明理由保留"));
    }
    let vanished = checked.vanished(&facts).count();
    if vanished > 0 {
        open.push(format!("{vanished} 段改写找不到原来的段落，要核对或撤回"));
    }
    Ok(open)
}

/// Keeps the text: as it is sent, as it stands after the answers, as it is issued. What was let stand and is found no
/// longer is taken back.
fn keep(tx: &mut Tx<'_>, app: &App, round: &Round) -> Result<(), Trouble> {
    let facts = Facts::load(tx, &app.site().library, &round.code, None)?;
    let composed = composed(&facts, &facts.scheme.scheme, &|_, _| String::new())?;
    let sent = store::versions_of(tx, round)?.iter().any(|one| one.kind == VersionKind::Draft);
    let kind = match (round.is_over(), sent) {
        (true, _) => VersionKind::Final,
        (false, true) => VersionKind::Revised,
        (false, false) => VersionKind::Draft,
    };
    let (by, name) = writer(app)?;
    store::keep(tx, round, kind, &ReportText::of(&facts, &composed), (by, &name))?;
    if round.is_over() {
        return Ok(());
    }
    let permit = permit::<Withdraw<Evaluation>>(app.asker(), round.station_id)?;
    for one in evaluation::accepted_of(tx, round)? {
        if !facts.accepted.iter().any(|known| known.id == one.id) {
            permit.withdraw::<AcceptedError>(tx, one.id, "文字已经改过，不再有这个问题")?;
        }
    }
    Ok(())
}

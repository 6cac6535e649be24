//! What the steps of a round ask of its report: whether it may leave the house, and that its text is kept.

use db::{DbError, DbResult, Tx};
use rules::wording::changes::Piece;

use super::opened::writer;
use crate::access::{Withdraw, permit};
use crate::evaluation::{self, AcceptedError, DraftPassage, Drafts, Evaluation, Round};
use crate::reports::checked::Checked;
use crate::reports::compose::OF_FINDING;
use crate::reports::model::VersionKind;
use crate::reports::text::TextLine;
use crate::reports::{Facts, ReportText, composed, store};
use crate::shell::{App, Trouble};

/// Handed to the evaluation, which stands above.
pub(crate) const DRAFTS: Drafts = Drafts { open, keep, passages, has };

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

/// The passages of the draft as it was sent: its lines that people may word otherwise; rows of tables are counted.
fn passages(tx: &mut Tx<'_>, round: &Round) -> DbResult<Vec<DraftPassage>> {
    let draft = store::draft_of(tx, round)?.unwrap_or_default();
    let passage = |line: TextLine| {
        let key = line.key.filter(|key| !key.contains('/'))?;
        let finding = key.strip_prefix(OF_FINDING).map(str::to_owned);
        Some(DraftPassage {
            finding,
            part: line.part,
            text: line.pieces.iter().map(Piece::text).collect(),
            key,
        })
    };
    Ok(draft.lines.into_iter().filter_map(passage).collect())
}

/// Whether the report still has a passage; one that cannot be written is asked for nothing.
fn has(tx: &mut Tx<'_>, app: &App, round: &Round, key: &str) -> Result<bool, Trouble> {
    let facts = match Facts::load(tx, &app.site().library, &round.code, None) {
        Err(DbError::Problem(_)) => return Ok(true),
        other => other?,
    };
    let composed = composed(&facts, &facts.scheme.scheme, &|_, _| String::new());
    Ok(composed.map_or(true, |composed| composed.passages.iter().any(|passage| passage.key == key)))
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

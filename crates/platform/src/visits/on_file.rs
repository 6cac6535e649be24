//! What this part tells of a household on its file.

use db::{DbResult, Tx};
use kernel::{Id, Moment};

use super::find;
use super::model::VisitKind;
use super::store::{Visit, VisitAttempt};
use crate::clients::Happening;

/// Visits and calls, also those at which nobody was met, of the household and of whoever lives in it.
///
/// # Errors
/// What the database says.
pub fn on_file(tx: &mut Tx<'_>, household: Id, persons: &[Id], at: Moment) -> DbResult<Vec<Happening>> {
    let visits = find::of_household(tx, household, persons, at)?.into_iter().map(happening);
    let attempts = find::attempts(tx, household, at)?.into_iter().map(attempt);
    Ok(visits.chain(attempts).collect())
}

fn attempt(one: VisitAttempt) -> Happening {
    let how = if one.kind == VisitKind::Home { "去过" } else { "打过电话" };
    Happening {
        on: one.tried_on,
        what: format!("{how}，没见到人"),
        face: false,
        worker: one.worker_id,
        facts: one.unmet.label().to_owned(),
        text: one.note.map(|note| ("备注", note)).into_iter().collect(),
    }
}

fn happening(visit: Visit) -> Happening {
    let face = visit.kind == VisitKind::Home;
    let dims = [("生理", visit.physical), ("心理", visit.psychological), ("社会", visit.social)];
    let mut text: Vec<(&'static str, String)> =
        dims.into_iter().filter(|(_, words)| !words.is_empty()).collect();
    text.extend(visit.follow_up.map(|words| ("跟进", words)));
    Happening {
        on: visit.visited_on,
        what: if face { "入户" } else { "电访" }.to_owned(),
        face,
        worker: visit.worker_id,
        facts: format!("{} 分钟", visit.minutes),
        text,
    }
}

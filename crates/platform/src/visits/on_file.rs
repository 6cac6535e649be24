//! What this part tells of a household on its file.

use db::{DbResult, Tx};
use kernel::{Id, Moment};

use super::find;
use super::model::VisitKind;
use super::store::Visit;
use crate::clients::Happening;

/// Visits and calls, of the household and of whoever lives in it.
///
/// # Errors
/// What the database says.
pub fn on_file(tx: &mut Tx<'_>, household: Id, persons: &[Id], at: Moment) -> DbResult<Vec<Happening>> {
    Ok(find::of_household(tx, household, persons, at)?.into_iter().map(happening).collect())
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

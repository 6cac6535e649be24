//! What this part tells of a household on its file.

use db::{DbResult, Tx};
use kernel::{Id, Moment};

use super::find;
use super::store::HomeAdaptation;
use crate::clients::{Happening, Told};

/// Adaptations of the home: found, and done.
///
/// # Errors
/// What the database says.
pub fn on_file(tx: &mut Tx<'_>, household: Id, _: &[Id], at: Moment) -> DbResult<Vec<Happening>> {
    let all = find::adaptations_of(tx, household, at)?;
    let happening = |one: &HomeAdaptation, on, what: &str| Happening {
        kind: Told::Adaptation,
        on,
        what: what.to_owned(),
        face: false,
        worker: one.worker_id,
        facts: one.kind.label().to_owned(),
        text: vec![("", one.need.clone())],
    };
    let found = all.iter().map(|one| happening(one, one.found_on, "发现改造需求"));
    let done = all.iter().filter_map(|one| Some(happening(one, one.done_on?, "居家改造完成")));
    Ok(found.chain(done).collect())
}

//! What this part tells of a household on its file.

use db::{DbResult, Record as _, Tx};
use kernel::{Id, Moment};

use super::find;
use super::store::Case;
use crate::clients::{Happening, Told};

/// Intakes, sessions and closures of the cases of a household and of whoever lives in it.
///
/// # Errors
/// What the database says.
pub fn on_file(tx: &mut Tx<'_>, household: Id, persons: &[Id], at: Moment) -> DbResult<Vec<Happening>> {
    let all = find::of_household(tx, household, persons, at)?;
    let ids: Vec<Id> = all.iter().map(|case| case.id).collect();
    let (sessions, closures) = (find::sessions_of(tx, &ids, at)?, find::closures_of(tx, &ids, at)?);
    let number =
        |case: Id| all.iter().find(|one| one.id == case).map(|one| one.number.clone()).unwrap_or_default();
    let happening = |on, what: &str, worker, facts, text| Happening {
        kind: Told::Case,
        on,
        what: what.to_owned(),
        face: true,
        worker,
        facts,
        text: vec![("", text)],
    };
    let intakes = all.iter().map(|case| {
        happening(case.opened_on, "个案接案", case.worker_id, case.number.clone(), case.problem.clone())
    });
    let sessions = sessions.into_iter().map(|one| {
        let facts = format!("{} · {} 分钟", number(one.case_id), one.minutes);
        happening(one.held_on, "个案面谈", one.worker_id, facts, one.note)
    });
    let closures = closures.into_iter().map(|one| {
        let facts = format!("{} · {}", number(one.case_id), one.outcome.label());
        happening(one.closed_on, "个案结案", one.worker_id, facts, one.note)
    });
    Ok(intakes.chain(sessions).chain(closures).collect())
}

/// The cases of a person that are not closed.
///
/// # Errors
/// What the database says.
pub fn open_of(tx: &mut Tx<'_>, person: Id) -> DbResult<Vec<(&'static str, Id)>> {
    let at = tx.at();
    let all = find::of_person(tx, person, at)?;
    let ids: Vec<Id> = all.iter().map(|case| case.id).collect();
    let closed: Vec<Id> = find::closures_of(tx, &ids, at)?.iter().map(|one| one.case_id).collect();
    Ok(ids.into_iter().filter(|id| !closed.contains(id)).map(|id| (Case::KIND, id)).collect())
}

//! What a correction of a visit raises: a risk that becomes high, suspected harm of a minor that is written down later. What
//! was raised before is not raised again.
//! Not here: what a new visit raises (`write.rs`).

use chrono::NaiveDate;
use db::{DbResult, Record as _, Tx};
use kernel::Id;
use web::Form;
use web::form::Reading;

use super::super::find;
use super::super::model::AlarmKind;
use super::super::policy::Visits;
use super::super::store::Visit;
use super::form;
use super::write::alarm;
use crate::access::{Asker, Enter, permit};
use crate::clients::{Person, RiskLevel};
use crate::shell::Trouble;

/// How suspected harm stands among the kinds of risk of a visit.
const HARM: &str = "受侵害";

/// Something that a correction raises: why, who was told, to whom it was reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    kind: AlarmKind,
    told: String,
    reported_to: Option<String>,
}

/// Why a visit that says this must be raised now: it has not been.
///
/// # Errors
/// What the database says.
pub fn owed(
    tx: &mut Tx<'_>,
    (visit, person): (Id, Option<Id>),
    (risk, kinds): (&str, &str),
    today: NaiveDate,
) -> DbResult<Option<AlarmKind>> {
    let person = person.map(|id| Person::last(tx.conn(), id)).transpose()?.flatten();
    let minor = person.is_some_and(|(_, person)| person.is_minor(today));
    let kind = if minor && kinds.contains(HARM) {
        AlarmKind::MinorHarm
    } else if risk == RiskLevel::High.as_str() {
        AlarmKind::HighRisk
    } else {
        return Ok(None);
    };
    let raised = find::raised(tx, &[visit])?;
    let done = raised.iter().any(|one| one.kind == kind || one.kind == AlarmKind::MinorHarm);
    Ok((!done).then_some(kind))
}

impl Raised {
    /// Reads who was told and when. What is wrong is noted beside each field.
    pub fn read(form: &Form, reading: &mut Reading<'_>, kind: AlarmKind) -> Option<Self> {
        let (told, reported_to) = form::raised(form, reading, kind == AlarmKind::MinorHarm);
        told.map(|told| Self { kind, told, reported_to })
    }
}

/// Raises it, once the visit has been corrected.
///
/// # Errors
/// It is not allowed, or what the database says.
pub fn raise(
    tx: &mut Tx<'_>,
    asker: &Asker,
    visit: Id,
    raised: &Raised,
    today: NaiveDate,
) -> Result<(), Trouble> {
    let Some((_, visit)) = Visit::last(tx.conn(), visit)? else { return Ok(()) };
    let told = (raised.told.clone(), raised.reported_to.clone());
    let alarm = alarm(tx, &visit, raised.kind, today, told)?;
    permit::<Enter<Visits>>(asker, visit.station_id)?.append(tx, &[alarm])?;
    Ok(())
}

//! Items made of the concerns of a round: with the step that issues its report, and by a button for rounds issued before
//! there was any.

use std::collections::BTreeSet;

use axum::extract::Path;
use db::Tx;
use web::form::Wrong;
use web::{Fault, Form, Page};

use super::model::RectificationStatus;
use super::policy::Rectification;
use super::store::RectificationItem;
use super::tasks::{self, Task};
use super::{VERIFY, find};
use crate::access::{Enter, Place, new_id, permit};
use crate::evaluation::{self, FindingKind, Round};
use crate::shell::{App, Leads, Trouble};

/// Rounds that are over and whose concerns are no items yet, where whoever asks may make them: code and how many concerns.
pub(super) fn waiting(tx: &mut Tx<'_>, app: &App) -> Result<Vec<(String, usize)>, Trouble> {
    let scope = app.asker().scope(VERIFY);
    if scope.is_empty() {
        return Ok(Vec::new());
    }
    let begun: BTreeSet<String> = find::rounds_begun(tx, scope.stations())?;
    let over = evaluation::over_with_concerns(tx, scope.stations(), &begun)?;
    Ok(over.into_iter().map(|(round, concerns)| (round.code, concerns)).collect())
}

/// Makes the concerns of a round items, where none are made yet: what follows when its report is issued.
///
/// # Errors
/// Whoever asks may not, or what the database says.
pub fn begun(tx: &mut Tx<'_>, app: &App, round: &Round) -> Result<(), Trouble> {
    let now = tx.at();
    if find::items_of(tx, round.station_id, &round.code, now)?.is_empty() {
        items(tx, app, round)?;
    }
    Ok(())
}

/// The items of a round that has none.
fn items(tx: &mut Tx<'_>, app: &App, round: &Round) -> Result<(), Trouble> {
    let permit = permit::<Enter<Rectification>>(app.asker(), round.station_id)?;
    let library = &app.site().library;
    for finding in evaluation::findings_of(tx, round)? {
        if finding.kind != FindingKind::Concern {
            continue;
        }
        let concern = evaluation::plain_text(tx, library, round, &finding.text)?;
        let suggestion = finding.suggestion.clone().unwrap_or_default();
        let suggestion = evaluation::plain_text(tx, library, round, &suggestion)?;
        let item = RectificationItem {
            id: new_id(tx.at())?,
            station_id: round.station_id,
            area_id: None,
            community_id: None,
            worker_id: None,
            round: round.code.clone(),
            code: finding.code,
            section: finding.section,
            area_code: finding.area_code,
            concern,
            action: String::new(),
            status: RectificationStatus::Open,
            proof: String::new(),
        };
        permit.append(tx, std::slice::from_ref(&item))?;
        let blank = Task::new(item.id, item.station_id, suggestion);
        let owner = finding.owner.unwrap_or_default();
        tasks::put(tx, &Task { owner, due_on: finding.due_on, ..blank })?;
    }
    Ok(())
}

pub(super) async fn begin(app: App, Path(code): Path<String>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, _| {
            evaluation::hold(tx, &code)?;
            let now = tx.at();
            let none = || Fault::not_found("unknown_round", "没有这个评估轮次", "请从整改页里选");
            let round: Round = evaluation::round(tx, &code, now).map_err(|_| none())?;
            if !app.asker().scope(VERIFY).covers(Place::station(round.station_id)) {
                return Err(none().into());
            }
            if !round.is_over() {
                return Err(wrong("报告出具以后才建立整改事项"));
            }
            if !find::items_of(tx, round.station_id, &code, now)?.is_empty() {
                return Err(wrong("这一轮的整改事项已经建立"));
            }
            items(tx, app, &round)?;
            Ok(Leads::saying("/rectification", "整改事项已建立"))
        })
        .await?;
    submitted.led()
}

fn wrong(what: &str) -> Trouble {
    vec![Wrong { field: "round".to_owned(), what: what.to_owned() }].into()
}

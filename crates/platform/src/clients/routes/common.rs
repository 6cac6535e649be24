//! What the pages of household files share: the household of an address, the way to it, where a form leads.

use std::collections::BTreeMap;

use db::Tx;
use kernel::Id;
use web::form::Wrong;
use web::{Fault, Form, Link, Page};

use super::super::find;
use super::super::store::Household;
use crate::access::Scope;
use crate::shell::{App, Field, FormPage, Frame, Group, Submitted, Trouble, form_key};

/// The household of an address, where this page's verb holds for it.
pub(super) fn household(tx: &mut Tx<'_>, app: &App, id: &str) -> Result<(i32, Household), Trouble> {
    let found = find::household(tx, &app.scope(), id)?;
    if hold(tx, found.1.station_id)? { Ok(find::household(tx, &app.scope(), id)?) } else { Ok(found) }
}

/// The files of a station are written by one at a time: merging, closing and the roster reach over many of them. Gives whether
/// what was read is to be read again.
pub(in crate::clients) fn hold(tx: &mut Tx<'_>, station: Id) -> db::DbResult<bool> {
    tx.hold(&format!("clients {station}"))
}

/// The visits of a household are written by one at a time: what is taken from it to another is all there is.
pub(super) fn hold_visits(tx: &mut Tx<'_>, household: Id) -> db::DbResult<()> {
    tx.hold(&format!("visits {household}")).map(drop)
}

/// The way to a household's page.
pub(super) fn crumbs(household: &Household) -> [Link; 2] {
    [
        Link::new("/clients", "家户档案"),
        Link::new(format!("/clients/{}", household.id), household.file_number.clone()),
    ]
}

/// The form that asks why a record is withdrawn.
pub(super) fn withdrawing(frame: Frame, action: String, row: &Household) -> Result<FormPage, Trouble> {
    let reason = Field::text("reason", "作废的理由").hint("记入审计，例如：登记错了人");
    let mut page =
        FormPage::new(frame, action, form_key()?, vec![Group::new("", [reason])]).from(crumbs(row));
    page.submit = "作废";
    Ok(page)
}

/// Where a form leads: on, or to itself with what is wrong.
pub(super) async fn after<F>(submitted: Submitted, form: &Form, page: F) -> Page
where
    F: Future<Output = Result<FormPage, Fault>>,
{
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => page.await?.refused(form, wrong),
    }
}

/// The communities to choose from: those of the stations that somebody may write in.
pub(super) fn communities(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<(String, String)>, Trouble> {
    let now = tx.at();
    let stations = crate::areas::all_stations(tx, now)?;
    let names: BTreeMap<Id, String> = stations
        .iter()
        .filter(|station| scope.reaches(station.id))
        .map(|station| (station.id, station.name.clone()))
        .collect();
    let reached: Vec<Id> =
        stations.iter().map(|station| station.id).filter(|id| names.contains_key(id)).collect();
    let mut offered = Vec::new();
    for one in crate::areas::communities_of(tx, &reached, now)? {
        if scope.covers(crate::access::Place::of(&one)) || scope.covers(place_in(&one)) {
            let station = names.get(&one.station_id).filter(|_| names.len() > 1);
            let name = station.map_or_else(|| one.name.clone(), |station| format!("{station} {}", one.name));
            offered.push((one.id.to_string(), name));
        }
    }
    Ok(offered)
}

/// Where a record in a community belongs.
pub(super) fn place_in(community: &crate::areas::Community) -> crate::access::Place {
    crate::access::Place {
        station: community.station_id,
        area: community.area_id,
        community: Some(community.id),
    }
}

/// The community of this id, where somebody may write in it.
pub(super) fn community(tx: &mut Tx<'_>, scope: &Scope, id: Id) -> Result<crate::areas::Community, Trouble> {
    let now = tx.at();
    let found = crate::areas::community(tx, id, now)?.filter(|one| scope.covers(place_in(one)));
    found.ok_or_else(|| vec![Wrong { field: "community".into(), what: "选社区".into() }].into())
}

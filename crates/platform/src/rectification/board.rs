//! The board: every item within what whoever asks may see, by station and by how far it is.

use std::collections::BTreeMap;

use db::Tx;
use kernel::Id;
use web::{Fault, Link, Page, Query, render};

use super::pages::{BoardPage, Chosen, Line};
use super::policy::Rectification;
use super::tasks::{self, Task};
use super::{begin, find, steps};
use crate::access::{Part as _, Scope};
use crate::areas::{self, Station};
use crate::evaluation;
use crate::shell::{App, Trouble, form_key};

pub(super) async fn board(app: App, query: Query) -> Page {
    let asked = |name: &str| query.text(name).unwrap_or_default().to_owned();
    let (status, code) = (asked("status"), asked("station"));
    let page = app.read(move |tx, app| {
        let scope = app.asker().scope(Rectification::READ);
        let now = tx.at();
        let mut stations = areas::all_stations(tx, now)?;
        stations.retain(|station| scope.reaches(station.id));
        let station = match code.as_str() {
            "" => None,
            code => Some(stations.iter().find(|known| known.code == code).ok_or_else(unknown)?),
        };
        let lines = lines(tx, app, &scope, &stations)?;
        let begins = begin::waiting(tx, app)?;
        let chosen = Chosen { status: &status, station };
        let frame = app.frame("rectification", "整改", None);
        Ok(BoardPage::of(frame, lines, &stations, &chosen, begins, form_key()?))
    });
    render(&page.await?)
}

/// Every item with the station it is of.
fn lines(
    tx: &mut Tx<'_>,
    app: &App,
    scope: &Scope,
    stations: &[Station],
) -> Result<Vec<(Id, Line)>, Trouble> {
    let items = find::all_items(tx, scope.stations())?;
    let tasks: BTreeMap<Id, Task> =
        tasks::of(tx, scope.stations())?.into_iter().map(|task| (task.item_id, task)).collect();
    let names: BTreeMap<Id, &str> = stations.iter().map(|one| (one.id, one.name.as_str())).collect();
    let returning = evaluation::returning(tx, scope.stations())?;
    let reopened = steps::reopened(tx, scope.stations())?;
    let line = |item: super::RectificationItem| {
        let came = returning.iter().any(|(round, code, _)| *round == item.round && *code == item.code);
        let name = names.get(&item.station_id).copied().unwrap_or_default();
        let line = Line::of(&item, tasks.get(&item.id), name, app.site().today);
        (item.station_id, line.marked(came, reopened.get(&item.id).copied().unwrap_or(0)))
    };
    Ok(items.into_iter().map(line).collect())
}

fn unknown() -> Fault {
    let fault = Fault::not_found("unknown_station", "没有这个社工站", "请从整改页里选");
    fault.near([Link::new("/rectification", "整改")])
}

//! The stations that somebody may see, with their areas, communities and service points.

use kernel::Id;
use web::{Page, render};

use super::super::find;
use super::super::forms::All;
use super::super::pages::{ListPage, StationPart};
use crate::access::Scope;
use crate::shell::App;

pub(super) async fn show(app: App) -> Page {
    let page = app.read(move |tx, app| {
        let (now, scope) = (tx.at(), app.scope());
        let (record, withdraw) = (app.asker().scope("areas.record"), app.asker().scope("areas.withdraw"));
        let documents = app.asker().scope("documents.read");
        let may_add = app.asker().scope("areas.stations") == Scope::everything();
        let mut parts = Vec::new();
        let mut stations = find::all_stations(tx, now)?;
        stations.retain(|one| scope.reaches(one.id));
        let ids: Vec<Id> = stations.iter().map(|one| one.id).collect();
        let mut all = All {
            areas: find::areas_of(tx, &ids, now)?,
            communities: find::communities_of(tx, &ids, now)?,
            points: find::service_points_of(tx, &ids, now)?,
        };
        for station in stations {
            let all = all.taken(station.id);
            parts.push(StationPart::of(
                &station,
                &all,
                (record.reaches(station.id), withdraw.reaches(station.id)),
                documents.whole(station.id),
            ));
        }
        Ok(ListPage { frame: app.frame("areas", "片区与社区", None), stations: parts, may_add })
    });
    render(&page.await?)
}

//! The list of household files, and what a search finds.

use std::collections::BTreeMap;

use kernel::Id;
pub(in super::super) use web::unkept;
use web::{Page, Paging, Query, Target, render};

use super::super::file::holds;
use super::super::find::{self, Narrowed};
use super::super::pages::{ListPage, ListRow, level_class};
use super::super::{file, search};
use crate::areas;
use crate::shell::App;
use rules::codes::List;

/// How many households stand on one page.
const PAGE: usize = 50;

pub(super) async fn show(app: App, query: Query) -> Page {
    let page = app.read(move |tx, app| {
        let scope = app.scope();
        let within = scope.within();
        let asked = query.text("q").map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let asked = asked.map(|text| text.chars().take(100).collect::<String>());
        let community = query.text("community").and_then(|id| id.parse::<Id>().ok());
        let closed = query.text("closed") == Some("1");
        let among = asked.as_deref().map(|text| search::search(tx, &scope, text)).transpose()?;
        let cut = among.as_ref().is_some_and(|found| found.len() >= search::MOST);
        let narrowed = Narrowed { community, closed, among };
        let total = usize::try_from(find::count(tx, &within, &narrowed)?).unwrap_or(0);
        let paging = Paging::new(query.page()?, PAGE, total)?;
        let households = find::page(tx, &within, &narrowed, (paging.range().start, PAGE))?;
        let ids: Vec<Id> = households.iter().map(|one| one.id).collect();
        let mut persons = find::persons_of(tx, &ids)?;
        let (categories, levels) = (find::categories_of(tx, &ids)?, find::levels_of(tx, &ids)?);
        let (now, today) = (tx.at(), app.site().today);
        let stations = areas::all_stations(tx, now)?;
        let reached: Vec<Id> =
            stations.iter().map(|station| station.id).filter(|id| scope.reaches(*id)).collect();
        let all = areas::communities_of(tx, &reached, now)?;
        let offered = all.iter().map(|one| (one.id.to_string(), one.name.clone())).collect();
        let names: BTreeMap<Id, String> = all.into_iter().map(|one| (one.id, one.name)).collect();
        let codes = &app.site().library.codes;
        let rows = households.into_iter().map(|one| {
            let members = persons.remove(&one.id).unwrap_or_default();
            let level = levels.iter().rev().find(|level| {
                level.household_id == one.id
                    && level.from_on <= today
                    && level.to_on.is_none_or(|to| today < to)
            });
            let mut held: Vec<&str> = categories
                .iter()
                .filter(|category| category.household_id == one.id && holds(category, today))
                .map(|category| codes.label(List::Categories, &category.category))
                .collect();
            held.sort_unstable();
            held.dedup();
            ListRow {
                href: format!("/clients/{}", one.id),
                name: file::title(&members),
                file_number: one.file_number.clone(),
                members: members.len(),
                level: level.map(|level| (level.level.label(), level_class(level.level))),
                community: one.community_id.and_then(|id| names.get(&id)).cloned().unwrap_or_default(),
                categories: held.join("、"),
                opened_on: one.opened_on,
            }
        });
        let rows = rows.collect();
        let target = Target::new(&["clients"])
            .with_some("q", asked.clone())
            .with_some("community", community)
            .with_some("closed", closed.then_some("1"));
        let frame = app.frame("clients", "家户档案", None);
        let chosen = community.map(|id| id.to_string()).unwrap_or_default();
        let may_add = app.asker().may("clients.record");
        let may_reconcile = app.asker().may("clients.roster");
        Ok(ListPage {
            frame,
            asked: asked.unwrap_or_default(),
            offered,
            chosen,
            closed,
            rows,
            paging,
            cut,
            may_add,
            may_reconcile,
            target,
        })
    });
    unkept(render(&page.await?))
}

//! A household file, and seeing its numbers whole for a while.

use axum::Extension;
use axum::extract::Path;
use kernel::Id;
use web::form::Reading;
use web::{Form, Page, Query, render};

use super::super::file::{File, Later};
use super::super::pages::{Asked, FilePage, Rights, View};
use super::super::policy::Unmask;
use super::super::{due, find, unmask};
use super::household;
use super::list::unkept;
use crate::access::{self, permit};
use crate::documents::{self, Also};
use crate::shell::{App, Leads, form_key};

pub(super) async fn show(
    app: App,
    Path(id): Path<String>,
    query: Query,
    Extension(later): Extension<Later>,
) -> Page {
    let asked = Asked::of(&query)?;
    let page = app.read(move |tx, app| {
        let (_, row) = household(tx, app, &id)?;
        let file = File::load(tx, row)?;
        let me = app.asker().user().map(|user| user.user);
        let household = file.household.id;
        let whole = me.map(|me| find::unmasked_until(tx, me, household)).transpose()?.flatten();
        let persons: Vec<Id> = file.persons.iter().map(|person| person.id).collect();
        let (at, today) = (tx.at(), app.site().today);
        let timeline = (later.timeline)(tx, household, &persons, at)?;
        let written = me.map(|me| due::plans_written(tx, &persons, me)).transpose()?.unwrap_or_default();
        let workers = (later.workers)(tx, &[file.household.station_id], at, today)?;
        let seen = find::unmaskings_of(tx, household)?;
        let names = access::display_names(tx, seen.iter().map(|one| one.user_id).chain(authors(&file)))?;
        let place = access::Place::of(&file.household);
        let rights = Rights::of(app.asker(), place);
        let documents = documents::panel(tx, app.asker(), &file.household, &parts(&file))?;
        let frame = app.frame("clients", &file.title(), None);
        let (key, library) = (form_key()?, &app.site().library);
        let levels = &library.levels;
        let view =
            View { whole, today, workers, seen, names, rights, documents, key, written, asked, levels };
        Ok(FilePage::of(frame, tx.keys(), &file, &library.codes, timeline, &view)?)
    });
    unkept(render(&page.await?))
}

/// What documents are attached to beside the household: its persons, and what is written down about them.
fn parts(file: &File) -> Vec<Also> {
    let name = |id: Id| file.persons.iter().find(|person| person.id == id).map_or("", |person| &person.name);
    let mut parts: Vec<Also> = file.persons.iter().map(|person| Also::of(person, &person.name)).collect();
    let consents = file.consents.iter();
    parts.extend(
        consents.map(|one| Also::more(one, format!("{} {} 同意书", name(one.person_id), one.signed_on))),
    );
    let plans = file.plans.iter();
    parts.extend(
        plans.map(|one| Also::more(one, format!("{} {} 一人一案", name(one.person_id), one.made_on))),
    );
    let risks = file.risks.iter();
    parts.extend(
        risks.map(|one| Also::more(one, format!("{} {} 风险评估", name(one.person_id), one.assessed_on))),
    );
    let needs = file.needs.iter();
    parts.extend(needs.map(|one| Also::more(one, format!("{} 需求：{}", name(one.person_id), one.need))));
    let contacts = file.contacts.iter();
    parts.extend(contacts.map(|one| Also::more(one, format!("应急联系人（{}）", one.relation))));
    let levels = file.levels.iter();
    parts.extend(levels.map(|one| Also::more(one, format!("{} 服务等级{}", one.from_on, one.level.label()))));
    let held = file.categories.iter();
    parts
        .extend(held.map(|one| Also::more(one, format!("{} {} 对象类别", name(one.person_id), one.from_on))));
    parts
}

/// The accounts named in plans.
fn authors(file: &File) -> Vec<Id> {
    file.plans
        .iter()
        .flat_map(|plan| [plan.written_by, plan.approved_by, plan.reviewed_by])
        .flatten()
        .collect()
}

pub(super) async fn unmask(app: App, Path(id): Path<String>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &id)?;
            permit::<Unmask>(app.asker(), row.station_id)?;
            let mut reading = Reading::of(form);
            let kind = unmask::REASONS.iter().find(|(word, _)| *word == form.text("why"));
            if kind.is_none() {
                reading.wrong("why", "选为什么要看");
            }
            let words = reading.text("words", "说明", 100);
            let (Some((_, kind)), Some(words)) = (kind, words) else { return Err(reading.wrong.into()) };
            if let Some(me) = app.asker().user() {
                unmask::open(tx, me.user, (row.id, row.station_id), &format!("{kind}：{words}"))?;
            }
            Ok(Leads::silently(format!("/clients/{id}")))
        })
        .await?;
    submitted.led()
}

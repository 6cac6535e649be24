//! A new household with its head, corrections, closing, withdrawing.

use axum::Extension;
use axum::extract::Path;
use chrono::NaiveDate;
use db::Tx;
use kernel::{Id, Moment};
use web::form::{Reading, Wrong};
use web::{Fault, Form, Link, Page, render};

use super::super::file::Later;
use super::super::forms::{self, HouseholdForm, HouseholdPresent, LevelForm, PersonPresent};
use super::super::hanging::{self, HOUSEHOLD};
use super::super::personal::{DOOR, seal};
use super::super::policy::Clients;
use super::super::store::{Household, LevelPeriod};
use super::super::{find, moving, search};
use super::person::{self, Belongs};
use super::{after, communities, community, crumbs, hold, household};
use crate::access::{Correct, Enter, Part as _, Withdraw, new_id, permit};
use crate::shell::{App, Field, FormPage, Leads, Trouble, form_key, form_version};

pub(super) async fn new_form(app: App, Extension(later): Extension<Later>) -> Page {
    render(&new_page(&app, later).await?)
}

async fn new_page(app: &App, later: Later) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (codes, today) = (&app.site().library.codes, app.site().today);
        let now = HouseholdPresent { opened_on: today.to_string(), new: true, ..HouseholdPresent::default() };
        let (communities, workers) = (communities(tx, &app.scope())?, workers(tx, app, later, None)?);
        let mut groups = forms::household_fields(codes, communities, workers, &now);
        let head = PersonPresent { relation: "head".into(), new: true, ..PersonPresent::default() };
        groups.extend(forms::person_fields(codes, "户主", &head));
        if let Some(group) = groups.last_mut() {
            group.fields.push(forms::category_field(codes, ""));
        }
        groups.extend(forms::level_fields(today, ""));
        groups.extend(forms::consent_fields(today));
        let frame = app.frame("clients", "建一户档案", None);
        Ok(FormPage::new(frame, "/clients/new", form_key()?, groups)
            .from([Link::new("/clients", "家户档案")]))
    })
    .await
}

/// The workers to choose from: of one station, or of all that somebody may write in.
pub(super) fn workers(
    tx: &mut Tx<'_>,
    app: &App,
    later: Later,
    station: Option<Id>,
) -> Result<Vec<(String, String)>, Trouble> {
    let (at, today) = (tx.at(), app.site().today);
    let stations: Vec<Id> = match station {
        Some(station) => vec![station],
        None => {
            let all = crate::areas::all_stations(tx, at)?;
            all.iter().map(|one| one.id).filter(|id| app.scope().reaches(*id)).collect()
        }
    };
    let all = (later.workers)(tx, &stations, at, today)?;
    Ok(all.into_iter().map(|(id, name)| (id.to_string(), name)).collect())
}

pub(super) async fn create(app: App, Extension(later): Extension<Later>, form: Form) -> Page {
    let submitted = app
        .submit(&form, |tx, app, form| {
            let id = open(tx, app, form)?;
            Ok(Leads::saying(format!("/clients/{id}"), "已建档"))
        })
        .await?;
    person::after_asking(submitted, &form, new_page(&app, later)).await
}

/// Writes the household, its head, the level, the categories and the consent: all of it or nothing.
fn open(tx: &mut Tx<'_>, app: &App, form: &Form) -> Result<Id, Trouble> {
    let (codes, today) = (&app.site().library.codes, app.site().today);
    let mut reading = Reading::of(form);
    let new = HouseholdForm::read(&mut reading, codes, today, true);
    let level = LevelForm::read(&mut reading);
    let head = person::Read::of(form, &mut reading, app, true, true);
    let ((new, level), head) = reading.done(new.zip(level).zip(head))?;
    let place = community(tx, &app.scope(), new.community)?;
    hold(tx, place.station_id)?;
    unused_number(tx, place.station_id, &new.file_number, None)?;
    let id = new_id(tx.at())?;
    let household = Household {
        id,
        station_id: place.station_id,
        area_id: place.area_id,
        community_id: Some(place.id),
        worker_id: new.worker,
        file_number: new.file_number,
        building: new.building,
        door: seal(tx.keys(), DOOR, id, new.door.as_deref().unwrap_or_default())?,
        residence: new.residence,
        opened_on: new.opened_on,
        closed_on: None,
        platform_id: new.platform_id,
        housing: new.housing,
        closed_reason: None,
    };
    let enter = permit::<Enter<Clients>>(app.asker(), place.station_id)?;
    enter.append(tx, std::slice::from_ref(&household))?;
    enter.append(tx, &[period(&household, &level, tx.at())?])?;
    head.enter(tx, app, &household)?;
    search::index_household(tx, &household)?;
    Ok(id)
}

/// The level of a household from a day on.
pub(super) fn period(household: &Household, level: &LevelForm, at: Moment) -> Result<LevelPeriod, Trouble> {
    let belongs = Belongs::to(household);
    Ok(LevelPeriod {
        id: new_id(at)?,
        station_id: belongs.station,
        area_id: belongs.area,
        community_id: belongs.community,
        worker_id: household.worker_id,
        household_id: household.id,
        level: level.level,
        from_on: level.from_on,
        to_on: None,
        reason: level.reason.clone(),
        regrade_due_on: level.regrade_due_on,
    })
}

/// A file number is used once in a station.
fn unused_number(tx: &mut Tx<'_>, station: Id, number: &str, but: Option<Id>) -> Result<(), Trouble> {
    match find::by_number(tx, station, number)? {
        Some(other) if Some(other.id) != but => {
            let what = format!("档案号 {number} 已经用过：换一个，或打开原来那份档案");
            Err(vec![Wrong { field: "file_number".into(), what }].into())
        }
        _ => Ok(()),
    }
}

pub(super) async fn edit_form(app: App, Path(id): Path<String>, Extension(later): Extension<Later>) -> Page {
    render(&edit_page(&app, id, later).await?)
}

async fn edit_page(app: &App, id: String, later: Later) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (seen, row) = household(tx, app, &id)?;
        let text = |id: Option<Id>| id.map(|id| id.to_string()).unwrap_or_default();
        let now = HouseholdPresent {
            file_number: row.file_number.clone(),
            community: text(row.community_id),
            building: row.building.clone(),
            residence: row.residence.as_str().to_owned(),
            housing: row.housing.clone().unwrap_or_default(),
            platform_id: row.platform_id.clone().unwrap_or_default(),
            opened_on: row.opened_on.to_string(),
            worker: text(row.worker_id),
            new: false,
        };
        let communities = communities(tx, &app.scope())?;
        let workers = workers(tx, app, later, Some(row.station_id))?;
        let mut groups = forms::household_fields(&app.site().library.codes, communities, workers, &now);
        groups[0].fields.push(Field::version(seen));
        let frame = app.frame("clients", "改户情况", None);
        Ok(FormPage::new(frame, format!("/clients/{id}/edit"), form_key()?, groups).from(crumbs(&row)))
    })
    .await
}

pub(super) async fn edit(
    app: App,
    Path(id): Path<String>,
    Extension(later): Extension<Later>,
    form: Form,
) -> Page {
    let to = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &to)?;
            let mut reading = Reading::of(form);
            let new = HouseholdForm::read(&mut reading, &app.site().library.codes, app.site().today, false);
            let new = reading.done(new)?;
            let place = community(tx, &app.scope(), new.community)?;
            if place.station_id != row.station_id {
                let what = "这里只能换成同一社工站的社区。这户搬到别的社工站：在这里“销档”，原因选“迁出”，由那边建档";
                return Err(vec![Wrong { field: "community".into(), what: what.into() }].into());
            }
            unused_number(tx, row.station_id, &new.file_number, Some(row.id))?;
            let door = new.door.as_deref().map(|door| seal(tx.keys(), DOOR, row.id, door)).transpose()?;
            let corrected = Household {
                area_id: place.area_id,
                community_id: Some(place.id),
                worker_id: new.worker,
                file_number: new.file_number,
                building: new.building,
                door: door.unwrap_or_else(|| row.door.clone()),
                residence: new.residence,
                housing: new.housing,
                platform_id: new.platform_id,
                opened_on: new.opened_on,
                ..row.clone()
            };
            let correct = permit::<Correct<Clients>>(app.asker(), row.station_id)?;
            correct.correct_from(tx, &corrected, form_version(form))?;
            moving::go_along(tx, app.asker(), &corrected)?;
            search::index_household(tx, &corrected)?;
            Ok(format!("/clients/{to}"))
        })
        .await?;
    after(submitted, &form, edit_page(&app, id, later)).await
}

pub(super) async fn close_form(app: App, Path(id): Path<String>) -> Page {
    render(&close_page(&app, id).await?)
}

async fn close_page(app: &App, id: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (_, row) = household(tx, app, &id)?;
        let groups = forms::closing(&app.site().library.codes, app.site().today);
        let frame = app.frame("clients", "销档", None);
        let mut page =
            FormPage::new(frame, format!("/clients/{id}/close"), form_key()?, groups).from(crumbs(&row));
        page.intro = "销档后不再安排探访，档案和历史都保留".to_owned();
        page.submit = "销档";
        Ok(page)
    })
    .await
}

/// Closes the file and those of its persons, and ends the level.
pub(super) async fn close(app: App, Path(id): Path<String>, form: Form) -> Page {
    let to = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &to)?;
            let mut reading = Reading::of(form);
            let read = forms::read_closing(&mut reading, &app.site().library.codes, row.opened_on);
            let (day, reason) = reading.done(read)?;
            close_all(tx, app, row, day, &reason)?;
            Ok(Leads::saying(format!("/clients/{to}"), "已销档"))
        })
        .await?;
    after(submitted, &form, close_page(&app, id)).await
}

pub(super) fn close_all(
    tx: &mut Tx<'_>,
    app: &App,
    row: Household,
    day: NaiveDate,
    reason: &str,
) -> Result<(), Trouble> {
    let correct = permit::<Correct<Clients>>(app.asker(), row.station_id)?;
    let file = super::super::file::File::load(tx, row)?;
    for person in file.persons.iter().filter(|person| person.closed_on.is_none()) {
        let closed_on = Some(day.max(person.filed_on));
        let closed = super::super::store::Person {
            closed_on,
            closed_reason: Some(reason.to_owned()),
            ..person.clone()
        };
        correct.correct(tx, &closed)?;
    }
    for level in file.levels.iter().filter(|level| level.to_on.is_none()) {
        correct.correct(tx, &LevelPeriod { to_on: Some(day.max(level.from_on)), ..level.clone() })?;
    }
    let reason = Some(reason.to_owned());
    correct.correct(tx, &Household { closed_on: Some(day), closed_reason: reason, ..file.household })?;
    Ok(())
}

/// Withdraws a file that should not be there: entered twice, or by mistake.
pub(super) async fn withdraw(app: App, Path(id): Path<String>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &id)?;
            let mut reading = Reading::of(form);
            let reason = reading.text("reason", "作废的理由", 200);
            let reason = reading.done(reason)?;
            let withdraw = permit::<Withdraw<Clients>>(app.asker(), row.station_id)?;
            let file = super::super::file::File::load(tx, row)?;
            nothing_hangs(tx, app, file.household.id)?;
            for person in &file.persons {
                withdraw.withdraw::<super::super::store::Person>(tx, person.id, &reason)?;
                search::forget(tx, person.id)?;
            }
            withdraw.withdraw::<Household>(tx, file.household.id, &reason)?;
            Ok(Leads::saying("/clients", "档案已作废"))
        })
        .await?;
    submitted.led()
}

/// Refuses where other parts have done something with the household.
fn nothing_hangs(tx: &mut Tx<'_>, app: &App, household: Id) -> Result<(), Trouble> {
    let kinds =
        hanging::kinds(HOUSEHOLD).filter(|ops| ops.part != Clients::NAME && app.asker().may(ops.read));
    let counts = hanging::counted(tx, kinds, (HOUSEHOLD, household))?;
    let remedy = "建了两份的，请站长用“把另一份并进来”，这些记录一起移过去；户搬走、人去世用“销档”";
    Ok(hanging::nothing_refers(&counts, household, remedy)?)
}

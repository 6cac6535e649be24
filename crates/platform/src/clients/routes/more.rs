//! The smaller records of a file: level, contact, need, risk, consent.

use axum::extract::Path;
use db::Tx;
use kernel::Id;
use web::form::{Reading, Wrong};
use web::{Fault, Form, Page, render};

use super::super::find;
use super::super::forms::{self, ConsentForm, ContactForm, LevelForm, NeedForm, RiskForm};
use super::super::personal::{CONTACT_NAME, CONTACT_PHONE, seal};
use super::super::policy::Clients;
use super::super::store::{Contact, Household, LevelPeriod, Need, RiskAssessment};
use super::household::period;
use super::person::{Belongs, agreed};
use super::{after, crumbs, household};
use crate::access::{Correct, Enter, new_id, permit};
use crate::shell::{App, FormPage, Group, Leads, Trouble, form_key};

/// A form about a household, with these fields.
async fn page(
    app: &App,
    id: String,
    (end, title): (&'static str, &'static str),
    groups: impl FnOnce(&mut Tx<'_>, &App, &Household) -> Result<Vec<Group>, Trouble> + Send + 'static,
) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (_, row) = household(tx, app, &id)?;
        let groups = groups(tx, app, &row)?;
        let frame = app.frame("clients", title, None);
        Ok(FormPage::new(frame, format!("/clients/{id}/{end}"), form_key()?, groups).from(crumbs(&row)))
    })
    .await
}

/// The persons of a household to choose from.
pub(super) fn members(tx: &mut Tx<'_>, row: &Household) -> Result<Vec<(String, String)>, Trouble> {
    let persons = find::persons_of(tx, &[row.id])?.remove(&row.id).unwrap_or_default();
    Ok(persons.into_iter().map(|person| (person.id.to_string(), person.name)).collect())
}

/// A person chosen in a form: one of the household.
pub(super) fn member(tx: &mut Tx<'_>, row: &Household, person: Id) -> Result<Id, Trouble> {
    match find::person(tx, row.id, person.as_str()) {
        Ok((_, person)) => Ok(person.id),
        Err(_) => Err(vec![Wrong { field: "person".into(), what: "选这一户的人".into() }].into()),
    }
}

async fn level_page(app: &App, id: String) -> Result<FormPage, Fault> {
    let fields = |tx: &mut Tx<'_>, app: &App, row: &Household| {
        let levels = find::levels_of(tx, &[row.id])?;
        let now = levels.iter().rev().find(|level| level.to_on.is_none()).map(|level| level.level.as_str());
        Ok(forms::level_fields(app.site().today, now.unwrap_or_default()))
    };
    page(app, id, ("level", "评定服务等级"), fields).await
}

pub(super) async fn level_form(app: App, Path(id): Path<String>) -> Page {
    render(&level_page(&app, id).await?)
}

/// A new level ends the one before on the same day.
pub(super) async fn level(app: App, Path(id): Path<String>, form: Form) -> Page {
    let to = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &to)?;
            let mut reading = Reading::of(form);
            let read = LevelForm::read(&mut reading);
            let last = find::levels_of(tx, &[row.id])?.into_iter().rev().find(|level| level.to_on.is_none());
            if let (Some(read), Some(last)) = (&read, &last)
                && read.from_on <= last.from_on
            {
                let what = format!("起始日期要在现在的等级（{} 起）之后", last.from_on);
                reading.wrong("level_from", what);
            }
            let read = reading.done(read)?;
            if let Some(last) = last {
                let correct = permit::<Correct<Clients>>(app.asker(), row.station_id)?;
                correct.correct(tx, &LevelPeriod { to_on: Some(read.from_on), ..last })?;
            }
            let at = tx.at();
            permit::<Enter<Clients>>(app.asker(), row.station_id)?.append(tx, &[period(&row, &read, at)?])?;
            Ok(format!("/clients/{to}"))
        })
        .await?;
    after(submitted, &form, level_page(&app, id)).await
}

async fn contact_page(app: &App, id: String) -> Result<FormPage, Fault> {
    page(app, id, ("contact", "加紧急联系人"), |_, _, _| Ok(forms::contact_fields(None))).await
}

pub(super) async fn contact_form(app: App, Path(id): Path<String>) -> Page {
    render(&contact_page(&app, id).await?)
}

pub(super) async fn contact(app: App, Path(id): Path<String>, form: Form) -> Page {
    let to = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &to)?;
            let mut reading = Reading::of(form);
            let read = ContactForm::read(form, &mut reading, true);
            let read = reading.done(read)?;
            let (id, belongs) = (new_id(tx.at())?, Belongs::to(&row));
            let contact = Contact {
                id,
                station_id: belongs.station,
                area_id: belongs.area,
                community_id: belongs.community,
                worker_id: row.worker_id,
                household_id: row.id,
                name: seal(tx.keys(), CONTACT_NAME, id, read.name.as_deref().unwrap_or_default())?,
                relation: read.relation,
                phone: seal(tx.keys(), CONTACT_PHONE, id, read.phone.as_deref().unwrap_or_default())?,
            };
            permit::<Enter<Clients>>(app.asker(), row.station_id)?.append(tx, &[contact])?;
            Ok(format!("/clients/{to}"))
        })
        .await?;
    after(submitted, &form, contact_page(&app, id)).await
}

async fn need_page(app: &App, id: String) -> Result<FormPage, Fault> {
    let fields = |tx: &mut Tx<'_>, app: &App, row: &Household| {
        Ok(forms::need_fields(members(tx, row)?, app.site().today, None))
    };
    page(app, id, ("need", "加一项需求"), fields).await
}

pub(super) async fn need_form(app: App, Path(id): Path<String>) -> Page {
    render(&need_page(&app, id).await?)
}

pub(super) async fn need(app: App, Path(id): Path<String>, form: Form) -> Page {
    let to = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &to)?;
            let mut reading = Reading::of(form);
            let read = NeedForm::read(&mut reading);
            let read = reading.done(read)?;
            let belongs = Belongs::to(&row);
            let need = Need {
                id: new_id(tx.at())?,
                station_id: belongs.station,
                area_id: belongs.area,
                community_id: belongs.community,
                worker_id: row.worker_id,
                household_id: row.id,
                person_id: member(tx, &row, read.person)?,
                found_on: read.found_on,
                need: read.need,
                urgency: read.urgency,
                met_on: None,
            };
            permit::<Enter<Clients>>(app.asker(), row.station_id)?.append(tx, &[need])?;
            Ok(format!("/clients/{to}"))
        })
        .await?;
    after(submitted, &form, need_page(&app, id)).await
}

/// A need that is met.
pub(super) async fn met(app: App, Path((id, need)): Path<(String, String)>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let (_, row) = household(tx, app, &id)?;
            let found = find::needs_of(tx, row.id)?
                .into_iter()
                .find(|one| one.id.as_str() == need && one.met_on.is_none());
            let found = found.ok_or_else(|| {
                Fault::not_found("unknown_need", "没有这项需求，或它已经解决", "请回到档案看现在的需求")
            })?;
            let met_on = Some(app.site().today.max(found.found_on));
            permit::<Correct<Clients>>(app.asker(), row.station_id)?
                .correct(tx, &Need { met_on, ..found })?;
            Ok(Leads::saying(format!("/clients/{id}"), "需求已标为解决"))
        })
        .await?;
    submitted.led()
}

async fn risk_page(app: &App, id: String) -> Result<FormPage, Fault> {
    let fields = |tx: &mut Tx<'_>, app: &App, row: &Household| {
        Ok(forms::risk_fields(members(tx, row)?, app.site().today, None))
    };
    page(app, id, ("risk", "风险评估"), fields).await
}

pub(super) async fn risk_form(app: App, Path(id): Path<String>) -> Page {
    render(&risk_page(&app, id).await?)
}

pub(super) async fn risk(app: App, Path(id): Path<String>, form: Form) -> Page {
    let to = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &to)?;
            let mut reading = Reading::of(form);
            let read = RiskForm::read(form, &mut reading);
            let read = reading.done(read)?;
            let belongs = Belongs::to(&row);
            let risk = RiskAssessment {
                id: new_id(tx.at())?,
                station_id: belongs.station,
                area_id: belongs.area,
                community_id: belongs.community,
                worker_id: row.worker_id,
                household_id: row.id,
                person_id: member(tx, &row, read.person)?,
                assessed_on: read.assessed_on,
                level: read.level,
                kinds: read.kinds,
                note: read.note,
                review_on: read.review_on,
            };
            permit::<Enter<Clients>>(app.asker(), row.station_id)?.append(tx, &[risk])?;
            Ok(format!("/clients/{to}"))
        })
        .await?;
    after(submitted, &form, risk_page(&app, id)).await
}

async fn consent_page(app: &App, id: String, person: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (_, row) = household(tx, app, &id)?;
        let (_, one) = find::person(tx, row.id, &person)?;
        let frame = app.frame("clients", &format!("{} 的同意书", one.name), None);
        let action = format!("/clients/{id}/persons/{person}/consent");
        Ok(FormPage::new(frame, action, form_key()?, forms::consent_fields(app.site().today))
            .from(crumbs(&row)))
    })
    .await
}

pub(super) async fn consent_form(app: App, Path((id, person)): Path<(String, String)>) -> Page {
    render(&consent_page(&app, id, person).await?)
}

pub(super) async fn consent(app: App, Path((id, person)): Path<(String, String)>, form: Form) -> Page {
    let (to, whom) = (id.clone(), person.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &to)?;
            let (_, one) = find::person(tx, row.id, &whom)?;
            let mut reading = Reading::of(form);
            let child = forms::is_child(one.born_on, app.site().today);
            let read = ConsentForm::read(&mut reading, child);
            let read = reading.done(read)?;
            let consent = agreed(tx, &row, one.id, read)?;
            permit::<Enter<Clients>>(app.asker(), row.station_id)?.append(tx, &[consent])?;
            Ok(format!("/clients/{to}"))
        })
        .await?;
    after(submitted, &form, consent_page(&app, id, person)).await
}

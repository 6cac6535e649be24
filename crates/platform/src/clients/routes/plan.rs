//! The personal plan of a person: written by one, approved by another.

use axum::Extension;
use axum::extract::Path;
use db::{Record as _, Tx};
use kernel::Id;
use web::form::Reading;
use web::{Fault, Form, Page, render};

use super::super::file::Later;
use super::super::forms::{self, PlanForm};
use super::super::policy::{Approve, Clients};
use super::super::store::{Household, PersonalPlan};
use super::super::{due, find};
use super::household::workers;
use super::person::Belongs;
use super::{after, crumbs, household};
use crate::access::{Correct, Enter, new_id, permit};
use crate::shell::{App, Field, FormPage, Leads, Trouble, form_key, form_version};

pub(super) async fn form(
    app: App,
    Path((id, person)): Path<(String, String)>,
    Extension(later): Extension<Later>,
) -> Page {
    render(&page(&app, id, person, later).await?)
}

async fn page(app: &App, id: String, person: String, later: Later) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (_, row) = household(tx, app, &id)?;
        let (_, one) = find::person(tx, row.id, &person)?;
        let now = find::latest_plan(tx, one.id)?;
        let version = now.as_ref().map_or(Ok(0), |plan| version(tx, plan))?;
        let workers = workers(tx, app, later, Some(row.station_id))?;
        let mut groups = forms::plan_fields(workers, app.site().today, now.as_ref());
        if let Some(plan) = &now {
            let words = [("same", "改这份计划"), ("new", "另订一份新计划")];
            groups[0].fields.insert(0, Field::radio("which", "是改，还是新订", &words).value("same"));
            groups[0].fields.push(Field::hidden("plan", plan.id.to_string()));
            groups[0].fields.push(Field::version(version));
        }
        let frame = app.frame("clients", &format!("一人一案：{}", one.name), None);
        let mut page =
            FormPage::new(frame, format!("/clients/{id}/persons/{person}/plan"), form_key()?, groups)
                .from(crumbs(&row));
        page.intro = "改过的计划要由另一个人重新审批；检视的结果另外写，不用重新审批".to_owned();
        Ok(page)
    })
    .await
}

fn version(tx: &mut Tx<'_>, plan: &PersonalPlan) -> Result<i32, Trouble> {
    Ok(PersonalPlan::last(tx.conn(), plan.id)?.map_or(0, |(stamp, _)| stamp.version))
}

pub(super) async fn write(
    app: App,
    Path((id, person)): Path<(String, String)>,
    Extension(later): Extension<Later>,
    form: Form,
) -> Page {
    let (to, whom) = (id.clone(), person.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &to)?;
            let (_, one) = find::person(tx, row.id, &whom)?;
            let mut reading = Reading::of(form);
            let read = PlanForm::read(&mut reading);
            let read = reading.done(read)?;
            let last = find::latest_plan(tx, one.id)?;
            let same =
                last.filter(|plan| form.text("which") == "same" && form.text("plan") == plan.id.as_str());
            let plan = written(tx, app, &row, one.id, read, same.as_ref())?;
            if same.is_some() {
                let correct = permit::<Correct<Clients>>(app.asker(), row.station_id)?;
                correct.correct_from(tx, &plan, form_version(form))?;
            } else {
                permit::<Enter<Clients>>(app.asker(), row.station_id)?.append(tx, &[plan])?;
            }
            Ok(format!("/clients/{to}"))
        })
        .await?;
    after(submitted, &form, page(&app, id, person, later)).await
}

/// A plan as a record. Where what it says is changed, whoever writes it is its author, and it is not approved; what came of
/// it stays.
fn written(
    tx: &Tx<'_>,
    app: &App,
    row: &Household,
    person: Id,
    read: PlanForm,
    before: Option<&PersonalPlan>,
) -> Result<PersonalPlan, Trouble> {
    let belongs = Belongs::to(row);
    let new = PersonalPlan {
        id: match before {
            Some(plan) => plan.id,
            None => new_id(tx.at())?,
        },
        station_id: belongs.station,
        area_id: belongs.area,
        community_id: belongs.community,
        worker_id: read.worker.or(row.worker_id),
        person_id: person,
        made_on: read.made_on,
        needs: read.needs,
        goals: read.goals,
        measures: read.measures,
        review_on: read.review_on,
        outcome: before.and_then(|plan| plan.outcome.clone()),
        written_by: app.asker().user().map(|user| user.user),
        approved_by: None,
        approved_on: None,
        reviewed_on: before.and_then(|plan| plan.reviewed_on),
        reviewed_by: before.and_then(|plan| plan.reviewed_by),
    };
    Ok(match before.filter(|plan| plan.text() == new.text()) {
        Some(same) => PersonalPlan { worker_id: new.worker_id, ..same.clone() },
        None => new,
    })
}

/// A plan of a person of an address, with its version: any of them, also one before the last.
fn plan_of(tx: &mut Tx<'_>, person: Id, id: &str) -> Result<(i32, PersonalPlan), Trouble> {
    let last = id.parse().ok().map(|id| PersonalPlan::last(tx.conn(), id)).transpose()?.flatten();
    let own = last.filter(|(stamp, plan)| !stamp.voided && plan.person_id == person);
    let (stamp, plan) =
        own.ok_or_else(|| Fault::not_found("unknown_plan", "没有这份计划", "请回到档案看现有的计划"))?;
    Ok((stamp.version, plan))
}

pub(super) async fn review_form(app: App, Path((id, person, plan)): Path<(String, String, String)>) -> Page {
    render(&review_page(&app, id, person, plan).await?)
}

async fn review_page(app: &App, id: String, person: String, plan: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (_, row) = household(tx, app, &id)?;
        let (_, one) = find::person(tx, row.id, &person)?;
        let (version, now) = plan_of(tx, one.id, &plan)?;
        let mut groups = forms::review_fields(app.site().today, &now);
        groups[0].fields.push(Field::version(version));
        let frame = app.frame("clients", &format!("检视 {} 的计划", one.name), None);
        let action = format!("/clients/{id}/persons/{person}/plans/{plan}/review");
        let mut page = FormPage::new(frame, action, form_key()?, groups).from(crumbs(&row));
        page.intro = format!("{} 订的计划。目标：{}", now.made_on, now.goals);
        Ok(page)
    })
    .await
}

/// What came of a plan: written for itself, so that the approval of what was planned stays.
pub(super) async fn review(
    app: App,
    Path((id, person, plan)): Path<(String, String, String)>,
    form: Form,
) -> Page {
    let (to, whom, which) = (id.clone(), person.clone(), plan.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &to)?;
            let (_, one) = find::person(tx, row.id, &whom)?;
            let (_, plan) = plan_of(tx, one.id, &which)?;
            let mut reading = Reading::of(form);
            let read = forms::read_review(&mut reading, plan.made_on, app.site().today);
            let (reviewed_on, outcome) = reading.done(read)?;
            let reviewed = PersonalPlan {
                outcome: Some(outcome),
                reviewed_on: Some(reviewed_on),
                reviewed_by: app.asker().user().map(|user| user.user),
                ..plan
            };
            let correct = permit::<Correct<Clients>>(app.asker(), row.station_id)?;
            correct.correct_from(tx, &reviewed, form_version(form))?;
            Ok(Leads::saying(format!("/clients/{to}"), "检视结果已保存"))
        })
        .await?;
    after(submitted, &form, review_page(&app, id, person, plan)).await
}

/// Approves the latest plan of a person; never by whoever wrote any of it since it was last approved.
pub(super) async fn approve(app: App, Path((id, person)): Path<(String, String)>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &id)?;
            let (_, one) = find::person(tx, row.id, &person)?;
            let last = find::latest_plan(tx, one.id)?;
            // Approved is what was read, and not what somebody wrote since.
            let plan = last.filter(|plan| form.text("plan") == plan.text().as_str()).ok_or_else(|| {
                let what = "没有这份计划，或您看过之后它改过";
                Fault::not_found("unknown_plan", what, "请回到档案看现在的计划")
            })?;
            permit::<Approve>(app.asker(), row.station_id)?;
            let me = app.asker().user().map(|user| user.user);
            let mine = me.map(|me| due::plans_written(tx, &[one.id], me)).transpose()?;
            if mine.is_none_or(|mine| mine.contains(&plan.id)) {
                let what = "这份计划您写过或改过，要由别人审批";
                let status = axum::http::StatusCode::FORBIDDEN;
                return Err(Fault::new(status, "own_plan", what, "请片区负责人或站长审批").into());
            }
            let approved_on = Some(app.site().today.max(plan.made_on));
            let approved = PersonalPlan { approved_by: me, approved_on, ..plan };
            permit::<Correct<Clients>>(app.asker(), row.station_id)?.correct(tx, &approved)?;
            Ok(Leads::saying(format!("/clients/{id}"), "计划已审批"))
        })
        .await?;
    submitted.led()
}

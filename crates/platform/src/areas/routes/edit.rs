//! A new area, community or service point; correcting and withdrawing one.

use axum::Extension;
use axum::extract::Path;
use db::{Record, Tx};
use web::form::{Reading, Wrong};
use web::{Fault, Form, Link, Page, render};

use super::super::forms::{self, All, Row, What};
use super::super::policy::Areas;
use super::super::settled::Settled;
use super::super::store::{Area, Community, ServicePoint, Station};
use super::{PART, all_of, station, withdrawing};
use crate::access::{Correct, Enter, Withdraw, new_id, permit};
use crate::shell::{App, Field, FormPage, Leads, Submitted, Trouble, form_key, form_version};

/// Where a form stands: the station, what it has, which kind, and which one where it is about one.
struct Stand {
    station: Station,
    all: All,
    what: What,
    row: Option<(i32, Row)>,
}

fn stand(tx: &mut Tx<'_>, app: &App, code: &str, kind: &str, id: Option<&str>) -> Result<Stand, Trouble> {
    let station = station(tx, app, code)?;
    let unknown = || Fault::not_found("unknown_record", "没有这条记录", "请从“片区与社区”里选");
    let what: What = kind.parse().map_err(|_: String| Trouble::from(unknown()))?;
    let all = all_of(tx, &station)?;
    let row = match id {
        Some(id) => {
            let row = all.find(what, id).ok_or_else(unknown)?;
            Some((version(tx, &row)?, row))
        }
        None => None,
    };
    Ok(Stand { station, all, what, row })
}

fn version(tx: &mut Tx<'_>, row: &Row) -> Result<i32, Trouble> {
    let id = row.id();
    Ok(match row {
        Row::Area(_) => Area::last(tx.conn(), id)?.map(|(stamp, _)| stamp.version),
        Row::Community(_) => Community::last(tx.conn(), id)?.map(|(stamp, _)| stamp.version),
        Row::ServicePoint(_) => ServicePoint::last(tx.conn(), id)?.map(|(stamp, _)| stamp.version),
    }
    .unwrap_or(0))
}

pub(super) async fn new_form(app: App, Path((code, kind)): Path<(String, String)>) -> Page {
    render(&new_page(&app, code, kind).await?)
}

async fn new_page(app: &App, code: String, kind: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let stand = stand(tx, app, &code, &kind, None)?;
        let title = format!("加{}", stand.what.label());
        let groups = forms::fields(stand.what, &stand.all, None);
        let page = FormPage::new(
            app.frame("areas", &title, None),
            format!("/areas/{code}/new/{kind}"),
            form_key()?,
            groups,
        );
        Ok(page.from([Link::new("/areas", PART.label)]))
    })
    .await
}

pub(super) async fn create(app: App, Path((code, kind)): Path<(String, String)>, form: Form) -> Page {
    let to = (code.clone(), kind.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let stand = stand(tx, app, &to.0, &to.1, None)?;
            let enter = permit::<Enter<Areas>>(app.asker(), stand.station.id)?;
            match forms::read(stand.what, form, &stand.all, stand.station.id, new_id(tx.at())?)? {
                Row::Area(row) => enter.append(tx, &[row])?,
                Row::Community(row) => enter.append(tx, &[row])?,
                Row::ServicePoint(row) => enter.append(tx, &[row])?,
            }
            Ok("/areas".to_owned())
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => new_page(&app, code, kind).await?.refused(&form, wrong),
    }
}

pub(super) async fn edit_form(app: App, Path(path): Path<(String, String, String)>) -> Page {
    render(&edit_page(&app, path).await?)
}

async fn edit_page(app: &App, (code, kind, id): (String, String, String)) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let Stand { all, what, row, .. } = stand(tx, app, &code, &kind, Some(&id))?;
        let (seen, row) = row.map_or((0, None), |(version, row)| (version, Some(row)));
        let title = format!("改{} {}", what.label(), row.as_ref().map_or("", Row::name));
        let mut groups = forms::fields(what, &all, row.as_ref());
        groups[0].fields.push(Field::version(seen));
        let action = format!("/areas/{code}/{kind}/{id}");
        let page = FormPage::new(app.frame("areas", &title, None), action, form_key()?, groups);
        Ok(page.from([Link::new("/areas", PART.label)]))
    })
    .await
}

/// What lies in a community goes along into its area. Nothing else is written meanwhile: it could come to lie in the old one.
pub(super) async fn edit(
    app: App,
    Extension(settled): Extension<Settled>,
    Path(path): Path<(String, String, String)>,
    form: Form,
) -> Page {
    let (code, kind, id) = path.clone();
    let submitted = app
        .submit_alone(&form, move |tx, app, form| {
            let stand = stand(tx, app, &code, &kind, Some(&id))?;
            let Some((_, old)) = stand.row else {
                return Err(Fault::of_status(axum::http::StatusCode::NOT_FOUND).into());
            };
            let correct = permit::<Correct<Areas>>(app.asker(), stand.station.id)?;
            let seen = form_version(form);
            match forms::read(stand.what, form, &stand.all, stand.station.id, old.id())? {
                Row::Area(row) => correct.correct_from(tx, &row, seen)?,
                Row::Community(row) => {
                    correct.correct_from(tx, &row, seen)?;
                    if old.area() != row.area_id {
                        return Ok(moved(&row, (settled.go_along)(tx, &row)?));
                    }
                }
                Row::ServicePoint(row) => correct.correct_from(tx, &row, seen)?,
            }
            Ok(Leads::from("/areas".to_owned()))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => edit_page(&app, path).await?.refused(&form, wrong),
    }
}

fn moved(community: &Community, records: usize) -> Leads {
    let said = format!("{}社区已改到别的片区，连同它的 {records} 条记录", community.name);
    Leads::saying("/areas", said)
}

pub(super) async fn withdraw_form(app: App, Path(path): Path<(String, String, String)>) -> Page {
    render(&withdraw_page(&app, path).await?)
}

async fn withdraw_page(app: &App, (code, kind, id): (String, String, String)) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let Stand { what, row, .. } = stand(tx, app, &code, &kind, Some(&id))?;
        let name = row.map(|(_, row)| row.name().to_owned()).unwrap_or_default();
        let title = format!("作废{} {name}", what.label());
        let action = format!("/areas/{code}/{kind}/{id}/withdraw");
        let intro = "作废后不再计数，也选不到；历史和已经写在它名下的记录都保留";
        withdrawing(app, &title, action, ("例如 与邻近社区合并、录入时重复", intro))
    })
    .await
}

pub(super) async fn withdraw(
    app: App,
    Extension(settled): Extension<Settled>,
    Path(path): Path<(String, String, String)>,
    form: Form,
) -> Page {
    let (code, kind, id) = path.clone();
    let submitted = app
        .submit_alone(&form, move |tx, app, form| {
            let Stand { station, all, row, .. } = stand(tx, app, &code, &kind, Some(&id))?;
            let Some((_, row)) = row else {
                return Err(Fault::of_status(axum::http::StatusCode::NOT_FOUND).into());
            };
            let mut reading = Reading::of(form);
            let reason = reading.text("reason", "作废的理由", 200);
            if let Some(what) = all.still_used(tx, settled, station.id, &row)? {
                reading.wrong.push(Wrong { field: "reason".into(), what });
            }
            let reason = reading.done(reason)?;
            let permit = permit::<Withdraw<Areas>>(app.asker(), station.id)?;
            match row {
                Row::Area(row) => permit.withdraw::<Area>(tx, row.id, &reason)?,
                Row::Community(row) => permit.withdraw::<Community>(tx, row.id, &reason)?,
                Row::ServicePoint(row) => permit.withdraw::<ServicePoint>(tx, row.id, &reason)?,
            }
            Ok(Leads::saying("/areas", "已作废"))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => withdraw_page(&app, path).await?.refused(&form, wrong),
    }
}

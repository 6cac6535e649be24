//! Entering, correcting and withdrawing a record.

use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use chrono::NaiveDate;
use db::{DbError, Tx};
use kernel::Id;
use web::form::{Reading, Wrong};
use web::{Fault, Form, Link, Page, Query, render};

use super::super::column::{Column, Fill, Holds};
use super::super::entry::{AREA, COMMUNITY, Entry, Faults, STATION, Several, WORKER};
use super::super::names::{Names, offered};
use super::super::sheet::{Placed, Row, Sheet, Sheets, Whose};
use super::super::values::shown;
use super::list::text_of;
use super::one::standing;
use crate::access::new_id;
use crate::shell::{App, Field, FormPage, Group, Kind, Submitted, Trouble, form_key};

/// What a form is about.
struct About {
    sheets: Sheets,
    sheet: &'static Sheet,
    today: NaiveDate,
}

/// What stands in a form to begin with.
struct Present<'p> {
    row: Option<&'p Row>,
    query: &'p Query,
}

pub(super) async fn blank(app: App, sheets: Sheets, sheet: &'static Sheet, query: Query) -> Page {
    render(&blank_page(&app, sheets, sheet, query).await?)
}

async fn blank_page(
    app: &App,
    sheets: Sheets,
    sheet: &'static Sheet,
    query: Query,
) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let about = About { sheets, sheet, today: app.site().today };
        let groups = groups(tx, app, &about, &Present { row: None, query: &query })?;
        let frame = app.frame(sheet.slice(), &format!("登记{}", sheet.label), None);
        let mut page = FormPage::new(frame, format!("{}/new", sheet.href()), form_key()?, groups)
            .from([Link::new(sheet.href(), sheet.label)]);
        page.intro = sheet.note.to_owned();
        Ok(page)
    })
    .await
}

/// The fields of a form: the sheet's columns, then where it belongs and whose it is.
fn groups(tx: &mut Tx<'_>, app: &App, about: &About, present: &Present<'_>) -> Result<Vec<Group>, Trouble> {
    let sheet = about.sheet;
    let mut fields = Vec::new();
    for column in sheet.columns.iter().filter(|column| column.is_asked()) {
        fields.push(field(tx, app, about, column, present)?);
    }
    let mut belongs = Vec::new();
    let base = present.row.map(|row| row.base);
    let said = |name: &str, id: Option<Id>| {
        id.map_or_else(|| present.query.text(name).unwrap_or_default().to_owned(), |id| id.to_string())
    };
    let scope = app.scope();
    let mut pick = |tx: &mut Tx<'_>, name, label: &str, kind: &str, value: String| -> Result<(), Trouble> {
        let Some(of) = about.sheets.of_kind(kind) else { return Ok(()) };
        let words = offered(tx, about.sheets, of, &scope)?;
        let value = match words.as_slice() {
            [(only, _)] if value.is_empty() && kind != "worker" => only.clone(),
            _ => value,
        };
        belongs.push(Field::new(name, label, Kind::Pick(words)).value(value));
        Ok(())
    };
    match sheet.placed {
        Placed::Community => pick(
            tx,
            COMMUNITY,
            "社区",
            "community",
            said(COMMUNITY, base.and_then(|base| base.community_id)),
        )?,
        Placed::Area => {
            pick(tx, AREA, "片区（全站的留空）", "area", said(AREA, base.and_then(|base| base.area_id)))?
        }
        Placed::Station | Placed::With(_) => {}
    }
    if matches!(sheet.placed, Placed::Area | Placed::Station) && base.is_none() {
        let stations = (app.ground().stations)(tx)?;
        let words: Vec<(String, String)> = stations
            .into_iter()
            .filter(|station| scope.reaches(station.id))
            .map(|station| (station.id.to_string(), station.name))
            .collect();
        if words.len() > 1 {
            let value = said(STATION, None);
            belongs.push(Field::new(STATION, "社工站", Kind::Pick(words)).value(value));
        }
    }
    let mut pick_worker = |tx: &mut Tx<'_>, value: String, label: &str| -> Result<(), Trouble> {
        let Some(of) = about.sheets.of_kind("worker") else { return Ok(()) };
        let words = offered(tx, about.sheets, of, &scope)?;
        belongs.push(Field::new(WORKER, label, Kind::Pick(words)).value(value));
        Ok(())
    };
    let me = if present.row.is_none() { app.asker().worker() } else { None };
    let worker = base.and_then(|base| base.worker_id);
    match sheet.whose {
        Whose::DoneBy => pick_worker(tx, said(WORKER, worker.or(me)), "负责社工")?,
        Whose::About => pick_worker(tx, said(WORKER, worker), "社工")?,
        Whose::Nobody | Whose::Its => {}
    }
    let mut groups = vec![Group::new("", fields)];
    if !belongs.is_empty() {
        groups.push(Group::new("归属", belongs));
    }
    Ok(groups)
}

fn field(
    tx: &mut Tx<'_>,
    app: &App,
    about: &About,
    column: &'static Column,
    present: &Present<'_>,
) -> Result<Field, Trouble> {
    let (sheet, holds) = (about.sheet, about.sheet.holds(column));
    let label = if sheet.must(column) || matches!(holds, Holds::Flag) {
        sheet.label_of(column).to_owned()
    } else {
        format!("{}（可不填）", sheet.label_of(column))
    };
    let value = match (present.row, column.fill) {
        (Some(row), _) => row.text(column.name).to_owned(),
        (None, _) if present.query.text(column.name).is_some() => {
            present.query.text(column.name).unwrap_or_default().to_owned()
        }
        (None, Fill::Today) => about.today.to_string(),
        (None, Fill::With(value)) => value.to_owned(),
        (None, _) => String::new(),
    };
    let field = match holds {
        Holds::Long => Field::long(column.name, label),
        Holds::Date => Field::date(column.name, label),
        Holds::Word(words) if words().len() <= 4 && sheet.must(column) => {
            Field::radio(column.name, label, &words())
        }
        Holds::Word(words) => Field::pick(column.name, label, &words()),
        Holds::Flag => Field::radio(column.name, label, &[("yes", "是"), ("no", "否")]),
        Holds::Refers(kind) => return reference(tx, app, about, column, kind, label, &value),
        _ => Field::text(column.name, label),
    };
    let value = match holds {
        Holds::Phone => String::new(),
        Holds::Flag if value.is_empty() => "no".to_owned(),
        Holds::Money if present.row.is_some() => shown(holds, &value),
        _ => value,
    };
    let hint = match (holds, present.row) {
        (Holds::Phone, Some(_)) if column.hint.is_empty() => "留空就不改",
        (Holds::Money, _) if column.hint.is_empty() => "元",
        _ => column.hint,
    };
    Ok(field.value(value).hint(hint))
}

/// A record to refer to: picked from a list where there are few, else found by what is written.
fn reference(
    tx: &mut Tx<'_>,
    app: &App,
    about: &About,
    column: &'static Column,
    kind: &'static str,
    label: String,
    value: &str,
) -> Result<Field, Trouble> {
    let Some(of) = about.sheets.of_kind(kind) else { return Ok(Field::text(column.name, label)) };
    if of.few {
        let words = offered(tx, about.sheets, of, &app.scope())?;
        return Ok(Field::new(column.name, label, Kind::Pick(words)).value(value).hint(column.hint));
    }
    let hint =
        if column.hint.is_empty() { "写姓名、编号或档案号，系统去找" } else { column.hint };
    let Ok(id) = value.parse::<Id>() else { return Ok(Field::text(column.name, label).hint(hint)) };
    let at = tx.at();
    let rows = (of.ops.among)(tx, at, &[id])?;
    let names = Names::of_rows(tx, about.sheets, of, &rows)?;
    Ok(Field::radio(column.name, label, &[(value, names.of(value))]).value(value))
}

pub(super) async fn create(app: App, sheets: Sheets, sheet: &'static Sheet, form: Form) -> Page {
    let several = Choices::default();
    let choices = several.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (scope, id) = (app.scope(), new_id(tx.at())?);
            let mut entry = Entry::of(sheets, sheet, app.asker(), &scope, app.ground());
            let row = choices.keep(entry.read(tx, id, None, &|name| form.text(name).to_owned())?)?;
            (sheet.ops.enter)(tx, app.asker(), row.base.station_id, std::slice::from_ref(&row))?;
            Ok(sheet.href_of(&row))
        })
        .await?;
    match submitted {
        Submitted::Wrong(wrong) => {
            let page = blank_page(&app, sheets, sheet, Query::default()).await?;
            several.offer(page).refused(&form, wrong)
        }
        Submitted::Done(answer) => Ok(answer),
    }
}

/// What references of a form may mean, told from the work on the database to the page that shows it.
#[derive(Clone, Default)]
struct Choices(std::sync::Arc<std::sync::Mutex<Vec<Several>>>);

impl Choices {
    fn keep(&self, read: Result<Row, Faults>) -> Result<Row, Vec<Wrong>> {
        read.map_err(|faults| {
            if let Ok(mut several) = self.0.lock() {
                several.clone_from(&faults.several);
            }
            faults.wrong
        })
    }

    /// The fields with what to choose from in place of a line.
    fn offer(&self, mut page: FormPage) -> FormPage {
        let several = self.0.lock().map(|several| several.clone()).unwrap_or_default();
        for field in page.groups.iter_mut().flat_map(|group| &mut group.fields) {
            if let Some(one) = several.iter().find(|one| one.field == field.name) {
                field.kind = Kind::Radio(one.among.clone());
            }
        }
        page
    }
}

pub(super) async fn filled(app: App, sheets: Sheets, sheet: &'static Sheet, id: String) -> Page {
    render(&filled_page(&app, sheets, sheet, id).await?)
}

async fn filled_page(
    app: &App,
    sheets: Sheets,
    sheet: &'static Sheet,
    id: String,
) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (stamp, row) = standing(tx, sheet, &app.scope(), &id)?;
        let about = About { sheets, sheet, today: app.site().today };
        let mut groups = groups(tx, app, &about, &Present { row: Some(&row), query: &Query::default() })?;
        groups[0].fields.push(Field::hidden("version", stamp.version.to_string()));
        let names = Names::of_rows(tx, sheets, sheet, std::slice::from_ref(&row))?;
        let title = names.of(row.base.id.as_str()).to_owned();
        let frame = app.frame(sheet.slice(), &format!("更正{}", sheet.label), None);
        let crumbs = [Link::new(sheet.href(), sheet.label), Link::new(sheet.href_of(&row), title)];
        let mut page =
            FormPage::new(frame, format!("{}/edit", sheet.href_of(&row)), form_key()?, groups).from(crumbs);
        page.intro = "更正会留下原来的内容，两个版本都能查".to_owned();
        Ok(page)
    })
    .await
}

pub(super) async fn correct(app: App, sheets: Sheets, sheet: &'static Sheet, id: String, form: Form) -> Page {
    let (several, to) = (Choices::default(), id.clone());
    let choices = several.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let scope = app.scope();
            let (_, before) = standing(tx, sheet, &scope, &to)?;
            let mut entry = Entry::of(sheets, sheet, app.asker(), &scope, app.ground());
            let said = |name: &str| form.text(name).to_owned();
            let row = choices.keep(entry.read(tx, before.base.id, Some(&before), &said)?)?;
            if row == before {
                return Ok(sheet.href_of(&row));
            }
            let version = form.text("version").parse().unwrap_or(0);
            match (sheet.ops.amend)(tx, app.asker(), &row, version) {
                Err(DbError::Problem(problem)) if problem.code == "changed_meanwhile" => {
                    Err(differences(tx, sheets, sheet, &before, &row)?.into())
                }
                done => {
                    done?;
                    Ok(sheet.href_of(&row))
                }
            }
        })
        .await?;
    let wrong = match submitted {
        Submitted::Wrong(wrong) => wrong,
        Submitted::Done(answer) => return Ok(answer),
    };
    let page = several.offer(filled_page(&app, sheets, sheet, id).await?);
    if wrong.iter().all(|wrong| wrong.field != "version") {
        return page.refused(&form, wrong);
    }
    // What was typed stays in the fields; the version becomes the one that is now seen.
    let seen = page.groups[0].fields.last().map(|field| field.value.clone()).unwrap_or_default();
    let mut page = page.again(&form, wrong);
    if let Some(field) = page.groups[0].fields.last_mut() {
        field.value = seen;
    }
    page.submit = "看过了，按我填的保存";
    Ok((StatusCode::CONFLICT, render(&page)?).into_response())
}

/// What somebody else wrote meanwhile, beside what is about to be written.
fn differences(
    tx: &mut Tx<'_>,
    sheets: Sheets,
    sheet: &'static Sheet,
    now: &Row,
    wanted: &Row,
) -> Result<Vec<Wrong>, Trouble> {
    let at = tx.at();
    let names = Names::in_rows(tx, sheets, at, &[(sheet, now), (sheet, wanted)])?;
    let what = "这条记录刚被别人改过：下面是两边不同的地方，看过再保存".to_owned();
    let mut wrong = vec![Wrong { field: "version".into(), what }];
    for column in sheet.columns.iter().filter(|column| column.is_asked()) {
        let text = |row| text_of(sheet, column, row, &names);
        let (now, wanted) = (text(now), text(wanted));
        if now != wanted {
            let what = format!("{}：现在是“{now}”，您填的是“{wanted}”", sheet.label_of(column));
            wrong.push(Wrong { field: column.name.into(), what });
        }
    }
    Ok(wrong)
}

pub(super) async fn withdraw(app: App, sheet: &'static Sheet, id: String, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = standing(tx, sheet, &app.scope(), &id)?;
            let mut reading = Reading::of(form);
            let reason = reading.text("reason", "作废的理由", 200);
            let reason = reading.done(reason)?;
            (sheet.ops.void)(tx, app.asker(), row.base.station_id, row.base.id, &reason)?;
            Ok(sheet.href())
        })
        .await?;
    submitted.led()
}

//! Entering, correcting and withdrawing a record.

use web::form::{Reading, Wrong};
use web::{Fault, Form, Link, Page, Query, render};

use super::super::entry::{Entry, Faults, Several};
use super::super::follow;
use super::super::names::Names;
use super::super::sheet::{Row, Sheet, Sheets};
use super::super::similar::Similar;
use super::form::{About, Present, Said, groups, last_of, none_of_them};
use super::one::standing;
use crate::access::new_id;
use crate::shell::{App, Field, FormPage, Kind, Submitted, form_key, form_version, overtaken};

pub(super) async fn blank(app: App, sheets: Sheets, sheet: &'static Sheet, query: Query) -> Page {
    render(&blank_page(&app, sheets, sheet, Said::Address(query)).await?)
}

async fn blank_page(app: &App, sheets: Sheets, sheet: &'static Sheet, said: Said) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let last = last_of(tx, app, sheet)?;
        let about = About { sheets, sheet, today: app.site().today, last };
        let groups = groups(tx, app, &about, &Present { row: None, said: &said })?;
        let frame = app.frame(sheet.slice(), &format!("登记{}", sheet.label), None);
        let mut page = FormPage::new(frame, format!("{}/new", sheet.href()), form_key()?, groups)
            .from([Link::new(sheet.href(), sheet.label)]);
        page.intro = sheet.note.to_owned();
        Ok(page)
    })
    .await
}

pub(super) async fn create(app: App, sheets: Sheets, sheet: &'static Sheet, form: Form) -> Page {
    let (several, similar) = (Choices::default(), Similar::default());
    let (choices, alike) = (several.clone(), similar.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (scope, id) = (app.scope(), new_id(tx.at())?);
            let mut entry = Entry::of(sheets, sheet, app.asker(), &scope, (app.ground(), app.site().today));
            let row = choices.keep(entry.read(tx, id, None, &|name| form.text(name).to_owned())?)?;
            none_wrong(sheet.refused(tx, &row, None)?)?;
            alike.hold(tx, (sheets, sheet), app.asker(), &row, form)??;
            (sheet.ops.enter)(tx, app.asker(), row.base.station_id, std::slice::from_ref(&row))?;
            Ok(sheet.href_of(&row))
        })
        .await?;
    match submitted {
        Submitted::Wrong(wrong) => {
            let page = blank_page(&app, sheets, sheet, Said::Sent(form.clone())).await?;
            let (page, form) = similar.shown(several.offer(page), &form);
            page.refused(&form, wrong)
        }
        Submitted::Done(answer) => Ok(answer),
    }
}

fn none_wrong(wrong: Vec<Wrong>) -> Result<(), Vec<Wrong>> {
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
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
                let mut among = one.among.clone();
                among.push(none_of_them());
                field.kind = Kind::Radio(among);
            }
        }
        page
    }
}

pub(super) async fn filled(app: App, sheets: Sheets, sheet: &'static Sheet, id: String) -> Page {
    render(&filled_page(&app, sheets, sheet, id, Said::Address(Query::default())).await?)
}

async fn filled_page(
    app: &App,
    sheets: Sheets,
    sheet: &'static Sheet,
    id: String,
    said: Said,
) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (stamp, row) = standing(tx, sheet, &app.scope(), &id)?;
        let about = About { sheets, sheet, today: app.site().today, last: None };
        let mut groups = groups(tx, app, &about, &Present { row: Some(&row), said: &said })?;
        groups[0].fields.push(Field::version(stamp.version));
        let names = Names::of_rows(tx, sheets, app.asker(), sheet, std::slice::from_ref(&row))?;
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
            let mut entry = Entry::of(sheets, sheet, app.asker(), &scope, (app.ground(), app.site().today));
            let said = |name: &str| form.text(name).to_owned();
            let row = choices.keep(entry.read(tx, before.base.id, Some(&before), &said)?)?;
            if row == before {
                return Ok(sheet.href_of(&row));
            }
            none_wrong(sheet.refused(tx, &row, Some(&before))?)?;
            (sheet.ops.amend)(tx, app.asker(), &row, form_version(form))?;
            sheets.moved(tx, app.asker(), [&row])?;
            follow::corrected(tx, sheets, app.asker(), sheet, &row)?;
            Ok(sheet.href_of(&row))
        })
        .await?;
    let wrong = match submitted {
        Submitted::Wrong(wrong) => wrong,
        Submitted::Done(answer) => return Ok(answer),
    };
    // Beside what somebody else wrote meanwhile the form stands as it is now, else as it was sent.
    let said = if overtaken(&wrong) { Said::Address(Query::default()) } else { Said::Sent(form.clone()) };
    let page = filled_page(&app, sheets, sheet, id, said).await?;
    several.offer(page).refused(&form, wrong)
}

pub(super) async fn withdraw(
    app: App,
    sheets: Sheets,
    sheet: &'static Sheet,
    id: String,
    form: Form,
) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = standing(tx, sheet, &app.scope(), &id)?;
            let mut reading = Reading::of(form);
            let reason = reading.text("reason", "作废的理由", 200);
            let reason = reading.done(reason)?;
            follow::nothing_hangs(tx, sheets, sheet, row.base.id)?;
            (sheet.ops.void)(tx, app.asker(), row.base.station_id, row.base.id, &reason)?;
            Ok(sheet.href())
        })
        .await?;
    submitted.led()
}

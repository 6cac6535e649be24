//! Correcting what is said of a document, and withdrawing it with a reason. The file itself is never changed: another
//! file is another document.

use axum::Extension;
use axum::extract::Path;
use web::form::{Reading, Wrong};
use web::{Fault, Form, Link, Page, render};

use super::super::forms::{self, DocumentForm};
use super::super::history;
use super::super::policy::Documents;
use super::super::store::Document;
use super::super::subject::{Subject, Subjects};
use crate::access::{Correct, Withdraw, permit};
use crate::shell::{App, Field, FormPage, Group, Submitted, form_key};

pub(super) async fn form(app: App, Path(id): Path<String>, Extension(subjects): Extension<Subjects>) -> Page {
    render(&edit_page(&app, subjects, id).await?)
}

async fn edit_page(app: &App, subjects: Subjects, id: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (version, row, subject) = subjects.document(tx, app.asker(), ("correct", &id))?;
        let frame = app.frame("documents", "更正文件", None);
        let fields = forms::edit_fields(&row, version);
        let page = FormPage::new(frame, format!("/documents/{id}/edit"), form_key()?, fields);
        Ok(page.from(crumbs(&row, subject)))
    })
    .await
}

fn crumbs(row: &Document, subject: Subject) -> Vec<Link> {
    let own = Link::new(format!("/documents/{}", row.id), row.title.clone());
    vec![Link::new(subject.href, subject.label), own]
}

pub(super) async fn edit(
    app: App,
    Path(id): Path<String>,
    Extension(subjects): Extension<Subjects>,
    form: Form,
) -> Page {
    let to = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (version, row, _) = subjects.document(tx, app.asker(), ("correct", &to))?;
            let mut reading = Reading::of(form);
            let read = DocumentForm::read(&mut reading, app.site().today);
            let read = reading.done(read)?;
            let corrected = Document {
                title: read.title.unwrap_or_else(|| forms::title_of(&row.file_name)),
                kind: read.kind,
                signed: read.signed,
                signed_on: read.signed_on,
                note: read.note,
                ..row.clone()
            };
            if form.text("version") != version.to_string() {
                return Err(differences(&row, &corrected).into());
            }
            permit::<Correct<Documents>>(app.asker(), row.station_id)?.correct(tx, &corrected)?;
            history::note::<Correct<Documents>>(tx, &corrected, None)?;
            Ok(format!("/documents/{to}"))
        })
        .await?;
    refused(submitted, &form, edit_page(&app, subjects, id)).await
}

/// What somebody else wrote meanwhile, beside what is about to be written.
fn differences(now: &Document, wanted: &Document) -> Vec<Wrong> {
    let mut wrong = vec![Wrong {
        field: "version".into(),
        what: "这份文件刚被别人更正过：下面是两边不同的地方，看过再保存".into(),
    }];
    let mut differ = |field: &str, label: &str, now: String, wanted: String| {
        if now != wanted {
            let what = format!("{label}：现在是“{now}”，您填的是“{wanted}”");
            wrong.push(Wrong { field: field.into(), what });
        }
    };
    let day = |row: &Document| row.signed_on.map(|day| day.to_string()).unwrap_or_default();
    let signed = |row: &Document| if row.signed { "有签名" } else { "没有签名" }.to_owned();
    let note = |row: &Document| row.note.clone().unwrap_or_default();
    differ("title", "名称", now.title.clone(), wanted.title.clone());
    differ("kind", "种类", now.kind.label().into(), wanted.kind.label().into());
    differ("signed", "签名", signed(now), signed(wanted));
    differ("signed_on", "签名日期", day(now), day(wanted));
    differ("note", "说明", note(now), note(wanted));
    wrong
}

/// Where a form leads: on, or to itself with what is wrong; after somebody else's correction with the version now seen.
async fn refused<F>(submitted: Submitted, form: &Form, page: F) -> Page
where
    F: Future<Output = Result<FormPage, Fault>>,
{
    let wrong = match submitted {
        Submitted::Done(answer) => return Ok(answer),
        Submitted::Wrong(wrong) => wrong,
    };
    let page = page.await?;
    if wrong.iter().all(|wrong| wrong.field != "version") {
        return page.refused(form, wrong);
    }
    let seen = page.groups[0].fields[0].value.clone();
    let mut page = page.again(form, wrong);
    page.groups[0].fields[0].value = seen;
    page.submit = "看过了，按我填的保存";
    let page = render(&page)?;
    Ok(axum::response::IntoResponse::into_response((axum::http::StatusCode::CONFLICT, page)))
}

pub(super) async fn withdraw_form(
    app: App,
    Path(id): Path<String>,
    Extension(subjects): Extension<Subjects>,
) -> Page {
    render(&withdraw_page(&app, subjects, id).await?)
}

async fn withdraw_page(app: &App, subjects: Subjects, id: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (_, row, subject) = subjects.document(tx, app.asker(), ("withdraw", &id))?;
        let field = Field::text("reason", "理由").hint("记入审计，例如：传错了人");
        let frame = app.frame("documents", "作废文件", None);
        let groups = vec![Group::new("", [field])];
        let mut page = FormPage::new(frame, format!("/documents/{id}/withdraw"), form_key()?, groups);
        page.intro = format!("“{}”作废后谁也打不开，历史仍可查", row.title);
        page.submit = "作废";
        Ok(page.from(crumbs(&row, subject)))
    })
    .await
}

pub(super) async fn withdraw(
    app: App,
    Path(id): Path<String>,
    Extension(subjects): Extension<Subjects>,
    form: Form,
) -> Page {
    let to = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row, subject) = subjects.document(tx, app.asker(), ("withdraw", &to))?;
            let mut reading = Reading::of(form);
            let reason = reading.text("reason", "理由", 200);
            let reason = reading.done(reason)?;
            permit::<Withdraw<Documents>>(app.asker(), row.station_id)?
                .withdraw::<Document>(tx, row.id, &reason)?;
            history::note::<Withdraw<Documents>>(tx, &row, Some(&reason))?;
            Ok(format!("{}#documents", subject.href))
        })
        .await?;
    refused(submitted, &form, withdraw_page(&app, subjects, id)).await
}

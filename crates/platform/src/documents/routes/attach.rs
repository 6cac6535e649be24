//! Attaching a file to a record: the permission first, then the file to its folder, then the row that speaks of it.

use axum::Extension;
use axum::extract::multipart::{Multipart, MultipartRejection};
use db::{Record as _, Tx};
use kernel::{Id, Problem};
use web::form::{Csrf, Reading, Wrong};
use web::upload::{self, FILE, Upload};
use web::{Fault, Form, Link, Page, Query, render};

use super::super::content_type::content_type;
use super::super::forms::{self, DocumentForm};
use super::super::history;
use super::super::model::ContentType;
use super::super::policy::Documents;
use super::super::store::Document;
use super::super::subject::{Subject, Subjects};
use crate::access::{Enter, new_id, permit};
use crate::shell::{App, FormPage, Submitted, Trouble, form_key};

/// The record of an address: kind and id.
type Named = (String, String);

pub(super) async fn form(app: App, query: Query, Extension(subjects): Extension<Subjects>) -> Page {
    let text = |name| query.text(name).unwrap_or_default().to_owned();
    render(&page(&app, subjects, (text("kind"), text("id"))).await?)
}

async fn page(app: &App, subjects: Subjects, (kind, id): Named) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let subject = subjects.open(tx, app.asker(), "record", (&kind, &id))?;
        let frame = app.frame("documents", "附上文件", None);
        let mut page = FormPage::new(frame, "/documents/new", form_key()?, forms::new_fields((&kind, &id)));
        page.intro = format!("附在：{}", subject.label);
        page.submit = "附上";
        Ok(page.from([Link::new(subject.href, subject.label)]))
    })
    .await
}

pub(super) async fn attach(
    app: App,
    Extension(subjects): Extension<Subjects>,
    Extension(csrf): Extension<Csrf>,
    sent: Result<Multipart, MultipartRejection>,
) -> Page {
    let (upload, form) = upload::take(sent).await?;
    form.hold_to(Some(&csrf))?;
    let named = (form.text("subject_kind").to_owned(), form.text("subject_id").to_owned());
    // Whoever may not attach here leaves nothing in the folder either.
    let page = page(&app, subjects, named.clone()).await?;
    let fields = form.clone();
    let ready = app.work(move |app| Ok(prepare(app, &fields, upload))).await?;
    let ready = match ready {
        Ok(ready) => ready,
        Err(wrong) => return page.refused(&form, wrong),
    };
    let submitted = app.submit(&form, move |tx, app, _| keep(tx, app, subjects, &named, ready)).await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => page.refused(&form, wrong),
    }
}

/// What is ready to be written: the content is in its folder.
struct Ready {
    form: DocumentForm,
    file_name: String,
    found: ContentType,
    size: i32,
    sha256: String,
}

/// Reads form and file together, so that all that is wrong is said at once; only what is right is put into the folder.
fn prepare(app: &App, form: &Form, upload: Option<Upload>) -> Result<Ready, Vec<Wrong>> {
    let mut reading = Reading::of(form);
    let read = DocumentForm::read(&mut reading, app.site().today);
    let file = match upload {
        None => Err("选一份文件".to_owned()),
        Some(upload) => match content_type(&upload.content, &upload.name) {
            Ok(found) => Ok((upload, found)),
            Err(problem) => Err(words(&problem)),
        },
    };
    let file = file.map_err(|what| reading.wrong(FILE, what)).ok();
    let (form, (upload, found)) = reading.done(read.zip(file))?;
    let kept = app.site().database.contents().and_then(|contents| contents.put(&upload.content));
    let sha256 = kept.map_err(|problem| {
        tracing::error!(%problem, "a file could not be kept");
        vec![Wrong { field: FILE.into(), what: words(&problem) }]
    })?;
    let size = i32::try_from(upload.content.len()).unwrap_or(i32::MAX);
    Ok(Ready { file_name: forms::file_name(&upload.name, found), form, found, size, sha256 })
}

/// A problem in words, without the server's folders.
fn words(problem: &Problem) -> String {
    format!("{}。{}", problem.what, problem.remedy)
}

fn keep(
    tx: &mut Tx<'_>,
    app: &App,
    subjects: Subjects,
    named: &Named,
    ready: Ready,
) -> Result<String, Trouble> {
    let subject = subjects.open(tx, app.asker(), "record", (&named.0, &named.1))?;
    let id = new_id(tx.at())?;
    let row = row(id, app, &subject, &named.0, ready);
    permit::<Enter<Documents>>(app.asker(), row.station_id())?.append(tx, std::slice::from_ref(&row))?;
    history::note::<Enter<Documents>>(tx, &row, None)?;
    Ok(format!("{}#documents", subject.href))
}

fn row(id: Id, app: &App, subject: &Subject, kind: &str, ready: Ready) -> Document {
    let place = subject.place;
    Document {
        id,
        station_id: place.station,
        area_id: place.area,
        community_id: place.community,
        worker_id: app.asker().worker(),
        subject_kind: kind.to_owned(),
        subject_id: subject.id,
        title: ready.form.title.unwrap_or_else(|| forms::title_of(&ready.file_name)),
        kind: ready.form.kind,
        file_name: ready.file_name,
        content_type: ready.found,
        size: ready.size,
        sha256: ready.sha256,
        signed: ready.form.signed,
        signed_on: ready.form.signed_on,
        uploaded_on: app.site().today,
        note: ready.form.note,
    }
}

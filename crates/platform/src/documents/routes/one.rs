//! One document: what it is, where it is attached, what may be done with it.

use axum::Extension;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use web::{Page, render};

use super::super::pages::DocumentPage;
use super::super::subject::{Subjects, may};
use crate::shell::App;

pub(super) async fn show(app: App, Path(id): Path<String>, Extension(subjects): Extension<Subjects>) -> Page {
    let page = app.read(move |tx, app| {
        let (_, row, subject) = subjects.document(tx, app.asker(), ("read", &id))?;
        let may = |action| may(app.asker(), action, subject.part, subject.place);
        let rights = (may("correct"), may("withdraw"));
        Ok(DocumentPage::of(app.frame("documents", &row.title, None), &row, subject, rights))
    });
    let mut page = render(&page.await?)?;
    page.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(page)
}

//! The documents of a record that has no page of its own: an area, an indicator of a contract.

use axum::Extension;
use axum::extract::Path;
use web::{Page, render, unkept};

use super::super::pages::OfPage;
use super::super::panel::{Whose, panel_of};
use super::super::subject::Subjects;
use crate::shell::App;

pub(super) async fn show(
    app: App,
    Path((kind, id)): Path<(String, String)>,
    Extension(subjects): Extension<Subjects>,
) -> Page {
    let page = app.read(move |tx, app| {
        let subject = subjects.open(tx, app.asker(), "read", (&kind, &id))?;
        let whose = Whose { kind: &kind, id: subject.id, part: subject.part, place: subject.place };
        let documents = panel_of(tx, app.asker(), whose, &[])?;
        let frame = app.frame("documents", &subject.label, None);
        Ok(OfPage { frame, subject: subject.label, documents })
    });
    unkept(render(&page.await?))
}

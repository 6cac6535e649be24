//! The wording of a report, part by part, with what was found in it.

use axum::extract::Path;
use web::{Page, render};

use super::opened::Opened;
use super::pages::ListPage;
use crate::evaluation::accepted_of;
use crate::shell::{App, form_key};

pub(super) async fn show(app: App, Path(code): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let opened = Opened::of(tx, app, &code)?;
        let accepted = accepted_of(tx, &opened.round)?;
        let frame = opened.frame(app, "报告用语");
        Ok(ListPage::of(frame, &opened, &accepted, form_key()?))
    });
    render(&page.await?)
}

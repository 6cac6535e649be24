//! Files that are taken away: a template, a list as it is shown, a workbook with its faults marked.

use axum::Extension;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use kernel::Problem;
use web::{Page, Query};

use super::super::content::Content;
use super::super::{layout, store, write};
use super::{by, sheet};
use crate::sheets::{Sheets, rows};
use crate::shell::{App, Trouble};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

fn file(name: &'static str, bytes: Vec<u8>) -> Response {
    (web::download(name, XLSX), bytes).into_response()
}

fn rendered(grid: &paper::grid::Grid) -> Result<Vec<u8>, Trouble> {
    paper::grid::render(grid).map_err(|error| Problem::new("workbook", error.to_string(), "请重试").into())
}

pub(super) async fn template(
    app: App,
    Extension(sheets): Extension<Sheets>,
    Path(kind): Path<String>,
) -> Page {
    let bytes = app.read(move |tx, app| {
        let sheet = sheet(app, sheets, &kind, |sheet| sheet.ops.record)?;
        rendered(&layout::template(tx, app, sheets, sheet)?)
    });
    Ok(file("template.xlsx", bytes.await?))
}

/// What the list shows under the same parameters, whole.
pub(super) async fn export(
    app: App,
    Extension(sheets): Extension<Sheets>,
    Path(kind): Path<String>,
    query: Query,
) -> Page {
    let bytes = app.write(move |tx, app| {
        let sheet = sheet(app, sheets, &kind, |sheet| sheet.ops.read)?;
        let scope = app.asker().scope(sheet.ops.read);
        let rows = rows(tx, sheet, &scope, &query)?;
        let bytes = write::workbook(tx, app.ground(), sheets, sheet, &rows)?;
        let event = db::Event {
            verb: "transfer.export",
            kind: sheet.kind(),
            reason: Some(format!("导出{} {} 条", sheet.label, rows.len())),
            ..db::Event::default()
        };
        tx.event(db::WHOLE, event)?;
        Ok(bytes)
    });
    web::unkept(Ok(file("records.xlsx", bytes.await?)))
}

pub(super) async fn marked(
    app: App,
    Extension(sheets): Extension<Sheets>,
    Path(import): Path<String>,
) -> Page {
    let bytes = app.read(move |tx, app| {
        let transfer = store::transfer(tx, &by(app.asker()), &import)?;
        let sheet = sheet(app, sheets, &transfer.kind, |sheet| sheet.ops.record)?;
        let content = Content::from_json(&store::content(tx, transfer.id)?)?;
        rendered(&write::marked(sheet, &content))
    });
    web::unkept(Ok(file("marked.xlsx", bytes.await?)))
}

//! What a field offers while one types into it: the records that are called something like it.

use axum::extract::Path;
use axum::response::IntoResponse as _;
use axum::routing::get;
use axum::{Extension, Json};
use serde::Serialize;
use web::{Fault, Page, Query, unkept};

use super::super::names::like;
use super::super::sheet::Sheets;
use crate::shell::{App, Heading, Needs, Part, Route};

/// The shortest text that is looked for, in characters: every family has a name of one.
const SHORTEST: usize = 2;
/// The longest.
const LONGEST: usize = 60;

/// What finding brings to the site; it is not in the menu.
pub const PART: Part = Part {
    name: "sheets",
    group: Heading::System,
    label: "",
    tab: "",
    icon: "",
    needs: Needs::SignedIn,
    routes: || vec![Route::get("/sheets/{kind}/find", Needs::SignedIn, get(find))],
};

/// What was found, and whether there is more of it than one looks through.
#[derive(Serialize)]
struct Found {
    found: Vec<One>,
    more: bool,
}

#[derive(Serialize)]
struct One {
    id: String,
    name: String,
}

/// Whoever may not read such records finds none.
async fn find(
    app: App,
    Extension(sheets): Extension<Sheets>,
    Path(kind): Path<String>,
    query: Query,
) -> Page {
    let Some(sheet) = sheets.of_kind(&kind).filter(|sheet| !sheet.few) else {
        return Err(Fault::not_found("unknown_kind", "没有这种记录", "请刷新页面"));
    };
    let text: String = query.text("q").unwrap_or_default().trim().chars().take(LONGEST).collect();
    let found = app.read(move |tx, app| {
        if text.chars().count() < SHORTEST || !app.asker().may(sheet.ops.read) {
            return Ok((Vec::new(), false));
        }
        Ok(like(tx, sheets, app.asker(), sheet, &text)?)
    });
    let (found, more) = found.await?;
    let found = found.into_iter().map(|(id, name)| One { id: id.to_string(), name }).collect();
    unkept(Ok(Json(Found { found, more }).into_response()))
}

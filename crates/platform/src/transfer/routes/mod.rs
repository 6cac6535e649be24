//! The pages of workbooks: what there is, a template, records taken out, a file sent, brought in and undone.

mod import;
mod out;

use axum::Extension;
use axum::extract::DefaultBodyLimit;
use axum::routing::{MethodRouter, get, post};
use web::{Page, render};

use super::pages::{IndexPage, SheetRow, SlicePart, TransferRow};
use super::store;
use crate::access::Asker;
use crate::sheets::{Sheet, Sheets};
use crate::shell::{App, Heading, Needs, Part, Route, Trouble};

/// What this slice brings to the site.
pub const PART: Part = Part {
    name: "transfer",
    group: Heading::Agreement,
    label: "表格导入导出",
    tab: "表格",
    icon: "M3 4h14v12H3zM3 8h14M8 4v12M13 4v12",
    needs: READ,
    routes,
};

const READ: Needs = Needs::Verb("transfer.read");
const BRING: Needs = Needs::Verb("transfer.record");

fn routes() -> Vec<Route> {
    // The upload counts what it reads itself, so that it can say what is too large.
    let sent: MethodRouter<App> = post(import::take).layer(DefaultBodyLimit::disable());
    vec![
        Route::get("/transfer", READ, get(index)),
        Route::get("/transfer/{kind}/export", READ, get(out::export)).audited().slow(),
        Route::get("/transfer/{kind}/template", BRING, get(out::template)),
        Route::get("/transfer/{kind}", BRING, get(import::form)),
        Route::post("/transfer/{kind}", BRING, sent).slow(),
        Route::get("/transfer/imports/{import}", BRING, get(import::show)),
        Route::get("/transfer/imports/{import}/marked", BRING, get(out::marked)),
        Route::post("/transfer/imports/{import}/apply", BRING, post(import::apply)).slow(),
        Route::post("/transfer/imports/{import}/undo", BRING, post(import::undo)).slow(),
    ]
}

/// The sheet of a kind that somebody may see, or bring records in to.
///
/// # Errors
/// There is none, or not for them: both in the same words.
fn sheet(
    app: &App,
    sheets: Sheets,
    kind: &str,
    verb: fn(&Sheet) -> &'static str,
) -> Result<&'static Sheet, Trouble> {
    let found = sheets.of_kind(kind).filter(|sheet| sheet.page.is_none() && app.asker().may(verb(sheet)));
    let what = "没有这种记录的表格，或者您没有登记它的权限";
    Ok(found.ok_or_else(|| web::Fault::not_found("unknown_kind", what, "请从“表格导入导出”里选"))?)
}

/// As the imports know whoever asks.
fn by(asker: &Asker) -> String {
    asker.user().map_or_else(|| "console".to_owned(), |user| user.user.to_string())
}

async fn index(app: App, Extension(sheets): Extension<Sheets>) -> Page {
    let page = app.read(move |tx, app| {
        let may_bring = app.asker().may("transfer.record");
        let mut slices: Vec<SlicePart> = Vec::new();
        for sheet in sheets.all().iter().filter(|sheet| sheet.page.is_none()) {
            if !app.asker().may(sheet.ops.read) {
                continue;
            }
            let row = SheetRow {
                label: sheet.label,
                list: sheet.href(),
                kind: sheet.kind(),
                may_bring: may_bring && app.asker().may(sheet.ops.record),
            };
            match slices.last_mut().filter(|part| part.slice == sheet.slice()) {
                Some(part) => part.sheets.push(row),
                None => slices.push(SlicePart { slice: sheet.slice(), sheets: vec![row] }),
            }
        }
        let latest = store::latest(tx, &by(app.asker()))?;
        let imports = latest.into_iter().map(|one| TransferRow {
            href: format!("/transfer/imports/{}", one.id),
            label: sheets.of_kind(&one.kind).map_or("", |sheet| sheet.label),
            file_name: one.file_name,
            made_at: one.made_at.minute(),
            state: one.state,
        });
        Ok(IndexPage {
            frame: app.frame("transfer", "表格导入导出", None),
            slices,
            imports: imports.collect(),
        })
    });
    render(&page.await?)
}

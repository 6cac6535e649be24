//! The pages of a slice's sheets.

mod find;
mod form;
mod glance;
mod list;
mod one;
mod write;

use axum::Extension;
use axum::extract::Path;
use axum::routing::{get, post};
use web::{Fault, Form, Query};

pub use find::PART;
pub use glance::{Glance, glance, glances};
pub use list::{all_of, all_rows, rows, text_of};
pub(super) use list::{load, sought};
pub use one::differing;

use super::sheet::{Sheet, Sheets};
use crate::shell::{App, Needs, Route};

/// The addresses of a slice's sheets and what each needs. Made by [`sheets_part!`](crate::sheets_part).
#[derive(Debug, Clone, Copy)]
pub struct Addresses {
    /// The slice.
    pub slice: &'static str,
    /// Its first sheet's list.
    pub list: &'static str,
    /// A sheet's list.
    pub sheet: &'static str,
    /// A new record.
    pub new: &'static str,
    /// A record.
    pub one: &'static str,
    /// Correcting it.
    pub edit: &'static str,
    /// Withdrawing it.
    pub withdraw: &'static str,
    /// What seeing needs.
    pub read: Needs,
    /// What entering needs.
    pub record: Needs,
    /// What correcting needs.
    pub correct: Needs,
    /// What withdrawing needs.
    pub void: Needs,
}

/// A sheet of a slice, by the part of the address that names it; the first one where there is none.
fn sheet_at(sheets: Sheets, slice: &str, path: Option<&str>) -> Result<&'static Sheet, Fault> {
    let found = match path {
        Some(path) => sheets.at(slice, path),
        None => sheets.of_slice(slice).next(),
    };
    found.ok_or_else(|| Fault::not_found("unknown_sheet", "没有这个页面", "请从菜单重新进入"))
}

/// Every route of a slice's sheets.
#[must_use]
pub fn routes(at: &Addresses) -> Vec<Route> {
    type Book = Extension<Sheets>;
    let slice = at.slice;
    let first = move |app: App, Extension(sheets): Book, query: Query| async move {
        list::show(app, sheets, sheet_at(sheets, slice, None)?, query).await
    };
    let list = move |app: App, Extension(sheets): Book, Path(path): Path<String>, query: Query| async move {
        list::show(app, sheets, sheet_at(sheets, slice, Some(&path))?, query).await
    };
    let one = move |app: App, Extension(sheets): Book, Path((path, id)): Path<(String, String)>| async move {
        one::show(app, sheets, sheet_at(sheets, slice, Some(&path))?, id).await
    };
    let blank = move |app: App, Extension(sheets): Book, Path(path): Path<String>, query: Query| async move {
        write::blank(app, sheets, sheet_at(sheets, slice, Some(&path))?, query).await
    };
    let create = move |app: App, Extension(sheets): Book, Path(path): Path<String>, form: Form| async move {
        write::create(app, sheets, sheet_at(sheets, slice, Some(&path))?, form).await
    };
    let filled = move |app: App, Extension(sheets): Book, Path((path, id)): Path<(String, String)>| async move {
        write::filled(app, sheets, sheet_at(sheets, slice, Some(&path))?, id).await
    };
    let correct = move |app: App,
                        Extension(sheets): Book,
                        Path((path, id)): Path<(String, String)>,
                        form: Form| async move {
        write::correct(app, sheets, sheet_at(sheets, slice, Some(&path))?, id, form).await
    };
    let withdraw = move |app: App,
                         Extension(sheets): Book,
                         Path((path, id)): Path<(String, String)>,
                         form: Form| async move {
        write::withdraw(app, sheets, sheet_at(sheets, slice, Some(&path))?, id, form).await
    };
    vec![
        Route::get(at.list, at.read, get(first)),
        Route::get(at.sheet, at.read, get(list)),
        Route::get(at.new, at.record, get(blank)),
        Route::post(at.new, at.record, post(create)),
        Route::get(at.one, at.read, get(one)),
        Route::get(at.edit, at.correct, get(filled)),
        Route::post(at.edit, at.correct, post(correct)),
        Route::post(at.withdraw, at.void, post(withdraw)),
    ]
}

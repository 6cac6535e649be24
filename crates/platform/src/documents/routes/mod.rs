//! The pages of documents: attaching, one document, its file, correcting, withdrawing.

mod attach;
mod edit;
mod file;
mod of;
mod one;

use axum::extract::DefaultBodyLimit;
use axum::routing::{MethodRouter, get, post};

use crate::shell::{App, Needs, Part, Route};

/// What this slice brings to the site; it has no entry in the menu, since documents are found where they are attached.
pub const PART: Part = Part {
    name: "documents",
    group: crate::shell::Heading::Today,
    label: "",
    tab: "",
    icon: "",
    needs: READ,
    routes,
};

const READ: Needs = Needs::Verb("documents.read");

fn routes() -> Vec<Route> {
    let (record, correct, withdraw) = (
        Needs::Verb("documents.record"),
        Needs::Verb("documents.correct"),
        Needs::Verb("documents.withdraw"),
    );
    // The upload counts what it reads itself, so that it can say what is too large.
    let sent: MethodRouter<App> = post(attach::attach).layer(DefaultBodyLimit::disable());
    vec![
        Route::get("/documents/new", record, get(attach::form)),
        Route::post("/documents/new", record, sent),
        Route::get("/documents/of/{kind}/{id}", READ, get(of::show)),
        Route::get("/documents/{document}", READ, get(one::show)),
        Route::get("/documents/{document}/file", READ, get(file::show)).audited(),
        Route::get("/documents/{document}/edit", correct, get(edit::form)),
        Route::post("/documents/{document}/edit", correct, post(edit::edit)),
        Route::get("/documents/{document}/withdraw", withdraw, get(edit::withdraw_form)),
        Route::post("/documents/{document}/withdraw", withdraw, post(edit::withdraw)),
    ]
}

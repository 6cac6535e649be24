//! The pages of checks: the form, and what was found in the file that was sent. Nothing is written anywhere.

use axum::Extension;
use axum::extract::DefaultBodyLimit;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get, post};
use rules::checks::text::{self, ReadError};
use web::form::Csrf;
use web::upload::{self, Upload};
use web::{Fault, Page, Workers, render};

use super::pages::{FormPage, ResultPage};
use crate::shell::{App, Frame, Heading, Needs, Part, Route};

/// What this slice brings to the site.
pub const PART: Part = Part {
    name: "checks",
    group: Heading::Evaluation,
    label: "文字核验",
    tab: "核验",
    icon: "M3.5 10.5 8 15l8.5-9.5",
    needs: USE,
    routes,
};

const USE: Needs = Needs::Verb("checks.text");

/// How many files are checked at once. Checking takes the processor, not the database.
const AT_ONCE: usize = 2;

fn routes() -> Vec<Route> {
    let workers = Workers::new(AT_ONCE);
    // The upload counts what it reads itself, so that it can say what is too large.
    let sent: MethodRouter<App> = post(check).layer(DefaultBodyLimit::disable());
    let sent: MethodRouter<App> = sent.layer(Extension(workers));
    vec![Route::get("/checks", USE, get(form)), Route::ask("/checks", USE, sent)]
}

async fn form(app: App) -> Page {
    render(&FormPage::new(frame(&app, "文字核验"), None))
}

async fn check(
    app: App,
    Extension(workers): Extension<Workers>,
    Extension(csrf): Extension<Csrf>,
    sent: Result<Multipart, MultipartRejection>,
) -> Page {
    let (upload, fields) = upload::take(sent).await?;
    fields.hold_to(Some(&csrf))?;
    let Some(upload) = upload else {
        return again(&app, "没有选文件：请先选一份报告，再点“核验”".to_owned());
    };
    let framed = frame(&app, "核验结果");
    let result = workers.run(move || Ok::<_, Fault>(examine(&upload, framed))).await?;
    match result {
        Ok(page) => Ok(unkept(render(&page)?)),
        Err(error) => again(&app, error.to_string()),
    }
}

/// Reads and checks; long work, for a worker thread.
fn examine(upload: &Upload, frame: Frame) -> Result<ResultPage, ReadError> {
    let text = text::read(&upload.content, &upload.name)?;
    let report = text::check(&text);
    Ok(ResultPage::of(frame, &upload.name, &text, &report))
}

/// The form once more, with what was wrong.
fn again(app: &App, wrong: String) -> Page {
    let page = render(&FormPage::new(frame(app, "没有核验成"), Some(wrong)))?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, unkept(page)).into_response())
}

fn frame(app: &App, title: &str) -> Frame {
    app.frame(PART.name, title, None)
}

/// No browser keeps a page that shows somebody's report.
fn unkept(mut page: Response) -> Response {
    page.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    page
}

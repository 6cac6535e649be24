//! The page on which a visit is entered, reached from a household's line on today's list.

use axum::Extension;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::Tx;
use kernel::Id;
use serde::Deserialize;
use web::form::Reading;
use web::{Fault, Form, Page, Target, render};

use super::super::find;
use super::super::model::VisitKind;
use super::form::Said;
use super::page::RecordPage;
use super::write::{Entered, before, enter};
use crate::clients::{self, Rolled, Whose};
use crate::documents::{self, Subjects};
use crate::shell::{App, Heading, Leads, Needs, Part, Route, Submitted, Trouble, form_key};

/// The pages of this form.
pub const PART: Part = Part {
    name: "visits",
    group: Heading::Services,
    label: "",
    tab: "",
    icon: "",
    needs: Needs::Verb("visits.record"),
    routes,
};

const PATH: &str = "/visits/record/{household}";

fn routes() -> Vec<Route> {
    let needs = Needs::Verb("visits.record");
    vec![Route::get(PATH, needs, get(show)), Route::post(PATH, needs, post(create))]
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    kind: String,
}

/// A household that whoever asks may enter visits to.
fn household(tx: &mut Tx<'_>, app: &App, id: &str) -> Result<Rolled, Trouble> {
    let unknown =
        || Fault::not_found("unknown_household", "没有这份档案，或已经销档", "请从今日名单或家户档案里找");
    let id: Id = id.parse().map_err(|_| unknown())?;
    let scope = app.scope();
    let found = clients::roll(tx, &scope, Whose::One(id), app.site().today)?.pop();
    Ok(found.ok_or_else(unknown)?)
}

async fn page(app: &App, id: String, sent: Form) -> Result<RecordPage, Fault> {
    app.read(move |tx, app| {
        let file = household(tx, app, &id)?;
        let known = before(tx, &file, app.site().today)?;
        let at = tx.at();
        let last = find::of_household(tx, file.household.id, &[], at)?.into_iter().next();
        let persons: Vec<Id> = file.persons.iter().map(|person| person.id).collect();
        let goals = clients::goals_of(tx, &persons)?;
        let frame = app.frame("visits", &format!("记录探访：{}", file.title()), None);
        Ok(RecordPage::of(frame, form_key()?, &app.site().library.codes, (&file, &known, last, goals), sent))
    })
    .await
}

async fn show(app: App, Path(id): Path<String>, Query(asked): Query<Asked>) -> Page {
    let kind: VisitKind = asked.kind.parse().unwrap_or(VisitKind::Home);
    let mut page = page(&app, id, Form::default()).await?;
    page.begin(kind, app.site().today);
    render(&page)
}

async fn create(
    app: App,
    Extension(subjects): Extension<Subjects>,
    Path(id): Path<String>,
    form: Form,
) -> Page {
    let to = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let file = household(tx, app, &to)?;
            let known = before(tx, &file, app.site().today)?;
            let mut reading = Reading::of(form);
            let read = Said::read(form, &mut reading, &known);
            let signature = signature(form, &mut reading);
            let said = reading.done(read)?;
            let who = (app.asker(), app.asker().worker());
            let done = enter(tx, who, (&file.household, &known), &said)?;
            if let Some(content) = signature.filter(|_| !done.before) {
                let day = form.text("visited_on").parse().ok();
                documents::attach_signature(tx, app, subjects, (done.kind, done.record), (&content, day))?;
            }
            if form.text("then") == "photo" {
                return Ok(Leads::saying(attach(&done), "已保存，接着附照片"));
            }
            if done.raised {
                return Ok(Leads::saying("/visits/escalations", "已保存并列入紧急上报：24 小时内要写处置"));
            }
            let (path, word) = match said {
                Said::Visit(_) => ("visits", "探访已保存"),
                Said::Attempt(_) => ("attempts", "已记下没见到人；不算一次探访"),
            };
            Ok(Leads::saying(format!("/visits/{path}/{}", done.record), word))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => {
            let page = page(&app, id, form).await?.with(wrong);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)?).into_response())
        }
    }
}

/// What was drawn where one signs: a PNG in base64.
fn signature(form: &Form, reading: &mut Reading<'_>) -> Option<Vec<u8>> {
    let sent = form.text("signature");
    if sent.is_empty() {
        return None;
    }
    let png = STANDARD.decode(sent).ok().filter(|bytes| bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    if png.is_none() {
        reading.wrong("signature", "签名的图片不完整：擦掉重签");
    }
    png
}

/// Where a photograph is attached to what was entered.
fn attach(done: &Entered) -> String {
    Target::new(&["documents", "new"]).with("kind", done.kind).with("id", done.record).href()
}

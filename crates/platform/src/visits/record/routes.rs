//! The page on which a visit is entered, reached from a household's line on today's list.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use db::Tx;
use kernel::Id;
use serde::Deserialize;
use web::form::Reading;
use web::{Fault, Form, Page, Target, render};

use super::super::find;
use super::super::model::VisitKind;
use super::form::NewVisit;
use super::page::RecordPage;
use super::write::{before, enter};
use crate::clients::{self, Rolled, Whose};
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

async fn create(app: App, Path(id): Path<String>, form: Form) -> Page {
    let to = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let file = household(tx, app, &to)?;
            let known = before(tx, &file, app.site().today)?;
            let mut reading = Reading::of(form);
            let read = NewVisit::read(form, &mut reading, &known);
            let said = reading.done(read)?;
            let done = enter(tx, app.asker(), (&file.household, &known), &said)?;
            if form.text("then") == "photo" {
                return Ok(Leads::saying(attach(done.visit), "探访已保存，接着附照片"));
            }
            if done.raised {
                return Ok(Leads::saying("/visits/escalations", "已保存并列入紧急上报：24 小时内要写处置"));
            }
            Ok(Leads::saying(format!("/visits/visits/{}", done.visit), "探访已保存"))
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

/// Where a photograph is attached to a visit.
fn attach(visit: Id) -> String {
    Target::new(&["documents", "new"]).with("kind", "visit").with("id", visit).href()
}

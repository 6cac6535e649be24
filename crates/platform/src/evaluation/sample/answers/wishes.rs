//! Who wishes for more care, as the station sees it once the survey is closed: a name and a wish, by consent, and what was done.
//! Not here: any answer.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::routing::{get, post};
use db::{DbError, Event, Tx};
use kernel::Id;
use web::form::{KEY, Reading, TOKEN};
use web::{Form, Page, render, unkept};

use super::store::{self, DONE, WISH, Wish};
use crate::access::{Place, Scope};
use crate::clients;
use crate::evaluation::rounds::someone;
use crate::evaluation::sample::refused;
use crate::shell::{App, Frame, Leads, Needs, Route, Trouble, form_key};

/// The verb of seeing wishes that were passed on, and of noting what was done.
const VERB: &str = "surveys.wishes";

pub(super) fn routes() -> Vec<Route> {
    const SEES: Needs = Needs::Verb(VERB);
    vec![
        Route::get("/evaluation/wishes", SEES, get(list)),
        Route::post("/evaluation/wishes/{wish}/done", SEES, post(done)),
    ]
}

/// Wishes that wait for whoever asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// How many.
    pub count: usize,
    /// The first: who, and since when.
    pub first: Vec<(String, String)>,
}

/// The wishes that nobody has answered yet, as far as whoever asks may see them; the first `most` by name.
///
/// # Errors
/// What the database says.
pub fn open_wishes(tx: &mut Tx<'_>, app: &App, most: usize) -> Result<Wishes, Trouble> {
    let scope = app.asker().scope(VERB);
    if scope.is_empty() {
        return Ok(Wishes::default());
    }
    let mut open = seen(tx, &scope)?;
    open.retain(|wish| wish.done_at.is_none());
    let names = names(tx, &open[..open.len().min(most)])?;
    let line = |wish: &Wish| {
        let name = names.get(&wish.person_id).cloned().unwrap_or_default();
        (name, wish.passed_on.map(|day| format!("{day} 转来")).unwrap_or_default())
    };
    Ok(Wishes { count: open.len(), first: open.iter().take(most).map(line).collect() })
}

fn seen(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Wish>, Trouble> {
    let mut all = store::passed_on(tx, scope.stations())?;
    all.retain(|wish| scope.covers(place(wish)));
    Ok(all)
}

fn place(wish: &Wish) -> Place {
    Place { station: wish.station_id, area: wish.area_id, community: wish.community_id }
}

fn names(tx: &mut Tx<'_>, wishes: &[Wish]) -> Result<BTreeMap<Id, String>, Trouble> {
    let people: Vec<(Id, bool)> = wishes.iter().map(|wish| (wish.person_id, false)).collect();
    Ok(clients::reached(tx, &people)?.into_iter().map(|(id, person)| (id, person.name)).collect())
}

struct Line {
    id: Id,
    name: String,
    passed: String,
    wish: String,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "evaluation/templates/wishes.html")]
struct WishesPage {
    frame: Frame,
    lines: Vec<Line>,
    key: String,
}

async fn list(app: App) -> Page {
    let page = app.read(|tx, app| {
        let wishes = seen(tx, &app.asker().scope(VERB))?;
        let names = names(tx, &wishes)?;
        let mut lines = Vec::new();
        for wish in &wishes {
            let text = wish.wish.as_ref().map(|text| text.open(tx.keys(), WISH, &wish.id)).transpose();
            let done = wish.done.as_ref().map(|text| text.open(tx.keys(), DONE, &wish.id)).transpose();
            lines.push(Line {
                id: wish.id,
                name: names.get(&wish.person_id).cloned().unwrap_or_else(|| "（档案已不在）".to_owned()),
                passed: wish.passed_on.map(|day| day.to_string()).unwrap_or_default(),
                wish: text.map_err(DbError::from)?.unwrap_or_default(),
                done: done.map_err(DbError::from)?,
            });
        }
        Ok(WishesPage { frame: app.frame("evaluation", "希望多关心", None), lines, key: form_key()? })
    });
    unkept(render(&page.await?))
}

async fn done(app: App, Path(id): Path<String>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let wish = store::wish(tx, &id)?;
            if !app.asker().scope(VERB).covers(place(&wish)) {
                return Err(
                    web::Fault::not_found("unknown_wish", "没有这件事", "请从“希望多关心”里选").into()
                );
            }
            let mut reading = Reading::of(form);
            let done = reading.text("done", "做了什么", 200);
            let done = reading.done(done)?;
            if !store::finish(tx, wish.id, someone(app)?, &done)? {
                return Err(refused("done", "已经登记过"));
            }
            let event = Event {
                verb: "surveys.wish_answered",
                kind: "person",
                record_id: Some(wish.person_id),
                reason: None,
                detail: None,
            };
            tx.event(wish.station_id, event)?;
            Ok(Leads::saying("/evaluation/wishes", "已登记"))
        })
        .await?;
    submitted.led()
}

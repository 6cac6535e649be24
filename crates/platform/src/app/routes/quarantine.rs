//! What waits to be accepted: seen by whoever wrote it and by those who lead there; written under whoever accepts it.

use axum::Extension;
use axum::extract::Path;
use db::Tx;
use kernel::Id;
use web::form::Reading;
use web::{Fault, Form, Page, render, unkept};

use super::super::enter::{self, Books, From, VERBS, conflict};
use super::super::form::{self, KIND};
use super::super::new;
use super::super::pages::{EntryPage, QuarantinePage, WaitingLine};
use super::super::store::{self, Waiting};
use super::super::take;
use super::super::wire::{Entry, Outcome};
use super::devices::me;
use crate::access::{self, Asker};
use crate::clients;
use crate::documents::Subjects;
use crate::sheets::Sheets;
use crate::shell::{App, Leads, Trouble, form_key};

pub(super) async fn list(app: App) -> Page {
    let me = me(&app)?;
    let page = app.read(move |tx, app| {
        let scope = app.asker().scope("app.quarantine");
        let waiting = store::all_waiting(tx, &scope, me.user)?;
        let names = access::display_names(tx, waiting.iter().map(|row| row.user_id))?;
        let mut lines = Vec::with_capacity(waiting.len());
        for row in &waiting {
            let household = clients::named(tx, "household", row.household_id)?;
            lines.push(WaitingLine {
                id: row.id.to_string(),
                household: household.map(|(name, _)| name).unwrap_or_default(),
                who: names.get(&row.user_id).cloned().unwrap_or_default(),
                received: row.received_at.minute(),
            });
        }
        Ok(QuarantinePage { frame: app.frame("app", "等人接受的记录", None), lines })
    });
    unkept(render(&page.await?))
}

/// What waits under an id, where one may decide on it.
fn open(tx: &mut Tx<'_>, asker: &Asker, id: &str) -> Result<(Waiting, Entry), Trouble> {
    let unknown =
        || Fault::not_found("unknown_entry", "没有这条等人接受的记录", "可能已经有人办了，请从列表里看");
    let found = id.parse::<Id>().ok().map(|id| store::waiting(tx, id)).transpose()?.flatten();
    let mine = asker.user().map(|user| user.user);
    let open = found.filter(|row| {
        let may = Some(row.user_id) == mine || asker.scope("app.quarantine").covers(row.place());
        may && row.state == "waiting"
    });
    let row = open.ok_or_else(unknown)?;
    let entry = serde_json::from_str(&row.content(tx)?).map_err(|_| unknown())?;
    Ok((row, entry))
}

pub(super) async fn show(app: App, Extension(sheets): Extension<Sheets>, Path(id): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let (row, entry) = open(tx, app.asker(), &id)?;
        let sheet =
            sheets.of_kind(KIND).ok_or_else(|| Fault::of_status(axum::http::StatusCode::NOT_FOUND))?;
        let fields = form::told(tx, sheet, &entry)?;
        let doubt = new::doubt(tx, &entry)?;
        let standing = standing(tx, sheets, &entry)?;
        let differ = match &standing {
            Some((version, standing)) if entry.base.is_some_and(|base| base != *version) => {
                conflict(&entry, sheet, (*version, standing)).differ
            }
            _ => Vec::new(),
        };
        let names = access::display_names(tx, [row.user_id])?;
        let household = clients::named(tx, "household", row.household_id)?;
        let (household, href) = household.unwrap_or_default();
        Ok(EntryPage {
            frame: app.frame("app", "等人接受的一条记录", None),
            id: row.id.to_string(),
            who: names.get(&row.user_id).cloned().unwrap_or_default(),
            household,
            href,
            received: row.received_at.minute(),
            made: kernel::Moment::from_micros(entry.made_at.saturating_mul(1000)).minute(),
            corrects: entry.base.is_some(),
            photos: entry.photos.len(),
            signed: entry.signature.is_some(),
            doubt,
            fields,
            differ: differ.into_iter().map(|one| (one.label, one.theirs, one.yours)).collect(),
            version: standing.map_or(0, |(version, _)| version),
            key: form_key()?,
        })
    });
    unkept(render(&page.await?))
}

/// The record that an entry corrects, as it stands, with its version.
fn standing(
    tx: &mut Tx<'_>,
    sheets: Sheets,
    entry: &Entry,
) -> Result<Option<(i32, crate::sheets::Row)>, Trouble> {
    let (Some(sheet), Ok(record)) = (sheets.of_kind(KIND), entry.record.parse::<Id>()) else {
        return Ok(None);
    };
    Ok((sheet.ops.last)(tx, record)?.map(|(stamp, row)| (stamp.version, row)))
}

pub(super) async fn accept(
    app: App,
    Extension(sheets): Extension<Sheets>,
    Extension(subjects): Extension<Subjects>,
    Path(id): Path<String>,
    form: Form,
) -> Page {
    let me = me(&app)?;
    let accepted = app.submit(&form, move |tx, app, sent| {
        let (row, mut entry) = open(tx, app.asker(), &id)?;
        if VERBS.iter().all(|verb| app.asker().scope(verb).is_empty()) {
            return Err(Fault::of_status(axum::http::StatusCode::FORBIDDEN).into());
        }
        if let Some(before) = entry.after.as_deref().and_then(|id| id.parse::<Id>().ok())
            && store::waiting(tx, before)?.is_some_and(|before| before.state == "waiting")
        {
            return Err(said("同一户还有一条更早的在等。请先办那一条").into());
        }
        // Whoever accepts has seen both values: what counts is whether it stands as they saw it.
        let seen: Option<i32> = sent.text("version").parse().ok();
        entry.base = entry.base.and(seen);
        if sent.text(form::AGAIN) == "yes" && entry.base.is_none() {
            entry.fields.insert(form::AGAIN.to_owned(), "yes".to_owned());
        }
        let parsed = enter::parse(&entry).map_err(|outcome| refusal(&outcome))?;
        let author = access::user_of(tx, row.user_id)?;
        let from = From { device: row.device_id, user: row.user_id, worker: author.worker_id };
        let parsed = enter::Parsed { digest: row.digest.clone(), ..parsed };
        let outcome = enter::enter(tx, app, Books { sheets, subjects }, (&entry, &parsed), from)?;
        if outcome.state != "written" {
            return Err(refusal(&outcome).into());
        }
        decided(tx, &row, me.user, ("accepted", None))?;
        Ok(Leads::saying("/app/quarantine", "已接受，写进了记录"))
    });
    accepted.await?.led()
}

pub(super) async fn reject(app: App, Path(id): Path<String>, form: Form) -> Page {
    let me = me(&app)?;
    let rejected = app.submit(&form, move |tx, app, form| {
        let (row, _) = open(tx, app.asker(), &id)?;
        let mut reading = Reading::of(form);
        let reason = reading.text("reason", "退回的理由", 200);
        let reason = reading.done(reason)?;
        decided(tx, &row, me.user, ("rejected", Some(&reason)))?;
        Ok(Leads::saying("/app/quarantine", "已退回，没有写进记录"))
    });
    rejected.await?.led()
}

fn decided(
    tx: &mut Tx<'_>,
    row: &Waiting,
    by: Id,
    (state, reason): (&'static str, Option<&str>),
) -> Result<(), Trouble> {
    if !store::decide(tx, row.id, by, (state, reason))? {
        return Err(said("刚才有人办了这一条").into());
    }
    let verb = if state == "accepted" { "app.accept" } else { "app.reject" };
    take::note(tx, verb, row, reason.map(str::to_owned))
}

fn said(what: &str) -> Fault {
    Fault::new(axum::http::StatusCode::CONFLICT, "not_now", what, "请回到列表")
}

/// Why it could not be written.
fn refusal(outcome: &Outcome) -> Fault {
    let what: Vec<&str> = outcome.said.iter().map(|said| said.what.as_str()).collect();
    match outcome.state {
        "conflict" => said("要更正的那条记录刚又被人改过，还没有写入。请重新打开这一条，看过再定"),
        _ => said(&format!("还没有写入：{}", what.join("；"))),
    }
}

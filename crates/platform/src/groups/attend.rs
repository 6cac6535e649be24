//! Who attended a session, all at once: those of earlier sessions ticked, others written one on a line.

use std::collections::BTreeSet;

use axum::Extension;
use axum::extract::Path;
use axum::routing::get;
use db::{Record as _, Tx};
use kernel::Id;
use web::form::Wrong;
use web::{Fault, Form, Link, Page, render};

use super::find;
use super::store::{GroupAttendance, GroupSession};
use crate::access::{Place, Scope, new_id};
use crate::sheets::{Entry, Row, Sheet, Sheets, among};
use crate::shell::{App, Field, FormPage, Group, Kind, Needs, Part, Route, Submitted, Trouble, form_key};

/// The page of this form; it is reached from a session's own page.
pub const ATTEND: Part = Part {
    name: "groups",
    group: crate::shell::Heading::Today,
    label: "",
    tab: "",
    icon: "",
    needs: Needs::Verb("groups.record"),
    routes,
};

const PATH: &str = "/groups/sessions/{session}/attend";
/// The most lines that are read.
const MOST_LINES: usize = 200;

fn routes() -> Vec<Route> {
    let needs = Needs::Verb("groups.record");
    vec![Route::get(PATH, needs, get(show)), Route::post(PATH, needs, axum::routing::post(enter))]
}

type Book = Extension<Sheets>;

async fn show(app: App, Extension(sheets): Book, Path(session): Path<String>) -> Page {
    render(&page(&app, sheets, session).await?)
}

/// A session that whoever asks may enter attendances of.
fn session(tx: &mut Tx<'_>, scope: &Scope, id: &str) -> Result<GroupSession, Trouble> {
    let unknown = || Fault::not_found("unknown_record", "没有这一节", "请从小组节次里找；作废的不再显示");
    let id: Id = id.parse().map_err(|_| unknown())?;
    match GroupSession::last(tx.conn(), id)? {
        Some((stamp, row)) if !stamp.voided && scope.covers(Place::of(&row)) => Ok(row),
        _ => Err(unknown().into()),
    }
}

fn sheet_of(sheets: Sheets, kind: &str) -> Result<&'static Sheet, Fault> {
    sheets.of_kind(kind).ok_or_else(|| Fault::internal(format!("no sheet of {kind}")))
}

async fn page(app: &App, sheets: Sheets, id: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let scope = app.scope();
        let session = session(tx, &scope, &id)?;
        let present = find::present(tx, session.id)?;
        let earlier: Vec<Id> = find::members(tx, session.group_id)?.difference(&present).copied().collect();
        let present: Vec<Id> = present.into_iter().collect();
        let person = (sheet_of(sheets, "person")?, &scope);
        let here = among(tx, sheets, app.asker(), person, &present)?;
        let offered = among(tx, sheets, app.asker(), person, &earlier)?;
        let of_group = (sheet_of(sheets, "group")?, &scope);
        let group = among(tx, sheets, app.asker(), of_group, &[session.group_id])?.pop();
        let title = format!("{} 第 {} 节", group.map(|(_, name)| name).unwrap_or_default(), session.number);
        let mut fields = Vec::new();
        if !offered.is_empty() {
            let words = offered.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
            fields.push(Field::new("tick", "以前来过的组员，这一节来了的勾上", Kind::Ticks(words)));
        }
        let line = "一行一个，写姓名或档案号；同名的写“姓名 档案号”";
        fields.push(Field::long("people", "其他来的人（可不填）").hint(line));
        let frame = app.frame("groups", "登记出席", None);
        let back = Link::new(format!("/groups/sessions/{}", session.id), title);
        let action = format!("/groups/sessions/{}/attend", session.id);
        let mut page = FormPage::new(frame, action, form_key()?, vec![Group::new("", fields)]).from([back]);
        let names: Vec<&str> = here.iter().map(|(_, name)| name.as_str()).collect();
        page.intro = match present.len() {
            0 => format!("{} 这一节还没有登记出席", session.held_on),
            n => format!("{} 已登记 {n} 人：{}", session.held_on, names.join("、")),
        };
        Ok(page)
    })
    .await
}

async fn enter(app: App, Extension(sheets): Book, Path(id): Path<String>, form: Form) -> Page {
    let of = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let session = session(tx, &app.scope(), &of)?;
            let rows = read(tx, app, sheets, &session, form)?;
            let sheet = sheet_of(sheets, GroupAttendance::KIND)?;
            (sheet.ops.enter)(tx, app.asker(), session.station_id, &rows)?;
            Ok(format!("/groups/sessions/{}", session.id))
        })
        .await?;
    match submitted {
        Submitted::Wrong(wrong) => page(&app, sheets, id).await?.refused(&form, wrong),
        Submitted::Done(answer) => Ok(answer),
    }
}

/// The attendances that a form speaks of. Whoever is ticked and written too is meant once; whoever is present already
/// is said and not entered twice.
fn read(
    tx: &mut Tx<'_>,
    app: &App,
    sheets: Sheets,
    session: &GroupSession,
    form: &Form,
) -> Result<Vec<Row>, Trouble> {
    let (sheet, scope) = (sheet_of(sheets, GroupAttendance::KIND)?, app.scope());
    let mut entry = Entry::of(sheets, sheet, app.asker(), &scope, (app.ground(), app.site().today));
    let (mut present, mut ticked) = (find::present(tx, session.id)?, BTreeSet::new());
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    let ticks = form.all("tick").into_iter().map(|id| ("tick", id));
    let lines = form.text("people").lines().map(str::trim).filter(|line| !line.is_empty());
    let lines: Vec<(&str, &str)> = ticks.chain(lines.map(|line| ("people", line))).collect();
    if lines.len() > MOST_LINES {
        let what = format!("一次最多登记 {MOST_LINES} 人，现有 {} 行：分几次登记", lines.len());
        return Err(vec![Wrong { field: "people".into(), what }].into());
    }
    let (number, worker) =
        (session.id.to_string(), session.worker_id.map(|id| id.to_string()).unwrap_or_default());
    for (field, text) in lines {
        let said = |name: &str| match name {
            "session_id" => number.clone(),
            "person_id" => text.to_owned(),
            "worker_id" => worker.clone(),
            _ => String::new(),
        };
        let id = new_id(tx.at())?;
        match entry.read(tx, id, None, &said)? {
            Err(faults) => {
                wrong.extend(faults.wrong.into_iter().map(|one| Wrong { field: field.into(), ..one }));
            }
            Ok(row) => match row.text("person_id").parse::<Id>() {
                Ok(person) if ticked.contains(&person) => {}
                Ok(person) if !present.insert(person) => {
                    let named =
                        among(tx, sheets, app.asker(), (sheet_of(sheets, "person")?, &scope), &[person])?;
                    let name = named.first().map_or(text, |(_, name)| name.as_str());
                    let what = format!("{name} 这一节已经登记过出席：去掉这一行");
                    wrong.push(Wrong { field: field.into(), what });
                }
                Ok(person) => {
                    ticked.insert(person);
                    rows.push(row);
                }
                Err(_) => {}
            },
        }
    }
    if rows.is_empty() && wrong.is_empty() {
        wrong.push(Wrong { field: "people".into(), what: "勾选或写上来了的人".into() });
    }
    if wrong.is_empty() { Ok(rows) } else { Err(wrong.into()) }
}

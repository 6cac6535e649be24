//! One person of a household: closed while the others stay, moved to another household of the station, withdrawn where
//! entered wrongly.
//! Not here: entering and correcting (`person`), closing and withdrawing a whole file (`household`).

use axum::Extension;
use axum::extract::Path;
use db::{Record as _, Tx};
use kernel::Id;
use rules::codes::List;
use web::form::{Reading, Wrong};
use web::{Fault, Form, Page, render};

use super::super::file::Later;
use super::super::hanging::{self, HOUSEHOLD, PERSON};
use super::super::policy::Clients;
use super::super::store::{Consent, Household, Person, PersonCategory};
use super::super::{find, forms, moving, search};
use super::household::close_all;
use super::{after, crumbs, hold_visits, household};
use crate::access::{Correct, Part as _, Withdraw, permit};
use crate::documents;
use crate::sheets::Sheets;
use crate::shell::{App, Field, FormPage, Group, Kind, Leads, Trouble, form_key, form_version};

/// Whoever else of a household has an open file.
fn others(tx: &mut Tx<'_>, row: &Household, but: Id) -> Result<Vec<Person>, Trouble> {
    let all = find::persons_of(tx, &[row.id])?.remove(&row.id).unwrap_or_default();
    Ok(all.into_iter().filter(|one| one.id != but && one.closed_on.is_none()).collect())
}

/// A person whose file is open.
fn open(tx: &mut Tx<'_>, row: &Household, id: &str) -> Result<(i32, Person), Trouble> {
    let (version, one) = find::person(tx, row.id, id)?;
    match one.closed_on {
        None => Ok((version, one)),
        Some(day) => {
            let status = axum::http::StatusCode::CONFLICT;
            let what = format!("{} 已在 {day} 销档", one.name);
            Err(Fault::new(status, "person_closed", what, "请回到档案看现在的成员").into())
        }
    }
}

pub(super) async fn close_form(app: App, Path((id, person)): Path<(String, String)>) -> Page {
    render(&close_page(&app, id, person).await?)
}

async fn close_page(app: &App, id: String, person: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (_, row) = household(tx, app, &id)?;
        let (version, one) = open(tx, &row, &person)?;
        let mut groups = forms::closing(&app.site().library.codes, app.site().today);
        groups[0].fields.push(Field::version(version));
        let frame = app.frame("clients", &format!("{} 销档", one.name), None);
        let action = format!("/clients/{id}/persons/{person}/close");
        let mut page = FormPage::new(frame, action, form_key()?, groups).from(crumbs(&row));
        page.intro = if others(tx, &row, one.id)?.is_empty() {
            "这是这户最后一个在档的人：整户一起销档。档案和历史都保留".to_owned()
        } else {
            "只销这一个人的档，这户其余的人照旧。历史都保留".to_owned()
        };
        page.submit = "销档";
        Ok(page)
    })
    .await
}

/// Closes the file of one person; that of the household with the last of them.
pub(super) async fn close(app: App, Path((id, person)): Path<(String, String)>, form: Form) -> Page {
    let (to, whom) = (id.clone(), person.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &to)?;
            let (_, one) = open(tx, &row, &whom)?;
            let mut reading = Reading::of(form);
            let read = forms::read_closing(&mut reading, &app.site().library.codes, one.filed_on);
            let (day, reason) = reading.done(read)?;
            let last = others(tx, &row, one.id)?.is_empty();
            let correct = permit::<Correct<Clients>>(app.asker(), row.station_id)?;
            let said = format!("{} 已销档", one.name);
            let closed = Person { closed_on: Some(day), closed_reason: Some(reason.clone()), ..one };
            correct.correct_from(tx, &closed, form_version(form))?;
            if last {
                close_all(tx, app, row, day, &reason)?;
            }
            Ok(Leads::saying(format!("/clients/{to}"), said))
        })
        .await?;
    after(submitted, &form, close_page(&app, id, person)).await
}

pub(super) async fn move_form(app: App, Path((id, person)): Path<(String, String)>) -> Page {
    render(&move_page(&app, id, person).await?)
}

async fn move_page(app: &App, id: String, person: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (_, row) = household(tx, app, &id)?;
        let (version, one) = open(tx, &row, &person)?;
        let relations = forms::offered(&app.site().library.codes, List::Relations);
        let fields = [
            Field::text("other", "移到哪一户（档案号）").hint("同一社工站已建档的户；还没有的先“建一户档案”"),
            Field::new("relation", "与那户户主的关系", Kind::Pick(relations)),
            Field::version(version),
        ];
        let frame = app.frame("clients", &format!("{} 移到另一户", one.name), None);
        let action = format!("/clients/{id}/persons/{person}/move");
        let groups = vec![Group::new("", fields)];
        let mut page = FormPage::new(frame, action, form_key()?, groups).from(crumbs(&row));
        page.intro =
            "类别、计划、需求、风险评估、同意书和没办完的事跟着本人走；办完的探访、个案留在原来这一户。\
                      本人的证件号和电话不用重填"
                .to_owned();
        page.submit = "移过去";
        Ok(page)
    })
    .await
}

/// The open household of a number that somebody moves to.
fn target(tx: &mut Tx<'_>, app: &App, from: &Household, number: &str) -> Result<Household, Trouble> {
    let wrong = |what: &str| Trouble::Wrong(vec![Wrong { field: "other".into(), what: what.to_owned() }]);
    if number.is_empty() {
        return Err(wrong("填那一户的档案号"));
    }
    let unknown = "本站没有这个档案号，或不在您可以办理的范围内：核对后再填";
    let found = find::by_number(tx, from.station_id, number)?.ok_or_else(|| wrong(unknown))?;
    let (_, to) = find::household(tx, &app.scope(), found.id.as_str()).map_err(|_| wrong(unknown))?;
    if to.id == from.id {
        return Err(wrong("这就是现在这一户：填另一户的档案号"));
    }
    if let Some(day) = to.closed_on {
        return Err(wrong(&format!("那一户 {day} 已销档：核对档案号，或给新的一户先建档")));
    }
    Ok(to)
}

pub(super) async fn go(
    app: App,
    Path((id, person)): Path<(String, String)>,
    Extension(later): Extension<Later>,
    Extension(sheets): Extension<Sheets>,
    form: Form,
) -> Page {
    let (from, whom) = (id.clone(), person.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &from)?;
            let (_, one) = open(tx, &row, &whom)?;
            let mut reading = Reading::of(form);
            let relation =
                forms::code(&mut reading, &app.site().library.codes, List::Relations, "relation", "关系");
            if relation.is_none() && form.text("relation").is_empty() {
                reading.wrong("relation", "选与那户户主的关系");
            }
            let relation = reading.done(relation)?;
            hold_visits(tx, row.id)?;
            let to = target(tx, app, &row, form.text("other").trim())?;
            if others(tx, &row, one.id)?.is_empty() {
                let what = "这是这一户最后一个在档的人：到那一户用“把另一份并进来”，整户并过去";
                return Err(vec![Wrong { field: "other".into(), what: what.into() }].into());
            }
            let moved = Person {
                household_id: to.id,
                area_id: to.area_id,
                community_id: to.community_id,
                relation: Some(relation),
                ..one
            };
            let correct = permit::<Correct<Clients>>(app.asker(), row.station_id)?;
            correct.correct_from(tx, &moved, form_version(form))?;
            along(tx, app, (later, sheets), moved.id, &to)?;
            search::index_household(tx, &to)?;
            Ok(Leads::saying(format!("/clients/{}", to.id), format!("{} 已移到这一户", moved.name)))
        })
        .await?;
    after(submitted, &form, move_page(&app, id, person)).await
}

/// Takes along what is of the person: all of the file's own records, and what other parts have not settled.
fn along(
    tx: &mut Tx<'_>,
    app: &App,
    (later, sheets): (Later, Sheets),
    person: Id,
    to: &Household,
) -> Result<(), Trouble> {
    let own = hanging::kinds(PERSON).filter(|ops| ops.part == Clients::NAME);
    for ops in own.filter(|ops| ops.fields.iter().any(|(name, _)| *name == HOUSEHOLD)) {
        for row in hanging::rows(tx, ops, PERSON, person)? {
            hanging::put(tx, app.asker(), sheets, (ops, row), to)?;
        }
    }
    let at = tx.at();
    for (kind, id) in (later.open)(tx, person)? {
        let Some(ops) = hanging::kind(kind) else { continue };
        for row in (ops.among)(tx, at, &[id])? {
            hanging::put(tx, app.asker(), sheets, (ops, row), to)?;
        }
    }
    // The plans, and the documents of all of it.
    Ok(moving::go_along(tx, app.asker(), to)?)
}

pub(super) async fn withdraw_form(app: App, Path((id, person)): Path<(String, String)>) -> Page {
    render(&withdraw_page(&app, id, person).await?)
}

async fn withdraw_page(app: &App, id: String, person: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (_, row) = household(tx, app, &id)?;
        let (_, one) = find::person(tx, row.id, &person)?;
        let frame = app.frame("clients", &format!("作废 {} 的登记", one.name), None);
        let action = format!("/clients/{id}/persons/{person}/withdraw");
        let mut page = super::withdrawing(frame, action, &row)?;
        page.intro = "只用于登记错了的人。去世、搬走用“销档”；住到别的户用“移到另一户”".to_owned();
        Ok(page)
    })
    .await
}

/// Withdraws somebody who was entered wrongly, with the categories and consents that were entered with them.
pub(super) async fn withdraw(app: App, Path((id, person)): Path<(String, String)>, form: Form) -> Page {
    let (to, whom) = (id.clone(), person.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &to)?;
            let (_, one) = find::person(tx, row.id, &whom)?;
            let mut reading = Reading::of(form);
            let reason = reading.text("reason", "作废的理由", 200);
            let reason = reading.done(reason)?;
            if find::persons_of(tx, &[row.id])?.remove(&row.id).is_none_or(|all| all.len() < 2) {
                let what = "这一户只有这一个人：回到档案，用“作废这份档案”";
                return Err(vec![Wrong { field: "reason".into(), what: what.into() }].into());
            }
            nothing_hangs(tx, app, &one)?;
            let withdraw = permit::<Withdraw<Clients>>(app.asker(), row.station_id)?;
            for category in find::categories_of(tx, &[row.id])?.iter().filter(|own| own.person_id == one.id) {
                withdraw.withdraw::<PersonCategory>(tx, category.id, &reason)?;
            }
            for consent in find::consents_of(tx, row.id)?.iter().filter(|own| own.person_id == one.id) {
                withdraw.withdraw::<Consent>(tx, consent.id, &reason)?;
            }
            withdraw.withdraw::<Person>(tx, one.id, &reason)?;
            search::forget(tx, one.id)?;
            Ok(Leads::saying(format!("/clients/{to}"), format!("{} 的登记已作废", one.name)))
        })
        .await?;
    after(submitted, &form, withdraw_page(&app, id, person)).await
}

/// Refuses where records refer to the person. Only those are named that whoever asks may see: that somebody was drawn for
/// a survey is told to nobody here.
fn nothing_hangs(tx: &mut Tx<'_>, app: &App, one: &Person) -> Result<(), Trouble> {
    let entered_with = [PersonCategory::KIND, Consent::KIND];
    let kinds =
        hanging::kinds(PERSON).filter(|ops| !entered_with.contains(&ops.kind) && app.asker().may(ops.read));
    let mut counts = hanging::counted(tx, kinds, (PERSON, one.id))?;
    let files = documents::attached_to(tx, &[one.id])?.len();
    if files > 0 {
        counts.push(("文件", files));
    }
    let remedy = "这个人确实有过这些事，就不是登记错：去世、搬走用“销档”，住到别的户用“移到另一户”；\
                  那些记录登记错了，先作废或更正它们";
    Ok(hanging::nothing_refers(&counts, one.id, remedy)?)
}

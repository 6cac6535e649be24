//! Which worker an account is: what they enter is then theirs without their saying so.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Path;
use db::Tx;
use kernel::Id;
use web::form::Wrong;
use web::{Fault, Form, Link, Page, render};

use super::super::ground::Workers;
use super::super::store::{self, User};
use super::super::{accounts, sign_in};
use super::users::theirs;
use crate::shell::{App, Field, FormPage, Group, Kind, Submitted, Trouble, form_key};

/// The workers within reach who have no open account; `but` is an account whose own worker is among them all the same.
pub(super) fn free(tx: &mut Tx<'_>, app: &App, but: Option<&User>) -> Result<Workers, Trouble> {
    let scope = app.scope();
    let mut all = (app.ground().workers)(tx, scope.stations())?;
    all.retain(|(station, ..)| scope.whole(*station));
    let ids: Vec<Id> = all.iter().map(|(_, id, _)| *id).collect();
    let today = tx.at().day();
    let taken: BTreeSet<Id> = accounts::accounts_of(tx, &ids, today)?
        .into_iter()
        .filter(|one| but.is_none_or(|user| user.id != one.user))
        .map(|one| one.worker)
        .collect();
    all.retain(|(_, id, _)| !taken.contains(id));
    Ok(all)
}

/// Workers to pick from; with the station's name where there are several stations.
pub(super) fn named(tx: &mut Tx<'_>, app: &App, workers: &Workers) -> Result<Vec<(String, String)>, Trouble> {
    let stations: BTreeMap<Id, String> =
        (app.ground().stations)(tx)?.into_iter().map(|station| (station.id, station.name)).collect();
    let several = workers.iter().map(|(station, ..)| station).collect::<BTreeSet<_>>().len() > 1;
    let word = |(station, id, name): &(Id, Id, String)| {
        let of = stations.get(station).filter(|_| several);
        (id.to_string(), of.map_or_else(|| name.clone(), |of| format!("{name}（{of}）")))
    };
    Ok(workers.iter().map(word).collect())
}

/// The name of the worker that an account is, where it is one who has not left.
pub(super) fn name_of(tx: &mut Tx<'_>, app: &App, user: &User) -> Result<Option<String>, Trouble> {
    let Some(worker) = user.worker_id else { return Ok(None) };
    let all = (app.ground().workers)(tx, None)?;
    Ok(all.into_iter().find(|(_, id, _)| *id == worker).map(|(.., name)| name))
}

pub(super) async fn form(app: App, Path(id): Path<String>) -> Page {
    render(&page(&app, id).await?)
}

async fn page(app: &App, id: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let user = theirs(tx, app, &id)?;
        let free = free(tx, app, Some(&user))?;
        let now = user.worker_id.map(|worker| worker.to_string()).unwrap_or_default();
        let field = Field::new("worker", "对应的社工", Kind::Pick(named(tx, app, &free)?)).value(now);
        let fields = [field.hint("不是社工的留空；已有别的账号的社工不列在这里")];
        let frame = app.frame("access", "对应的社工", None);
        let action = format!("/access/{id}/worker");
        let page = FormPage::new(frame, action, form_key()?, vec![Group::new("", fields)]);
        let crumbs = [
            Link::new("/access", "账号与角色"),
            Link::new(format!("/access/{id}"), user.display_name.clone()),
        ];
        Ok(page.from(crumbs))
    })
    .await
}

pub(super) async fn set(app: App, Path(id): Path<String>, form: Form) -> Page {
    let to = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let mut user = theirs(tx, app, &to)?;
            let chosen = form.text("worker");
            let free = free(tx, app, Some(&user))?;
            let found = free.iter().find(|(_, id, _)| id.as_str() == chosen);
            if found.is_none() && !chosen.is_empty() {
                let what = "这名社工不在您的范围里，或已有账号：换一个，或留空".to_owned();
                return Err(vec![Wrong { field: "worker".into(), what }].into());
            }
            user.worker_id = found.map(|(_, id, _)| *id);
            store::update_user(tx, &user)?;
            sign_in::note(tx, "access.worker", Some(user.id), found.map(|(_, id, _)| id.to_string()))?;
            Ok(format!("/access/{to}"))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => page(&app, id).await?.refused(&form, wrong),
    }
}

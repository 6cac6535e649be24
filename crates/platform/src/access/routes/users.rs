//! The accounts of all: who there is, new ones, roles given and ended.

use std::collections::BTreeSet;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::{get, post};
use db::Tx;
use kernel::Id;
use web::form::{Reading, Wrong};
use web::{Fault, Form, Link, Page, Query, render};

use super::super::ground::scope_among;
use super::super::pages::{GrantLine, InvitedPage, UserLine, UserPage, UsersPage};
use super::super::store::{self, Grant, User};
use super::super::{NewGrant, Reach, Role, StationPlace, accounts, logins, sign_in};
use super::{new, worker};
use crate::shell::{App, Field, FormPage, Group, Leads, Needs, Route, Submitted, Trouble, form_key};

pub(super) fn routes() -> Vec<Route> {
    let (read, users, grants) =
        (Needs::Verb("access.read"), Needs::Verb("access.users"), Needs::Verb("access.grants"));
    vec![
        Route::get("/access", read, get(list)),
        Route::get("/access/new", users, get(new::form)),
        Route::post("/access/new", users, post(new::create)),
        Route::get("/access/{user}", read, get(show)),
        Route::get("/access/{user}/worker", users, get(worker::form)),
        Route::post("/access/{user}/worker", users, post(worker::set)),
        Route::post("/access/{user}/invite", users, post(invite)),
        Route::post("/access/{user}/second", users, post(reset_second)),
        Route::post("/access/{user}/close", users, post(close)),
        Route::post("/access/{user}/open", users, post(open)),
        Route::get("/access/{user}/grant", grants, get(grant_form)),
        Route::post("/access/{user}/grant", grants, post(give)),
        Route::post("/access/{user}/grants/{grant}/end", grants, post(end_grant)),
    ]
}

async fn list(app: App) -> Page {
    let page = app.read(move |tx, app| {
        let (users, grants) = (store::all_users(tx)?, store::all_grants(tx)?);
        let (today, stations) = (tx.at().day(), (app.ground().stations)(tx)?);
        let mut lines = Vec::new();
        for user in users {
            let own: Vec<&Grant> = grants.iter().filter(|grant| grant.user_id == user.id).collect();
            if !visible(app, &stations, &own) {
                continue;
            }
            let roles = own.iter().filter(|grant| grant.holds(today)).map(|grant| grant.role.label());
            lines.push(UserLine::of(&user, roles.collect()));
        }
        let (may_add, may_devices) = (app.asker().may("access.users"), app.asker().may("app.devices"));
        Ok(UsersPage { frame: app.frame("access", "账号与角色", None), lines, may_add, may_devices })
    });
    render(&page.await?)
}

/// The accounts that whoever asks may see by the verb of this page.
///
/// # Errors
/// What the database says.
pub fn accounts_seen(tx: &mut Tx<'_>, app: &App) -> Result<BTreeSet<Id>, Trouble> {
    let (users, grants) = (store::all_users(tx)?, store::all_grants(tx)?);
    let (mut seen, stations) = (BTreeSet::new(), (app.ground().stations)(tx)?);
    for user in users {
        let own: Vec<&Grant> = grants.iter().filter(|grant| grant.user_id == user.id).collect();
        if visible(app, &stations, &own) {
            seen.insert(user.id);
        }
    }
    Ok(seen)
}

/// An administrator of part of the ground sees the accounts that have something to do there, and those with no role.
fn visible(app: &App, stations: &[StationPlace], grants: &[&Grant]) -> bool {
    let scope = app.scope();
    grants.is_empty()
        || scope.is_everything()
        || grants.iter().any(|grant| scope_among(stations, grant).lies_in(&scope))
}

/// An account that whoever asks may close, open or give a new way in: nothing that it may do lies beyond their own
/// ground. Whoever resets the password of another could otherwise become more than they are.
pub(super) fn theirs(tx: &mut Tx<'_>, app: &App, id: &str) -> Result<User, Trouble> {
    let (user, grants) = seen(tx, app, id)?;
    // Two who close each other's account at one moment: the first has.
    if let Some(me) = app.asker().user()
        && store::user(tx, me.user)?.disabled_at.is_some()
    {
        return Err(beyond("您的账号刚被停用", "请联系另一位系统管理员").into());
    }
    let (today, stations) = (tx.at().day(), (app.ground().stations)(tx)?);
    for grant in grants.iter().filter(|grant| grant.to_on.is_none_or(|to| today < to)) {
        if !scope_among(&stations, grant).lies_in(&app.scope()) {
            let what = "这个账号在您的范围以外还有角色";
            return Err(beyond(what, "请由上一级系统管理员办理").into());
        }
    }
    Ok(user)
}

fn beyond(what: &str, remedy: &str) -> Fault {
    Fault::new(StatusCode::FORBIDDEN, "out_of_scope", what, remedy)
}

/// An account, where whoever asks may see it.
fn seen(tx: &mut Tx<'_>, app: &App, id: &str) -> Result<(User, Vec<Grant>), Trouble> {
    let unknown = || Fault::not_found("unknown_user", "没有这个账号", "请从账号列表里选");
    let id: Id = id.parse().map_err(|_| unknown())?;
    let user = store::user(tx, id)?;
    let grants = store::grants_of(tx, id)?;
    let own: Vec<&Grant> = grants.iter().collect();
    let stations = (app.ground().stations)(tx)?;
    if visible(app, &stations, &own) { Ok((user, grants)) } else { Err(unknown().into()) }
}

async fn show(app: App, Path(id): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let (user, grants) = seen(tx, app, &id)?;
        let (today, stations) = (tx.at().day(), (app.ground().stations)(tx)?);
        let mut lines = Vec::new();
        for grant in &grants {
            lines.push(GrantLine::of(grant, app.ground().name(tx, &stations, grant)?, today));
        }
        let (may_users, may_grants) = (app.asker().may("access.users"), app.asker().may("access.grants"));
        let frame = app.frame("access", &user.display_name, None);
        let worker = worker::name_of(tx, app, &user)?;
        let may = (may_users, may_grants);
        Ok(UserPage::of(frame, &user, lines, form_key()?, may, worker, tx.at()))
    });
    render(&page.await?)
}

/// A new way in for somebody who has none: the address is shown this once.
async fn invite(app: App, Path(id): Path<String>, _: Form) -> Page {
    let page = app.write(move |tx, app| {
        let user = theirs(tx, app, &id)?;
        let token = accounts::invite(tx, user.id)?;
        let frame = app.frame("access", "登录链接", None);
        Ok(InvitedPage { frame, name: user.display_name, path: format!("/invitation/{token}"), back: id })
    });
    let mut page = render(&page.await?)?;
    let kept = axum::http::HeaderValue::from_static("no-store");
    page.headers_mut().insert(axum::http::header::CACHE_CONTROL, kept);
    Ok(page)
}

/// Takes away a second factor that was lost with its recovery codes: the next sign-in sets up another.
async fn reset_second(app: App, Path(id): Path<String>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let mut user = theirs(tx, app, &id)?;
            if app.asker().user().is_some_and(|me| me.user == user.id) {
                let what = "不能重置自己的第二道验证";
                return Err(Fault::bad_request("own_account", what, "请另一位系统管理员办理").into());
            }
            user.second = None;
            user.second_set = false;
            user.second_step = 0;
            user.recovery = String::new();
            store::update_user(tx, &user)?;
            logins::end_others(tx, user.id, "")?;
            sign_in::note(tx, "access.second_reset", Some(user.id), None)?;
            Ok(Leads::saying(format!("/access/{id}"), "第二道验证已重置"))
        })
        .await?;
    submitted.led()
}

async fn close(app: App, Path(id): Path<String>, form: Form) -> Page {
    switch(app, id, form, true).await
}

async fn open(app: App, Path(id): Path<String>, form: Form) -> Page {
    switch(app, id, form, false).await
}

async fn switch(app: App, id: String, form: Form, closed: bool) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let mut user = theirs(tx, app, &id)?;
            if app.asker().user().is_some_and(|me| me.user == user.id) {
                let what = "不能停用自己的账号";
                return Err(Fault::bad_request("own_account", what, "请另一位系统管理员办理").into());
            }
            user.disabled_at = closed.then(|| tx.at());
            user.locked_until = kernel::Moment::from_micros(0);
            user.failures = 0;
            store::update_user(tx, &user)?;
            logins::end_others(tx, user.id, "")?;
            sign_in::note(tx, if closed { "access.closed" } else { "access.opened" }, Some(user.id), None)?;
            Ok(Leads::saying(format!("/access/{id}"), if closed { "已停用" } else { "已启用" }))
        })
        .await?;
    submitted.led()
}

async fn grant_form(app: App, Path(id): Path<String>, query: Query) -> Page {
    let station = query.text("station").map(str::to_owned);
    render(&grant_page(&app, id, station).await?)
}

/// The form of a new role; with a station chosen, its areas and communities stand to choose.
async fn grant_page(app: &App, id: String, station: Option<String>) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (user, _) = seen(tx, app, &id)?;
        let scope = app.scope();
        let stations = (app.ground().stations)(tx)?;
        let mut places = Vec::new();
        if scope.is_everything() {
            places.push(("city".to_owned(), "全市".to_owned()));
            let mut districts: Vec<&str> = stations.iter().map(|station| station.district.as_str()).collect();
            districts.sort_unstable();
            districts.dedup();
            places.extend(districts.iter().map(|name| (format!("district:{name}"), (*name).to_owned())));
        }
        for one in stations.iter().filter(|one| scope.whole(one.id)) {
            places.push((
                format!("street:{}:{}", one.district, one.street),
                format!("{} {}（镇街）", one.district, one.street),
            ));
            places.push((format!("station:{}:{}", one.id, one.id), one.name.clone()));
            if station.as_deref() == Some(one.code.as_str()) || stations.len() == 1 {
                for (reach, place, name) in (app.ground().places)(tx, one.id)? {
                    places.push((
                        format!("{}:{}:{place}", reach.as_str(), one.id),
                        format!("{} {name}", one.name),
                    ));
                }
            }
        }
        let fields = vec![
            Field::pick("role", "角色", &Role::list()),
            Field::new("place", "范围", crate::shell::Kind::Pick(places)),
            Field::date("from_on", "从哪天起").value(tx.at().day().to_string()),
            Field::date("to_on", "到哪天为止").hint("这一天起不再有效；不填就一直有效"),
        ];
        let frame = app.frame("access", "授予角色", None);
        let page =
            FormPage::new(frame, format!("/access/{id}/grant"), form_key()?, vec![Group::new("", fields)]);
        Ok(page.from([
            Link::new("/access", "账号与角色"),
            Link::new(format!("/access/{id}"), user.display_name),
        ]))
    })
    .await
}

async fn give(app: App, Path(id): Path<String>, form: Form) -> Page {
    let to = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (user, _) = seen(tx, app, &to)?;
            let new = parse_grant(form)?;
            if app.asker().user().is_some_and(|me| me.user == user.id) {
                let what = "不能给自己授予角色";
                return Err(
                    Fault::new(StatusCode::FORBIDDEN, "own_grant", what, "请另一位安全管理员办理").into()
                );
            }
            if !exists(tx, app, &new)? {
                return Err(vec![Wrong { field: "place".into(), what: "选范围".into() }].into());
            }
            if !app.ground().scope(tx, &as_grant(&new, user.id, tx))?.lies_in(&app.scope()) {
                return Err(beyond("这个范围不在您可以授权的范围内", "请由上一级安全管理员办理").into());
            }
            accounts::grant(tx, user.id, &new)?;
            Ok(Leads::saying(format!("/access/{to}"), "已授权"))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => grant_page(&app, id, None).await?.refused(&form, wrong),
    }
}

fn parse_grant(form: &Form) -> Result<NewGrant, Trouble> {
    let mut reading = Reading::of(form);
    let role: Option<Role> = reading.word("role", "角色");
    let from_on = reading.date("from_on", "起始日期");
    let to_on = reading.optional_date("to_on", "截止日期");
    let place = form.text("place");
    let parts: Vec<&str> = place.split(':').collect();
    let reach = parts.first().and_then(|reach| reach.parse::<Reach>().ok());
    if reach.is_none() {
        reading.wrong("place", "选范围");
    }
    if let (Some(from), Some(to)) = (from_on, to_on)
        && to <= from
    {
        reading.wrong("to_on", "截止日期要在起始日期之后");
    }
    let (Some(role), Some(reach), Some(from_on), true) = (role, reach, from_on, reading.wrong.is_empty())
    else {
        return Err(reading.wrong.into());
    };
    let text = |index: usize| parts.get(index).map(|text| (*text).to_owned());
    let id = |index: usize| parts.get(index).and_then(|text| text.parse::<Id>().ok());
    let named = matches!(reach, Reach::District | Reach::Street);
    Ok(NewGrant {
        role,
        reach,
        district: if named { text(1) } else { None },
        street: if named { text(2) } else { None },
        station: if named { None } else { id(1) },
        place: if named { None } else { id(2) },
        from_on,
        to_on,
    })
}

/// Whether there is such a place: an area or a community of the very station that is named with it.
fn exists(tx: &mut Tx<'_>, app: &App, new: &NewGrant) -> Result<bool, Trouble> {
    let stations = (app.ground().stations)(tx)?;
    let district = |one: &StationPlace| Some(&one.district) == new.district.as_ref();
    Ok(match (new.reach, new.station, new.place) {
        (Reach::City, ..) => true,
        (Reach::District, ..) => stations.iter().any(district),
        (Reach::Street, ..) => {
            stations.iter().any(|one| district(one) && Some(&one.street) == new.street.as_ref())
        }
        (Reach::Station, Some(station), place) => {
            place == Some(station) && stations.iter().any(|one| one.id == station)
        }
        (Reach::Area | Reach::Community, Some(station), Some(place)) => {
            let places = (app.ground().places)(tx, station)?;
            places.iter().any(|(reach, id, _)| *reach == new.reach && *id == place)
        }
        _ => false,
    })
}

/// As it would be stored, to ask where it holds.
fn as_grant(new: &NewGrant, user_id: Id, tx: &Tx<'_>) -> Grant {
    Grant {
        id: user_id,
        user_id,
        role: new.role,
        reach: new.reach,
        district: new.district.clone(),
        street: new.street.clone(),
        station_id: new.station,
        place_id: new.place,
        from_on: new.from_on,
        to_on: new.to_on,
        made_by: String::new(),
        made_at: tx.at(),
    }
}

async fn end_grant(app: App, Path((id, grant)): Path<(String, String)>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let (user, grants) = seen(tx, app, &id)?;
            let found = grants.iter().find(|one| one.id.as_str() == grant);
            let found =
                found.ok_or_else(|| Fault::not_found("unknown_grant", "没有这项授权", "请从账号页里选"))?;
            if !app.ground().scope(tx, found)?.lies_in(&app.scope()) {
                return Err(beyond("这项授权不在您的范围内", "请由上一级安全管理员办理").into());
            }
            accounts::end_grant(tx, user.id, found.id)?;
            Ok(Leads::saying(format!("/access/{id}"), "授权已结束"))
        })
        .await?;
    submitted.led()
}

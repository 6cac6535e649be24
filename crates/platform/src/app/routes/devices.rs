//! Devices: one's own, and everybody's for the administrator.

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect};
use db::Tx;
use kernel::Id;
use web::form::Reading;
use web::{Fault, Form, Page, cookies, render};

use super::super::pages::{DeviceLine, DevicesPage};
use crate::access::{self, MOST_DAYS, SignedIn};
use crate::shell::{App, Leads, Trouble, form_key};

/// The days offered first.
const DAYS: i64 = 14;

/// Whoever is signed in.
pub(super) fn me(app: &App) -> Result<SignedIn, Fault> {
    app.asker().user().cloned().ok_or_else(|| Fault::of_status(StatusCode::UNAUTHORIZED))
}

pub(super) async fn mine(app: App, headers: HeaderMap) -> Page {
    page(&app, &headers, Vec::new()).await
}

async fn page(app: &App, headers: &HeaderMap, wrong: Vec<web::form::Wrong>) -> Page {
    let me = me(app)?;
    let cookie = cookies::sent(headers, access::device_cookie(app.site().secure));
    let refused = !wrong.is_empty();
    let page = app.read(move |tx, app| {
        let this = cookie.map(|cookie| access::device_of_cookie(tx, &cookie)).transpose()?.flatten();
        let this = this.filter(|device| device.refused(tx.at()).is_none()).map(|device| device.id);
        let devices = access::devices_of(tx, Some(me.user))?;
        let lines = devices.iter().map(|device| DeviceLine::of(device, String::new(), this, tx.at()));
        Ok(DevicesPage {
            lines: lines.collect(),
            this: this.is_some(),
            all: false,
            days: DAYS,
            most: MOST_DAYS,
            may_other: app.asker().may("app.devices"),
            key: form_key()?,
            wrong: wrong.into_iter().map(|wrong| wrong.what).collect(),
            frame: app.frame("app", "手机离线记录", None),
        })
    });
    let page = render(&page.await?)?;
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, page).into_response())
}

/// Registers the browser that asks: its cookie is set, and the app opens.
pub(super) async fn register(app: App, headers: HeaderMap, form: Form) -> Page {
    let me = me(&app)?;
    let mut reading = Reading::of(&form);
    let name = reading.text("name", "这台设备的名字", 40);
    let days = reading.whole("days", "天数", 1, MOST_DAYS);
    let (name, days) = match reading.done(name.zip(days)) {
        Ok(read) => read,
        Err(wrong) => return page(&app, &headers, wrong).await,
    };
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let agent = agent.unwrap_or_default().to_owned();
    let before = cookies::sent(&headers, access::device_cookie(app.site().secure));
    let token = app.write(move |tx, _| {
        // The same browser once more: what it was registered as before ends.
        if let Some(before) =
            before.map(|cookie| access::device_of_cookie(tx, &cookie)).transpose()?.flatten()
        {
            access::end_device(tx, before.id, me.user, None)?;
        }
        Ok(access::register_device(tx, me.user, &name, days, &agent)?.1)
    });
    let (token, secure) = (token.await?, app.site().secure);
    let mut answer = Redirect::to("/app/").into_response();
    if let Some(set) = cookies::keep(access::device_cookie(secure), &token, secure, days) {
        answer.headers_mut().append(header::SET_COOKIE, set);
    }
    Ok(answer)
}

pub(super) async fn end_mine(app: App, Path(device): Path<String>, form: Form) -> Page {
    let me = me(&app)?;
    let ended = app.submit(&form, move |tx, _, _| {
        end(tx, &device, &|user| user == me.user, (me.user, None))?;
        Ok(Leads::saying("/app/devices", "已停用那台设备：它下次联网时清除能看的内容"))
    });
    ended.await?.led()
}

fn end(
    tx: &mut Tx<'_>,
    id: &str,
    theirs: &dyn Fn(Id) -> bool,
    (by, reason): (Id, Option<&str>),
) -> Result<(), Trouble> {
    let found = id.parse::<Id>().ok().map(|id| access::device(tx, id)).transpose()?.flatten();
    let device = found.filter(|device| theirs(device.user_id));
    let unknown = || Fault::not_found("unknown_device", "没有这台设备", "请从设备的列表里选");
    access::end_device(tx, device.ok_or_else(unknown)?.id, by, reason)?;
    Ok(())
}

pub(super) async fn all(app: App) -> Page {
    let page = app.read(move |tx, app| {
        let seen = access::accounts_seen(tx, app)?;
        let mut devices = access::devices_of(tx, None)?;
        devices.retain(|device| seen.contains(&device.user_id));
        let names = access::display_names(tx, devices.iter().map(|device| device.user_id))?;
        let owner = |id: &Id| names.get(id).cloned().unwrap_or_default();
        let lines =
            devices.iter().map(|device| DeviceLine::of(device, owner(&device.user_id), None, tx.at()));
        Ok(DevicesPage {
            lines: lines.collect(),
            this: false,
            all: true,
            days: DAYS,
            most: MOST_DAYS,
            may_other: app.asker().may("app.use"),
            key: form_key()?,
            wrong: Vec::new(),
            frame: app.frame("access", "所有离线设备", None),
        })
    });
    render(&page.await?)
}

pub(super) async fn end_any(app: App, Path(device): Path<String>, form: Form) -> Page {
    let me = me(&app)?;
    let ended = app.submit(&form, move |tx, app, form| {
        let mut reading = Reading::of(form);
        let reason = reading.text("reason", "停用的理由", 200);
        let reason = reading.done(reason)?;
        let seen = access::accounts_seen(tx, app)?;
        end(tx, &device, &|user| seen.contains(&user), (me.user, Some(&reason)))?;
        Ok(Leads::saying("/app/devices/all", "已停用那台设备：它下次联网时清除能看的内容"))
    });
    ended.await?.led()
}

//! One's own account: where one is signed in, the password, the recovery codes.

use axum::extract::{Extension, Path};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect};
use axum::routing::{get, post};
use web::form::Wrong;
use web::{Fault, Form, Link, Page, render};

use super::super::accounts::{self, Refused};
use super::super::pages::{AccountPage, CodesPage};
use super::super::sign_in::{self, Door};
use super::super::{SignedIn, logins, second, store};
use crate::shell::{App, Field, FormPage, Group, Kind, Leads, Needs, Route, form_key};

pub(super) fn routes() -> Vec<Route> {
    let own = Needs::SignedIn;
    vec![
        Route::get("/account", own, get(show)),
        Route::post("/account/logins/{login}/end", own, post(end_login)),
        Route::get("/account/password", own, get(password_form)),
        Route::post("/account/password", own, post(set_password)),
        Route::post("/account/recovery", own, post(new_codes)),
    ]
}

fn me(app: &App) -> Result<SignedIn, Fault> {
    app.asker().user().cloned().ok_or_else(|| Fault::of_status(StatusCode::UNAUTHORIZED))
}

async fn show(app: App) -> Page {
    let me = me(&app)?;
    let page = app.read(move |tx, app| {
        let user = store::user(tx, me.user)?;
        let grants = store::grants_of(tx, me.user)?;
        let open = logins::logins_of(tx, me.user)?.into_iter().filter(|login| login.holds(tx.at())).collect();
        let frame = app.frame("account", "我的账号", None);
        Ok(AccountPage::of(frame, &user, &grants, open, &me.login, form_key()?))
    });
    render(&page.await?)
}

async fn end_login(app: App, Path(login): Path<String>, form: Form) -> Page {
    let me = me(&app)?;
    let ended = app
        .submit(&form, move |tx, _, _| {
            if logins::end(tx, me.user, &login)? == 0 {
                let what = "没有这个登录，或它已经结束";
                return Err(Fault::not_found("unknown_login", what, "请从“我的账号”里选").into());
            }
            sign_in::note(tx, "access.login_ended", Some(me.user), None)?;
            Ok(Leads::saying("/account", "已退出那个登录"))
        })
        .await?;
    ended.led()
}

async fn password_form(app: App) -> Page {
    render(&password_page(&app)?)
}

fn password_page(app: &App) -> Result<FormPage, Fault> {
    let fields = vec![
        Field::new("now", "现在的密码", Kind::Password("current-password")),
        Field::new("password", "新密码", Kind::Password("new-password")).hint("10 个字符以上，可以是一句话"),
        Field::new("again", "再填一遍", Kind::Password("new-password")),
    ];
    let frame = app.frame("account", "改密码", None);
    let page = FormPage::new(frame, "/account/password", form_key()?, vec![Group::new("", fields)]);
    Ok(page.from([Link::new("/account", "我的账号")]))
}

async fn set_password(app: App, Extension(door): Extension<Door>, form: Form) -> Page {
    let me = me(&app)?;
    let (now, new, again) =
        (form.text("now").to_owned(), form.text("password").to_owned(), form.text("again").to_owned());
    let wrong = app
        .work(move |app| {
            let user = match sign_in::same_person(&app.site().database, &me, &now, &door) {
                Ok(user) => user,
                Err(Refused::Problem(problem)) => {
                    return Ok(Some(super::sign_in::wrong_field("now", &problem)));
                }
                Err(Refused::Db(error)) => return Err(error.into()),
            };
            match accounts::kept(&new, &again, &user.name) {
                Ok(kept) => {
                    app.write_now(|tx| Ok(accounts::set_password(tx, user.id, kept, &me.login)?))?;
                    Ok(None)
                }
                Err(problem) => Ok(Some(Wrong { field: "password".into(), what: problem.what })),
            }
        })
        .await?;
    match wrong {
        None => Ok(Redirect::to("/account").into_response()),
        Some(wrong) => password_page(&app)?.refused(&form, vec![wrong]),
    }
}

/// New recovery codes; the old ones count no more.
async fn new_codes(app: App, _: Form) -> Page {
    let me = me(&app)?;
    let codes = app.write(move |tx, _| {
        let mut user = store::user(tx, me.user)?;
        if !user.second_set {
            let what = "这个账号没有设第二道验证，用不着恢复码";
            return Err(Fault::bad_request("no_second_factor", what, "角色需要时，登录会引导设置").into());
        }
        let (codes, kept) = second::recovery(tx.keys())?;
        user.recovery = kept;
        store::update_user(tx, &user)?;
        sign_in::note(tx, "access.recovery_codes", Some(me.user), None)?;
        Ok(codes)
    });
    codes_page(&app, codes.await?, "/account")
}

/// The page that shows recovery codes, this once.
pub(super) fn codes_page(app: &App, codes: Vec<String>, next: &str) -> Page {
    let mut page =
        render(&CodesPage { frame: app.frame("account", "恢复码", None), codes, next: next.to_owned() })?;
    page.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(page)
}

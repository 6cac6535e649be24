//! The way in and out: name and password, the second factor, invitations.

use axum::extract::{Extension, Path};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use kernel::Problem;
use web::form::Wrong;
use web::{Fault, Form, Link, Page, Query, cookies, render};

use super::super::accounts::{self, Refused};
use super::super::devices;
use super::super::gate::{self, SECOND_PAGE, cookie};
use super::super::logins::{self, Login};
use super::super::pages::SetUpPage;
use super::super::sign_in::{self, Door, Entered};
use super::super::{second, store};
use crate::shell::{App, Field, FormPage, Group, Kind, Needs, Route, Trouble};

pub(super) fn routes() -> Vec<Route> {
    let open = Needs::Nothing;
    vec![
        Route::get("/sign-in", open, get(form)),
        Route::post("/sign-in", open, post(enter)),
        Route::get("/sign-in/second", open, get(second_form)),
        Route::post("/sign-in/second", open, post(complete)),
        Route::get("/invitation/{token}", open, get(invitation)),
        Route::post("/invitation/{token}", open, post(accept)),
        Route::post("/sign-out", Needs::SignedIn, post(leave)),
    ]
}

async fn form(app: App, query: Query) -> Page {
    render(&sign_in_form(&app, query.text("next").unwrap_or_default()))
}

fn sign_in_form(app: &App, next: &str) -> FormPage {
    let fields = vec![
        Field::new("name", "登录名", Kind::Text("username")),
        Field::new("password", "密码", Kind::Password("current-password")),
        Field::hidden("next", next),
    ];
    bare(app, "登录", "/sign-in", fields, "登录")
}

/// A form for somebody who is not in yet.
fn bare(app: &App, title: &str, action: &str, fields: Vec<Field>, submit: &'static str) -> FormPage {
    let mut page =
        FormPage::new(app.frame("", title, None), action, String::new(), vec![Group::new("", fields)]);
    page.submit = submit;
    page.cancel = String::new();
    page
}

async fn enter(app: App, Extension(door): Extension<Door>, form: Form) -> Page {
    let (name, password) = (form.text("name").to_owned(), form.text("password").to_owned());
    let entered = app
        .work(move |app| match sign_in::enter(&app.site().database, &name, &password, &door) {
            Ok(entered) => Ok(Ok(entered)),
            Err(Refused::Problem(problem)) => Ok(Err(problem)),
            Err(Refused::Db(error)) => Err(error.into()),
        })
        .await?;
    match entered {
        Ok(Entered::Whole(token)) => Ok(go(&app, &token, &local(form.text("next")))),
        Ok(Entered::Halfway(token)) => {
            let way = web::Target::new(&["sign-in", "second"]).with("next", local(form.text("next")));
            Ok(go(&app, &token, &way.href()))
        }
        Err(problem) => refused(sign_in_form(&app, form.text("next")), &form, "name", &problem),
    }
}

async fn second_form(app: App, request: axum::extract::Request) -> Page {
    let query = Query::parse(request.uri().query().unwrap_or_default());
    let next = query.text("next").unwrap_or("/").to_owned();
    let Some(half) = gate::halfway(request.extensions()) else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    second_page(&app, half, &next, None).await
}

/// The code is asked for; whoever has no second factor yet sets one up first.
async fn second_page(app: &App, half: Login, next: &str, wrong: Option<&Problem>) -> Page {
    let set_up = app.write(move |tx, _| Ok(new_secret(tx, half.user_id)?)).await?;
    let code = Field::new("code", "验证码", Kind::Text("one-time-code"));
    let code = code.hint("手机验证器上的 6 位数字；手机不在身边时，填一个恢复码");
    let fields = vec![code, Field::hidden("next", next)];
    let page = bare(app, "第二道验证", SECOND_PAGE, fields, "继续");
    let page = match wrong {
        Some(problem) => {
            let sent = Form::of([("next".to_owned(), next.to_owned())]);
            page.again(&sent, vec![wrong_field("code", problem)])
        }
        None => page,
    };
    match set_up {
        Some((secret, name)) => {
            let address = second::address(&secret, &name).unwrap_or_default();
            render(&SetUpPage::new(
                app.frame("", "设置第二道验证", None),
                SECOND_PAGE,
                &secret,
                &address,
                next,
                wrong,
            ))
        }
        None => render(&page),
    }
}

/// The secret of an account whose second factor was not confirmed yet, made where there is none.
fn new_secret(tx: &mut db::Tx<'_>, id: kernel::Id) -> db::DbResult<Option<(String, String)>> {
    let mut user = store::user(tx, id)?;
    if user.second_set {
        return Ok(None);
    }
    if let Some(secret) = sign_in::secret_of(tx.keys(), &user)? {
        return Ok(Some((secret, user.name)));
    }
    let secret = second::secret()?;
    user.second = Some(accounts::sealed(tx, id, &secret)?);
    store::update_user(tx, &user)?;
    Ok(Some((secret, user.name)))
}

async fn complete(
    app: App,
    Extension(door): Extension<Door>,
    half: Option<Extension<Login>>,
    form: Form,
) -> Page {
    let Some(Extension(half)) = half else { return Ok(Redirect::to("/sign-in").into_response()) };
    let (login, code) = (half.clone(), form.text("code").to_owned());
    let done = app
        .work(move |app| match sign_in::complete(&app.site().database, &login, &code, &door) {
            Ok(token) => Ok(Ok((confirm(app, login.user_id, &token)?, token))),
            Err(Refused::Problem(problem)) => Ok(Err(problem)),
            Err(Refused::Db(error)) => Err(error.into()),
        })
        .await?;
    match done {
        Ok((None, token)) => Ok(go(&app, &token, &local(form.text("next")))),
        Ok((Some(codes), token)) => {
            let page = super::account::codes_page(&app, codes, &local(form.text("next")))?;
            Ok(with_cookie(&app, &token, page))
        }
        Err(problem) => {
            let page = second_page(&app, half, form.text("next"), Some(&problem)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// The first right code confirms a second factor; recovery codes are made then, and shown this once. Logins from
/// before, made without it, end.
fn confirm(app: &App, id: kernel::Id, token: &str) -> Result<Option<Vec<String>>, Trouble> {
    app.write_now(|tx| {
        let mut user = store::user(tx, id)?;
        if user.second_set {
            return Ok(None);
        }
        let (codes, kept) = second::recovery(tx.keys())?;
        user.second_set = true;
        user.recovery = kept;
        store::update_user(tx, &user)?;
        logins::end_others(tx, id, &sign_in::digest(token))?;
        sign_in::note(tx, "access.second_factor", Some(id), None)?;
        Ok(Some(codes))
    })
}

async fn invitation(app: App, Path(token): Path<String>) -> Page {
    let found = invited(&app, &token).await?;
    render(&invitation_form(&app, &token, &found.name))
}

fn invitation_form(app: &App, token: &str, name: &str) -> FormPage {
    let hint = "10 个字符以上，可以是一句只有自己知道的话";
    let fields = vec![
        Field::new("password", "新密码", Kind::Password("new-password")).hint(hint),
        Field::new("again", "再填一遍", Kind::Password("new-password")),
    ];
    let mut page = bare(app, "设置密码", &format!("/invitation/{token}"), fields, "设好，去登录");
    page.intro = format!("登录名：{name}");
    page
}

async fn invited(app: &App, token: &str) -> Result<store::User, Fault> {
    let id = sign_in::digest(token);
    let found = app
        .read(move |tx, _| match logins::invited(tx, &id)? {
            Some(user) => Ok(Some(store::user(tx, user)?)),
            None => Ok(None),
        })
        .await?;
    found.ok_or_else(no_invitation)
}

fn no_invitation() -> Fault {
    let what = "这个链接已经用过、过期，或不完整";
    let fault = Fault::not_found("no_invitation", what, "请找系统管理员要一个新的");
    fault.near([Link::new("/sign-in", "登录")])
}

async fn accept(app: App, Path(token): Path<String>, form: Form) -> Page {
    let user = invited(&app, &token).await?;
    let page = invitation_form(&app, &token, &user.name);
    let id = sign_in::digest(&token);
    let (new, again) = (form.text("password").to_owned(), form.text("again").to_owned());
    let done = app
        .work(move |app| match accounts::kept(&new, &again, &user.name) {
            Ok(kept) => {
                app.write_now(|tx| match logins::invited(tx, &id)? {
                    Some(user) => Ok(accounts::set_password(tx, user, kept, "")?),
                    None => Err(no_invitation().into()),
                })?;
                Ok(None)
            }
            Err(problem) => Ok(Some(problem)),
        })
        .await?;
    match done {
        None => Ok(Redirect::to("/sign-in").into_response()),
        Some(problem) => refused(page, &form, "password", &problem),
    }
}

async fn leave(app: App, headers: HeaderMap, _: Form) -> Page {
    let asker = app.asker().clone();
    if let Some(user) = asker.user() {
        let (id, login, me) = (user.user, user.login.clone(), user.clone());
        // Whoever signs out on a telephone ends what can be read on it; what it has not sent stays, sealed.
        let device = cookies::sent(&headers, gate::device_cookie(app.site().secure));
        app.write(move |tx, _| {
            logins::end(tx, id, &login)?;
            devices::end_with(tx, device.as_deref(), &me)?;
            sign_in::note(tx, "access.sign_out", Some(id), None)?;
            Ok(())
        })
        .await?;
    }
    let secure = app.site().secure;
    let mut answer = Redirect::to("/sign-in").into_response();
    if let Some(gone) = cookies::remove(cookie(secure), secure) {
        answer.headers_mut().append(header::SET_COOKIE, gone);
    }
    // Whatever the browser still holds of pages is not for whoever sits there next. Its storage stays: entries that
    // were made without a signal and not sent yet are there, sealed.
    let wiped = HeaderValue::from_static("\"cache\"");
    answer.headers_mut().insert("clear-site-data", wiped);
    Ok(answer)
}

fn refused(page: FormPage, form: &Form, field: &str, problem: &Problem) -> Page {
    page.refused(form, vec![wrong_field(field, problem)])
}

pub(super) fn wrong_field(field: &str, problem: &Problem) -> Wrong {
    let words = [problem.what.as_str(), problem.remedy.as_str()];
    let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
    Wrong { field: field.to_owned(), what: words.join("。") }
}

fn go(app: &App, token: &str, to: &str) -> Response {
    with_cookie(app, token, Redirect::to(to).into_response())
}

fn with_cookie(app: &App, token: &str, mut answer: Response) -> Response {
    let secure = app.site().secure;
    if let Some(set) = cookies::set(cookie(secure), token, secure) {
        answer.headers_mut().append(header::SET_COOKIE, set);
    }
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// Where to go after signing in: an address of this site, and of no other.
fn local(next: &str) -> String {
    // Browsers take a backslash for a slash and drop tabs and line ends: "/\t/elsewhere" would lead elsewhere.
    let plain = next.bytes().all(|sign| sign.is_ascii_graphic() && sign != b'\\');
    let ours = plain && next.starts_with('/') && !next.starts_with("//");
    if ours { next.to_owned() } else { "/".to_owned() }
}

//! The gate before every page: who is asking is settled here, before anything else of the request is looked at.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use web::form::Csrf;
use web::{Fault, Link, Target, cookies};

use super::Asker;
use super::devices;
use super::logins::{self, Login};
use super::sign_in::{self, Door, Known};
use crate::shell::{App, Needs};

/// The page of the second factor.
pub(super) const SECOND_PAGE: &str = "/sign-in/second";

/// The name of the cookie. Over TLS its prefix binds it to this very host.
pub(super) fn cookie(secure: bool) -> &'static str {
    if secure { "__Host-kapok_login" } else { "kapok_login" }
}

/// Where programs ask: there a device says who is asking, and no login does.
pub const API: &str = "/api/v1/";

/// The name of a device's cookie.
#[must_use]
pub fn device_cookie(secure: bool) -> &'static str {
    if secure { "__Host-kapok_device" } else { "kapok_device" }
}

/// Settles who is asking. Without signing in only the way in answers; everything else is 303 to it for a page and
/// 401 for the rest, whatever the path, body or number.
pub async fn identify(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let door = door(&request);
    if request.uri().path().starts_with(API) {
        return identify_device(&app, door, request, next).await;
    }
    let public = app.is_public(request.uri().path());
    let known = match who(&app, request.headers(), &door).await {
        Ok(known) => known,
        Err(fault) => return fault.into_response(),
    };
    let (asker, csrf) = match known {
        Some(Known::Whole(user, stale)) => {
            if stale && let Err(fault) = seen(&app, user.login.clone()).await {
                return fault.into_response();
            }
            let token = user.token.clone();
            (Asker::User(Arc::new(*user)), Csrf::Token(token))
        }
        Some(Known::Halfway(login)) if public => {
            request.extensions_mut().insert(login);
            (Asker::Visitor, Csrf::Nobody)
        }
        Some(Known::Halfway(_)) => return Redirect::to(SECOND_PAGE).into_response(),
        None if public => (Asker::Visitor, Csrf::Nobody),
        None => return signed_out(&request),
    };
    request.extensions_mut().insert(csrf);
    answered(&app, (asker, door), request, next).await
}

/// The same for programs: by the cookie of a device. It is sent by pages of this very site alone, which is held to before
/// (`web::protect`), and what is sent is JSON, which no form of another site can send.
async fn identify_device(app: &App, door: Door, request: Request, next: Next) -> Response {
    let sent = cookies::sent(request.headers(), device_cookie(app.site().secure));
    let from = door.clone();
    let known = app.read(move |tx, app| Ok(sign_in::known_device(tx, sent.as_deref(), app.ground(), &from)?));
    let asker = match known.await {
        Ok(Ok((user, stale))) => {
            let id = user.device.filter(|_| stale);
            if let Some(id) = id
                && let Err(fault) = app.write(move |tx, _| Ok(devices::device_seen(tx, id)?)).await
            {
                return fault.into_response();
            }
            Asker::User(Arc::new(user))
        }
        Ok(Err(_)) if app.is_public(request.uri().path()) => Asker::Visitor,
        Ok(Err(code)) => return untrusted(code).into_response(),
        Err(fault) => return fault.into_response(),
    };
    answered(app, (asker, door), request, next).await
}

fn untrusted(code: &'static str) -> Fault {
    let what = match code {
        "device_ended" => "这台设备的离线使用已经停止",
        "device_expired" => "这台设备的离线使用已经到期",
        _ => "这台设备没有启用离线使用",
    };
    let remedy = "请登录后再启用一次；没传的记录还在，会送去等人接受";
    Fault::new(StatusCode::UNAUTHORIZED, code, what, remedy)
}

/// What is answered, with who asked.
async fn answered(app: &App, (asker, door): (Asker, Door), mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(door);
    request.extensions_mut().insert(asker.clone());
    let mut answer = next.run(request).await;
    answer.extensions_mut().insert(asker);
    if app.site().secure {
        // A browser that was here over TLS comes back over nothing else: two years, as RFC 6797 leaves it to us.
        let only_tls = HeaderValue::from_static("max-age=63072000");
        answer.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, only_tls);
    }
    answer
}

/// Holds a route to the verb it needs.
pub async fn hold_to(request: Request, next: Next) -> Response {
    let asker = request.extensions().get::<Asker>().cloned().unwrap_or(Asker::Visitor);
    let needs = request.extensions().get::<Needs>().copied().unwrap_or(Needs::SignedIn);
    if needs.met(&asker) {
        return next.run(request).await;
    }
    let what = format!("您的角色没有“{}”的权限", needs.word());
    Fault::new(StatusCode::FORBIDDEN, "forbidden", what, "需要时请联系安全管理员授权").into_response()
}

async fn who(app: &App, headers: &HeaderMap, door: &Door) -> Result<Option<Known>, Fault> {
    let Some(sent) = cookies::sent(headers, cookie(app.site().secure)) else { return Ok(None) };
    let door = door.clone();
    app.read(move |tx, app| Ok(sign_in::known(tx, &sent, app.ground(), &door)?)).await
}

async fn seen(app: &App, login: String) -> Result<(), Fault> {
    app.write(move |tx, _| Ok(logins::seen(tx, &login)?)).await
}

/// From where a request comes: for limits on those whom nobody knows.
#[derive(Debug, Clone)]
pub struct Address(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let door = parts.extensions.get::<Door>();
        Ok(Self(door.map_or_else(|| "local".to_owned(), |door| door.address.clone())))
    }
}

fn door(request: &Request) -> Door {
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|from| from.0.ip().to_string());
    let agent = request.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    Door { address: address.unwrap_or_else(|| "local".into()), agent: agent.unwrap_or_default().to_owned() }
}

fn signed_out(request: &Request) -> Response {
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    let accepts = request.headers().get(header::ACCEPT).map_or(b"".as_slice(), HeaderValue::as_bytes);
    if reads && !accepts.starts_with(b"application/json") {
        let asked = request.uri().path_and_query().map_or("/", |asked| asked.as_str());
        let way = Target::new(&["sign-in"]).with_some("next", (asked != "/").then_some(asked));
        return Redirect::to(&way.href()).into_response();
    }
    let fault =
        Fault::new(StatusCode::UNAUTHORIZED, "signed_out", "还没有登录，或登录已过期", "请登录后再办");
    fault.near([Link::new("/sign-in", "登录")]).into_response()
}

/// The login of somebody who still owes the second factor, where there is one.
pub(super) fn halfway(extensions: &axum::http::Extensions) -> Option<Login> {
    extensions.get::<Login>().cloned()
}

//! The gate before every page: who is asking is settled here, before anything else of the request is looked at.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use web::form::Csrf;
use web::{Fault, Link, Target, cookies};

use super::Asker;
use super::logins::{self, Login};
use super::sign_in::{self, Door, Known};
use crate::shell::{App, Needs};

/// The page of the second factor.
pub(super) const SECOND_PAGE: &str = "/sign-in/second";

/// The name of the cookie. Over TLS its prefix binds it to this very host.
pub(super) fn cookie(secure: bool) -> &'static str {
    if secure { "__Host-kapok_login" } else { "kapok_login" }
}

/// Settles who is asking. Without signing in only the way in answers; everything else is 303 to it for a page and
/// 401 for the rest, whatever the path, body or number.
pub async fn identify(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let door = door(&request);
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
    request.extensions_mut().insert(door);
    request.extensions_mut().insert(csrf);
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

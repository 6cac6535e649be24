//! Reading and setting cookies. Not here: what a cookie stands for.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};

/// The value of a cookie that was sent.
#[must_use]
pub fn sent(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut cookies = lines.flat_map(Cookie::split_parse).filter_map(Result::ok);
    cookies.find(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned())
}

/// The header that sets a cookie which no script reads and no other site's form sends, until the browser closes.
/// `secure`: over TLS only.
#[must_use]
pub fn set(name: &str, value: &str, secure: bool) -> Option<HeaderValue> {
    header_of(Cookie::build((name, value)), secure)
}

/// The same for some days, and never sent along from another site, not even by a link.
#[must_use]
pub fn keep(name: &str, value: &str, secure: bool, days: i64) -> Option<HeaderValue> {
    let cookie = Cookie::build((name, value)).max_age(Duration::days(days));
    let cookie = cookie.path("/").http_only(true).same_site(SameSite::Strict).secure(secure);
    HeaderValue::from_str(&cookie.build().to_string()).ok()
}

/// The header that takes a cookie away.
#[must_use]
pub fn remove(name: &str, secure: bool) -> Option<HeaderValue> {
    header_of(Cookie::build((name, "")).max_age(Duration::ZERO), secure)
}

fn header_of(cookie: cookie::CookieBuilder<'_>, secure: bool) -> Option<HeaderValue> {
    let cookie = cookie.path("/").http_only(true).same_site(SameSite::Lax).secure(secure);
    HeaderValue::from_str(&cookie.build().to_string()).ok()
}

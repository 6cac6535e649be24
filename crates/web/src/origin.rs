//! Whether a request that may write comes from a page of this site: the first of two defences against forged
//! requests (the second is the token of [`crate::form`]).

use axum::http::{HeaderMap, StatusCode, header};

use crate::Fault;

/// Whether a page of ours sent the request. A program that is no browser says nothing of where it comes from, and
/// nobody can make it act against its will: it may pass.
pub(crate) fn ours(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let fetched = text("sec-fetch-site").is_none_or(|site| ["same-origin", "none"].contains(&site));
    let host = text(header::HOST.as_str()).unwrap_or_default();
    let from = text(header::ORIGIN.as_str()).or_else(|| text(header::REFERER.as_str()));
    fetched && from.is_none_or(|from| host_of(from).is_some_and(|from| from.eq_ignore_ascii_case(host)))
}

pub(crate) fn foreign() -> Fault {
    let what = "这次提交不是从本站的页面来的，没有办理";
    Fault::new(StatusCode::FORBIDDEN, "cross_origin", what, "请打开本站的页面，在那里提交")
}

/// Host and port of an origin or an address; `None` for `null` and anything else.
fn host_of(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("http://").or_else(|| address.strip_prefix("https://"))?;
    rest.split(['/', '?', '#']).next()
}

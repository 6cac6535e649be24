//! A validator for every page: who has it already gets "not modified" instead of its content.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

use crate::Fault;

/// Pages are made whole in memory, so their content is at hand; anything longer than this is passed on as it is.
const LONGEST: usize = 8 * 1024 * 1024;

/// Adds the validator to a page, and drops the page when it is the one that the reader has.
pub(crate) async fn validate(known: Option<HeaderValue>, response: Response) -> Response {
    let html = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
        kind.as_bytes().starts_with(b"text/html") && !response.headers().contains_key(header::ETAG)
    });
    if response.status() != StatusCode::OK || !html {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let body = match to_bytes(body, LONGEST).await {
        Ok(body) => body,
        Err(error) => return Fault::internal(error).into_response(),
    };
    let hash: String = Sha256::digest(&body).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    // Weak: compressed or not, it is the same page.
    let Ok(tag) = HeaderValue::from_str(&format!("W/\"{hash}\"")) else {
        return Response::from_parts(parts, Body::from(body));
    };
    let same = known.is_some_and(|known| listed(&known, &tag));
    parts.headers.insert(header::ETAG, tag);
    if !same {
        return Response::from_parts(parts, Body::from(body));
    }
    parts.status = StatusCode::NOT_MODIFIED;
    parts.headers.remove(header::CONTENT_TYPE);
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::empty())
}

/// Whether the validators that a reader has (`If-None-Match`) name this one.
#[must_use]
pub fn listed(known: &HeaderValue, tag: &HeaderValue) -> bool {
    known.to_str().is_ok_and(|known| {
        known.split(',').any(|one| one.trim() == "*" || one.trim().as_bytes() == tag.as_bytes())
    })
}

//! What holds for every request and every answer: limits, the host's name, headers, framed faults.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{Extensions, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::{Fault, etag, headers, origin, problem};

/// Where programs ask: what goes wrong there is said to them, not shown.
const API: &str = "/api/";

/// How much a request may ask for.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Characters of an address with its query.
    pub address: usize,
    /// How long an answer may take.
    pub time: Duration,
    /// How long one may take that makes files or takes in thousands of rows.
    pub long: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { address: 4096, time: Duration::from_secs(30), long: Duration::from_secs(300) }
    }
}

/// By which names the site answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hosts {
    /// Only the names of this very machine. A page elsewhere could otherwise have its own name resolve to 127.0.0.1
    /// and read, through the reader's browser, what is not meant for it (DNS rebinding).
    Local,
    /// Any name: phones in an office reach it by its address.
    Any,
}

/// Makes the page of a fault; the extensions are those of the answer, where a layer may have left who asked.
pub trait FaultFrame: Fn(&Fault, &Extensions) -> Option<String> + Send + Sync + 'static {}
impl<F: Fn(&Fault, &Extensions) -> Option<String> + Send + Sync + 'static> FaultFrame for F {}

/// Ends the reading of a request's body after so many bytes, whoever reads it. A layer of its own, so that it can stand
/// behind the one that settles who is asking: a stranger is told to sign in, however much is sent.
pub fn take_at_most<S: Clone + Send + Sync + 'static>(router: Router<S>, bytes: usize) -> Router<S> {
    router.layer(RequestBodyLimitLayer::new(bytes))
}

/// Ends what takes longer than so long, with 503.
#[must_use]
pub fn in_time(time: Duration) -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, time)
}

/// The pattern of an address, for the log: an address itself may hold what opens a door, as that of an invitation does, and
/// stands in no log.
pub trait Pattern: Fn(&str) -> Option<&'static str> + Send + Sync + 'static {}
impl<P: Fn(&str) -> Option<&'static str> + Send + Sync + 'static> Pattern for P {}

/// Wraps a router in all that holds for every request and every answer; no answer takes longer than the long ones. Whatever is not a reading must come from a
/// page of this very site.
pub fn protect(
    router: Router,
    limits: Limits,
    hosts: Hosts,
    frame: impl FaultFrame,
    pattern: impl Pattern,
) -> Router {
    let (frame, pattern) = (Arc::new(frame), Arc::new(pattern));
    router
        .layer(in_time(limits.long))
        .layer(CatchPanicLayer::custom(|_| Fault::internal("a handler panicked").into_response()))
        .layer(from_fn(move |request: Request, next: Next| {
            let (frame, pattern) = (Arc::clone(&frame), Arc::clone(&pattern));
            async move {
                let asked = (request.method().clone(), request.uri().path().to_owned());
                let known = request.headers().get(header::IF_NONE_MATCH).cloned();
                let answer = match refused(&request, limits, hosts) {
                    Some(fault) => fault.into_response(),
                    None => next.run(request).await,
                };
                let answer = if asked.1.starts_with(API) {
                    problem::said(answer)
                } else {
                    framed(answer, frame.as_ref())
                };
                let mut answer = etag::validate(known, answer).await;
                headers::add(answer.headers_mut());
                log(&asked.0, pattern(&asked.1).unwrap_or("no route"), answer.status());
                answer
            }
        }))
        .layer(CompressionLayer::new())
}

fn refused(request: &Request, limits: Limits, hosts: Hosts) -> Option<Fault> {
    if length(request.uri()) > limits.address {
        return Some(Fault::of_status(StatusCode::URI_TOO_LONG));
    }
    if hosts == Hosts::Local && !local(request) {
        return Some(Fault::of_status(StatusCode::MISDIRECTED_REQUEST));
    }
    if !request.method().is_safe() && !origin::ours(request.headers()) {
        return Some(origin::foreign());
    }
    None
}

fn length(uri: &Uri) -> usize {
    uri.path().len() + uri.query().map_or(0, str::len)
}

/// Whether the request names this machine itself.
fn local(request: &Request) -> bool {
    let named = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let Some(host) = named.or_else(|| request.uri().host()) else { return false };
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Puts a fault, also one that a library answered with, into a page that helps. What is a page already stays: a form
/// that says what is wrong with what was sent.
fn framed(answer: Response, frame: &impl FaultFrame) -> Response {
    let status = answer.status();
    let page = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if page || !status.is_client_error() && !status.is_server_error() {
        return answer;
    }
    let fault = answer.extensions().get::<Fault>().cloned().unwrap_or_else(|| Fault::of_status(status));
    let allow = answer.headers().get(header::ALLOW).cloned();
    let mut answer = match frame(&fault, answer.extensions()) {
        Some(html) => (status, axum::response::Html(html)).into_response(),
        None => fault.into_response(),
    };
    if let Some(allow) = allow {
        answer.headers_mut().insert(header::ALLOW, allow);
    }
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

fn log(method: &Method, path: &'static str, status: StatusCode) {
    if status.is_server_error() {
        tracing::error!(%method, path, status = status.as_u16(), "answered");
    } else {
        tracing::info!(%method, path, status = status.as_u16(), "answered");
    }
}

//! A client for tests, straight into a router; and what every page of ours must hold to.

mod markup;

use std::net::SocketAddr;
use std::sync::Mutex;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt as _;

pub use markup::faults_of;

/// Asks a router as a browser on the same machine would.
pub struct Client {
    router: Router,
    runtime: Runtime,
    cookie: Mutex<Option<String>>,
    address: Option<SocketAddr>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; empty where it is not UTF-8.
    pub body: String,
    /// The body's bytes.
    pub bytes: Vec<u8>,
}

impl Client {
    /// A client of this router.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test without its runtime has failed")]
    pub fn new(router: Router) -> Self {
        // What a page keeps to itself, a failing test says.
        let errors = tracing_subscriber::fmt().with_max_level(tracing::Level::ERROR).with_test_writer();
        drop(errors.try_init());
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        Self { router, runtime, cookie: Mutex::new(None), address: None }
    }

    /// The same client with a cookie: `name=value`.
    #[must_use]
    pub fn with_cookie(self, cookie: impl Into<String>) -> Self {
        Self { cookie: Mutex::new(Some(cookie.into())), ..self }
    }

    /// The same client, asking from this address.
    #[must_use]
    pub fn from_address(self, address: [u8; 4]) -> Self {
        Self { address: Some(SocketAddr::from((address, 50_000))), ..self }
    }

    /// The cookie that it sends: `name=value`.
    #[must_use]
    pub fn cookie(&self) -> Option<String> {
        self.held().clone()
    }

    /// Does with the cookies of an answer what a browser does: keeps the last one that was set, drops one that ended.
    pub fn keep(&self, answer: &Answer) {
        for set in answer.headers.get_all(header::SET_COOKIE).iter().filter_map(|set| set.to_str().ok()) {
            let pair = set.split(';').next().unwrap_or_default().to_owned();
            *self.held() = (!set.contains("Max-Age=0")).then_some(pair);
        }
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.cookie.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Sends a form from a page of the site.
    #[must_use]
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        let headers =
            [("content-type", "application/x-www-form-urlencoded"), ("origin", "http://127.0.0.1:8080")];
        self.send(Method::POST, path, &headers, body.finish().into_bytes())
    }

    /// Asks for a page.
    #[must_use]
    pub fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[])
    }

    /// Asks with any method and headers; `host` is 127.0.0.1 unless given.
    #[must_use]
    pub fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(method, path, headers, Vec::new())
    }

    /// The same with a body.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test that cannot ask has failed")]
    pub fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header(header::HOST, "127.0.0.1:8080");
        }
        if let Some(cookie) = self.cookie() {
            request = request.header(header::COOKIE, cookie);
        }
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let mut request = request.body(Body::from(body)).expect("a request");
        if let Some(address) = self.address {
            request.extensions_mut().insert(ConnectInfo(address));
        }
        self.runtime.block_on(async {
            let answer = self.router.clone().oneshot(request).await.expect("an answer");
            let (parts, body) = answer.into_parts();
            let bytes = body.collect().await.expect("a body").to_bytes().to_vec();
            let body = String::from_utf8(bytes.clone()).unwrap_or_default();
            Answer { status: parts.status, headers: parts.headers, body, bytes }
        })
    }
}

impl Answer {
    /// A header's value; empty where there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

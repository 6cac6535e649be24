//! What went wrong with a request, said so that a person can go on. Not here: how the page looks ([`crate::protect`]
//! is given a function for that).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use kernel::Problem;

/// What a handler returns.
pub type Page = Result<Response, Fault>;

/// A request that cannot be answered: what happened, what to do, and where to go from here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The status of the answer.
    pub status: StatusCode,
    /// Stable code for programs: `unknown_figure`.
    pub code: &'static str,
    /// What happened, one line.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
    /// Where one probably wanted to go.
    pub near: Vec<Link>,
}

/// An address and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The address.
    pub href: String,
    /// What it leads to.
    pub label: String,
}

impl Link {
    /// A link.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into() }
    }
}

impl Fault {
    /// There is nothing of that name.
    pub fn not_found(code: &'static str, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, what, remedy)
    }

    /// The request says something that cannot be meant.
    pub fn bad_request(code: &'static str, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, what, remedy)
    }

    /// Something broke on our side. `detail` goes to the log and to nobody else.
    pub fn internal(detail: impl std::fmt::Display) -> Self {
        tracing::error!(%detail, "a page could not be made");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "这一页暂时打不开",
            "数据没有改动。请稍后再试；仍打不开时，请让管理员查看运行日志",
        )
    }

    /// A fault of any status. What happened and what to do are sentences without their full stop.
    pub fn new(
        status: StatusCode,
        code: &'static str,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        let sentence = |words: String| words.trim_end_matches('。').to_owned();
        Self { status, code, what: sentence(what.into()), remedy: sentence(remedy.into()), near: Vec::new() }
    }

    /// A problem of the domain as a fault of this status.
    #[must_use]
    pub fn of(status: StatusCode, problem: &Problem) -> Self {
        Self::new(status, problem.code, problem.what.clone(), problem.remedy.clone())
    }

    /// The same fault with places to go.
    #[must_use]
    pub fn near(self, near: impl IntoIterator<Item = Link>) -> Self {
        Self { near: near.into_iter().collect(), ..self }
    }

    /// The fault that a bare status stands for, when a library answered with nothing but that.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Self {
        let (code, what, remedy) = match status {
            StatusCode::NOT_FOUND => ("not_found", "没有这个地址", "请核对地址，或从下面的页面进入"),
            StatusCode::METHOD_NOT_ALLOWED => {
                ("method_not_allowed", "这个地址只能查看，不能提交", "请直接打开页面")
            }
            StatusCode::PAYLOAD_TOO_LARGE => ("too_large", "提交的内容太大", "请减小后再提交"),
            StatusCode::URI_TOO_LONG => ("uri_too_long", "地址太长", "请从下面的页面重新进入"),
            StatusCode::SERVICE_UNAVAILABLE => {
                ("too_slow", "这一页用时太久，已停下", "请稍后再试，或选较小的范围")
            }
            StatusCode::MISDIRECTED_REQUEST => (
                "other_host",
                "本站只在这台机器上开放",
                "请用 http://127.0.0.1 或 http://localhost 加端口号打开",
            ),
            _ if status.is_server_error() => {
                return Self { status, ..Self::internal(status) };
            }
            _ => ("bad_request", "这个请求读不懂", "请从下面的页面重新进入"),
        };
        Self::new(status, code, what, remedy)
    }
}

/// A plain page, and the fault itself beside it for whoever frames it.
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let words = format!("{}。{}。", self.what, self.remedy);
        let mut response = (self.status, words).into_response();
        let plain = HeaderValue::from_static("text/plain; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, plain);
        response.extensions_mut().insert(self);
        response
    }
}

/// A template as a page.
///
/// # Errors
/// The template fails; never with the templates' own data.
pub fn render(template: &impl askama::Template) -> Page {
    let html = template.render().map_err(Fault::internal)?;
    Ok(Html(html).into_response())
}

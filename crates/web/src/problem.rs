//! What went wrong, said to a program: problem details after RFC 9457. Not here: how a person is told ([`crate::protect`]).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use crate::Fault;

/// The content type of problem details.
const PROBLEM: &str = "application/problem+json";

/// Puts a fault, also one that a library answered with, into problem details. What is none stays.
pub(crate) fn said(answer: Response) -> Response {
    let status = answer.status();
    let kind = answer.headers().get(header::CONTENT_TYPE).map_or(b"".as_slice(), HeaderValue::as_bytes);
    if kind.starts_with(PROBLEM.as_bytes()) || !status.is_client_error() && !status.is_server_error() {
        return answer;
    }
    let fault = answer.extensions().get::<Fault>().cloned().unwrap_or_else(|| of_status(status));
    let words = json!({
        "type": format!("urn:kapok:problem:{}", fault.code),
        "title": fault.what,
        "status": status.as_u16(),
        "code": fault.code,
        "detail": fault.remedy,
    });
    let mut said = (status, words.to_string()).into_response();
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = answer.headers().get(&name) {
            said.headers_mut().insert(name, value.clone());
        }
    }
    said.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
    said.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    said
}

/// The fault of a bare status, in words for programs where those for people speak of pages.
fn of_status(status: StatusCode) -> Fault {
    match status {
        StatusCode::METHOD_NOT_ALLOWED => {
            Fault::new(status, "method_not_allowed", "这个地址不接受这种方法", "请看 Allow 里列出的方法")
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            Fault::new(status, "not_json", "内容不是 JSON", "请加上 Content-Type: application/json")
        }
        StatusCode::TOO_MANY_REQUESTS => {
            Fault::new(status, "too_often", "请求太密", "请按 Retry-After 的秒数等一等再试")
        }
        _ => Fault::of_status(status),
    }
}

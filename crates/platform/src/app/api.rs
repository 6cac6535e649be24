//! `/api/v1`: what devices ask and send. Each handler parses, asks, answers.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{FromRequest, Query, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use kernel::Id;
use serde::Serialize;
use serde::de::DeserializeOwned;
use web::{Fault, Page};

use super::enter::{Books, device_of};
use super::rate::{DEVICE, Rates, STRANGER};
use super::wire::{
    Asked, DeviceSaid, FormSaid, KeySaid, Me, Push, Pushed, SealedPush, TodayPage, VisitsPage,
};
use super::{enter, envelope, form, pull, take};
use crate::access;
use crate::documents::Subjects;
use crate::sheets::Sheets;
use crate::shell::App;

/// The most entries of one request, and envelopes.
const ENTRIES: usize = 50;
const ENVELOPES: usize = 20;
/// The most bytes of one request: entries with reduced photographs.
pub(super) const MOST_BYTES: usize = 12 << 20;

/// A body that is JSON and says what it must.
pub(super) struct Json<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let kind = request.headers().get(header::CONTENT_TYPE).map_or(b"".as_slice(), HeaderValue::as_bytes);
        if !kind.starts_with(b"application/json") {
            let (what, remedy) = ("内容不是 JSON，没有办理", "请加上 Content-Type: application/json");
            return Err(Fault::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_json", what, remedy));
        }
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(|error| Fault::of_status(error.into_response().status()))?;
        serde_json::from_slice(&body).map(Self).map_err(|error| {
            let what = format!("读不懂内容：{error}");
            Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_json", what, "请对照 /api/v1/openapi.json")
        })
    }
}

/// An answer that no cache keeps.
pub(super) fn json(said: &impl Serialize) -> Page {
    let text = serde_json::to_string(said).map_err(Fault::internal)?;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, text).into_response())
}

/// Holds a device to its rate.
#[expect(clippy::result_large_err, reason = "the answer is sent at once, and seldom")]
fn slow(app: &App, rates: &Rates) -> Result<(), Response> {
    let login = app.asker().user().map(|user| user.login.clone()).unwrap_or_default();
    rates.take(&login, DEVICE, app.site().database.clock().now())
}

/// Who asks, by which device, and to which key entries are sealed.
#[utoipa::path(get, path = "/api/v1/me", tag = "device", responses(
    (status = 200, body = Me), (status = 401, body = super::wire::ProblemSaid, content_type = "application/problem+json")))]
pub(super) async fn me(app: App) -> Page {
    let from = device_of(&app)?;
    let said = app.read(move |tx, app| {
        let unknown = || Fault::of_status(StatusCode::UNAUTHORIZED);
        let device = access::device(tx, from.device)?.ok_or_else(unknown)?;
        let public = envelope::public_key(tx.keys());
        Ok(Me {
            user: from.user.to_string(),
            name: app.asker().user().map(|user| user.display_name.clone()).unwrap_or_default(),
            device: DeviceSaid { id: device.id.to_string(), name: device.name, until: device.until.millis() },
            now: tx.at().millis(),
            today: app.site().today.to_string(),
            key: KeySaid { id: envelope::key_id(&public), public: envelope::hex(&public) },
        })
    });
    json(&said.await?)
}

/// The form of a visit, the same as on its page.
#[utoipa::path(get, path = "/api/v1/form", tag = "fetch", responses((status = 200, body = FormSaid)))]
pub(super) async fn form(Extension(sheets): Extension<Sheets>) -> Page {
    let sheet = sheets.of_kind(form::KIND).ok_or_else(|| Fault::of_status(StatusCode::NOT_FOUND))?;
    json(&form::form(sheet))
}

/// Today's list, a page at a time, with what one must know at the doors.
#[utoipa::path(get, path = "/api/v1/today", tag = "fetch", params(Asked), responses(
    (status = 200, body = TodayPage), (status = 400, body = super::wire::ProblemSaid, content_type = "application/problem+json")))]
pub(super) async fn today(
    app: App,
    Extension(rates): Extension<Rates>,
    Query(asked): Query<Asked>,
) -> Result<Response, Response> {
    slow(&app, &rates)?;
    let after = match asked.cursor.as_deref().map(str::parse::<Id>) {
        Some(Err(_)) => return Err(bad_cursor().into_response()),
        Some(Ok(id)) => Some(id),
        None => None,
    };
    let limit = limit(&asked);
    let first = after.is_none();
    let answer = async {
        let from = device_of(&app)?;
        let page = app.read(move |tx, app| pull::today(tx, app, (after, limit))).await?;
        if first {
            // Households go onto a device here: that stands in the audit log.
            app.write(move |tx, _| {
                let event = db::Event {
                    verb: "app.fetch",
                    kind: "device",
                    record_id: Some(from.device),
                    ..db::Event::default()
                };
                Ok(tx.event(db::WHOLE, event)?)
            })
            .await?;
        }
        json(&page)
    };
    answer.await.map_err(axum::response::IntoResponse::into_response)
}

fn limit(asked: &Asked) -> i64 {
    asked.limit.unwrap_or(100).clamp(1, 200)
}

fn bad_cursor() -> Fault {
    Fault::bad_request("bad_cursor", "cursor 不是上一页给出的", "请从第一页重新取")
}

/// The visits that changed since a cursor, each in its last version.
#[utoipa::path(get, path = "/api/v1/visits", tag = "fetch", params(Asked), responses(
    (status = 200, body = VisitsPage), (status = 400, body = super::wire::ProblemSaid, content_type = "application/problem+json")))]
pub(super) async fn visits(
    app: App,
    Extension(rates): Extension<Rates>,
    Extension(sheets): Extension<Sheets>,
    Query(asked): Query<Asked>,
) -> Result<Response, Response> {
    slow(&app, &rates)?;
    let Some(cursor) = pull::cursor(asked.cursor.as_deref()) else {
        return Err(bad_cursor().into_response());
    };
    let limit = limit(&asked);
    let page = app.read(move |tx, app| pull::changed(tx, app, sheets, (cursor, limit))).await;
    page.and_then(|page| json(&page)).map_err(axum::response::IntoResponse::into_response)
}

/// Takes entries. Each is written once, however often it is sent, and in the order of its household.
#[utoipa::path(post, path = "/api/v1/entries", tag = "send", request_body = Push, responses(
    (status = 200, body = Pushed),
    (status = 401, body = super::wire::ProblemSaid, content_type = "application/problem+json"),
    (status = 422, body = super::wire::ProblemSaid, content_type = "application/problem+json"),
    (status = 429, body = super::wire::ProblemSaid, content_type = "application/problem+json")))]
pub(super) async fn entries(
    app: App,
    Extension(rates): Extension<Rates>,
    Extension(sheets): Extension<Sheets>,
    Extension(subjects): Extension<Subjects>,
    Json(push): Json<Push>,
) -> Result<Response, Response> {
    slow(&app, &rates)?;
    let answer = async {
        many(push.entries.len(), ENTRIES)?;
        let (books, from) = (Books { sheets, subjects }, device_of(&app)?);
        let results = app.work(move |app| take::push(app, books, from, &push.entries)).await?;
        json(&Pushed { results })
    };
    answer.await.map_err(axum::response::IntoResponse::into_response)
}

fn many(count: usize, most: usize) -> Result<(), Fault> {
    if (1..=most).contains(&count) {
        return Ok(());
    }
    let what = format!("一次要送 1 到 {most} 条，送来了 {count} 条");
    Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_count", what, "请分几次送"))
}

/// Takes sealed entries of a device that is no longer trusted, without signing in. They wait for a person to accept them.
#[utoipa::path(post, path = "/api/v1/quarantine", tag = "send", request_body = SealedPush, responses(
    (status = 200, body = Pushed),
    (status = 422, body = super::wire::ProblemSaid, content_type = "application/problem+json"),
    (status = 429, body = super::wire::ProblemSaid, content_type = "application/problem+json")))]
pub(super) async fn quarantine(
    app: App,
    Extension(rates): Extension<Rates>,
    Extension(sheets): Extension<Sheets>,
    Extension(subjects): Extension<Subjects>,
    address: access::Address,
    Json(push): Json<SealedPush>,
) -> Result<Response, Response> {
    rates.take(&address.0, STRANGER, app.site().database.clock().now())?;
    let answer = async {
        many(push.entries.len(), ENVELOPES)?;
        let books = Books { sheets, subjects };
        let results = app.work(move |app| take::quarantine(app, books, &address.0, &push.entries)).await?;
        json(&Pushed { results })
    };
    answer.await.map_err(axum::response::IntoResponse::into_response)
}

/// Ends this device: nothing can be read on it any more, and what it has not sent comes in sealed.
#[utoipa::path(post, path = "/api/v1/device/end", tag = "device", responses((status = 200)))]
pub(super) async fn end(app: App, Json(_): Json<serde_json::Value>) -> Page {
    let from = enter::device_of(&app)?;
    app.write(move |tx, _| Ok(access::end_device(tx, from.device, from.user, None)?)).await?;
    json(&serde_json::json!({ "ended": true }))
}

//! The description of `/api/v1` (OpenAPI 3.1), made from the handlers and from what goes over the line.

use utoipa::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::{Modify, openapi};

use super::api;
use super::wire::ProblemSaid;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kapok 红棉",
        version = "1",
        description = "手机应用用的接口。错误都是 application/problem+json，code 不变。"
    ),
    paths(api::me, api::form, api::today, api::visits, api::entries, api::quarantine, api::end),
    components(schemas(ProblemSaid)),
    modifiers(&Device),
    security(("device" = []))
)]
pub(super) struct Api;

/// A device says who it is by its cookie.
struct Device;

impl Modify for Device {
    fn modify(&self, api: &mut openapi::OpenApi) {
        let cookie = ApiKeyValue::new(crate::access::device_cookie(true));
        let components = api.components.get_or_insert_default();
        components.add_security_scheme("device", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    }
}

/// `/api/v1/openapi.json`.
pub(super) async fn show() -> web::Page {
    api::json(&Api::openapi())
}

//! What is needed to open the app without a signal: its page, its service worker, its manifest. Nothing of it is anybody's
//! secret, so that it opens before somebody signs in.

use axum::http::{HeaderValue, header};
use axum::response::IntoResponse as _;
use serde_json::json;
use web::{Fault, Page, render};

use super::super::pages::ShellPage;
use crate::shell::App;

/// What the app needs to run.
const FILES: [&str; 6] = ["kapok.css", "app.css", "app.js", "mark.svg", "icon-192.png", "icon-512.png"];

pub(super) async fn show(app: App) -> Page {
    let page = ShellPage {
        style: app.asset("kapok.css"),
        more_style: app.asset("app.css"),
        mark: app.asset("mark.svg"),
        icon: app.asset("icon-192.png"),
        script: app.asset("app.js"),
        notice: app.site().sample_notice.clone().unwrap_or_default(),
    };
    render(&page)
}

/// The worker names the files of this build, so that a browser notices a new one by the worker alone.
pub(super) async fn worker(app: App) -> Page {
    let files: Vec<String> = FILES.iter().map(|name| app.asset(name)).collect();
    let files = serde_json::to_string(&files).map_err(Fault::internal)?;
    let text = format!("self.FILES = {files};\nimportScripts({:?});\n", app.asset("worker.js"));
    let kind = HeaderValue::from_static("text/javascript; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}

pub(super) async fn manifest(app: App) -> Page {
    let icon = |name: &str, sizes: &str| json!({ "src": app.asset(name), "sizes": sizes, "type": "image/png", "purpose": "any maskable" });
    let text = json!({
        "name": "Kapok 红棉 离线记录",
        "short_name": "红棉",
        "lang": "zh-CN",
        "id": "/app/",
        "start_url": "/app/",
        "scope": "/app/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": [icon("icon-192.png", "192x192"), icon("icon-512.png", "512x512")],
    });
    let kind = HeaderValue::from_static("application/manifest+json");
    Ok(([(header::CONTENT_TYPE, kind)], text.to_string()).into_response())
}

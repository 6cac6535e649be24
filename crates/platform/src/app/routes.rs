//! The addresses of the app: its shell, the devices, what waits to be accepted, and `/api/v1`.

mod devices;
mod quarantine;
mod shell;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use super::{api, openapi};
use crate::shell::{Heading, Needs, Part, Route};

/// What this slice brings to the site.
pub const PART: Part = Part {
    name: "app",
    group: Heading::System,
    label: "手机离线记录",
    tab: "手机",
    icon: "M6 2.500h8v15H6zM9 15h2",
    needs: USE,
    routes,
};

/// To work on a device without a signal.
const USE: Needs = Needs::Verb("app.use");
/// To see everybody's devices and end them.
const DEVICES: Needs = Needs::Verb("app.devices");

fn routes() -> Vec<Route> {
    let (open, visits, clients) = (Needs::Nothing, Needs::Verb("visits.read"), Needs::Verb("clients.read"));
    let large = || DefaultBodyLimit::max(api::MOST_BYTES);
    vec![
        Route::get("/app", USE, get(devices::mine)),
        Route::get("/app/", open, get(shell::show)),
        Route::get("/app/worker.js", open, get(shell::worker)),
        Route::get("/app/manifest.webmanifest", open, get(shell::manifest)),
        Route::get("/app/devices", USE, get(devices::mine)),
        Route::post("/app/devices", USE, post(devices::register)),
        Route::post("/app/devices/{device}/end", USE, post(devices::end_mine)),
        Route::get("/app/devices/all", DEVICES, get(devices::all)),
        Route::post("/app/devices/all/{device}/end", DEVICES, post(devices::end_any)),
        Route::get("/app/quarantine", USE, get(quarantine::list)),
        Route::get("/app/quarantine/{entry}", USE, get(quarantine::show)),
        Route::post("/app/quarantine/{entry}/accept", USE, post(quarantine::accept)),
        Route::post("/app/quarantine/{entry}/reject", USE, post(quarantine::reject)),
        Route::get("/api/v1/openapi.json", open, get(openapi::show)),
        Route::get("/api/v1/me", USE, get(api::me)),
        Route::get("/api/v1/form", visits, get(api::form)),
        Route::get("/api/v1/today", clients, get(api::today)),
        Route::get("/api/v1/visits", visits, get(api::visits)),
        Route::post("/api/v1/entries", Needs::Verb("visits.record"), post(api::entries).layer(large())),
        Route::post("/api/v1/device/end", USE, post(api::end)),
        Route::post("/api/v1/quarantine", open, post(api::quarantine).layer(large())),
    ]
}

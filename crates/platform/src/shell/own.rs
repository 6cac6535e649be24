//! The program's own files, and every route there is with theirs among them. Not here: who answers the others.

use web::{Asset, Assets};

use super::route::{Needs, Part, Route};

/// Files of the program that pages refer to.
const FILES: &[Asset] = &[
    Asset {
        name: "kapok.css",
        content_type: "text/css; charset=utf-8",
        content: include_bytes!("../../../../web/styles/kapok.css"),
    },
    Asset {
        name: "report.css",
        content_type: "text/css; charset=utf-8",
        content: paper::html::REPORT_CSS.as_bytes(),
    },
    Asset {
        name: "icon-192.png",
        content_type: "image/png",
        content: include_bytes!("../../../../web/styles/icon-192.png"),
    },
    Asset {
        name: "icon-512.png",
        content_type: "image/png",
        content: include_bytes!("../../../../web/styles/icon-512.png"),
    },
    Asset {
        name: "app.css",
        content_type: "text/css; charset=utf-8",
        content: include_bytes!("../../../../web/styles/app.css"),
    },
    Asset {
        name: "mark.svg",
        content_type: "image/svg+xml",
        content: include_bytes!("../../../../web/styles/mark.svg"),
    },
];

/// The scripts that pages refer to, as `bin/web` made them.
const SCRIPTS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/scripts.rs"));

/// Every route of these parts, and the one of the program's own files.
#[must_use]
pub fn routes(parts: &[Part]) -> Vec<Route> {
    let own = Route::get(Assets::PATH, Needs::Nothing, assets().handler());
    parts.iter().flat_map(|part| (part.routes)()).chain([own]).collect()
}

/// The program's own files, under the addresses that their content has.
pub(crate) fn assets() -> Assets {
    Assets::new(&[FILES, SCRIPTS].concat())
}

//! The composed report, over a small station made without a database.

mod passages;
mod sample;
mod tables;
mod templates;
mod wording;

use paper::model::Document;
use paper::text;

use super::{Href, compose};
use crate::library::Library;
use crate::reports::Facts;

fn href(code: &str, place: Option<&str>) -> String {
    place.map_or_else(|| format!("records.html#{code}"), |place| format!("records.html#{code}@{place}"))
}

fn composed(facts: &Facts, library: &Library) -> Document {
    let href: &Href<'_> = &href;
    compose(facts, &library.scheme, href).unwrap()
}

fn text_of(facts: &Facts, library: &Library) -> String {
    text::render(&composed(facts, library))
}

//! The panel on site: agenda, checklist, interviews, observations with photos, and who signs the record of a day.
//! Not here: scores and findings, which are each expert's own until they are sealed.

mod pages;
mod routes;
mod store;
#[cfg(test)]
mod tests;

pub(super) use routes::{routes, settle};
pub use store::{SiteNote, SiteNoteKind, SiteNoteState};

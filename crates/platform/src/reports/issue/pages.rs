//! What the pages of issued papers show.

use askama::Template;

use super::store::Issued;
use crate::shell::Frame;

/// The public page of a seal: whether it is one of ours, and nothing of what the report says.
#[derive(Template)]
#[template(path = "reports/templates/seal.html")]
pub(super) struct SealPage {
    frame: Frame,
    seal: String,
    /// What was issued when, with the manifest's hash.
    found: Option<(&'static str, String, String)>,
}

impl SealPage {
    pub(super) fn of(frame: Frame, seal: String, issued: Option<&Issued>) -> Self {
        let found = issued
            .map(|one| (one.paper.label(), one.issued_at.day().to_string(), one.manifest_sha256.clone()));
        Self { frame, seal, found }
    }
}

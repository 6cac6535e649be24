//! What the steps of a round ask of its report. The report stands below the evaluation, so this is handed in.

use db::{DbResult, Tx};

use crate::evaluation::Round;
use crate::shell::{App, Trouble};

/// What the report's desk answers.
#[derive(Clone, Copy)]
pub struct Drafts {
    /// Why the report cannot leave the house as it stands: each in words; nothing where it can.
    pub open: fn(&mut Tx<'_>, &App, &Round) -> Result<Vec<String>, Trouble>,
    /// Keeps the text of the report as it stands: before and after a step that sends it.
    pub keep: fn(&mut Tx<'_>, &App, &Round) -> Result<(), Trouble>,
    /// The passages of the draft as it was sent, in reading order.
    pub passages: fn(&mut Tx<'_>, &Round) -> DbResult<Vec<DraftPassage>>,
    /// Whether the report as it stands still has a passage of its own with this key.
    pub has: fn(&mut Tx<'_>, &App, &Round, &str) -> Result<bool, Trouble>,
}

/// A passage of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftPassage {
    /// Its key, the same in every report.
    pub key: String,
    /// The code of the finding, where it is one.
    pub finding: Option<String>,
    /// Under which heading it stands.
    pub part: String,
    /// Its words, figures filled in.
    pub text: String,
}

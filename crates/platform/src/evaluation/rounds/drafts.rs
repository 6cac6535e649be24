//! What the steps of a round ask of its report. The report stands below the evaluation, so this is handed in.

use db::Tx;

use crate::evaluation::Round;
use crate::shell::{App, Trouble};

/// What the report's desk answers.
#[derive(Clone, Copy)]
pub struct Drafts {
    /// Why the report cannot leave the house as it stands: each in words; nothing where it can.
    pub open: fn(&mut Tx<'_>, &App, &Round) -> Result<Vec<String>, Trouble>,
    /// Keeps the text of the report as it stands: before and after a step that sends it.
    pub keep: fn(&mut Tx<'_>, &App, &Round) -> Result<(), Trouble>,
}

//! Evaluation arithmetic: from the experts' item scores to the total and the grade, exact and step by step.
//!
//! A [`Scheme`] (schemes/*.toml) says who scores, what for and how it is added up; [`aggregate`] does the sums
//! and keeps every step in an [`Outcome`]; [`severity`] informs about the experts and never changes a score.
//! Nothing here knows a database, a round's stage or who may see a score. Decimals only, never floats: see
//! docs/decisions/0004-scoring.md for the order of the steps and where they are rounded.

mod aggregate;
mod compare;
mod inputs;
mod outcome;
mod ratio;
mod scheme;
mod severity;
mod sheet;
pub(crate) mod source;
#[cfg(test)]
mod tests;

pub use aggregate::aggregate;
pub use compare::{Change, compare};
pub use inputs::{Added, Deducted, Inputs, ItemScore, PartyScore, Vetoed};
pub use outcome::{
    AreaScore, BonusOutcome, DeductionOutcome, ExpertScore, GroupOutcome, ItemOutcome, Outcome, PartyOutcome,
    SchemeUsed, SectionOutcome, VetoOutcome,
};
pub use scheme::{
    Aggregation, Averaging, Bonus, Deduction, Grade, Group, Hop, Item, MissingParty, Paper, Party, Recipient,
    Rounding, Rule, RuleName, Scheme, ScoredBy, Section, Silence, Stage, Step, Veto,
};
pub use severity::{Discussion, ExpertSeverity, Severity, discussions, severity};
pub use sheet::{ExpertEntry, ScoreSheet};

//! The register of experts: who they are, what they know, to whom they are tied.
//! Not here: who sits on which panel (panel), and what a tie means for a station (`rules::recusal`).

mod pages;
mod routes;
pub(super) mod store;
#[cfg(test)]
mod tests;

pub(super) use routes::routes;

/// The verb of the register.
pub(super) const VERB: &str = "evaluation.experts";

//! The indicators of a contract: chosen from the counting rules with a target each, the rule frozen at signing; amended
//! from a day, corrected, withdrawn.
//! Not here: how far they are met (the board).

mod change;
mod offers;
mod pages;
mod routes;
#[cfg(test)]
mod tests;

pub(super) use routes::routes;

//! The audit log as people read it: who did what, when, from where, why, and what it changed.
//!
//! Not here: writing it. Every line is appended by `db` in the transaction of the change it tells of.

mod detail;
mod pages;
mod routes;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use detail::of_people;
pub use routes::PART;
pub(crate) use words::{kind, verb};

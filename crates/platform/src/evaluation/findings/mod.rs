//! Findings on screen: what experts note at an item, and what the panel makes of it, edited with its history.
//!
//! A note is its expert's alone until scoring has ended; what is made of it is a record of the round (`Finding`).
//! Not here: how a finding is printed (reports).

mod before;
mod beside;
mod form;
mod pages;
mod plain;
mod routes;
mod store;
#[cfg(test)]
mod tests;
mod words;

pub use before::{Became, FollowedUp};
pub use plain::plain_text;
pub use routes::last_writer;
pub(super) use routes::routes;

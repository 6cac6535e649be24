//! Who may do what: the one function that grants, and the permits it makes.
//!
//! Until people can sign in, whoever holds the machine (the console) may do everything and a visitor may write
//! nothing. Not here: who somebody is.

mod part;
mod permit;
#[cfg(test)]
mod tests;

pub use part::{Correct, Enter, Owned, Part, Verb, Withdraw};
pub use permit::{Permit, permit};

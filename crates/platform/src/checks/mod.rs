//! Checks: anyone's evaluation report is read on the spot, and what cannot be true in it is shown beside its text.
//!
//! Nothing of a file is kept and nothing of it is logged. Not here: what is found (rules::checks::text), and anything
//! about our own records, which this slice never reads.

mod marks;
mod pages;
mod routes;
#[cfg(test)]
mod tests;

pub use routes::PART;

//! The way of the draft and of the final report, as the scheme says it: who hands it on to whom, and who signed for it. A
//! party reads a paper when it has signed for it.
//! Not here: the papers themselves (reports), and what parties answer (feedback).

mod model;
mod pages;
mod routes;
mod store;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub(super) use model::{Kept, due, side_of};
pub(super) use routes::routes;
pub(super) use routes::{Waiting, draft_sent, overdue, waiting};
pub use routes::{may_read, send};
pub(super) use store::{kept, under_way};

//! Setting a station up from nothing: which steps are done, what is still missing, and the form that mends each.
//! Not here: those forms; each belongs to the slice whose records it writes.

mod facts;
mod pages;
mod routes;
mod steps;
#[cfg(test)]
mod tests;

pub use facts::facts;
pub use routes::PART;
pub use steps::{Contract, Facts, Missing, Place, Step, Way, Worker, steps};

//! Issuing: the draft and the final report made once, kept as they are, handed on along the way of the scheme; the public
//! page that confirms a seal; the archive of a round.
//! Not here: the bytes of a format (`paper`), and the way itself (`evaluation::delivery`).

pub mod archive;
mod make;
mod pages;
mod routes;
mod store;
#[cfg(test)]
mod tests;

pub(super) use routes::{Given, given, routes};
pub use store::contents;

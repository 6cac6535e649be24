//! The result of a round with every step: expert → item → section → party → weight → total → grade.
//! Not here: the arithmetic (`rules::scoring`) and the printed report (reports).

mod pages;
mod routes;

pub(super) use routes::{is_open, routes, total};

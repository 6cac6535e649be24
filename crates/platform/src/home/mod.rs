//! Where one arrives: what needs whoever asks today, and every part of the site that they may see.
//! Not here: how what is due is found; each slice says so of its own records.

mod duties;
mod pages;
mod routes;
#[cfg(test)]
mod tests;
mod today;

pub use routes::PART;
pub use today::PART as TODAY;

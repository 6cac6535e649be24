//! The frame around every page: menu, station, notice, footer, faults; and what a site is made of.
//!
//! Not here: any page. Each slice brings its own [`Part`], and `platform::router` puts them together.

mod app;
mod frame;
mod site;
#[cfg(test)]
mod tests;
mod trouble;

pub use app::{App, Part, Route, assemble};
pub use frame::{Frame, Standing};
pub use site::Site;
pub use trouble::Trouble;

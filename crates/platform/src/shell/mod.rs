//! The frame around every page: menu, station, notice, footer, faults; and what a site is made of.
//!
//! Not here: any page. The slices contribute theirs, and `platform::router` puts them together.

mod site;

pub use site::Site;

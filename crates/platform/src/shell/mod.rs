//! The frame around every page: menu, station, notice, footer, forms, faults; and what a site is made of.
//!
//! Not here: any page. Each slice brings its own [`Part`], and `platform::router` puts them together.

mod app;
mod form;
mod frame;
mod leads;
mod meanwhile;
mod own;
mod refused;
mod route;
mod site;
#[cfg(test)]
pub(crate) mod tests;
mod trouble;

pub use app::{App, Submitted, assemble};
pub use form::{Field, FormPage, Group, Kind, form_key};
pub use frame::{Frame, MenuGroup, Standing};
pub use leads::Leads;
pub use meanwhile::{form_version, overtaken};
#[cfg(test)]
pub(crate) use own::assets;
pub use own::routes;
pub use route::{Heading, Needs, Part, Route};
pub use site::Site;
pub use trouble::Trouble;

//! What every page needs and no page is about: faults, headers, assets, queries, pages of lists, the test client.
//!
//! A handler returns [`Page`]: a response, or a [`Fault`] that says what happened and what to do. [`protect`] wraps
//! a router in everything that holds for every answer: limits, headers, validators, compression. Not here: any page
//! of ours, any table, any word of the domain.

mod assets;
pub mod cookies;
mod etag;
mod fault;
pub mod form;
mod guard;
mod headers;
pub mod number;
mod paging;
mod origin;
mod problem;
mod query;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
pub mod upload;
mod workers;

pub use assets::{Asset, Assets};
pub use etag::listed;
pub use fault::{Fault, Link, Page, render};
pub use form::Form;
pub use guard::{Hosts, Limits, in_time, protect, take_at_most};
pub use headers::{CONTENT_SECURITY_POLICY, download, served, unkept};
pub use paging::Paging;
pub use query::{Query, Target};
pub use workers::Workers;

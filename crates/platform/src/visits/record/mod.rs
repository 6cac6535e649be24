//! A visit as it is entered at the door: what the form says, what is written of it, its page.

mod form;
mod page;
mod routes;
mod write;

pub use form::{Before, FollowUpSaid, NewVisit, Side};
pub use routes::PART;
pub use write::{Entered, before, enter};

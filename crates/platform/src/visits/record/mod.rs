//! A visit as it is entered at the door: what the form asks and says, what is written of it, its page.

mod asked;
mod form;
mod page;
mod raised;
mod routes;
mod write;

pub use asked::{FormField, FormSection, raised_fields, sections};
pub use form::{Before, FollowUpSaid, NewAttempt, NewVisit, Said, Side};
pub use raised::{Raised, owed, raise};
pub use routes::PART;
pub use write::{Entered, before, enter, same_day};

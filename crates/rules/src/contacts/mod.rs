//! When a household is to be visited and called next, and why: service levels and the calendar as data, one pure
//! function over what is known of the household.
//!
//! Not here: where the facts come from, and who goes (`visits` of the platform).

mod calendar;
mod due;
mod facts;
mod occasion;
mod parse;
mod scheme;
#[cfg(test)]
mod tests;

pub use calendar::{Calendar, Holiday, Year};
pub use due::{Cause, Due, Outlook, next};
pub use facts::{Closed, Event, Facts, Last, Level, Person, Stay, Warning};
pub use occasion::Kind as OccasionKind;
pub use scheme::{By, Frequency, Levels, Occasion, RestDay};

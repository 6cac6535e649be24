//! The few words every other crate speaks: ids, days and periods, money, percent, the clock, the actor, problems.
//!
//! Nothing here does input or output. A word moves here when a third crate needs it, not before. The storage form
//! of each word stands beside it, once, for every database: text, whole numbers and civil dates only.

mod actor;
mod clock;
mod id;
mod money;
mod percent;
mod period;
mod plain;
mod problem;
#[cfg(test)]
mod tests;
mod words;

pub use actor::Actor;
pub use clock::{Clock, Moment, chinese_date};
pub use id::{Id, IdError};
pub use money::Fen;
pub use percent::{half_up, number, percent, ratio, trimmed};
pub use period::{Period, full_years};
pub use plain::Plain;
pub use problem::Problem;

#[doc(hidden)]
pub use diesel;

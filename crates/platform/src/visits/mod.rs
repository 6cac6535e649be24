//! Home and phone visits: whom, when, how they are, what was promised and what became of it; what happened to a household
//! meanwhile; whom to contact next.
//! Not here: how a next contact is worked out (`rules::contacts`), and hotline calls.

mod changes;
mod due;
mod fields;
mod find;
mod model;
mod on_file;
mod policy;
mod record;
mod sheets;
mod store;
#[cfg(test)]
mod tests;
pub mod today;

pub use changes::{changed, last_contacts, promise, promised_to_each};
pub use due::PART as DUE;
pub use model::{AlarmKind, EventKind, FollowState, Standing, Unmet, VisitKind, VisitPlace, WeatherKind};
pub use on_file::{on_file, open_of};
pub use policy::Visits;
pub use record::{
    Before, Entered, FollowUpSaid, FormField, FormSection, NewAttempt, NewVisit, PART as RECORD, Raised,
    Said, Side, before, enter, owed, raise, raised_fields, same_day, sections,
};
pub use store::{Escalation, FollowUp, HospitalStay, MajorEvent, Visit, VisitAttempt, WeatherWarning};

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "visits",
    label: "探访",
    kinds: fields::KINDS,
    withdraw: Visits::withdraw,
    place_of: Visits::place_of,
    records: Visits::RECORDS,
    sheets: sheets::SHEETS,
};

crate::sheets_part!(
    "visits",
    Services,
    "探访",
    "探访",
    "M3 9.500 10 3.500l7 6M5 8.500v8h10v-8M8.500 16.500v-4.500h3v4.500"
);

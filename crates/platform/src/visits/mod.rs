//! Home and phone visits: whom, when, how they are, what was promised.
//! Not here: when the next one is due, and hotline calls.

mod changes;
mod fields;
mod find;
mod model;
mod policy;
mod sheets;
mod on_file;
mod store;

pub use changes::{changed, last_contacts};
pub use model::VisitKind;
pub use on_file::on_file;
pub use policy::Visits;
pub use store::Visit;

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

//! Home and phone visits: whom, when, how they are, what was promised.
//! Not here: when the next one is due, and hotline calls.

mod fields;
mod model;
mod policy;
mod on_file;
mod store;

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
};

//! Cases: intake, sessions, closure; cases carried over from an earlier contract.
//! Not here: group work.

mod fields;
mod find;
mod model;
mod on_file;
mod policy;
mod sheets;
mod store;

pub use model::Outcome;
pub use on_file::{on_file, open_of};
pub use policy::Casework;
pub use store::{Case, CaseClosure, CaseSession};

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "casework",
    label: "个案",
    kinds: fields::KINDS,
    withdraw: Casework::withdraw,
    place_of: Casework::place_of,
    records: Casework::RECORDS,
    sheets: sheets::SHEETS,
};

crate::sheets_part!("casework", Services, "个案", "个案", "M4 4h12v12H4zM7 8h6M7 12h4");

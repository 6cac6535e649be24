//! Calls of the station's hotline and the ticket each of them needs.
//! Not here: phone visits by service level.

mod fields;
mod find;
mod model;
mod on_file;
mod policy;
mod sheets;
mod store;

pub use model::Direction;
pub use on_file::on_file;
pub use policy::Hotline;
pub use store::{Call, Ticket};

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "hotline",
    label: "红棉守护热线",
    kinds: fields::KINDS,
    withdraw: Hotline::withdraw,
    place_of: Hotline::place_of,
    records: Hotline::RECORDS,
    sheets: sheets::SHEETS,
};

crate::sheets_part!(
    "hotline",
    Services,
    "热线",
    "热线",
    "M6 3.500 8 7.500 6.500 9.500c1 2 2.500 3.500 4.500 4.500l2-1.500 3.500 2c-.5 2-2 2.500-3.500 2C8.500 15.500 4.500 11.500 3.500 7c-.5-1.500.5-3 2.500-3.500z"
);

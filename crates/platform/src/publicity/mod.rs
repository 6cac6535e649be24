//! Posts, media reports, recognitions and brochures.
//! Not here: how policies are explained to one person.

mod fields;
mod model;
mod policy;
mod sheets;
mod store;

pub use model::{MediaLevel, RecognitionKind};
pub use policy::Publicity;
pub use store::{BrochureRound, MediaReport, Post, Recognition};

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "publicity",
    label: "宣传",
    kinds: fields::KINDS,
    withdraw: Publicity::withdraw,
    place_of: Publicity::place_of,
    records: Publicity::RECORDS,
    sheets: sheets::SHEETS,
};

crate::sheets_part!(
    "publicity",
    Services,
    "宣传",
    "宣传",
    "M4 8v4h2.500l6.500 3.500v-11L6.500 8zM15.500 8a3 3 0 0 1 0 4"
);

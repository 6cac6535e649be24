//! Volunteers, backbones, teams and what they did.
//! Not here: donors and partners.

mod fields;
mod policy;
mod sheets;
mod store;

pub use policy::Volunteers;
pub use store::{Backbone, Volunteer, VolunteerService, VolunteerTeam};

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "volunteers",
    label: "志愿者",
    kinds: fields::KINDS,
    withdraw: Volunteers::withdraw,
    place_of: Volunteers::place_of,
    records: Volunteers::RECORDS,
    sheets: sheets::SHEETS,
};

crate::sheets_part!(
    "volunteers",
    Resources,
    "志愿者",
    "志愿",
    "M7 9a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM13 10a2 2 0 1 0 0-4M2.500 16c.5-3 2-4.500 4.500-4.500s4 1.500 4.500 4.500M13 12c2.500 0 4 1.500 4.500 4"
);

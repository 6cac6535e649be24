//! Volunteers, backbones, teams and what they did.
//! Not here: donors and partners.

mod fields;
mod policy;
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
};

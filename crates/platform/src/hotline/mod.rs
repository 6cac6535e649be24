//! Calls of the station's hotline and the ticket each of them needs.
//! Not here: phone visits by service level.

mod fields;
mod model;
mod policy;
mod store;

pub use model::Direction;
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
};

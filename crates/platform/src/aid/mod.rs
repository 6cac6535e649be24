//! Supplies and resources passed on, and adaptations of homes for safety.
//! Not here: where the money came from (partners).

mod fields;
mod model;
mod on_file;
mod policy;
mod store;

pub use model::{AdaptationKind, AidKind};
pub use on_file::on_file;
pub use policy::Aid;
pub use store::{AidGiven, HomeAdaptation};

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "aid",
    label: "援助",
    kinds: fields::KINDS,
    withdraw: Aid::withdraw,
    place_of: Aid::place_of,
};

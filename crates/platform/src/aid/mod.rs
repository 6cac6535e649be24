//! Supplies and resources passed on, and adaptations of homes for safety.
//! Not here: where the money came from (partners).

mod fields;
mod find;
mod model;
mod on_file;
mod policy;
mod sheets;
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
    records: Aid::RECORDS,
    sheets: sheets::SHEETS,
};

crate::sheets_part!(
    "aid",
    Services,
    "资源与改造",
    "资源",
    "M3.500 7.500 10 4l6.500 3.500v6L10 17l-6.500-3.500zM3.500 7.500 10 11l6.500-3.500M10 11v6"
);

//! Calls of the station's hotline and the ticket each of them needs.
//! Not here: phone visits by service level.

mod fields;
mod find;
mod model;
mod on_file;
mod policy;
mod store;

pub use model::Direction;
pub use on_file::on_file;
pub use policy::Hotline;
pub use store::{Call, Ticket};

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice =
    Slice { name: "hotline", label: "红棉守护热线", kinds: fields::KINDS, withdraw: Hotline::withdraw };

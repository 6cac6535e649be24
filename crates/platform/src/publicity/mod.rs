//! Posts, media reports, recognitions and brochures.
//! Not here: how policies are explained to one person.

mod fields;
mod model;
mod policy;
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
};

//! The targets of a contract, each with its counting rule frozen at signing; completion, pace and forecast.
//! Not here: counting (figures).

mod board;
mod fields;
mod pages;
mod policy;
mod routes;
mod store;

pub use board::{Board, Indicator, board, targets};
pub use policy::Indicators;
pub use routes::PART;
pub use store::IndicatorTarget;

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "indicators",
    label: "协议指标",
    kinds: fields::KINDS,
    withdraw: Indicators::withdraw,
    place_of: Indicators::place_of,
    records: Indicators::RECORDS,
    sheets: &[],
};

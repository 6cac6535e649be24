//! The targets of a contract, each with its counting rule frozen at signing; completion, pace and forecast.
//! Not here: counting (figures).

mod behind;
mod board;
mod fields;
mod find;
mod pages;
mod policy;
mod routes;
mod rule_set;
mod store;
mod targets;

pub use behind::behind;
pub use board::{Board, Indicator, board};
pub use find::{count, targets};
pub use policy::Indicators;
pub use routes::PART;
pub use rule_set::{completion, rule_set};
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

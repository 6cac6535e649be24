//! The targets of a contract, each with its counting rule frozen at signing; completion, pace and forecast.
//! Not here: counting (figures).

mod fields;
mod policy;
mod store;

pub use policy::Indicators;
pub use store::IndicatorTarget;

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice { name: "indicators", label: "协议指标", kinds: fields::KINDS };

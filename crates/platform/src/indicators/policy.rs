//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::IndicatorTarget;

crate::part! {
    /// The right to write indicators.
    pub Indicators = "indicators" owns IndicatorTarget
}

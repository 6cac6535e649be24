//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;
use kernel::Id;

db::record! {
    /// A target of the contract.
    pub struct IndicatorTarget("indicator_target") in indicator_targets {
        /// The contract.
        pub contract_id: Id [Text],
        /// The code of the figure that measures it.
        pub code: String [Text],
        /// As the contract names it.
        pub name: String [Text],
        /// Its unit.
        pub unit: String [Text],
        /// How much is agreed.
        pub target: i32 [Integer],
        /// Under which heading it is listed.
        pub heading: String [Text],
        /// Its place in the list.
        pub position: i32 [Integer],
        /// The counting rule as it stood at signing (TOML).
        pub rule: String [Text],
        /// From which day it holds as it now is, where the contract was amended; the days before are held against the
        /// version before.
        pub amended_on: Option<NaiveDate> [Nullable<Date>],
    }
}

//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::{Contract, ContractCategory};

crate::part! {
    /// The right to write contracts.
    pub Contracts = "contracts" owns Contract, ContractCategory
}

//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::{CommunityFund, FundDrive, FundIncome, Partner};

crate::part! {
    /// The right to write partners.
    pub Partners = "partners" owns Partner, CommunityFund, FundDrive, FundIncome
}

//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;
use kernel::Fen;
use kernel::Id;

use super::model::Tier;

db::record! {
    /// An organisation that contributes.
    pub struct Partner("partner") in partners {
        /// Its name.
        pub name: String [Text],
        /// How closely it is tied in.
        pub tier: Tier [Text],
        /// Since when.
        pub joined_on: NaiveDate [Date],
        /// Since when no longer.
        pub left_on: Option<NaiveDate> [Nullable<Date>],
    }
}

db::record! {
    /// The charity fund of a community.
    pub struct CommunityFund("community_fund") in community_funds {
        /// Its name.
        pub name: String [Text],
        /// When founded.
        pub founded_on: NaiveDate [Date],
        /// When dissolved.
        pub dissolved_on: Option<NaiveDate> [Nullable<Date>],
        /// Whether a worker sits on its committee.
        pub worker_on_committee: bool [Bool],
    }
}

db::record! {
    /// A drive to raise money.
    pub struct FundDrive("fund_drive") in fund_drives {
        /// For which fund.
        pub fund_id: Id [Text],
        /// What it was.
        pub name: String [Text],
        /// When.
        pub held_on: NaiveDate [Date],
    }
}

db::record! {
    /// Money received by a fund or an area's programme.
    pub struct FundIncome("fund_income") in fund_incomes {
        /// By which fund.
        pub fund_id: Id [Text],
        /// When.
        pub received_on: NaiveDate [Date],
        /// How much.
        pub amount: Fen [BigInt],
        /// From where.
        pub source: String [Text],
    }
}

//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;
use kernel::Fen;
use kernel::Id;

db::record! {
    /// A service contract of a station.
    pub struct Contract("contract") in contracts {
        /// Short code: `changgang-2024`.
        pub code: String [Text],
        /// The organisation that runs the station.
        pub operator: String [Text],
        /// The street office that buys the service.
        pub purchaser: String [Text],
        /// The district bureau that supervises it.
        pub supervisor: String [Text],
        /// When it was signed.
        pub signed_on: NaiveDate [Date],
        /// The first day.
        pub starts_on: NaiveDate [Date],
        /// The last day.
        pub ends_on: NaiveDate [Date],
        /// The price of the service for the whole period.
        pub funding: Fen [BigInt],
        /// Workers agreed.
        pub agreed_workers: i32 [Integer],
        /// Certified workers agreed.
        pub agreed_certified: i32 [Integer],
    }
}

db::record! {
    /// A category of people whom the contract names.
    pub struct ContractCategory("contract_category") in contract_categories {
        /// The contract.
        pub contract_id: Id [Text],
        /// Stable code of the category.
        pub code: String [Text],
        /// Its official name.
        pub name: String [Text],
        /// Whether it needs an age of 60 or more.
        pub elder: bool [Bool],
    }
}

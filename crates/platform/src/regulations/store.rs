//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;

db::record! {
    /// A rule of the station.
    pub struct Regulation("regulation") in regulations {
        /// What it is called.
        pub name: String [Text],
        /// Which edition.
        pub edition: String [Text],
        /// When this edition was adopted.
        pub adopted_on: NaiveDate [Date],
        /// When it was repealed.
        pub repealed_on: Option<NaiveDate> [Nullable<Date>],
    }
}

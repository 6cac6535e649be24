//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;

db::record! {
    /// A programme of the annual plan.
    pub struct Programme("programme") in programmes {
        /// Short code: `nuanxin_anju`.
        pub code: String [Text],
        /// Its name.
        pub name: String [Text],
        /// What it is for.
        pub aim: String [Text],
        /// Since when it runs.
        pub started_on: NaiveDate [Date],
        /// Since when no longer.
        pub ended_on: Option<NaiveDate> [Nullable<Date>],
    }
}

//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;
use db::Sealed;

db::record! {
    /// The unit that serves one street or town and is evaluated.
    pub struct Station("station") in stations {
        /// Short code for commands and addresses: `changgang`.
        pub code: String [Text],
        /// Its name.
        pub name: String [Text],
        /// The district.
        pub district: String [Text],
        /// The street or town.
        pub street: String [Text],
        /// Where it is.
        pub address: String [Text],
        /// Since when it has been run.
        pub operated_since: NaiveDate [Date],
        /// The key that turns record ids into the pseudonyms of files beside a report.
        pub pseudonym_key: Sealed<String> [Binary],
    }
}

db::record! {
    /// A group of communities inside a station.
    pub struct Area("area") in areas {
        /// Short code: `xiaogang`.
        pub code: String [Text],
        /// Its name: 晓港片区.
        pub name: String [Text],
        /// Its place in lists.
        pub position: i32 [Integer],
    }
}

db::record! {
    /// The smallest territory.
    pub struct Community("community") in communities {
        /// Short code: `xiaogangdong`.
        pub code: String [Text],
        /// Its name without 社区: 晓港东.
        pub name: String [Text],
        /// Its place in lists.
        pub position: i32 [Integer],
        /// The official 12-digit code, where known.
        pub region_code: Option<String> [Nullable<Text>],
        /// Where it lies, in millionths of a degree north (GCJ-02).
        pub latitude_e6: Option<i32> [Nullable<Integer>],
        /// Where it lies, in millionths of a degree east (GCJ-02).
        pub longitude_e6: Option<i32> [Nullable<Integer>],
    }
}

db::record! {
    /// Where the workers of one community sit.
    pub struct ServicePoint("service_point") in service_points {
        /// Its name.
        pub name: String [Text],
        /// Since when.
        pub opened_on: NaiveDate [Date],
        /// The day it was given up.
        pub closed_on: Option<NaiveDate> [Nullable<Date>],
    }
}

//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;

use super::model::{Certificate, Role};

db::record! {
    /// Someone employed at the station.
    pub struct Worker("worker") in workers {
        /// The name.
        pub name: String [Text],
        /// What the worker is at the station.
        pub role: Role [Text],
        /// Since when in social work.
        pub in_field_since: NaiveDate [Date],
        /// First day at the station.
        pub joined_on: NaiveDate [Date],
        /// The day the worker left: the first day no longer at work.
        pub left_on: Option<NaiveDate> [Nullable<Date>],
        /// Whether a member of the Party.
        pub party_member: bool [Bool],
    }
}

db::record! {
    /// A certificate of a worker.
    pub struct WorkerCertificate("certificate") in certificates {
        /// Which.
        pub level: Certificate [Text],
        /// When it was obtained.
        pub obtained_on: NaiveDate [Date],
        /// When the registration ends.
        pub expires_on: Option<NaiveDate> [Nullable<Date>],
    }
}

db::record! {
    /// Where a worker serves, from when to when.
    pub struct Post("post") in posts {
        /// As what.
        pub role: Role [Text],
        /// First day.
        pub from_on: NaiveDate [Date],
        /// The first day no longer there.
        pub to_on: Option<NaiveDate> [Nullable<Date>],
    }
}

db::record! {
    /// One worker, one month, in halves.
    pub struct Attendance("attendance") in attendances {
        /// The first day of the month.
        pub month: NaiveDate [Date],
        /// Half-months at work.
        pub halves: i32 [Integer],
        /// The certificate held in that month.
        pub level: Certificate [Text],
    }
}

db::record! {
    /// How much attendance one month of the contract asks for.
    pub struct AttendanceDue("attendance_due") in attendance_dues {
        /// The first day of the month.
        pub month: NaiveDate [Date],
        /// Half-months of this month within the contract.
        pub halves: i32 [Integer],
        /// Agreed workers times half-months.
        pub due: i32 [Integer],
        /// Agreed certified workers times half-months.
        pub certified_due: i32 [Integer],
    }
}

db::record! {
    /// Training of one worker.
    pub struct Training("training") in trainings {
        /// When.
        pub held_on: NaiveDate [Date],
        /// On what.
        pub topic: String [Text],
        /// By whom.
        pub organiser: String [Text],
        /// Hours.
        pub hours: i32 [Integer],
    }
}

db::record! {
    /// A session of professional supervision.
    pub struct Supervision("supervision") in supervisions {
        /// When.
        pub held_on: NaiveDate [Date],
        /// Who supervised.
        pub supervisor_of_practice: String [Text],
        /// Whether from outside the operator.
        pub external: bool [Bool],
        /// On what.
        pub topic: String [Text],
        /// Hours.
        pub hours: i32 [Integer],
        /// How many took part.
        pub attendances: i32 [Integer],
    }
}

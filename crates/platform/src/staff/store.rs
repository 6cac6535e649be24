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
    /// One worker at work in one half of a month. A contract may begin or end in mid-month, so the half is the record, not the month.
    pub struct Attendance("attendance") in attendances {
        /// The last day of the half: the 15th or the last of the month.
        pub half_ends_on: NaiveDate [Date],
        /// Always 1; a sum of halves is printed in person-months.
        pub halves: i32 [Integer],
        /// The certificate held then.
        pub level: Certificate [Text],
    }
}

db::record! {
    /// How much attendance one half of a month asks for under the contract.
    pub struct AttendanceDue("attendance_due") in attendance_dues {
        /// The last day of the half: the 15th or the last of the month.
        pub half_ends_on: NaiveDate [Date],
        /// Always 1; a sum of halves is printed in months.
        pub halves: i32 [Integer],
        /// Agreed workers, one half each.
        pub due: i32 [Integer],
        /// Agreed certified workers, one half each.
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

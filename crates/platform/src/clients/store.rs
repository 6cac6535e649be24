//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;
use db::Sealed;
use kernel::Id;

use super::model::{Residence, ServiceLevel, Sex};

db::record! {
    /// The file of a household.
    pub struct Household("household") in households {
        /// The number on the file.
        pub file_number: String [Text],
        /// Street and building: the part of the address that stays plain.
        pub building: String [Text],
        /// The door part of the address.
        pub door: Sealed<String> [Binary],
        /// Whether they live where they are registered.
        pub residence: Residence [Text],
        /// When the file was made.
        pub opened_on: NaiveDate [Date],
        /// When it was closed.
        pub closed_on: Option<NaiveDate> [Nullable<Date>],
    }
}

db::record! {
    /// A recipient of the service.
    pub struct Person("person") in persons {
        /// The household.
        pub household_id: Id [Text],
        /// The name.
        pub name: String [Text],
        /// As in the identity number.
        pub sex: Sex [Text],
        /// Date of birth.
        pub born_on: NaiveDate [Date],
        /// The identity number.
        pub id_number: Sealed<String> [Binary],
        /// Its keyed hash, for exact search.
        pub id_number_hash: String [Text],
        /// A telephone number.
        pub phone: Option<Sealed<String>> [Nullable<Binary>],
        /// Keyed hash of its last four digits, per station.
        pub phone_tail_hash: Option<String> [Nullable<Text>],
        /// Since when the person has a file.
        pub filed_on: NaiveDate [Date],
        /// Since when no longer.
        pub closed_on: Option<NaiveDate> [Nullable<Date>],
    }
}

db::record! {
    /// A category a person belongs to, for a time.
    pub struct PersonCategory("person_category") in person_categories {
        /// The person.
        pub person_id: Id [Text],
        /// The household.
        pub household_id: Id [Text],
        /// The category's code.
        pub category: String [Text],
        /// Since when.
        pub from_on: NaiveDate [Date],
        /// The first day no longer.
        pub to_on: Option<NaiveDate> [Nullable<Date>],
    }
}

db::record! {
    /// The service level of a household, for a time, and why.
    pub struct LevelPeriod("service_level") in service_levels {
        /// The household.
        pub household_id: Id [Text],
        /// The level.
        pub level: ServiceLevel [Text],
        /// Since when.
        pub from_on: NaiveDate [Date],
        /// The first day no longer.
        pub to_on: Option<NaiveDate> [Nullable<Date>],
        /// Why this level.
        pub reason: String [Text],
        /// When it is to be looked at again.
        pub regrade_due_on: Option<NaiveDate> [Nullable<Date>],
    }
}

db::record! {
    /// Needs, goals, measures and review of one person.
    pub struct PersonalPlan("personal_plan") in personal_plans {
        /// The person.
        pub person_id: Id [Text],
        /// When it was made.
        pub made_on: NaiveDate [Date],
        /// What the person needs.
        pub needs: String [Text],
        /// What is to be reached.
        pub goals: String [Text],
        /// By what.
        pub measures: String [Text],
        /// When it is reviewed.
        pub review_on: NaiveDate [Date],
        /// What came of it.
        pub outcome: Option<String> [Nullable<Text>],
    }
}

db::record! {
    /// A household that should have a file.
    pub struct RosterEntry("roster_entry") in roster_entries {
        /// Its file, once made.
        pub household_id: Option<Id> [Nullable<Text>],
        /// The number the roster gives it.
        pub file_number: String [Text],
        /// Since when it is listed.
        pub listed_on: NaiveDate [Date],
        /// Since when no longer.
        pub delisted_on: Option<NaiveDate> [Nullable<Date>],
    }
}

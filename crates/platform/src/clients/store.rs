//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;
use db::{DbResult, Sealed, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

use super::model::{Residence, RiskLevel, ServiceLevel, Sex, Urgency};

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
        /// Its number on the city's platform.
        pub platform_id: Option<String> [Nullable<Text>],
        /// Where they live, as a code.
        pub housing: Option<String> [Nullable<Text>],
        /// Why it was closed, as a code.
        pub closed_reason: Option<String> [Nullable<Text>],
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
        /// Relation to the head of the household, as a code.
        pub relation: Option<String> [Nullable<Text>],
        /// The number on the city's platform.
        pub platform_id: Option<String> [Nullable<Text>],
        /// How far the person cares for themselves, as a code.
        pub care: Option<String> [Nullable<Text>],
        /// Marital status, as a code.
        pub marriage: Option<String> [Nullable<Text>],
        /// Regular payments and services, as codes with commas between.
        pub subsidies: Option<String> [Nullable<Text>],
        /// Why the file was closed, as a code.
        pub closed_reason: Option<String> [Nullable<Text>],
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
        /// The account that wrote it last.
        pub written_by: Option<Id> [Nullable<Text>],
        /// The account that approved it: never the one that wrote it.
        pub approved_by: Option<Id> [Nullable<Text>],
        /// When it was approved.
        pub approved_on: Option<NaiveDate> [Nullable<Date>],
        /// When it was reviewed.
        pub reviewed_on: Option<NaiveDate> [Nullable<Date>],
        /// The account that wrote down what came of it.
        pub reviewed_by: Option<Id> [Nullable<Text>],
    }
}

impl PersonalPlan {
    /// What it says, as one number: whoever approves it approves this text and no later one. What came of it is not part of
    /// it, so that a review leaves the approval.
    #[must_use]
    pub(super) fn text(&self) -> Id {
        let days = [self.made_on.to_string(), self.review_on.to_string()];
        let words = [self.id.as_str(), &days[0], &days[1], &self.needs, &self.goals, &self.measures];
        Id::derived(0, &words.map(str::as_bytes))
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

db::record! {
    /// Somebody to call when the household cannot be reached.
    pub struct Contact("client_contact") in client_contacts {
        /// The household.
        pub household_id: Id [Text],
        /// The name.
        pub name: Sealed<String> [Binary],
        /// What they are to the household: 女儿, 邻居.
        pub relation: String [Text],
        /// The telephone number.
        pub phone: Sealed<String> [Binary],
    }
}

db::record! {
    /// Something a person needs.
    pub struct Need("client_need") in client_needs {
        /// The household.
        pub household_id: Id [Text],
        /// The person.
        pub person_id: Id [Text],
        /// When it was found.
        pub found_on: NaiveDate [Date],
        /// What.
        pub need: String [Text],
        /// How soon.
        pub urgency: Urgency [Text],
        /// When it was met.
        pub met_on: Option<NaiveDate> [Nullable<Date>],
    }
}

db::record! {
    /// An assessment of what may happen to a person.
    pub struct RiskAssessment("risk_assessment") in risk_assessments {
        /// The household.
        pub household_id: Id [Text],
        /// The person.
        pub person_id: Id [Text],
        /// When.
        pub assessed_on: NaiveDate [Date],
        /// How high.
        pub level: RiskLevel [Text],
        /// Of what, as words with commas between.
        pub kinds: String [Text],
        /// What it rests on.
        pub note: String [Text],
        /// When it is to be looked at again.
        pub review_on: Option<NaiveDate> [Nullable<Date>],
    }
}

db::record! {
    /// That a person agrees to the file; under 14 their guardian does.
    pub struct Consent("consent") in consents {
        /// The household.
        pub household_id: Id [Text],
        /// The person.
        pub person_id: Id [Text],
        /// When it was signed.
        pub signed_on: NaiveDate [Date],
        /// The first day it no longer holds.
        pub until_on: Option<NaiveDate> [Nullable<Date>],
        /// The guardian's name.
        pub guardian: Option<Sealed<String>> [Nullable<Binary>],
        /// What the guardian is to the person.
        pub guardian_relation: Option<String> [Nullable<Text>],
    }
}

diesel::table! {
    unmaskings (id) {
        id -> Text,
        user_id -> Text,
        household_id -> Text,
        reason -> Text,
        from_at -> BigInt,
        until_at -> BigInt,
    }
}

/// That an account may see the numbers of a household whole for a while.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = unmaskings)]
pub(super) struct Unmasking {
    pub(super) id: Id,
    pub(super) user_id: Id,
    pub(super) household_id: Id,
    pub(super) reason: String,
    pub(super) from_at: Moment,
    /// The first moment no longer.
    pub(super) until_at: Moment,
}

/// Enters that numbers were opened.
///
/// # Errors
/// What the database says.
pub(super) fn insert_unmasking(tx: &mut Tx<'_>, unmasking: &Unmasking) -> DbResult<()> {
    diesel::insert_into(unmaskings::table).values(unmasking).execute(tx.conn())?;
    Ok(())
}

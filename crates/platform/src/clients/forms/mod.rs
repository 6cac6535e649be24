//! The forms of a household file: which fields each has, and what is read from them. Pure: nothing is looked up here.

mod household;
mod more;
mod person;
#[cfg(test)]
mod tests;

pub(super) use household::{HouseholdForm, Present as HouseholdPresent, household_fields};
pub(super) use more::{
    ConsentForm, ContactForm, LevelForm, NeedForm, PlanForm, RiskForm, closing, consent_fields,
    contact_fields, level_fields, need_fields, plan_fields, read_closing, risk_fields,
};
pub(super) use person::{
    PersonForm, Present as PersonPresent, age, category_field, person_fields, read_categories,
};

use rules::codes::{Codes, List};

/// A list of codes as a form offers it.
pub(super) fn offered(codes: &Codes, list: List) -> Vec<(String, String)> {
    codes.list(list).iter().map(|code| (code.code.clone(), code.label.clone())).collect()
}

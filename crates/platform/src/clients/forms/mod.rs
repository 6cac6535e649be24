//! The forms of a household file: which fields each has, and what is read from them. Pure: nothing is looked up here.

mod household;
mod more;
mod person;
mod plan;
#[cfg(test)]
mod tests;

pub(super) use household::{HouseholdForm, Present as HouseholdPresent, code, household_fields};
pub(super) use more::{
    ConsentForm, ContactForm, LevelForm, NeedForm, RiskForm, closing, consent_fields, contact_fields,
    level_fields, need_fields, read_closing, read_revoking, revoking, risk_fields,
};
pub(super) use person::{
    OWN_CONSENT, PersonForm, Present as PersonPresent, age, category_field, is_child, person_fields,
    read_categories,
};
pub(super) use plan::{PlanForm, plan_fields, read_review, review_fields};

use rules::codes::{Codes, List};

/// A list of codes as a form offers it.
pub(super) fn offered(codes: &Codes, list: List) -> Vec<(String, String)> {
    codes.list(list).iter().map(|code| (code.code.clone(), code.label.clone())).collect()
}

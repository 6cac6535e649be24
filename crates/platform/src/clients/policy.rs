//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::{
    Consent, Contact, Household, LevelPeriod, Need, Person, PersonCategory, PersonalPlan, RiskAssessment,
    RosterEntry,
};

crate::part! {
    /// The right to write clients.
    pub Clients = "clients" owns Household, Person, PersonCategory, LevelPeriod, PersonalPlan, RosterEntry,
        Contact, Need, RiskAssessment, Consent
}

crate::verbs! {
    /// To see identity and telephone numbers whole, for minutes, with a reason.
    pub Unmask = "clients.unmask";
    /// To approve a personal plan that somebody else wrote.
    pub Approve = "clients.approve";
    /// To make one file of two.
    pub Merge = "clients.merge";
    /// To import the official roster, apply its differences and undo them.
    pub Reconcile = "clients.roster";
}

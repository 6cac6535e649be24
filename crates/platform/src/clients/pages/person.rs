//! A person of a household file as shown, with their plans: the latest, and those before it.

use chrono::NaiveDate;
use db::{DbResult, Keys};
use kernel::Id;
use rules::codes::{Codes, List};

use super::super::file::File;
use super::super::forms::age;
use super::super::personal;
use super::super::store::{Person, PersonalPlan};
use super::file::View;
use super::watch::{consent, held};

pub(super) struct PersonShown {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) relation: String,
    pub(super) born: String,
    pub(super) age: u32,
    pub(super) sex: &'static str,
    pub(super) categories: String,
    pub(super) id_number: String,
    pub(super) phone: Option<String>,
    pub(super) facts: String,
    pub(super) consent: Result<String, String>,
    /// Where the consent that holds is revoked.
    pub(super) revoke: Option<String>,
    pub(super) plan: Option<PlanShown>,
    /// The plans before it, the latest first.
    pub(super) earlier: Vec<PlanShown>,
    /// When the file was closed, and why.
    pub(super) closed: Option<(NaiveDate, String)>,
}

pub(super) struct PlanShown {
    /// Which text it is that is read here.
    pub(super) text: String,
    pub(super) made_on: NaiveDate,
    pub(super) review_on: NaiveDate,
    pub(super) needs: String,
    pub(super) goals: String,
    pub(super) measures: String,
    pub(super) outcome: Option<String>,
    /// When it was reviewed and by whom, where that is known.
    pub(super) reviewed: Option<String>,
    /// Where what came of it is written down.
    pub(super) review: String,
    pub(super) overdue: bool,
    pub(super) approved: Option<String>,
    pub(super) mine: bool,
}

/// A person as shown.
pub(super) fn shown(
    keys: &Keys,
    file: &File,
    person: &Person,
    codes: &Codes,
    view: &View<'_>,
    base: &str,
) -> DbResult<PersonShown> {
    let (id_number, phone) = personal::numbers(keys, person, view.whole.is_some())?;
    let label = |list, code: &Option<String>| code.as_deref().map(|code| codes.label(list, code).to_owned());
    let mut facts: Vec<String> =
        [label(List::SelfCare, &person.care), label(List::Marriage, &person.marriage)]
            .into_iter()
            .flatten()
            .collect();
    let subsidies = person.subsidies.as_deref().unwrap_or_default();
    facts.extend(
        subsidies
            .split(',')
            .filter(|code| !code.is_empty())
            .map(|code| codes.label(List::Subsidies, code).to_owned()),
    );
    let categories: Vec<&str> = file
        .categories(person.id, view.today)
        .into_iter()
        .map(|one| codes.label(List::Categories, &one.category))
        .collect();
    let href = format!("{base}/persons/{}", person.id);
    // The latest first.
    let plans = file.plans.iter().filter(|plan| plan.person_id == person.id);
    let mut plans = plans.map(|plan| plan_shown(plan, view, &href));
    let held = held(file, person, view.today);
    Ok(PersonShown {
        name: person.name.clone(),
        relation: label(List::Relations, &person.relation).unwrap_or_default(),
        born: person.born_on.format("%Y-%m").to_string(),
        age: age(person.born_on, view.today),
        sex: person.sex.label(),
        categories: categories.join("、"),
        id_number,
        phone,
        facts: facts.join("、"),
        consent: consent(file, person, view.today),
        revoke: held.map(|one| format!("{base}/consents/{}/revoke", one.id)),
        plan: plans.next(),
        earlier: plans.collect(),
        closed: person.closed_on.map(|day| {
            let reason = person.closed_reason.as_deref().unwrap_or_default();
            (day, codes.label(List::ClosingReasons, reason).to_owned())
        }),
        href,
    })
}

fn plan_shown(plan: &PersonalPlan, view: &View<'_>, href: &str) -> PlanShown {
    let name = |id: Option<Id>| id.and_then(|id| view.names.get(&id)).cloned().unwrap_or_default();
    PlanShown {
        text: plan.text().to_string(),
        made_on: plan.made_on,
        review_on: plan.review_on,
        needs: plan.needs.clone(),
        goals: plan.goals.clone(),
        measures: plan.measures.clone(),
        outcome: plan.outcome.clone(),
        overdue: plan.outcome.is_none() && plan.review_on < view.today,
        reviewed: plan.reviewed_on.map(|day| format!("{day} {}", name(plan.reviewed_by))),
        review: format!("{href}/plans/{}/review", plan.id),
        approved: plan.approved_on.map(|day| format!("{day} {}", name(plan.approved_by))),
        mine: view.written.contains(&plan.id),
    }
}

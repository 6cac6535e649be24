//! What there is to say of a file at a glance: its categories, what is late, which consent holds.

use chrono::NaiveDate;
use rules::codes::{Codes, List};

use super::super::file::File;
use super::super::forms::age;
use super::super::store::Person;

/// The categories held by anyone of the household.
pub(super) fn tags(file: &File, codes: &Codes, day: NaiveDate) -> Vec<String> {
    let held = file.persons.iter().flat_map(|person| file.categories(person.id, day));
    let mut labels: Vec<String> =
        held.map(|one| codes.label(List::Categories, &one.category).to_owned()).collect();
    labels.sort_unstable();
    labels.dedup();
    labels
}

/// What has to be looked at; true for what is late.
pub(super) fn notices(file: &File, day: NaiveDate) -> Vec<(bool, String)> {
    let mut notices = Vec::new();
    let open = file.household.closed_on.is_none();
    match file.level(day) {
        None if open => {
            notices.push((true, "还没有评定服务等级。评定后系统才能排出该什么时候去看".to_owned()))
        }
        Some(level) => {
            if let Some(due) = level.regrade_due_on.filter(|due| *due < day) {
                notices
                    .push((true, format!("服务等级应在 {due} 前复评，已过 {} 天", (day - due).num_days())));
            }
        }
        None => {}
    }
    for person in file.persons.iter().filter(|person| person.closed_on.is_none()) {
        if age(person.born_on, day) < 14 && consent(file, person, day).is_err() {
            notices.push((true, format!("{} 不满 14 岁，还没有监护人的同意书", person.name)));
        }
    }
    notices
}

/// The consent that holds, or what is missing.
pub(super) fn consent(file: &File, person: &Person, day: NaiveDate) -> Result<String, String> {
    let held = file
        .consents
        .iter()
        .find(|consent| consent.person_id == person.id && consent.until_on.is_none_or(|until| day < until));
    let by_guardian = age(person.born_on, day) < 14;
    match held {
        Some(held) if !by_guardian || held.guardian.is_some() => {
            let until = held.until_on.map(|until| format!("，至 {until}")).unwrap_or_default();
            let by = held.guardian_relation.as_deref().map(|who| format!("（{who}签）")).unwrap_or_default();
            Ok(format!("{} 签{until}{by}", held.signed_on))
        }
        _ if file.consents.iter().any(|consent| consent.person_id == person.id) => {
            Err("同意书已过期".to_owned())
        }
        _ => Err("没有同意书".to_owned()),
    }
}

//! What there is to say of a file at a glance: its categories, what is late, which consent holds.

use chrono::NaiveDate;
use rules::codes::{Codes, List};
use rules::contacts::Levels;

use super::super::file::File;
use super::super::forms::is_child;
use super::super::store::{Consent, LevelPeriod, Person, PersonCategory};

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
pub(super) fn notices(file: &File, day: NaiveDate, levels: &Levels) -> Vec<(bool, String)> {
    let mut notices = Vec::new();
    let open = file.household.closed_on.is_none();
    match file.level(day) {
        None if open => {
            notices.push((true, "还没有评定服务等级。评定后系统才能排出该什么时候去看".to_owned()))
        }
        Some(level) => {
            if let Some(due) = regrade_on(level, levels).filter(|due| *due < day) {
                notices
                    .push((true, format!("服务等级应在 {due} 前复评，已过 {} 天", (day - due).num_days())));
            }
        }
        None => {}
    }
    for person in file.persons.iter().filter(|person| person.closed_on.is_none()) {
        if is_child(person.born_on, day) && held(file, person, day).is_none() {
            notices.push((true, format!("{} 不满 14 岁，缺监护人的同意书", person.name)));
        }
    }
    notices
}

/// By when a level is to be looked at again: as it says, else after the days that its level has for it.
pub(super) fn regrade_on(level: &LevelPeriod, levels: &Levels) -> Option<NaiveDate> {
    level.regrade_due_on.or_else(|| levels.regrade_on(level.level.as_str(), level.from_on))
}

/// Levels and categories of the household from the first day on, the latest first.
pub(super) fn past(file: &File, codes: &Codes) -> Vec<String> {
    let until = |to: Option<NaiveDate>| to.map_or("今".to_owned(), |day| day.to_string());
    let level = |one: &LevelPeriod| {
        let words = format!("{} 至 {} {}：{}", one.from_on, until(one.to_on), one.level.label(), one.reason);
        (one.from_on, words)
    };
    let category = |one: &PersonCategory| {
        let who = file.persons.iter().find(|person| person.id == one.person_id);
        let (who, what) =
            (who.map_or("", |person| &person.name), codes.label(List::Categories, &one.category));
        (one.from_on, format!("{} 至 {} {who} {what}", one.from_on, until(one.to_on)))
    };
    let mut all: Vec<(NaiveDate, String)> =
        file.levels.iter().map(level).chain(file.categories.iter().map(category)).collect();
    all.sort_by_key(|(from, _)| std::cmp::Reverse(*from));
    all.into_iter().map(|(_, words)| words).collect()
}

/// The consent of a person that holds: a child's is a guardian's.
pub(super) fn held<'f>(file: &'f File, person: &Person, day: NaiveDate) -> Option<&'f Consent> {
    let child = is_child(person.born_on, day);
    let own = file.consents.iter().filter(|consent| consent.person_id == person.id);
    own.filter(|consent| !child || consent.guardian.is_some()).find(|consent| in_force(consent, day))
}

fn in_force(consent: &Consent, day: NaiveDate) -> bool {
    consent.until_on.is_none_or(|until| day < until)
}

/// The consent that holds, or what is missing.
pub(super) fn consent(file: &File, person: &Person, day: NaiveDate) -> Result<String, String> {
    if let Some(held) = held(file, person, day) {
        let until = held.until_on.map(|until| format!("，至 {until}")).unwrap_or_default();
        let by = held.guardian_relation.as_deref().map(|who| format!("（{who}签）")).unwrap_or_default();
        return Ok(format!("{} 签{until}{by}", held.signed_on));
    }
    let mut own = file.consents.iter().filter(|consent| consent.person_id == person.id).peekable();
    let missing = match (is_child(person.born_on, day), own.peek().is_some()) {
        (false, false) => "没有同意书",
        (false, true) => "同意书已过期或撤回",
        (true, false) => "没有监护人的同意书",
        (true, true) if own.any(|consent| in_force(consent, day)) => "缺监护人同意：不满 14 岁，要由监护人签",
        (true, true) => "监护人的同意书已过期或撤回",
    };
    Err(missing.to_owned())
}

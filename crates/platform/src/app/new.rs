//! A new visit from a device, read and written as its page does: the same questions, the same refusals, the same that comes
//! of it. Not here: what a device corrects (`enter.rs`).

use std::collections::BTreeMap;

use db::Tx;
use kernel::Id;
use web::form::{Reading, Wrong};

use super::enter::{From, Parsed, refused, wrong_fields};
use super::form;
use super::wire::{Differ, Entry, Outcome, Said};
use crate::access::Scope;
use crate::clients::{self, Whose};
use crate::shell::{App, Trouble};
use crate::staff;
use crate::visits::{self, Before, Entered, NewVisit, Visit};

/// Writes a new visit, or that nobody was met; else what it lacks.
///
/// # Errors
/// What the database says.
pub(super) fn enter(
    tx: &mut Tx<'_>,
    app: &App,
    scope: &Scope,
    (entry, parsed): (&Entry, &Parsed),
    from: From,
) -> Result<Result<Entered, Outcome>, Trouble> {
    let form = match form::said(entry) {
        Ok(form) => form,
        Err(field) => return Ok(Err(unknown(&entry.id, field))),
    };
    let today = app.site().today;
    // Somebody may have been met whose file was closed before there was a signal.
    let day = form.text("visited_on").parse().ok().filter(|day| *day <= today).unwrap_or(today);
    let Some(file) = clients::roll(tx, scope, Whose::One(parsed.household), day)?.pop() else {
        let what = "这一户不在您可以办理的范围内，或档案已经作废、销档。请把这条记录告诉站长";
        return Ok(Err(refused(&entry.id, "out_of_scope", what)));
    };
    let known = Before { today, ..visits::before(tx, &file, day)? };
    let mut reading = Reading::of(&form);
    let read = visits::Said::read(&form, &mut reading, &known);
    reading.wrong.extend(settled_meanwhile(tx, &known, entry)?);
    let said = match reading.done(read) {
        Ok(said) => said,
        Err(wrong) => return Ok(Err(wrong_fields(&entry.id, wrong))),
    };
    if let visits::Said::Visit(visit) = &said
        && !visit.again
        && let Some(there) = visits::same_day(tx, parsed.household, visit.kind, visit.visited_on)?.pop()
    {
        return Ok(Err(second(tx, entry, (visit, &known), &there)?));
    }
    match visits::enter(tx, (app.asker(), from.worker), (&file.household, &known), &said) {
        Ok(entered) => Ok(Ok(entered)),
        Err(Trouble::Wrong(wrong)) => Ok(Err(wrong_fields(&entry.id, wrong))),
        Err(trouble) => Err(trouble),
    }
}

pub(super) fn unknown(id: &str, field: String) -> Outcome {
    let what = format!("服务器不认识“{field}”这一项，没有写入。请更新应用后再传");
    wrong_fields(id, vec![Wrong { field, what }])
}

/// Promises of which somebody else has said meanwhile what became of them, and something else than this entry does.
fn settled_meanwhile(tx: &mut Tx<'_>, known: &Before, entry: &Entry) -> Result<Vec<Wrong>, Trouble> {
    let mut wrong = Vec::new();
    for (name, value) in &entry.fields {
        let Some(id) = form::promise_of(name).filter(|id| known.promised.iter().all(|one| one.id != *id))
        else {
            continue;
        };
        let what = match visits::promise(tx, id)? {
            Some(one) if one.household_id != known_household(known) => "没有这件约定的事".to_owned(),
            Some(one) if one.state.as_str() == value => continue,
            Some(one) => {
                let yours = value.parse().map(visits::FollowState::label).unwrap_or_default();
                let theirs = one.state.label();
                format!(
                    "“{}”已经有人填了“{theirs}”，您填的是“{yours}”：要改的到跟进事项里更正，这里去掉",
                    one.what
                )
            }
            None => "这件约定的事已经作废：这里去掉".to_owned(),
        };
        wrong.push(Wrong { field: name.clone(), what });
    }
    Ok(wrong)
}

/// The household that a file is of; nobody is asked about where nobody lives.
fn known_household(known: &Before) -> Id {
    known.persons.first().map_or(Id::NIL, |person| person.household_id)
}

/// A second visit on one day: both side by side, for whoever made it to say whether it is another one.
fn second(
    tx: &mut Tx<'_>,
    entry: &Entry,
    (yours, known): (&NewVisit, &Before),
    there: &Visit,
) -> Result<Outcome, Trouble> {
    let at = tx.at();
    let workers = staff::workers_of(tx, there.station_id, at)?;
    let worker = workers.into_iter().find(|one| Some(one.id) == there.worker_id).map(|one| one.name);
    let by = worker.map(|name| format!("{name} ")).unwrap_or_default();
    let what =
        format!("{} {by}已经记过一次{}。确实又有一次，选“是另一次”", there.visited_on, there.kind.label());
    let names: Vec<&str> = yours
        .met
        .iter()
        .filter_map(|id| known.persons.iter().find(|person| person.id == *id))
        .map(|person| person.name.as_str())
        .collect();
    let [physical, psychological, social] = &yours.sides;
    let rows = [
        ("met", "见到了谁", there.met.clone().unwrap_or_default(), names.join("、")),
        (
            "started_at",
            "几点",
            there.started_at.clone().unwrap_or_default(),
            yours.started_at.clone().unwrap_or_default(),
        ),
        ("minutes", "分钟", there.minutes.to_string(), yours.minutes.to_string()),
        ("physical", "生理状况", there.physical.clone(), physical.text.clone()),
        ("psychological", "心理状态", there.psychological.clone(), psychological.text.clone()),
        ("social", "社会交往", there.social.clone(), social.text.clone()),
    ];
    let words = |text: String| if text.is_empty() { "没填".to_owned() } else { text };
    let row = |(field, label, theirs, yours): (&str, &'static str, String, String)| Differ {
        field: field.to_owned(),
        label,
        theirs: words(theirs),
        yours: words(yours),
    };
    let theirs = BTreeMap::from([("id".to_owned(), there.id.to_string())]);
    Ok(Outcome {
        id: entry.id.clone(),
        state: "refused",
        code: Some("second_visit"),
        differ: rows.into_iter().map(row).collect(),
        theirs: Some(theirs),
        said: vec![Said { field: form::AGAIN.to_owned(), what }],
        ..Outcome::default()
    })
}

/// What whoever decides on a waiting entry has to know of a visit of the same day.
///
/// # Errors
/// What the database says.
pub(super) fn doubt(tx: &mut Tx<'_>, entry: &Entry) -> Result<Option<String>, Trouble> {
    let field = |name: &str| entry.fields.get(name).map_or("", String::as_str);
    let (Ok(household), Ok(kind), Ok(day)) =
        (entry.household.parse::<Id>(), field("kind").parse(), field("visited_on").parse())
    else {
        return Ok(None);
    };
    if entry.base.is_some() || !field("unmet").is_empty() || field(form::AGAIN) == "yes" {
        return Ok(None);
    }
    let there = visits::same_day(tx, household, kind, day)?;
    Ok(there.last().map(|one| format!("{} 已经记过一次{}", one.visited_on, one.kind.label())))
}

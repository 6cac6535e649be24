//! What a person is entitled to and needs: the categories and the personal plan.

use chrono::NaiveDate;
use kernel::Id;
use platform::clients::{PersonCategory, PersonalPlan, Sex};

use crate::book::{At, Book, id, row};
use crate::calendar::{END, day, later};
use crate::dice::Dice;
use crate::people::{Profile, Somebody};
use crate::words::clients::{ADULT_PLANS, CATEGORIES, CHILD_PLANS, ELDER_PLANS, OUTCOMES};

/// One category that fits the person, for one in six a second one.
pub(crate) fn categories(
    book: &mut Book,
    at: At,
    (n, person): (usize, &Somebody),
    (household_id, to_on): (Id, Option<NaiveDate>),
    dice: &mut Dice,
) {
    let first = category(person, None, dice);
    let second = dice.percent(17).then(|| category(person, Some(first), dice));
    for (turn, code) in [Some(first), second].into_iter().flatten().enumerate() {
        let from_on = person.filed_on;
        let category = row!(PersonCategory, id::<PersonCategory>(from_on, 2 * n + turn), At { worker: None, ..at }, {
            person_id: person.id,
            household_id,
            category: code.to_owned(),
            from_on,
            to_on: None,
        });
        if let Some(to_on) = to_on {
            book.person_categories.correct(to_on, PersonCategory { to_on: Some(to_on), ..category.clone() });
        }
        book.person_categories.add(from_on, category);
    }
}

fn category(person: &Somebody, other_than: Option<&str>, dice: &mut Dice) -> &'static str {
    let fitting: Vec<(&str, usize)> = CATEGORIES
        .into_iter()
        .filter(|(code, _, elder, _)| fits(person, code, *elder) && Some(*code) != other_than)
        .map(|(code, _, _, weight)| (code, weight))
        .collect();
    let mut left = dice.below(fitting.iter().map(|(_, weight)| weight).sum());
    for (code, weight) in &fitting {
        if left < *weight {
            return code;
        }
        left -= weight;
    }
    CATEGORIES[0].0
}

/// Which categories a person can be in. Elders are mostly in those of elders, children in those of children.
fn fits(person: &Somebody, code: &str, elder: bool) -> bool {
    let child = code.ends_with("_child") || code == "child_in_difficulty";
    let woman = matches!(code, "single_mother" | "rural_left_behind_woman");
    match person.profile {
        Profile::Elder => elder || matches!(code, "minimum_living" | "extreme_poverty" | "disabled"),
        Profile::Adult => !elder && !child && (!woman || person.sex == Sex::Female),
        Profile::Child => child || matches!(code, "minimum_living" | "disabled"),
    }
}

/// One in so many plans waits for approval.
const WAITING: usize = 300;

/// The plan of this person: made in the first half of 2024, or two weeks after the file.
pub(crate) fn plan(
    book: &mut Book,
    at: At,
    (n, person, manager): (usize, &Somebody, Option<Id>),
    dice: &mut Dice,
) {
    let plans = match person.profile {
        Profile::Elder => ELDER_PLANS,
        Profile::Adult => ADULT_PLANS,
        Profile::Child => CHILD_PLANS,
    };
    let (needs, goals, measures) = dice.pick(plans);
    let (other, _, _) = dice.pick(plans);
    let made_on = later(person.filed_on, 14).max(later(day(2024, 1, 8), dice.between(0, 150)));
    let reviewed = dice.percent(2);
    let review_on = later(made_on, if reviewed { dice.between(160, 180) } else { dice.between(300, 365) });
    // The station's manager approved all but a handful of the plans.
    let approver = manager.filter(|_| n % WAITING != 0);
    let plan = row!(PersonalPlan, id::<PersonalPlan>(made_on, n), at, {
        person_id: person.id,
        made_on,
        needs: if needs == other { needs.to_owned() } else { format!("{needs}；{other}") },
        goals: goals.to_owned(),
        measures: measures.to_owned(),
        review_on,
        outcome: None,
        written_by: None,
        approved_by: approver,
        approved_on: approver.map(|_| made_on),
        reviewed_on: None,
        reviewed_by: None,
    });
    if review_on <= END {
        let outcome = Some(dice.pick(OUTCOMES).to_owned());
        book.plans.correct(review_on, PersonalPlan { outcome, reviewed_on: Some(review_on), ..plan.clone() });
    }
    book.plans.add(made_on, plan);
}

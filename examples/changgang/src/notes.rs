//! What a visit writes down, put together from the vocabularies.

use platform::visits::VisitKind;

use crate::dice::Dice;
use crate::people::Profile;
use crate::words::fill;
use crate::words::visits::{
    ADULT_BODY, ADULT_BODY_MORE, ADULT_MIND, ADULT_SOCIAL, CHILD_BODY, CHILD_BODY_MORE, CHILD_MIND,
    CHILD_SOCIAL, ELDER_BODY, ELDER_BODY_MORE, ELDER_MIND, ELDER_SOCIAL, FOLLOW_UPS, GREETINGS, SURROUNDINGS,
};

/// The three dimensions and what was promised.
pub(crate) struct Note {
    pub(crate) physical: String,
    pub(crate) psychological: String,
    pub(crate) social: String,
    pub(crate) follow_up: Option<String>,
}

impl Note {
    /// A greeting and nothing else.
    pub(crate) fn greeting(dice: &mut Dice) -> Self {
        let [physical, psychological, social] = GREETINGS.map(|list| dice.pick(list).to_owned());
        Self { physical, psychological, social, follow_up: None }
    }

    /// A note about somebody.
    pub(crate) fn of(profile: Profile, kind: VisitKind, dice: &mut Dice) -> Self {
        let (body, more, mind, social) = match profile {
            Profile::Elder => (ELDER_BODY, ELDER_BODY_MORE, ELDER_MIND, ELDER_SOCIAL),
            Profile::Adult => (ADULT_BODY, ADULT_BODY_MORE, ADULT_MIND, ADULT_SOCIAL),
            Profile::Child => (CHILD_BODY, CHILD_BODY_MORE, CHILD_MIND, CHILD_SOCIAL),
        };
        let pressure = [dice.between(116, 158), dice.between(68, 94)].map(|value| value.to_string());
        let physical = fill(dice.pick(body), &[&pressure[0], &pressure[1]]);
        let surroundings = (kind == VisitKind::Home).then_some(SURROUNDINGS);
        Self {
            physical: joined(&physical, dice.percent(60).then_some(more), dice),
            psychological: joined(dice.pick(mind), dice.percent(25).then_some(mind), dice),
            social: joined(dice.pick(social), surroundings.or(dice.percent(30).then_some(social)), dice),
            follow_up: dice.percent(45).then(|| format!("{}。", dice.pick(FOLLOW_UPS))),
        }
    }
}

/// A clause, with one of a list after it where there is one and it says something else.
fn joined(clause: &str, more: Option<&[&str]>, dice: &mut Dice) -> String {
    match more.map(|list| dice.pick(list)) {
        Some(more) if more != clause => format!("{clause}；{more}。"),
        _ => format!("{clause}。"),
    }
}

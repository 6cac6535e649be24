//! What calls for a contact beside the regular ones: bad weather, holidays, a major event, leaving hospital.

use chrono::{Days, NaiveDate};
use serde::Deserialize;
use toml::Spanned;

use super::calendar::Calendar;
use super::due::{Cause, Due, short};
use super::facts::Facts;
use super::parse::Mistakes;
use super::scheme::{By, LEVELS, Occasion};

/// What calls for a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Something grave happened.
    Event,
    /// Somebody came out of hospital.
    Discharge,
    /// A warning of bad weather.
    Weather,
    /// A holiday is near.
    Holiday,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOccasion {
    occasion: Spanned<Kind>,
    label: String,
    levels: Vec<Spanned<String>>,
    by: RawBy,
    within: Option<u32>,
    before: Option<u32>,
    days: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum RawBy {
    Home,
    Phone,
    Any,
}

/// An occasion of a file.
pub(super) fn read(mistakes: &mut Mistakes<'_>, raw: RawOccasion) -> Option<Occasion> {
    let at = raw.occasion.span().start;
    for level in &raw.levels {
        let known = LEVELS.map(|(code, _)| code);
        if !known.contains(&level.as_ref().as_str()) {
            let what = format!("没有“{}”这个等级", level.as_ref());
            let remedy = format!("可以用的：{}。", known.join("、"));
            mistakes.add("unknown_code", level.span().start, what, remedy);
        }
    }
    let kind = raw.occasion.into_inner();
    let days = match (kind, raw.within, raw.before, raw.days) {
        (Kind::Holiday, None, Some(before), _) => before,
        (Kind::Event | Kind::Discharge | Kind::Weather, Some(within), None, None) => within,
        _ => {
            let remedy = "节假日写 before（提前几天）和 days（几天以上的假期），其余只写 within（几天内）。";
            mistakes.add("bad_occasion", at, "天数写得不对", remedy);
            return None;
        }
    };
    let by = match raw.by {
        RawBy::Home => Some(By::Home),
        RawBy::Phone => Some(By::Phone),
        RawBy::Any => None,
    };
    let levels = raw.levels.into_iter().map(Spanned::into_inner).collect();
    Some(Occasion { kind, label: raw.label, levels, by, days, holiday: raw.days.unwrap_or(1) })
}

/// What causes an occasion: the day that counts, the day by which, and in words why.
struct Occurrence {
    since: NaiveDate,
    until: NaiveDate,
    why: String,
}

impl Occasion {
    /// The contact that this calls for, where one is still owed on a day. `absent`: nobody can be visited at home.
    pub(super) fn due(
        &self,
        facts: &Facts,
        (level, absent): (&str, bool),
        calendar: &Calendar,
        today: NaiveDate,
    ) -> Option<Due> {
        if !self.levels.iter().any(|known| known == level) {
            return None;
        }
        let by = if absent && self.by == Some(By::Home) { None } else { self.by };
        let last = match by {
            Some(By::Home) => facts.last.home.max(facts.last.greeting),
            Some(By::Phone) => facts.last.phone,
            None => facts.last.any(),
        };
        let owed = |one: &Occurrence| last.is_none_or(|last| last < one.since);
        let first =
            self.occurrences(facts, calendar, today).into_iter().filter(owed).min_by_key(|one| one.until)?;
        let by = by.unwrap_or(if self.kind == Kind::Event && !absent { By::Home } else { By::Phone });
        let overdue = (today - first.until).num_days();
        Some(Due {
            by,
            on: first.until,
            overdue,
            every: self.days.max(1),
            cause: Cause::Occasion(self.kind),
            why: first.why,
        })
    }

    fn occurrences(&self, facts: &Facts, calendar: &Calendar, today: NaiveDate) -> Vec<Occurrence> {
        let after = |day: NaiveDate| day.checked_add_days(Days::new(u64::from(self.days))).unwrap_or(day);
        let within = |since: NaiveDate, what: String| {
            let until = after(since);
            let why = format!("{}：{what}，{} 前要联系", self.label, short(until, today));
            Occurrence { since, until, why }
        };
        match self.kind {
            Kind::Event => {
                let known = facts.events.iter().filter(|event| event.known_on <= today);
                known
                    .map(|event| {
                        within(event.known_on, format!("{} 得知{}", short(event.known_on, today), event.what))
                    })
                    .collect()
            }
            Kind::Discharge => {
                let stays = facts.here(today).flat_map(|person| &person.stays);
                let ended = stays.filter_map(|stay| stay.to).filter(|to| *to <= today);
                ended.map(|to| within(to, format!("{} 出院", short(to, today)))).collect()
            }
            // What a warning calls for has no purpose once the weather is over.
            Kind::Weather => {
                let holding = facts
                    .warnings
                    .iter()
                    .filter(|one| one.from <= today && one.to.is_none_or(|to| today < to));
                holding
                    .map(|one| within(one.from, format!("{} {}", short(one.from, today), one.what)))
                    .collect()
            }
            Kind::Holiday => {
                let next = calendar.next_holiday(today, self.holiday);
                next.and_then(|holiday| self.before(holiday, calendar, today)).into_iter().collect()
            }
        }
    }

    /// The contact before a holiday, once it is near.
    fn before(&self, holiday: &super::Holiday, calendar: &Calendar, today: NaiveDate) -> Option<Occurrence> {
        let since = holiday.from.checked_sub_days(Days::new(u64::from(self.days)))?;
        let until = calendar.workday_until(holiday.from.pred_opt()?);
        let why = format!(
            "{}：{} {}放假 {} 天，{} 前要联系",
            self.label,
            short(holiday.from, today),
            holiday.name,
            holiday.days(),
            short(until, today)
        );
        (since <= today).then_some(Occurrence { since, until, why })
    }
}

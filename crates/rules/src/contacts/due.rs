//! The next contacts of a household: when, how many days late, and why.

use chrono::{Datelike as _, Days, NaiveDate};

use super::calendar::Calendar;
use super::facts::Facts;
use super::occasion::Kind;
use super::scheme::{By, Frequency, Levels, RestDay, Rule, level_word};

/// What a contact is owed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Something out of the ordinary.
    Occasion(Kind),
    /// The service level, or a category.
    Regular,
}

/// A contact that is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// How.
    pub by: By,
    /// By which day.
    pub on: NaiveDate,
    /// How many days late; below zero, how many days are left.
    pub overdue: i64,
    /// The days between two such contacts, or that there are for it.
    pub every: u32,
    /// What it is owed to.
    pub cause: Cause,
    /// Why, in Chinese.
    pub why: String,
}

/// What is owed to a household.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outlook {
    /// The contacts, the most urgent first.
    pub owed: Vec<Due>,
    /// Why nothing is owed, or not everything that otherwise would be.
    pub quiet: Option<String>,
}

impl Due {
    /// By what contacts are put in order: what is late by [`Due::urgency`], the rest by its day.
    #[must_use]
    pub fn rank(&self) -> (bool, i64, NaiveDate, Cause, By) {
        let late = if self.overdue > 0 { -self.urgency() } else { 0 };
        (self.overdue <= 0, late, self.on, self.cause, self.by)
    }

    /// How late it is for what it is: days late in thousandths of the days between two. A household of a low level that
    /// is three weeks late is so not buried under those of a high level that are a day late.
    #[must_use]
    pub fn urgency(&self) -> i64 {
        self.overdue * 1_000 / i64::from(self.every.max(1))
    }
}

impl Outlook {
    /// The most urgent contact.
    #[must_use]
    pub fn first(&self) -> Option<&Due> {
        self.owed.first()
    }

    fn nothing(why: impl Into<String>) -> Self {
        Self { owed: Vec::new(), quiet: Some(why.into()) }
    }
}

/// What is owed to a household on a day.
#[must_use]
pub fn next(facts: &Facts, today: NaiveDate, levels: &Levels, calendar: &Calendar) -> Outlook {
    if let Some(closed) = facts.closed.as_ref().filter(|closed| closed.on <= today) {
        return Outlook::nothing(format!("{}：{} 起销档，不再联系", closed.why, short(closed.on, today)));
    }
    if facts.here(today).next().is_none() {
        let last =
            facts.persons.iter().filter_map(|person| person.closed.as_ref()).max_by_key(|closed| closed.on);
        let why = last.map_or_else(
            || "户里没有建档的人".to_owned(),
            |closed| format!("{}：{} 起户里没有建档的人", closed.why, short(closed.on, today)),
        );
        return Outlook::nothing(why);
    }
    let Some(level) = facts.level(today) else {
        return Outlook::nothing("还没有评定服务等级：先评定，再排联系");
    };
    let asked = Asked { facts, today, levels, calendar, level: &level.level, level_from: level.from };
    asked.outlook()
}

struct Asked<'a> {
    facts: &'a Facts,
    today: NaiveDate,
    levels: &'a Levels,
    calendar: &'a Calendar,
    level: &'a str,
    level_from: NaiveDate,
}

/// A frequency that holds, since when, and whose it is.
struct Held<'a> {
    often: Frequency,
    since: NaiveDate,
    rule_from: NaiveDate,
    greetings: bool,
    of: &'a str,
}

impl Asked<'_> {
    fn outlook(&self) -> Outlook {
        let in_hospital = self.facts.here(self.today).all(|person| person.in_hospital(self.today));
        let away = self.facts.absent || in_hospital;
        let mut owed: Vec<Due> = Vec::new();
        if !away {
            owed.extend(self.regular(By::Home));
        }
        owed.extend(self.regular(By::Phone));
        let extra =
            |one: &super::Occasion| one.due(self.facts, (self.level, away), self.calendar, self.today);
        owed.extend(self.levels.occasions.iter().filter_map(extra));
        owed.sort_by_key(Due::rank);
        let quiet = if in_hospital {
            Some("在住院：不用入户，改为电访".to_owned())
        } else if self.facts.absent {
            Some("户在人不在：不用入户，改为电访".to_owned())
        } else if owed.is_empty() {
            Some(format!("{}不用定期联系", level_word(self.level)))
        } else {
            None
        };
        Outlook { owed, quiet }
    }

    /// The next regular contact of a kind: the shortest of what the level and the categories ask for.
    fn regular(&self, by: By) -> Option<Due> {
        self.held(by).into_iter().map(|held| self.due(by, &held)).min_by_key(|due| due.on)
    }

    fn held(&self, by: By) -> Vec<Held<'_>> {
        let of = |rule: &Rule, since: NaiveDate, of| {
            rule.frequency(by).map(|often| Held {
                often,
                since,
                rule_from: rule.from,
                greetings: rule.greetings_count,
                of,
            })
        };
        let mut all = Vec::new();
        if let Some(rule) = self.levels.rule(self.level, self.today) {
            all.extend(of(rule, self.level_from, level_word(self.level)));
        }
        for (code, since) in self.facts.here(self.today).flat_map(|person| &person.categories) {
            if let Some(rule) = self.levels.category(code, self.today).filter(|_| *since <= self.today) {
                all.extend(of(rule, *since, "这类对象"));
            }
        }
        all
    }

    /// When a contact is due: so many days after the last one; never before there was time for it since the household
    /// came to the level, the file was opened or the rule began.
    fn due(&self, by: By, held: &Held<'_>) -> Due {
        let last = self.last(by, held.greetings);
        let Frequency { every, first } = held.often;
        let (begun, what) = self.begun(by, held);
        let fresh =
            plus(begun, first).max(if begun < held.rule_from { plus(held.rule_from, every) } else { begun });
        let by_last = last.map(|last| plus(last, every));
        let exact = match by_last {
            Some(due) if last >= Some(begun) => due,
            // Without a time of its own for the first contact, the interval goes on from the last one.
            Some(due) => due.max(plus(begun, if first < every { first } else { 0 })),
            None => fresh,
        };
        let on = self.workday(exact, last.max(Some(begun)));
        let word = by.word();
        let mut why = format!("{}每 {every} 天{word} 1 次，", held.of);
        match last {
            Some(last) if Some(exact) == by_last => {
                why.push_str(&format!("上次 {}，应在 {}", short(last, self.today), short(exact, self.today)));
            }
            Some(last) => why.push_str(&format!(
                "上次 {}；{} {what}，应在 {}",
                short(last, self.today),
                short(begun, self.today),
                short(exact, self.today)
            )),
            None => why.push_str(&format!("还没有{word}过，应在 {}", short(exact, self.today))),
        }
        if on != exact {
            let moved = if on < exact { "提前" } else { "推迟" };
            let rest = self.calendar.holiday(exact).map_or("休息日", |holiday| holiday.name.as_str());
            why.push_str(&format!("（{rest}），{moved}到 {}", short(on, self.today)));
        }
        Due { by, on, overdue: (self.today - on).num_days(), every, cause: Cause::Regular, why }
    }

    /// Since when there was time for it, and what began then: the file, the level, or being home from hospital.
    fn begun(&self, by: By, held: &Held<'_>) -> (NaiveDate, String) {
        let stays = self.facts.here(self.today).flat_map(|person| &person.stays);
        let home = stays.filter_map(|stay| stay.to).filter(|to| *to <= self.today).max();
        let level = (held.since.max(self.facts.opened_on), format!("起是{}", held.of));
        match home.filter(|home| by == By::Home && *home > level.0) {
            Some(home) => (home, "出院".to_owned()),
            None => level,
        }
    }

    fn last(&self, by: By, greetings: bool) -> Option<NaiveDate> {
        let last = &self.facts.last;
        let home = if greetings { last.home.max(last.greeting) } else { last.home };
        match by {
            By::Home => home,
            By::Phone if self.levels.home_counts_as_phone => last.any(),
            By::Phone => last.phone,
        }
    }

    /// Moved off a day of rest, but not back to the last contact or before there was any time.
    fn workday(&self, exact: NaiveDate, after: Option<NaiveDate>) -> NaiveDate {
        match self.levels.rest_day {
            RestDay::Keep => exact,
            RestDay::After => self.calendar.workday_from(exact),
            RestDay::Before => {
                let before = self.calendar.workday_until(exact);
                if after.is_some_and(|after| before <= after) {
                    self.calendar.workday_from(exact)
                } else {
                    before
                }
            }
        }
    }
}

fn plus(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(days))).unwrap_or(day)
}

/// `12-31` in the year of today, `2023-12-31` in another.
pub(super) fn short(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() { day.format("%m-%d").to_string() } else { day.to_string() }
}

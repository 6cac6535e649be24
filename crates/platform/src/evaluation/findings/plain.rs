//! The wording of a finding with its figures filled in, as plain text.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::{DbResult, Tx};
use kernel::chinese_date;
use rules::counting::RuleSet;
use rules::wording::{Segment, parse};
use web::number::grouped;

use crate::evaluation::scoring::measured;
use crate::evaluation::{Round, find};
use crate::figures::{self, At, Scope};
use crate::library::Library;
use crate::{areas, contracts};

/// The text with each figure as it stood in the round. What cannot be counted is said so; a text that cannot be read stands
/// as it was written.
///
/// # Errors
/// What the database says.
pub fn plain_text(tx: &mut Tx<'_>, library: &Library, round: &Round, text: &str) -> DbResult<String> {
    Filling::of(tx, library, round)?.plain(tx, text)
}

/// Fills in the figures of several texts of a round; each figure is counted once.
pub(super) struct Filling<'a> {
    round: &'a Round,
    rules: RuleSet,
    at: At,
    days: BTreeMap<&'static str, NaiveDate>,
    counted: BTreeMap<(String, Option<String>), String>,
}

impl<'a> Filling<'a> {
    pub(super) fn of(tx: &mut Tx<'_>, library: &Library, round: &'a Round) -> DbResult<Self> {
        let (rules, at) = measured::rules_of(tx, library, round)?;
        let known_at = find::counted_at(tx, round);
        let contract = contracts::contract(tx, round.contract_id, known_at)?;
        let days = BTreeMap::from([
            ("round.records_until", round.records_until),
            ("round.evaluated_on", round.evaluated_on),
            ("contract.start", contract.starts_on),
            ("contract.end", contract.ends_on),
        ]);
        Ok(Self { round, rules, at, days, counted: BTreeMap::new() })
    }

    pub(super) fn plain(&mut self, tx: &mut Tx<'_>, text: &str) -> DbResult<String> {
        let Ok(segments) = parse(text) else { return Ok(text.to_owned()) };
        let mut plain = String::new();
        for segment in segments {
            match segment {
                Segment::Text(words) => plain.push_str(&words),
                Segment::Figure { code, scope } => plain.push_str(&self.figure(tx, code, scope)?),
            }
        }
        Ok(plain)
    }

    fn figure(&mut self, tx: &mut Tx<'_>, code: String, place: Option<String>) -> DbResult<String> {
        if let Some(day) = self.days.get(code.as_str()) {
            return Ok(chinese_date(*day));
        }
        let asked = (code, place);
        if let Some(counted) = self.counted.get(&asked) {
            return Ok(counted.clone());
        }
        let scope = match &asked.1 {
            Some(place) => place_of(tx, self.round, place)?,
            None => Scope::Station,
        };
        let value = figures::value(tx, &self.rules, &asked.0, &self.at.within(scope))?;
        let counted = value.map_or_else(|| "（未列）".to_owned(), grouped);
        self.counted.insert(asked, counted.clone());
        Ok(counted)
    }
}

/// The area or community of a code; the whole station where there is none.
fn place_of(tx: &mut Tx<'_>, round: &Round, code: &str) -> DbResult<Scope> {
    let known_at = find::counted_at(tx, round);
    if let Some(area) = areas::areas(tx, round.station_id, known_at)?.into_iter().find(|one| one.code == code)
    {
        return Ok(Scope::Area(area.id));
    }
    let communities = areas::communities(tx, round.station_id, known_at)?;
    let found = communities.into_iter().find(|one| one.code == code);
    Ok(found.map_or(Scope::Station, |one| Scope::Community(one.id)))
}

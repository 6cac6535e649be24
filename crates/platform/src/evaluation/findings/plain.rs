//! The wording of a finding with its figures filled in, as plain text.

use std::collections::BTreeMap;

use db::{DbResult, Tx};
use kernel::chinese_date;
use rules::wording::{Segment, parse};
use web::number::grouped;

use crate::evaluation::scoring::measured;
use crate::evaluation::{Round, find};
use crate::figures::{self, Scope};
use crate::library::Library;
use crate::{areas, contracts};

/// The text with each figure as it stood in the round. What cannot be counted is said so; a text that cannot be read stands
/// as it was written.
///
/// # Errors
/// What the database says.
pub fn plain_text(tx: &mut Tx<'_>, library: &Library, round: &Round, text: &str) -> DbResult<String> {
    let Ok(segments) = parse(text) else { return Ok(text.to_owned()) };
    let (rules, at) = measured::rules_of(tx, library, round)?;
    let known_at = find::counted_at(tx, round);
    let contract = contracts::contract(tx, round.contract_id, known_at)?;
    let days = BTreeMap::from([
        ("round.records_until", round.records_until),
        ("round.evaluated_on", round.evaluated_on),
        ("contract.start", contract.starts_on),
        ("contract.end", contract.ends_on),
    ]);
    let mut plain = String::new();
    for segment in segments {
        match segment {
            Segment::Text(words) => plain.push_str(&words),
            Segment::Figure { code, .. } if days.contains_key(code.as_str()) => {
                plain.push_str(&days.get(code.as_str()).copied().map(chinese_date).unwrap_or_default());
            }
            Segment::Figure { code, scope } => {
                let scope = match &scope {
                    Some(place) => place_of(tx, round, place)?,
                    None => Scope::Station,
                };
                let value = figures::value(tx, &rules, &code, &at.within(scope))?;
                plain.push_str(&value.map_or_else(|| "（未列）".to_owned(), grouped));
            }
        }
    }
    Ok(plain)
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

//! 建档率: how many of those who should have a file have one, by community.
//!
//! Households and persons are counted once, whatever categories they are in; nothing is ever added up by category.

use std::collections::{BTreeMap, BTreeSet};

use kernel::percent;
use rust_decimal::Decimal;

use super::facts::{community_key, plain};
use super::matching::{Match, matches};
use super::{FilePerson, Keys, Roster, Row, State};

/// Files due and made in one community.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CommunityCoverage {
    /// The community as the roster writes it first; empty for rows without one.
    pub community: String,
    /// Households on the roster.
    pub households_due: usize,
    /// Of these, households of which somebody on the roster has an open file.
    pub households_made: usize,
    /// Persons on the roster.
    pub persons_due: usize,
    /// Of these, persons with an open file.
    pub persons_made: usize,
}

/// Files due and made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// By community, in the order of their names.
    pub communities: Vec<CommunityCoverage>,
    /// All together: the sum of the communities, for everyone is counted in one of them.
    pub total: CommunityCoverage,
    /// Open files of persons whom the roster does not list.
    pub beyond: usize,
    /// Rows that cannot say whom they mean: ambiguous or faulty. The first count as due and not made, the second not.
    pub undecided: usize,
}

impl CommunityCoverage {
    /// Households made ÷ due, percent, half up to two decimals; `None` when none is due.
    #[must_use]
    pub fn households_percent(&self) -> Option<Decimal> {
        rate(self.households_made, self.households_due)
    }

    /// Persons made ÷ due, percent, half up to two decimals; `None` when none is due.
    #[must_use]
    pub fn persons_percent(&self) -> Option<Decimal> {
        rate(self.persons_made, self.persons_due)
    }
}

/// Counts files due and made. A household is known by its number on the roster, else by the file number, else by the
/// household of the matched file, else it is the person alone. It counts in the community of its first person by name.
#[must_use]
pub fn coverage(roster: &Roster, files: &[FilePerson], keys: Keys<'_>) -> Coverage {
    let matches = matches(roster, files, keys);
    let mut households: BTreeMap<String, Vec<(&Row, bool)>> = BTreeMap::new();
    let mut coverage = Coverage { undecided: roster.faulty.len(), ..Coverage::default() };
    for (at, (row, found)) in roster.rows.iter().zip(&matches.rows).enumerate() {
        if row.state != State::Active {
            continue;
        }
        let file = if let Match::One(file, _) = found { Some(&files[*file]) } else { None };
        coverage.undecided += usize::from(matches!(found, Match::Several(..)));
        let made = file.is_some_and(|file| !file.closed);
        households.entry(household(row, file, at)).or_default().push((row, made));
    }
    let mut communities: BTreeMap<String, CommunityCoverage> = BTreeMap::new();
    for mut persons in households.into_values() {
        persons.sort_by_key(|(row, _)| (&row.name, &row.at));
        for (first, (row, made)) in persons.iter().enumerate().map(|(n, person)| (n == 0, person)) {
            let place = communities
                .entry(row.community.as_deref().map(community_key).unwrap_or_default())
                .or_default();
            let name = row.community.clone().unwrap_or_default();
            if place.community.is_empty() || name < place.community {
                place.community = name;
            }
            place.persons_due += 1;
            place.persons_made += usize::from(*made);
            place.households_due += usize::from(first);
            place.households_made += usize::from(first && persons.iter().any(|(_, made)| *made));
        }
    }
    coverage.beyond = beyond(files, &matches.met);
    coverage.communities = communities.into_values().collect();
    coverage.total = coverage.communities.iter().fold(CommunityCoverage::default(), |mut sum, place| {
        sum.households_due += place.households_due;
        sum.households_made += place.households_made;
        sum.persons_due += place.persons_due;
        sum.persons_made += place.persons_made;
        sum
    });
    coverage
}

fn household(row: &Row, file: Option<&FilePerson>, at: usize) -> String {
    let numbered = row.household_number.as_deref().map(|number| format!("roster {}", plain(number)));
    let filed = || row.file_number.as_deref().map(|number| format!("file {}", plain(number)));
    let known = || file.map(|file| format!("household {}", file.household));
    numbered.or_else(filed).or_else(known).unwrap_or_else(|| format!("row {at}"))
}

fn beyond(files: &[FilePerson], met: &BTreeSet<usize>) -> usize {
    files.iter().enumerate().filter(|(at, file)| !file.closed && !met.contains(at)).count()
}

fn rate(made: usize, due: usize) -> Option<Decimal> {
    percent(Decimal::from(made), Decimal::from(due))
}

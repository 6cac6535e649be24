//! Figures: a counting rule, applied to a station's records as they were known at a moment.
//!
//! The one slice that reads other slices' tables, and only through the fields that they declare. From one rule come
//! the total (added up by the database), the list, the breakdown and the digest (from the rows); a test holds them
//! together. Not here: what a rule says (rules::counting) and how far a target is met (indicators).

mod detail;
mod pages;
mod routes;
mod names;
mod query;
mod store;
#[cfg(test)]
mod tests;
mod values;

pub use detail::{Detail, Part, counted, unknown};
pub use names::Names;
pub use pages::Choices;
pub use query::Scope;
pub use routes::PART;
pub(crate) use routes::{Asked, Later, RoundLink, Stand};
pub use store::{Listed, list, total};
pub use values::{Values, all, value};

use kernel::{Id, Moment};
use rules::counting::{Basis, Rule, Test};

/// Where and when figures are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At {
    /// Whose records.
    pub station: Id,
    /// By which days and round.
    pub basis: Basis,
    /// What was known at this moment counts.
    pub known_at: Moment,
    /// Of what the round at hand wrote itself, its survey and the like, what was known at this moment counts, where it is later.
    pub written_at: Moment,
    /// All of the station, or a part of it.
    pub scope: Scope,
}

impl At {
    /// What was known when counts for a rule: where the records are those of the round at hand, what it wrote itself; they are
    /// written after the station's records were frozen.
    #[must_use]
    pub fn known_for(&self, rule: &Rule) -> Moment {
        let own = rule.conditions.iter().any(|condition| matches!(condition.test, Test::ThisRound));
        if own { self.known_at.max(self.written_at) } else { self.known_at }
    }

    /// The same, for a part of the station.
    #[must_use]
    pub fn within(&self, scope: Scope) -> Self {
        Self { scope, ..self.clone() }
    }
}

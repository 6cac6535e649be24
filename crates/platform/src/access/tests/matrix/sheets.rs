//! What requests to the pages of sheets speak of: records of each kind, made up where they are asked for.

use kernel::{Actor, Id};

use super::{Ground, Side, station};
use crate::sheets::Sheet;
use crate::sheets::testing::Made;
use crate::shell::Route;

/// The parts whose sheets are asked for on PostgreSQL too: one whose records name persons, one that everybody reads,
/// one that managers write.
pub(super) const ON_BOTH: [&str; 3] = ["casework", "groups", "staff"];

/// The sheet that a request to a path asks for: each time another one of the part.
pub(super) fn asked_for(path: &str, turn: usize) -> Option<&'static Sheet> {
    let (slice, _) = path.strip_prefix('/')?.split_once("/{sheet}")?;
    let all: Vec<&'static Sheet> = crate::SHEETS.of_slice(slice).collect();
    all.get(turn % all.len().max(1)).copied()
}

/// Whether a route is asked on PostgreSQL too.
pub(super) fn is_on_both(route: &Route) -> bool {
    let part = route.path.split('/').nth(1).unwrap_or_default();
    let is_sheet = route.path.contains("/{sheet}");
    !is_sheet || ON_BOTH.contains(&part)
}

impl Ground<'_> {
    /// Where records of a side are made up.
    fn made(&self, side: Side, text: &'static str) -> Made {
        let household = self.household(side);
        Made {
            station: side.station(),
            area: side.area(),
            community: side.community(),
            worker: station::id(side.number(), 5),
            person: household.person.parse().unwrap(),
            household: household.id.parse().unwrap(),
            text,
        }
    }

    /// A record of a sheet; a new one where something was written since the last.
    pub(super) fn record(&self, sheet: &'static Sheet, side: Side) -> Id {
        let named = (sheet.kind(), side.people());
        if let Some(known) = self.records.borrow().get(&named) {
            return *known;
        }
        let made = self.made(side, if side == Side::Inside { "里面的事" } else { side.people() });
        let write = |tx: &mut db::Tx<'_>| Ok::<_, db::DbError>(made.entered(tx, sheet).base.id);
        let id = self.database.write(&Actor::Console, write).unwrap();
        self.records.borrow_mut().insert(named, id);
        id
    }

    /// What the form of a sheet sends, also of a correction. What is refused is shown again, so it names nobody.
    pub(super) fn asked_of(&self, sheet: &'static Sheet, side: Side) -> Vec<(&'static str, String)> {
        let made = self.made(side, "送来的话");
        let write = |tx: &mut db::Tx<'_>| Ok::<_, db::DbError>(made.fields(tx, sheet));
        let mut fields = self.database.write(&Actor::Console, write).unwrap();
        fields.push(("version", "1".to_owned()));
        fields
    }
}

//! An import as it stands against the files now: its differences, which can be applied, and a fingerprint of what a
//! page has shown.

use std::collections::{BTreeMap, BTreeSet};

use db::{DbResult, Tx};
use kernel::Id;
use rules::roster::{Difference, Roster, community_key, reconcile};
use sha2::{Digest as _, Sha256};

use super::super::book::{Book, with_keys};
use super::super::content::Content;
use super::super::limits::{Rows, obstacles, rivals};
use super::super::store::{self, Import};
use crate::shell::{App, Trouble};

/// Every difference between a roster and the files.
///
/// # Errors
/// A number does not open.
pub(super) fn differences(tx: &Tx<'_>, app: &App, book: &Book, roster: &Roster) -> DbResult<Vec<Difference>> {
    let files = book.files(tx.keys())?;
    let codes = &app.site().library.codes;
    Ok(with_keys(tx.keys(), |keys| reconcile(roster, &files, codes, keys, app.site().today)))
}

/// An import against the files.
pub(super) struct Seen {
    pub(super) content: Content,
    pub(super) roster: Roster,
    pub(super) book: Book,
    pub(super) found: Vec<Difference>,
    /// Why a difference cannot be applied, by key.
    pub(super) obstacles: BTreeMap<String, String>,
    /// Differences of which one has to be chosen.
    pub(super) rivals: BTreeSet<String>,
}

/// Which differences are meant: of a kind, of a community.
#[derive(Debug, Clone, Default)]
pub(super) struct Narrowed {
    pub(super) kind: Option<String>,
    pub(super) community: Option<Id>,
}

impl Seen {
    /// Loads an import and compares it with the files as they are.
    ///
    /// # Errors
    /// It does not open, or what the database says.
    pub(super) fn load(tx: &mut Tx<'_>, app: &App, import: &Import) -> Result<Self, Trouble> {
        let today = app.site().today;
        let content = Content::from_json(&store::content(tx, import)?)?;
        let roster = content.roster(today);
        let book = Book::load(tx, import.station_id, today)?;
        let found = differences(tx, app, &book, &roster)?;
        let obstacles = obstacles(tx, &book, &found, &rows(&roster))?;
        let rivals = rivals(&found);
        Ok(Self { content, roster, book, found, obstacles, rivals })
    }

    /// The differences that are meant.
    pub(super) fn narrowed(&self, narrowed: &Narrowed) -> Vec<&Difference> {
        let community = narrowed.community.map(|id| {
            let known = self.book.communities.iter().find(|(_, one)| one.id == id);
            known.map(|(key, _)| key.clone()).unwrap_or_default()
        });
        let key = |one: &Difference| one.community.as_deref().map(community_key);
        let meant = self.found.iter().filter(|one| {
            narrowed.kind.as_deref().is_none_or(|kind| kind == one.kind.code())
                && community.as_ref().is_none_or(|wanted| key(one).as_ref() == Some(wanted))
        });
        meant.collect()
    }

    /// Whether a difference is applied with all of its kind.
    pub(super) fn free(&self, one: &Difference) -> bool {
        one.kind.applicable() && !self.obstacles.contains_key(&one.key) && !self.rivals.contains(&one.key)
    }
}

/// The rows of a roster by their place.
pub(super) fn rows(roster: &Roster) -> Rows<'_> {
    roster.rows.iter().map(|row| (row.at.clone(), row)).collect()
}

/// What stands for a set of differences: the same only where they are the same.
pub(super) fn fingerprint<'d>(all: impl IntoIterator<Item = &'d Difference>) -> String {
    let mut keys: Vec<&str> = all.into_iter().map(|one| one.key.as_str()).collect();
    keys.sort_unstable();
    Sha256::digest(keys.concat()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

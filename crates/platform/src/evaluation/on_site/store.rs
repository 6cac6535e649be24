//! The table of what is noted on site. All SQL on it is here.

use chrono::NaiveDate;
use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::Id;

kernel::words! {
    /// What a note is.
    pub enum SiteNoteKind {
        /// What is to be done when.
        Agenda = "agenda" "议程",
        /// Something to be looked through.
        Check = "check" "核对清单",
        /// What somebody said.
        Interview = "interview" "访谈",
        /// What was seen.
        Observation = "observation" "现场观察",
        /// That the record of a day is as it was.
        Closing = "closing" "现场确认",
    }
}

kernel::words! {
    /// How far it is.
    pub enum SiteNoteState {
        /// Not yet.
        Open = "open" "待办",
        /// Done, and as it should be.
        Done = "done" "已办，相符",
        /// Done, and not as it should be.
        Differs = "differs" "已办，不符",
    }
}

db::record! {
    /// Something noted on site.
    pub struct SiteNote("site_note") in site_notes {
        /// The round's code.
        pub round: String [Text],
        /// What it is.
        pub kind: SiteNoteKind [Text],
        /// Which day.
        pub held_on: NaiveDate [Date],
        /// At what hour: `14:05`.
        pub hour: Option<String> [Nullable<Text>],
        /// Who was asked or signs, by what they are and never by name.
        pub whom: Option<String> [Nullable<Text>],
        /// What is to be done, was said or seen.
        pub words: String [Text],
        /// How far it is.
        pub state: SiteNoteState [Text],
    }
}

/// The notes of a round as they stand, by day and hour.
///
/// # Errors
/// What the database says.
pub(super) fn of_round(tx: &mut Tx<'_>, station: Id, round: &str) -> DbResult<Vec<SiteNote>> {
    let now = tx.at();
    let own = SiteNote::known(now)
        .filter(site_notes::station_id.eq(station))
        .filter(site_notes::round.eq(round))
        .order((site_notes::held_on, site_notes::hour, site_notes::id));
    Ok(own.load(tx.conn())?)
}

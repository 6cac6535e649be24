//! What other parts keep beside the records of every sheet: shown on a record's page, told in its history, and going
//! where the record goes. Not here: what that is; the site puts it together.

use db::{DbResult, Tx};
use kernel::{Id, Moment};

use super::sheet::{Row, Sheet, Sheets};
use crate::access::{Asker, Place};

/// Takes what is attached to records along to where these now belong.
pub type Follow = fn(&mut Tx<'_>, &Asker, &[(Id, Place)]) -> DbResult<()>;

/// What is kept beside records.
#[derive(Debug, Clone, Copy)]
pub struct Attachments {
    /// What stands beside a record for whoever may read it.
    pub of: fn(&mut Tx<'_>, &Asker, &Sheet, &Row) -> DbResult<Attached>,
    /// Lets it belong where each of the records now does.
    pub follow: Follow,
}

/// What stands beside a record.
#[derive(Debug, Clone, Default)]
pub struct Attached {
    /// A panel of its page, as HTML.
    pub panel: String,
    /// Lines of its history.
    pub told: Vec<(Moment, String)>,
}

impl Sheets {
    /// Lets what is kept beside records go with them, once the records were corrected.
    ///
    /// # Errors
    /// It is not allowed, or what the database says.
    pub fn moved<'r>(
        self,
        tx: &mut Tx<'_>,
        asker: &Asker,
        rows: impl IntoIterator<Item = &'r Row>,
    ) -> DbResult<()> {
        let place = |row: &Row| {
            let base = row.base;
            (base.id, Place { station: base.station_id, area: base.area_id, community: base.community_id })
        };
        let moved: Vec<(Id, Place)> = rows.into_iter().map(place).collect();
        (self.attachments.follow)(tx, asker, &moved)
    }
}

//! What documents are attached to: any record of any slice, put together for [`documents`](crate::documents).

use db::{DbResult, Tx};
use kernel::Id;

use crate::documents::{Subject, Subjects};
use crate::{SLICES, Slice, clients};

/// Given to the site when it is put together.
pub const SUBJECTS: Subjects = Subjects { find };

/// Says what a record is called and where it is shown.
type Named = fn(&mut Tx<'_>, &str, Id) -> DbResult<Option<(String, String)>>;

/// The slices that have pages of their records; the others' records go by the name of their kind.
const NAMED: &[Named] = &[clients::named];

/// The slice of documents: they are attached to other records, not to one another.
const DOCUMENTS: &str = "documents";

fn find(tx: &mut Tx<'_>, kind: &str, id: Id) -> DbResult<Option<Subject>> {
    for slice in SLICES.iter().filter(|slice| slice.name != DOCUMENTS) {
        let Some(place) = (slice.place_of)(tx, kind, id)? else { continue };
        let (label, href) = match named(tx, kind, id)? {
            Some((label, href)) => (label, Some(href)),
            None => (label(slice, kind).to_owned(), None),
        };
        return Ok(Some(Subject { id, place, part: slice.name, label, href }));
    }
    Ok(None)
}

fn named(tx: &mut Tx<'_>, kind: &str, id: Id) -> DbResult<Option<(String, String)>> {
    for name in NAMED {
        if let Some(found) = name(tx, kind, id)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The word for a kind of record; for those that counting rules do not know, that of their slice.
fn label(slice: &Slice, kind: &str) -> &'static str {
    slice.kinds.iter().find(|known| known.name == kind).map_or(slice.label, |known| known.label)
}

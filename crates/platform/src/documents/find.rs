//! Finding documents. Not here: whether somebody may see one, which `subject.rs` asks `access`.

use db::{DbResult, Record as _, Stamp, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment, Problem};

use super::store::{Document, documents};

/// Records in one statement.
const AT_ONCE: usize = 900;

/// That there is no such document, or none that may be seen: both in the same words.
pub(super) fn unknown() -> Problem {
    Problem::new("unknown_document", "没有这份文件", "它可能已经作废；请从它所附的记录里找")
}

/// A document that stands, with its version.
///
/// # Errors
/// There is none.
pub(super) fn document(tx: &mut Tx<'_>, id: &str) -> DbResult<(i32, Document)> {
    let id: Id = id.parse().map_err(|_| unknown())?;
    match Document::last(tx.conn(), id)? {
        Some((stamp, row)) if !stamp.voided => Ok((stamp.version, row)),
        _ => Err(unknown().into()),
    }
}

/// The documents of records, the latest first.
///
/// # Errors
/// What the database says.
pub(super) fn attached(tx: &mut Tx<'_>, subjects: &[Id]) -> DbResult<Vec<Document>> {
    let mut found: Vec<Document> = Vec::new();
    for some in subjects.chunks(AT_ONCE) {
        let all = Document::known(tx.at()).filter(documents::subject_id.eq_any(some.to_vec()));
        found.extend(all.load::<Document>(tx.conn())?);
    }
    found.sort_by_key(|row| std::cmp::Reverse((row.uploaded_on, row.id)));
    Ok(found)
}

/// Every version of every document that ever was attached to one of these records, document by document.
///
/// # Errors
/// What the database says.
pub(super) fn versions(tx: &mut Tx<'_>, subjects: &[Id]) -> DbResult<Vec<(Stamp, Document)>> {
    let ids: Vec<Id> = documents::table
        .filter(documents::subject_id.eq_any(subjects.to_vec()))
        .select(documents::id)
        .distinct()
        .load(tx.conn())?;
    let rows: Vec<(i32, Moment, bool, Document)> = documents::table
        .filter(documents::id.eq_any(ids))
        .order((documents::id, documents::version))
        .select((documents::version, documents::known_from, documents::voided, Document::as_select()))
        .load(tx.conn())?;
    let stamped = |(version, from, voided, row)| (Stamp { version, from, voided }, row);
    Ok(rows.into_iter().map(stamped).collect())
}

/// Every document there is, withdrawn ones too, in the order they came: id, title and hash.
///
/// # Errors
/// What the database says.
pub(super) fn every(tx: &mut Tx<'_>) -> DbResult<Vec<(Id, String, String)>> {
    let all = documents::table
        .filter(documents::known_until.eq(Moment::FOREVER))
        .select((documents::id, documents::title, documents::sha256))
        .order(documents::id);
    Ok(all.load(tx.conn())?)
}

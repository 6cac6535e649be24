//! What a document is attached to, and who may do what with it: whoever may do the same with that record, there.

use db::{DbResult, Tx};
use kernel::{Id, Problem};

use super::find;
use super::store::Document;
use crate::access::{Asker, Place};

/// Finds the record of a kind and id; beside them who asks, since a name may hold what not everybody sees.
pub type Find = fn(&mut Tx<'_>, &Asker, &str, Id) -> DbResult<Option<Subject>>;

/// How records of all slices are found, above which this one stands; put together in `subjects.rs`.
#[derive(Clone, Copy)]
pub struct Subjects {
    /// The record of a kind and id; nothing where none stands.
    pub find: Find,
}

/// A record that documents are attached to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Which.
    pub id: Id,
    /// Where it belongs.
    pub place: Place,
    /// The part whose verbs hold for it: `clients`.
    pub part: &'static str,
    /// What it is called.
    pub label: String,
    /// Where it is shown with its documents.
    pub href: String,
}

/// What somebody may do with documents: `read`, `record`, `correct` or `withdraw`, as the verbs end.
pub(super) fn may(asker: &Asker, action: &str, part: &str, place: Place) -> bool {
    ["documents", part].iter().all(|part| asker.scope(&format!("{part}.{action}")).covers(place))
}

impl Subjects {
    /// The record that an address names, where somebody may do this with its documents.
    ///
    /// # Errors
    /// There is none.
    pub(super) fn open(
        self,
        tx: &mut Tx<'_>,
        asker: &Asker,
        action: &str,
        (kind, id): (&str, &str),
    ) -> DbResult<Subject> {
        let unknown = || Problem::new("unknown_subject", "没有这条记录", "请从记录的页面附上文件");
        let id: Id = id.parse().map_err(|_| unknown())?;
        let found = (self.find)(tx, asker, kind, id)?;
        let open = found.filter(|one| may(asker, action, one.part, one.place));
        Ok(open.ok_or_else(unknown)?)
    }

    /// The document of an address with its version and what it is attached to, where somebody may do this with it.
    ///
    /// # Errors
    /// There is none.
    pub(super) fn document(
        self,
        tx: &mut Tx<'_>,
        asker: &Asker,
        (action, id): (&str, &str),
    ) -> DbResult<(i32, Document, Subject)> {
        let (version, row) = find::document(tx, id)?;
        let subject = (self.find)(tx, asker, &row.subject_kind, row.subject_id)?;
        let open = subject.filter(|one| may(asker, action, one.part, one.place));
        Ok((version, row, open.ok_or_else(find::unknown)?))
    }
}

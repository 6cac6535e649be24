//! The table of proposed and adopted schemes. All SQL on it is here.

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};

diesel::table! {
    schemes (id) {
        id -> Text,
        code -> Text,
        version -> Text,
        name -> Text,
        digest -> Text,
        content -> Text,
        proposed_by -> Text,
        proposed_at -> BigInt,
        adopted_by -> Nullable<Text>,
        adopted_at -> Nullable<BigInt>,
    }
}

/// A version of a scheme that somebody proposed, with its whole text.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = schemes)]
pub(in crate::evaluation) struct Proposed {
    pub(in crate::evaluation) id: Id,
    pub(in crate::evaluation) code: String,
    pub(in crate::evaluation) version: String,
    pub(in crate::evaluation) name: String,
    /// SHA-256 of the text, in hexadecimal.
    pub(in crate::evaluation) digest: String,
    pub(in crate::evaluation) content: String,
    pub(in crate::evaluation) proposed_by: Id,
    pub(in crate::evaluation) proposed_at: Moment,
    pub(in crate::evaluation) adopted_by: Option<Id>,
    pub(in crate::evaluation) adopted_at: Option<Moment>,
}

/// Every version that was proposed, by code, the latest first.
pub(super) fn all(tx: &mut Tx<'_>) -> DbResult<Vec<Proposed>> {
    let rows = schemes::table.order((schemes::code, schemes::proposed_at.desc()));
    Ok(rows.select(Proposed::as_select()).load(tx.conn())?)
}

/// Keeps a proposal.
pub(super) fn propose(tx: &mut Tx<'_>, row: &Proposed) -> DbResult<()> {
    diesel::insert_into(schemes::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Adopts a proposal; false where somebody adopted it meanwhile.
pub(super) fn adopt(tx: &mut Tx<'_>, id: Id, by: Id) -> DbResult<bool> {
    let at = tx.at();
    let open = schemes::table.filter(schemes::id.eq(id).and(schemes::adopted_by.is_null()));
    let changed = diesel::update(open)
        .set((schemes::adopted_by.eq(Some(by)), schemes::adopted_at.eq(Some(at))))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

/// The versions that were adopted, by code, the latest first.
pub(in crate::evaluation) fn adopted(tx: &mut Tx<'_>) -> DbResult<Vec<Proposed>> {
    Ok(all(tx)?.into_iter().filter(|row| row.adopted_at.is_some()).collect())
}

/// The code and the text of a version.
///
/// # Errors
/// There is none.
pub(in crate::evaluation) fn text_of(tx: &mut Tx<'_>, id: Id) -> DbResult<(String, String)> {
    let own = schemes::table.filter(schemes::id.eq(id)).select((schemes::code, schemes::content));
    Ok(own.first(tx.conn())?)
}

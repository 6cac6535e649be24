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
pub(super) struct Proposed {
    pub(super) id: Id,
    pub(super) code: String,
    pub(super) version: String,
    pub(super) name: String,
    /// SHA-256 of the text, in hexadecimal.
    pub(super) digest: String,
    pub(super) content: String,
    pub(super) proposed_by: Id,
    pub(super) proposed_at: Moment,
    pub(super) adopted_by: Option<Id>,
    pub(super) adopted_at: Option<Moment>,
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

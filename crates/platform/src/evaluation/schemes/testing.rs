//! Proposals for tests.

use db::Database;
use diesel::prelude::*;
use kernel::{Actor, Id};

use super::store::{self, Proposed, schemes};
use crate::access::new_id;
use crate::library::SchemeFile;

/// Nothing but a proposal of this file by somebody, whose id is given; without one nothing at all.
pub(crate) fn only(database: &Database, proposal: Option<(&SchemeFile, Id)>) -> String {
    let made = database.write(&Actor::Console, |tx| {
        diesel::delete(schemes::table).execute(tx.conn())?;
        let Some((file, by)) = proposal else { return Ok(Id::NIL) };
        let row = Proposed {
            id: new_id(tx.at())?,
            code: file.scheme.code.clone(),
            version: file.scheme.version.clone(),
            name: file.scheme.name.clone(),
            digest: super::routes::digest(&file.text),
            content: file.text.clone(),
            proposed_by: by,
            proposed_at: tx.at(),
            adopted_by: None,
            adopted_at: None,
        };
        store::propose(tx, &row)?;
        Ok::<_, db::DbError>(row.id)
    });
    made.unwrap().to_string()
}

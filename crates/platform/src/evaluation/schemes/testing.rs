//! Proposals for tests.

use db::Database;
use diesel::prelude::*;
use kernel::{Actor, Id};

use super::store::{self, Proposed, schemes};
use crate::access::new_id;
use crate::library::{Library, SchemeFile};

/// The version that rounds of tests are tied to.
const KEPT: &str = "2024.0";

/// The shipped scheme as an earlier version that two people adopted; its id.
pub(crate) fn adopted(database: &Database) -> Id {
    adopted_as(database, KEPT, None)
}

/// The same as a version in which the station does not learn the experts' names.
pub(crate) fn nameless(database: &Database) -> Id {
    adopted_as(database, "2024.8", Some(("experts_named = true", "experts_named = false")))
}

/// The same as a version that waits for no answer after the last day.
pub(crate) fn silent(database: &Database) -> Id {
    adopted_as(database, "2024.7", Some(("silence = \"wait\"", "silence = \"no_objection\"")))
}

/// The same as one more version.
pub(crate) fn another(database: &Database) -> Id {
    adopted_as(database, "2024.9", None)
}

fn adopted_as(database: &Database, version: &str, change: Option<(&str, &str)>) -> Id {
    let library = Library::load(None).unwrap();
    let file = &library.schemes[0];
    let made = database.write(&Actor::Console, |tx| {
        let kept = store::all(tx)?.into_iter().find(|row| row.version == version);
        if let Some(kept) = kept {
            return Ok(kept.id);
        }
        let mut person = |name: &str| {
            let unique = format!("{name}-{}", &crate::access::new_secret()?[..8]);
            crate::access::add_user(tx, &unique, name, None)
        };
        let (one, other) = (person("tichu")?, person("caiyong")?);
        let content = file.text.replace("version = \"2024.1\"", &format!("version = \"{version}\""));
        let content = change.map_or_else(|| content.clone(), |(from, to)| content.replace(from, to));
        let row = Proposed {
            id: new_id(tx.at())?,
            code: file.scheme.code.clone(),
            version: version.to_owned(),
            name: file.scheme.name.clone(),
            digest: super::routes::digest(&content),
            content,
            proposed_by: one,
            proposed_at: tx.at(),
            adopted_by: None,
            adopted_at: None,
        };
        store::propose(tx, &row)?;
        store::adopt(tx, row.id, other)?;
        Ok::<_, db::DbError>(row.id)
    });
    made.unwrap()
}

/// Nothing but a proposal of this file by somebody, whose id is given; without one nothing at all.
pub(crate) fn only(database: &Database, proposal: Option<(&SchemeFile, Id)>) -> String {
    let made = database.write(&Actor::Console, |tx| {
        diesel::delete(schemes::table.filter(schemes::version.ne(KEPT))).execute(tx.conn())?;
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

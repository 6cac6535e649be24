//! What binds the chains inside the database: a keyed seal on where each ends, and a sealed register of which there are. Without
//! the key neither is made, only put back as it once was. Not the chains' own hashes.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Nullable, Text};
use kernel::{Actor, Id};

use super::{Event, WHOLE};
use crate::keys::{encode, mac};
use crate::{AnyConnection, Database, DbResult, Keys, Tx, sql};

/// The register of chains: its keyed hash, then their ids.
const REGISTER: &str = "audit_chains";
/// What is left in the chain of the whole when chains from before there were seals get theirs.
pub(super) const ANCHORED: &str = "audit.anchor";

/// What the register says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Register {
    /// These chains were begun.
    Of(BTreeSet<Id>),
    /// There is none: the database is of an older program and was not opened since.
    Absent,
    /// It is not what was written.
    Altered,
}

/// The seal of a chain's end.
pub(super) fn seal_of(keys: &Keys, chain: Id, seq: i64, head: &str) -> String {
    let key = keys.derive("audit-head");
    encode(&mac(&key, &[chain.as_str().as_bytes(), &seq.to_be_bytes(), head.as_bytes()]))
}

/// Reads the register.
pub(super) fn register(conn: &mut AnyConnection, keys: &Keys) -> DbResult<Register> {
    let Some(text) = sql::setting(conn, REGISTER)? else { return Ok(Register::Absent) };
    let mut words = text.split(' ');
    let hash = words.next().unwrap_or_default();
    let chains: Option<BTreeSet<Id>> =
        words.filter(|word| !word.is_empty()).map(|id| id.parse().ok()).collect();
    Ok(match chains {
        Some(chains) if hash_of(keys, &chains) == hash => Register::Of(chains),
        _ => Register::Altered,
    })
}

/// Enters chains that have just been begun into the register and seals their ends. One that stands in it already was begun
/// before, and what it held is gone: it gets no seal. Held until the transaction ends, and taken last of all that is held.
pub(super) fn enter(conn: &mut AnyConnection, keys: &Keys, begun: &[Id]) -> DbResult<()> {
    sql::wait_for(conn, REGISTER)?;
    let Register::Of(mut chains) = register(conn, keys)? else { return Ok(()) };
    for chain in begun {
        if chains.insert(*chain) {
            let (seq, head, _) = sql::lock_audit_head(conn, *chain)?;
            set_seal(conn, *chain, &seal_of(keys, *chain, seq, &head))?;
        }
    }
    write(conn, keys, &chains)
}

fn write(conn: &mut AnyConnection, keys: &Keys, chains: &BTreeSet<Id>) -> DbResult<()> {
    let ids: String = chains.iter().map(|chain| format!(" {chain}")).collect();
    sql::set_setting(conn, REGISTER, &format!("{}{ids}", hash_of(keys, chains)))
}

fn hash_of(keys: &Keys, chains: &BTreeSet<Id>) -> String {
    let parts: Vec<&[u8]> = chains.iter().map(|chain| chain.as_str().as_bytes()).collect();
    encode(&mac(&keys.derive("audit-chains"), &parts))
}

/// Gives a database its register, and what chains it has from before their seals: once, with a line that says when.
pub(crate) fn begin(database: &Database) -> DbResult<()> {
    if database.read(|tx| Ok::<_, crate::DbError>(tx.setting(REGISTER)?.is_some()))? {
        return Ok(());
    }
    database.write_alone(&Actor::Console, |tx| {
        // Another program may have been first.
        if tx.setting(REGISTER)?.is_some() {
            return Ok(());
        }
        let chains: BTreeSet<Id> = tx.chains()?.into_iter().collect();
        let keys = tx.keys();
        for head in tx.audit_heads()? {
            let seal = seal_of(keys, head.chain, head.seq, &head.mac);
            set_seal(tx.conn(), head.chain, &seal)?;
        }
        write(tx.conn(), keys, &chains)?;
        if chains.is_empty() {
            return Ok(());
        }
        let detail = Some(serde_json::json!({ "chains": chains.len() }));
        tx.event(WHOLE, Event { verb: ANCHORED, kind: "audit", detail, ..Event::default() })
    })
}

/// Writes the seal of a chain's end.
fn set_seal(conn: &mut AnyConnection, chain: Id, seal: &str) -> DbResult<()> {
    sql_query("UPDATE audit_heads SET seal = $1 WHERE station_id = $2")
        .bind::<Text, _>(seal)
        .bind::<Text, _>(chain)
        .execute(conn)?;
    Ok(())
}

/// Whether a chain ends where its seal says.
pub(super) fn sealed(tx: &mut Tx<'_>, chain: Id, seq: i64, head: &str) -> DbResult<bool> {
    #[derive(QueryableByName)]
    struct Seal {
        #[diesel(sql_type = Nullable<Text>)]
        seal: Option<String>,
    }
    let found: Option<Seal> = sql_query("SELECT seal FROM audit_heads WHERE station_id = $1")
        .bind::<Text, _>(chain)
        .get_result(tx.conn())
        .optional()?;
    let seal = found.and_then(|found| found.seal);
    Ok(seal.as_deref() == Some(seal_of(tx.keys(), chain, seq, head).as_str()))
}

//! The tables of imports and of what applying them wrote. All SQL on them is here.

use std::collections::BTreeMap;

use db::sql::ROWS_A_STATEMENT;
use db::{AnyConnection, DbResult, Sealed, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment, Problem};

use super::super::personal::{open, seal};
use crate::access::Scope;

/// The columns that are sealed.
const CONTENT: &str = "roster_imports.content";
const SENTENCE: &str = "roster_changes.sentence";

kernel::words! {
    /// What has become of an import.
    pub enum State {
        /// Read; nothing of it is applied.
        Open = "open" "待处理",
        /// Some or all of its differences are applied.
        Applied = "applied" "已应用",
        /// What was applied is withdrawn again.
        Undone = "undone" "已撤销",
    }
}

diesel::table! {
    roster_imports (id) {
        id -> Text,
        station_id -> Text,
        file_name -> Text,
        file_hash -> Text,
        made_at -> BigInt,
        made_by -> Text,
        content -> Binary,
        row_count -> Integer,
        faulty_count -> Integer,
        state -> Text,
    }
}

diesel::table! {
    roster_changes (id) {
        id -> Text,
        import_id -> Text,
        made_at -> BigInt,
        difference -> Text,
        sentence -> Nullable<Binary>,
        kind -> Text,
        record_id -> Text,
        version_before -> Nullable<Integer>,
        version_after -> Integer,
        undone -> Nullable<Bool>,
    }
}

/// An import without its content.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = roster_imports)]
pub(super) struct Import {
    pub(super) id: Id,
    pub(super) station_id: Id,
    pub(super) file_name: String,
    pub(super) file_hash: String,
    pub(super) made_at: Moment,
    /// Who, as the audit log knows them.
    pub(super) made_by: String,
    pub(super) row_count: i32,
    pub(super) faulty_count: i32,
    pub(super) state: State,
}

/// A record that applying a difference wrote.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = roster_changes)]
pub(super) struct Change {
    pub(super) id: Id,
    pub(super) import_id: Id,
    pub(super) made_at: Moment,
    /// The difference's key.
    pub(super) difference: String,
    /// The difference in a sentence, once for each.
    pub(super) sentence: Option<Sealed<String>>,
    pub(super) kind: String,
    pub(super) record_id: Id,
    /// `None` for a record that was entered.
    pub(super) version_before: Option<i32>,
    pub(super) version_after: i32,
    /// Whether it was brought back; `None` until the import is undone.
    pub(super) undone: Option<bool>,
}

/// Seals a difference's sentence for its change.
///
/// # Errors
/// The system gives no chance.
pub(super) fn sealed_sentence(tx: &Tx<'_>, change: Id, sentence: &str) -> DbResult<Sealed<String>> {
    seal(tx.keys(), SENTENCE, change, sentence)
}

/// Keeps an import with its content sealed.
///
/// # Errors
/// What the database says.
pub(super) fn insert(tx: &mut Tx<'_>, import: &Import, content: &str) -> DbResult<()> {
    let content = seal(tx.keys(), CONTENT, import.id, content)?;
    diesel::insert_into(roster_imports::table)
        .values((import, roster_imports::content.eq(content)))
        .execute(tx.conn())?;
    Ok(())
}

/// The import of this id, where all of its station is within what somebody may reconcile.
///
/// # Errors
/// `unknown_import`.
pub(super) fn import(tx: &mut Tx<'_>, scope: &Scope, id: &str) -> DbResult<Import> {
    let unknown = || Problem::new("unknown_import", "没有这次名册导入", "请从名册对账的清单里选");
    let id: Id = id.parse().map_err(|_| unknown())?;
    let found: Option<Import> = roster_imports::table
        .filter(roster_imports::id.eq(id))
        .select(Import::as_select())
        .first(tx.conn())
        .optional()?;
    Ok(found.filter(|import| scope.whole(import.station_id)).ok_or_else(unknown)?)
}

/// What was read of the file.
///
/// # Errors
/// It does not open, or what the database says.
pub(super) fn content(tx: &mut Tx<'_>, import: &Import) -> DbResult<String> {
    let sealed: Sealed<String> = roster_imports::table
        .filter(roster_imports::id.eq(import.id))
        .select(roster_imports::content)
        .first(tx.conn())?;
    open(tx.keys(), CONTENT, import.id, &sealed)
}

/// The imports of a station, the latest first.
///
/// # Errors
/// What the database says.
pub(super) fn imports(tx: &mut Tx<'_>, station: Id) -> DbResult<Vec<Import>> {
    let all = roster_imports::table.filter(roster_imports::station_id.eq(station));
    let all = all.select(Import::as_select()).order((roster_imports::made_at.desc(), roster_imports::id));
    Ok(all.limit(50).load(tx.conn())?)
}

/// Notes what has become of an import, when it was `from`; false when somebody else was first.
///
/// # Errors
/// What the database says.
pub(super) fn set_state(tx: &mut Tx<'_>, import: &Import, to: State) -> DbResult<bool> {
    let same = roster_imports::table
        .filter(roster_imports::id.eq(import.id))
        .filter(roster_imports::state.eq(import.state));
    Ok(diesel::update(same).set(roster_imports::state.eq(to)).execute(tx.conn())? == 1)
}

/// Notes what applying wrote.
///
/// # Errors
/// What the database says.
pub(super) fn insert_changes(tx: &mut Tx<'_>, changes: &[Change]) -> DbResult<()> {
    for chunk in changes.chunks(ROWS_A_STATEMENT) {
        // Column by column: a struct's missing values would be defaults, which SQLite enters row by row.
        let values: Vec<_> = chunk
            .iter()
            .map(|one| {
                (
                    roster_changes::id.eq(one.id),
                    roster_changes::import_id.eq(one.import_id),
                    roster_changes::made_at.eq(one.made_at),
                    roster_changes::difference.eq(&one.difference),
                    roster_changes::sentence.eq(&one.sentence),
                    roster_changes::kind.eq(&one.kind),
                    roster_changes::record_id.eq(one.record_id),
                    roster_changes::version_before.eq(one.version_before),
                    roster_changes::version_after.eq(one.version_after),
                    roster_changes::undone.eq(one.undone),
                )
            })
            .collect();
        let insert = diesel::insert_into(roster_changes::table).values(values);
        match tx.conn() {
            AnyConnection::Sqlite(conn) => insert.execute(conn)?,
            AnyConnection::Postgres(conn) => insert.execute(conn)?,
        };
    }
    Ok(())
}

/// What applying an import wrote, in the order it was written.
///
/// # Errors
/// What the database says.
pub(super) fn changes(tx: &mut Tx<'_>, import: Id) -> DbResult<Vec<Change>> {
    let all = roster_changes::table.filter(roster_changes::import_id.eq(import)).select(Change::as_select());
    Ok(all.order((roster_changes::made_at, roster_changes::id)).load(tx.conn())?)
}

/// How many differences of each of these imports are applied, each once; an import without any is not among them.
///
/// # Errors
/// What the database says.
pub(super) fn applied(tx: &mut Tx<'_>, imports: &[Id]) -> DbResult<BTreeMap<Id, i64>> {
    let told = roster_changes::table
        .filter(roster_changes::import_id.eq_any(imports.to_vec()))
        .filter(roster_changes::sentence.is_not_null());
    let counted = told.group_by(roster_changes::import_id);
    let counts: Vec<(Id, i64)> =
        counted.select((roster_changes::import_id, diesel::dsl::count_star())).load(tx.conn())?;
    Ok(counts.into_iter().collect())
}

/// Notes which records were brought back and which were left as somebody has changed them since.
///
/// # Errors
/// What the database says.
pub(super) fn note_undone(tx: &mut Tx<'_>, import: Id, left: &[Id]) -> DbResult<()> {
    let all = roster_changes::table.filter(roster_changes::import_id.eq(import));
    diesel::update(all).set(roster_changes::undone.eq(true)).execute(tx.conn())?;
    for chunk in left.chunks(ROWS_A_STATEMENT) {
        let these = roster_changes::table
            .filter(roster_changes::import_id.eq(import))
            .filter(roster_changes::record_id.eq_any(chunk.to_vec()));
        diesel::update(these).set(roster_changes::undone.eq(false)).execute(tx.conn())?;
    }
    Ok(())
}

/// The records that undoing has left, by kind.
///
/// # Errors
/// What the database says.
pub(super) fn left(tx: &mut Tx<'_>, import: Id) -> DbResult<BTreeMap<Id, String>> {
    let left: Vec<(Id, String)> = roster_changes::table
        .filter(roster_changes::import_id.eq(import))
        .filter(roster_changes::undone.eq(false))
        .select((roster_changes::record_id, roster_changes::kind))
        .load(tx.conn())?;
    Ok(left.into_iter().collect())
}

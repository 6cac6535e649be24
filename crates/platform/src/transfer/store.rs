//! The tables of imports and of what each wrote. All SQL on them is here.

use db::sql::ROWS_A_STATEMENT;
use db::{AnyConnection, DbResult, Sealed, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment, Problem};

/// The column that is sealed.
const CONTENT: &str = "transfers.content";

kernel::words! {
    /// What has become of an import.
    pub enum State {
        /// Read on trial; nothing is written.
        Open = "open" "试读过",
        /// Brought in.
        Applied = "applied" "已导入",
        /// Withdrawn again.
        Undone = "undone" "已撤销",
    }
}

diesel::table! {
    transfers (id) {
        id -> Text,
        kind -> Text,
        file_name -> Text,
        made_at -> BigInt,
        made_by -> Text,
        content -> Binary,
        state -> Text,
    }
}

diesel::table! {
    transfer_records (transfer_id, record_id) {
        transfer_id -> Text,
        record_id -> Text,
        station_id -> Text,
        version_before -> Nullable<Integer>,
        version_after -> Integer,
        undone -> Nullable<Bool>,
    }
}

/// An import without its content.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = transfers)]
pub(super) struct Transfer {
    pub(super) id: Id,
    pub(super) kind: String,
    pub(super) file_name: String,
    pub(super) made_at: Moment,
    pub(super) made_by: String,
    pub(super) state: State,
}

/// A record that an import wrote.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = transfer_records)]
pub(super) struct Written {
    pub(super) transfer_id: Id,
    pub(super) record_id: Id,
    pub(super) station_id: Id,
    /// `None` for a record that was entered.
    pub(super) version_before: Option<i32>,
    pub(super) version_after: i32,
    /// Whether it was brought back; `None` until the import is undone.
    pub(super) undone: Option<bool>,
}

impl Written {
    /// What an import wrote: a record of a station, and the version before where there was one.
    pub(super) fn of(transfer_id: Id, (record_id, station_id, before): (Id, Id, Option<i32>)) -> Self {
        let after = before.map_or(1, |version| version + 1);
        Self {
            transfer_id,
            record_id,
            station_id,
            version_before: before,
            version_after: after,
            undone: None,
        }
    }
}

fn sealed(error: &db::SealError) -> Problem {
    Problem::new("sealed", error.to_string(), "请核对密钥文件")
}

/// Keeps an import with its content sealed.
///
/// # Errors
/// What the database says.
pub(super) fn insert(tx: &mut Tx<'_>, transfer: &Transfer, content: &str) -> DbResult<()> {
    let content = Sealed::new(tx.keys(), CONTENT, &transfer.id, content).map_err(|error| sealed(&error))?;
    diesel::insert_into(transfers::table)
        .values((transfer, transfers::content.eq(content)))
        .execute(tx.conn())?;
    Ok(())
}

/// An import of somebody's own.
///
/// # Errors
/// `unknown_transfer`.
pub(super) fn transfer(tx: &mut Tx<'_>, by: &str, id: &str) -> DbResult<Transfer> {
    let unknown = || Problem::new("unknown_transfer", "没有这次导入", "请从“表格导入导出”的清单里选");
    let id: Id = id.parse().map_err(|_| unknown())?;
    let found = transfers::table.filter(transfers::id.eq(id)).filter(transfers::made_by.eq(by));
    Ok(found.select(Transfer::as_select()).first(tx.conn()).optional()?.ok_or_else(unknown)?)
}

/// What was read of the file.
///
/// # Errors
/// It does not open, or what the database says.
pub(super) fn content(tx: &mut Tx<'_>, id: Id) -> DbResult<String> {
    let kept: Sealed<String> =
        transfers::table.filter(transfers::id.eq(id)).select(transfers::content).first(tx.conn())?;
    Ok(kept.open(tx.keys(), CONTENT, &id).map_err(|error| sealed(&error))?)
}

/// Keeps what was found in place of what was read.
///
/// # Errors
/// What the database says.
pub(super) fn replace(tx: &mut Tx<'_>, id: Id, content: &str) -> DbResult<()> {
    let content = Sealed::new(tx.keys(), CONTENT, &id, content).map_err(|error| sealed(&error))?;
    let one = transfers::table.filter(transfers::id.eq(id));
    diesel::update(one).set(transfers::content.eq(content)).execute(tx.conn())?;
    Ok(())
}

/// How many imports of a kind were ever brought in.
///
/// # Errors
/// What the database says.
pub(super) fn brought_in(tx: &mut Tx<'_>, kind: &str) -> DbResult<i64> {
    let all = transfers::table.filter(transfers::kind.eq(kind)).filter(transfers::state.ne(State::Open));
    Ok(all.count().get_result(tx.conn())?)
}

/// The latest imports of somebody.
///
/// # Errors
/// What the database says.
pub(super) fn latest(tx: &mut Tx<'_>, by: &str) -> DbResult<Vec<Transfer>> {
    let all = transfers::table.filter(transfers::made_by.eq(by)).select(Transfer::as_select());
    Ok(all.order((transfers::made_at.desc(), transfers::id)).limit(50).load(tx.conn())?)
}

/// Moves an import on, if it is still where it is thought to be.
///
/// # Errors
/// Somebody else moved it meanwhile.
pub(super) fn move_on(tx: &mut Tx<'_>, id: Id, from: State, to: State) -> DbResult<()> {
    let standing = transfers::table.filter(transfers::id.eq(id)).filter(transfers::state.eq(from));
    let moved = diesel::update(standing).set(transfers::state.eq(to)).execute(tx.conn())?;
    if moved == 0 {
        let problem = Problem::new("changed_meanwhile", "这次导入刚办过了", "请刷新页面看现在的情况");
        return Err(problem.into());
    }
    Ok(())
}

/// Keeps what an import wrote.
///
/// # Errors
/// What the database says.
pub(super) fn keep_written(tx: &mut Tx<'_>, written: &[Written]) -> DbResult<()> {
    for chunk in written.chunks(ROWS_A_STATEMENT) {
        // Column by column: of whole structs SQLite would insert each by itself.
        let values: Vec<_> = chunk
            .iter()
            .map(|one| {
                (
                    transfer_records::transfer_id.eq(one.transfer_id),
                    transfer_records::record_id.eq(one.record_id),
                    transfer_records::station_id.eq(one.station_id),
                    transfer_records::version_before.eq(one.version_before),
                    transfer_records::version_after.eq(one.version_after),
                )
            })
            .collect();
        let insert = diesel::insert_into(transfer_records::table).values(values);
        match tx.conn() {
            AnyConnection::Sqlite(conn) => insert.execute(conn)?,
            AnyConnection::Postgres(conn) => insert.execute(conn)?,
        };
    }
    Ok(())
}

/// What an import wrote.
///
/// # Errors
/// What the database says.
pub(super) fn written(tx: &mut Tx<'_>, id: Id) -> DbResult<Vec<Written>> {
    let all = transfer_records::table.filter(transfer_records::transfer_id.eq(id));
    Ok(all.select(Written::as_select()).order(transfer_records::record_id).load(tx.conn())?)
}

/// Says of records that an import wrote whether they were brought back.
///
/// # Errors
/// What the database says.
pub(super) fn set_undone(tx: &mut Tx<'_>, id: Id, records: &[Id], undone: bool) -> DbResult<()> {
    for chunk in records.chunks(ROWS_A_STATEMENT) {
        let some = transfer_records::table
            .filter(transfer_records::transfer_id.eq(id))
            .filter(transfer_records::record_id.eq_any(chunk.to_vec()));
        diesel::update(some).set(transfer_records::undone.eq(undone)).execute(tx.conn())?;
    }
    Ok(())
}

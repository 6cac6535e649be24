//! What the two databases say differently, and statements that no slice owns: one branch per backend, here only.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Nullable, Text};
use kernel::Id;

use crate::{AnyConnection, DbResult, Tx};

pub use crate::record::known_sql;

/// Rows written by one statement: below SQLite's 32,766 and PostgreSQL's 65,535 parameters at 32 columns.
pub const ROWS_A_STATEMENT: usize = 900;

mod schema {
    diesel::table! {
        records (id) {
            id -> Text,
            kind -> Text,
            station_id -> Text,
        }
    }
}
use schema::records;

/// Enters ids into the register of records, to which every reference between records points.
pub(crate) fn register(conn: &mut AnyConnection, kind: &str, ids: &[(Id, Id)]) -> DbResult<()> {
    for chunk in ids.chunks(ROWS_A_STATEMENT) {
        let values: Vec<_> = chunk
            .iter()
            .map(|(id, station)| {
                (records::id.eq(id), records::kind.eq(kind), records::station_id.eq(station))
            })
            .collect();
        let insert = diesel::insert_into(records::table).values(values);
        match conn {
            AnyConnection::Sqlite(conn) => insert.execute(conn)?,
            AnyConnection::Postgres(conn) => insert.execute(conn)?,
        };
    }
    Ok(())
}

impl Tx<'_> {
    /// Every record of a station, withdrawn ones too, with its kind.
    ///
    /// # Errors
    /// What the database says.
    pub fn record_ids(&mut self, station: Id) -> DbResult<Vec<(Id, String)>> {
        let records = records::table.filter(records::station_id.eq(station)).order(records::id);
        Ok(records.select((records::id, records::kind)).load(self.conn())?)
    }

    /// A setting of the database as a whole.
    ///
    /// # Errors
    /// What the database says.
    pub fn setting(&mut self, name: &str) -> DbResult<Option<String>> {
        setting(self.conn(), name)
    }

    /// Sets a setting of the database as a whole.
    ///
    /// # Errors
    /// What the database says.
    pub fn set_setting(&mut self, name: &str, value: &str) -> DbResult<()> {
        set_setting(self.conn(), name, value)
    }
}

pub(crate) fn setting(conn: &mut AnyConnection, name: &str) -> DbResult<Option<String>> {
    let row: Option<Setting> = sql_query("SELECT value FROM settings WHERE name = $1")
        .bind::<Text, _>(name)
        .get_result(conn)
        .optional()?;
    Ok(row.map(|row| row.value))
}

pub(crate) fn set_setting(conn: &mut AnyConnection, name: &str, value: &str) -> DbResult<()> {
    sql_query(
        "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )
    .bind::<Text, _>(name)
    .bind::<Text, _>(value)
    .execute(conn)?;
    Ok(())
}

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = Text)]
    value: String,
}

#[derive(QueryableByName)]
struct Head {
    #[diesel(sql_type = BigInt)]
    seq: i64,
    #[diesel(sql_type = Text)]
    mac: String,
    #[diesel(sql_type = Nullable<Text>)]
    seal: Option<String>,
}

/// The head of a station's audit chain with its seal, locked until the transaction ends when it writes; zero and empty before
/// the first line. SQLite has one writer and needs no lock.
pub(crate) fn lock_audit_head(
    conn: &mut AnyConnection,
    station: Id,
) -> DbResult<(i64, String, Option<String>)> {
    let head: Option<Head> = match conn {
        AnyConnection::Sqlite(conn) => {
            sql_query("SELECT seq, mac, seal FROM audit_heads WHERE station_id = ?")
                .bind::<Text, _>(station)
                .get_result(conn)
                .optional()?
        }
        AnyConnection::Postgres(conn) => {
            advisory_lock(conn, &station.to_string())?;
            sql_query("SELECT seq, mac, seal FROM audit_heads WHERE station_id = $1")
                .bind::<Text, _>(station)
                .get_result(conn)
                .optional()?
        }
    };
    Ok(head.map_or((0, String::new(), None), |head| (head.seq, head.mac, head.seal)))
}

/// Waits until nobody else holds a name and holds it until the transaction ends; false where there is nothing to wait for.
pub(crate) fn wait_for(conn: &mut AnyConnection, name: &str) -> DbResult<bool> {
    match conn {
        AnyConnection::Sqlite(_) => Ok(false),
        AnyConnection::Postgres(conn) => advisory_lock(conn, name).map(|()| true),
    }
}

/// How a writing transaction begins on PostgreSQL: beside others, but not beside one that is [`BEGIN_ALONE`].
pub(crate) const BEGIN_AMONG_OTHERS: &str = "BEGIN; SELECT pg_advisory_xact_lock_shared(1263554639)";

/// How one begins on PostgreSQL beside which nothing else is written.
pub(crate) const BEGIN_ALONE: &str = "BEGIN; SELECT pg_advisory_xact_lock(1263554639)";

fn advisory_lock(conn: &mut PgConnection, name: &str) -> DbResult<()> {
    let lock = sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))");
    lock.bind::<Text, _>(name).execute(conn)?;
    Ok(())
}

/// Moves the head of a station's audit chain: the one upsert there is, in the form both databases share.
pub(crate) fn set_audit_head(
    conn: &mut AnyConnection,
    station: Id,
    (seq, mac, seal): (i64, &str, Option<&str>),
) -> DbResult<()> {
    sql_query(
        "INSERT INTO audit_heads (station_id, seq, mac, seal) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (station_id) DO UPDATE SET seq = excluded.seq, mac = excluded.mac, seal = excluded.seal",
    )
    .bind::<Text, _>(station)
    .bind::<BigInt, _>(seq)
    .bind::<Text, _>(mac)
    .bind::<Nullable<Text>, _>(seal)
    .execute(conn)?;
    Ok(())
}

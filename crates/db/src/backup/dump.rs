//! Writing a backup inside one reading transaction, row by row: memory does not grow with the database.

use std::io::Write;

use diesel::connection::DefaultLoadingMode;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use kernel::Problem;

use super::catalogue::{self, Table, quoted};
use super::chunks::SealWriter;
use super::header::{self, FORMAT, Header};
use super::{Progress, faults};
use crate::{AnyConnection, DbResult, Keys, Tx, keyring, migrate};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

pub(super) fn write(
    tx: &mut Tx<'_>,
    keys: &Keys,
    to: &mut impl Write,
    progress: Progress<'_>,
) -> DbResult<Header> {
    keyring::still_current(tx, keys)?;
    let tables = catalogue::tables(tx.conn())?;
    let header = describe(tx, keys, &tables)?;
    let failed = |error: std::io::Error| faults::writing(&error);
    let hash = header::write(&header, to).map_err(failed)?;
    let sealed = SealWriter::new(to, keys, &header, hash)?;
    let mut lines = DeflateEncoder::new(sealed, Compression::fast());
    let (mut done, total) = (0, header.total());
    for table in &tables {
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        let begin = serde_json::json!({ "table": table.name, "columns": columns });
        writeln!(lines, "{begin}").map_err(failed)?;
        rows(tx.conn(), table, &mut |row| {
            writeln!(lines, "{}", row.line).map_err(failed)?;
            done += 1;
            if done % 1000 == 0 {
                progress(done, total);
            }
            Ok(())
        })?;
    }
    progress(done, total);
    lines.finish().and_then(SealWriter::finish).map_err(failed)?;
    Ok(header)
}

fn describe(tx: &mut Tx<'_>, keys: &Keys, tables: &[Table]) -> DbResult<Header> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|error| Problem::new("no_chance", error.to_string(), "请检查系统"))?;
    let mut rows = Vec::new();
    for table in tables {
        let count: Count = sql_query(format!("SELECT COUNT(*) AS count FROM {}", quoted(&table.name)))
            .get_result(tx.conn())?;
        rows.push((table.name.clone(), u64::try_from(count.count).unwrap_or_default()));
    }
    Ok(Header {
        format: FORMAT,
        schema: u64::try_from(migrate::version(tx.conn())?).unwrap_or_default(),
        at: tx.at().micros(),
        key: keys.fingerprint(),
        salt: crate::keys::encode(&salt),
        heads: tx.audit_heads()?,
        rows,
    })
}

/// Hands on each row as it comes, without keeping the others.
fn rows(conn: &mut AnyConnection, table: &Table, take: &mut dyn FnMut(Row) -> DbResult<()>) -> DbResult<()> {
    let query = sql_query(table.rows_as_json(conn));
    match conn {
        AnyConnection::Sqlite(conn) => {
            query.load_iter::<Row, DefaultLoadingMode>(conn)?.try_for_each(|row| take(row?))
        }
        AnyConnection::Postgres(conn) => {
            query.load_iter::<Row, PgRowByRowLoadingMode>(conn)?.try_for_each(|row| take(row?))
        }
    }
}

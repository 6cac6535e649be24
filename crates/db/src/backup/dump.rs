//! Writing a backup inside one reading transaction, row by row and file by file: memory does not grow with the database.

use std::fs::File;
use std::io::{self, Read as _, Write};
use std::path::Path;

use diesel::connection::DefaultLoadingMode;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use kernel::Problem;

use super::catalogue::{self, Table, quoted};
use super::header::{self, FORMAT, Header};
use super::{Progress, faults};
use crate::chunks::SealWriter;
use crate::{AnyConnection, DbResult, Keys, Tx, contents, keyring, migrate};

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
    (keys, folder): (&Keys, Option<&Path>),
    to: &mut impl Write,
    progress: Progress<'_>,
) -> DbResult<Header> {
    keyring::still_current(tx, keys)?;
    let tables = catalogue::tables(tx.conn())?;
    let mut header = describe(tx, keys, &tables)?;
    // After the state began: every file that a row of it speaks of is there by now. Some may be of later rows.
    let folder = folder.unwrap_or(Path::new(""));
    let names = contents::names(folder).map_err(|error| unreadable(folder, &error))?;
    header.files = names.len() as u64;
    let failed = |error: std::io::Error| faults::writing(&error);
    let hash = header::write(&header, to).map_err(failed)?;
    let sealed = SealWriter::new(to, header.seal(keys, hash)?);
    let mut lines = DeflateEncoder::new(sealed, Compression::fast());
    let (mut done, total) = (0, header.total() + header.files);
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
    for name in &names {
        file(folder, name, &mut lines)?;
        done += 1;
        progress(done, total);
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
        files: 0,
    })
}

/// Copies a file as it stands, sealed with the data key, after a line with its name and length.
fn file(folder: &Path, name: &str, lines: &mut impl Write) -> DbResult<()> {
    let path = folder.join(name);
    let unread = |error: &io::Error| unreadable(&path, error);
    let file = File::open(&path).map_err(|error| unread(&error))?;
    let bytes = file.metadata().map_err(|error| unread(&error))?.len();
    let begin = serde_json::json!({ "file": name, "bytes": bytes });
    writeln!(lines, "{begin}").map_err(|error| faults::writing(&error))?;
    let copied = io::copy(&mut file.take(bytes), lines).map_err(|error| faults::writing(&error))?;
    // A file of ours is never changed in place: only a damaged disk or a stranger makes it shorter.
    if copied == bytes { Ok(()) } else { Err(unread(&io::ErrorKind::UnexpectedEof.into()).into()) }
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let what = format!("备份没有做成：存放的文件读不了（{error}）");
    Problem::new("files_unreadable", what, "请检查这个文件和文件夹的权限").at(path.display().to_string())
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

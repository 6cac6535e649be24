//! Filling a fresh database with the rows of a backup, and a folder with its files. References are checked when all rows
//! are there, since tables come in the order of their names.

use std::io::{BufRead, BufReader, Read};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;
use flate2::read::DeflateDecoder;
use kernel::Problem;

use super::catalogue::{self, Column, Table, quoted};
use super::files_back::FilesBack;
use super::header::Header;
use super::{Progress, faults, references};
use crate::chunks::OpenReader;
use crate::{AnyConnection, DbResult};

/// Rows, and bytes of them, that one statement enters.
const BATCH_ROWS: usize = 500;
const BATCH_BYTES: usize = 1 << 20;

/// A line that is no row: what comes next.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Begin {
    Table { table: String, columns: Vec<String> },
    File { file: String, bytes: u64 },
}

/// Enters every row of the backup, in place of what the migrations themselves put in, and lays its files aside.
pub(super) fn fill<R: Read>(
    conn: &mut AnyConnection,
    files: &mut FilesBack,
    header: &Header,
    from: OpenReader<R>,
    progress: Progress<'_>,
) -> DbResult<()> {
    let tables = catalogue::tables(conn)?;
    let held = references::take_out(conn)?;
    for table in &tables {
        conn.batch_execute(&format!("DELETE FROM {}", quoted(&table.name)))?;
    }
    let mut lines = BufReader::new(DeflateDecoder::new(from));
    let mut filling =
        Filling { tables: &tables, at: None, rows: String::new(), pending: 0, counts: Vec::new() };
    let mut line = String::new();
    let (mut done, total) = (0, header.total() + header.files);
    while lines.read_line(&mut line).map_err(|error| faults::reading(&error))? > 0 {
        if line.starts_with('[') {
            filling.row(conn, line.trim_end())?;
            done += 1;
            if done % 1000 == 0 {
                progress(done, total);
            }
        } else {
            match serde_json::from_str(&line).map_err(|_| faults::altered())? {
                Begin::Table { table, columns } => filling.begin(conn, table, &columns)?,
                Begin::File { file, bytes } => {
                    files.take(&file, &mut (&mut lines).take(bytes), bytes)?;
                    done += 1;
                    progress(done, total);
                }
            }
        }
        line.clear();
    }
    filling.flush(conn)?;
    // The compressed part says where it ends; that the file ends there too is the chunks' to say.
    let mut rest = lines.into_inner().into_inner();
    let more = rest.read(&mut [0; 1]).map_err(|error| faults::reading(&error))? > 0;
    if more || filling.counts != header.rows || files.count() != header.files {
        return Err(faults::altered().into());
    }
    progress(done, total);
    references::put_back(conn, &held)?;
    references::number_on(conn)
}

/// Where the filling is: a table, and the rows that wait for their statement.
struct Filling<'t> {
    tables: &'t [Table],
    at: Option<(&'t Table, String)>,
    rows: String,
    pending: usize,
    counts: Vec<(String, u64)>,
}

impl Filling<'_> {
    fn begin(&mut self, conn: &mut AnyConnection, name: String, columns: &[String]) -> DbResult<()> {
        self.flush(conn)?;
        let unknown = || {
            Problem::new(
                "backup_table_unknown",
                "备份里有本程序不认识的表或列",
                "没有恢复任何内容；请用做备份的那个版本恢复",
            )
            .at(name.clone())
        };
        let table = self.tables.iter().find(|table| table.name == name).ok_or_else(unknown)?;
        let column = |name: &String| table.columns.iter().find(|column| column.name == *name);
        let columns: Option<Vec<&Column>> = columns.iter().map(column).collect();
        let insert = table.insert_json(conn, &columns.ok_or_else(unknown)?);
        self.at = Some((table, insert));
        self.counts.push((name, 0));
        Ok(())
    }

    fn row(&mut self, conn: &mut AnyConnection, row: &str) -> DbResult<()> {
        self.rows.push(if self.pending == 0 { '[' } else { ',' });
        self.rows.push_str(row);
        self.pending += 1;
        if let Some((_, count)) = self.counts.last_mut() {
            *count += 1;
        }
        if self.pending == BATCH_ROWS || self.rows.len() > BATCH_BYTES { self.flush(conn) } else { Ok(()) }
    }

    fn flush(&mut self, conn: &mut AnyConnection) -> DbResult<()> {
        if self.pending == 0 {
            return Ok(());
        }
        let Some((_, insert)) = &self.at else { return Err(faults::altered().into()) };
        self.rows.push(']');
        sql_query(insert).bind::<Text, _>(&self.rows).execute(conn)?;
        self.rows.clear();
        self.pending = 0;
        Ok(())
    }
}

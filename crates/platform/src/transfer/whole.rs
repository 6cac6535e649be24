//! A station with everything in it as a folder of workbooks, one for each kind of record, and such a folder brought into
//! another database: with its numbers, so that figures and their digests come out the same.
//!
//! For the console: whoever has the database and its key. Numbers are masked, unless a reason is given that stands in the
//! audit log: only then can the folder be brought in elsewhere, where what was sealed is sealed again under the other
//! database's key. Versions that were corrected stay behind.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use db::{Base, Database, DbError, DbResult, Event, Keys, Sealed, Tx};
use kernel::{Actor, Id, Plain as _, Problem};
use paper::grid::{Cell, Column, Grid, Sheet, Value};
use rules::book;
use rules::identity;

use crate::access::{Asker, Scope};
use crate::sheets::{Ops, Row, all_of};

/// The lookup hashes that go with a record's sealed values, from the keys, its kind, its station and the values in clear.
pub type LookUp = fn(&Keys, &str, Id, &dyn Fn(&str) -> String) -> Vec<(&'static str, String)>;

/// What a whole station needs beside its records.
#[derive(Clone, Copy)]
pub struct Whole {
    /// Every kind of record, in the order in which they refer to each other.
    pub records: fn() -> Vec<&'static Ops>,
    /// The lookup hashes that go with a record's sealed values: keys, kind, station, the values in clear.
    pub look_up: LookUp,
    /// Makes a station's people findable.
    pub index: fn(&mut Tx<'_>, Id) -> DbResult<()>,
}

/// How what is sealed leaves the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Numbers {
    /// Masked, as on a page; such a folder cannot be brought in.
    Masked,
    /// In clear, for this reason.
    Whole(String),
}

/// What follows the kind in the name of a sheet whose numbers are masked.
const MASKED: &str = " 遮盖";

/// The columns that every record has.
const BASE: [&str; 5] = ["id", "station_id", "area_id", "community_id", "worker_id"];

/// Writes every record of a station into a folder; the files, each with how many records it holds. That it was done stands
/// in the audit log before anything is opened.
///
/// # Errors
/// What the database or the disk says.
pub fn take_out(
    database: &Database,
    whole: Whole,
    (station, numbers): (Id, &Numbers),
    folder: &Path,
) -> DbResult<Vec<(PathBuf, usize)>> {
    std::fs::create_dir_all(folder).map_err(|error| no_folder(folder, &error))?;
    let reason = match numbers {
        Numbers::Masked => None,
        Numbers::Whole(reason) => Some(reason.clone()),
    };
    let event = Event {
        verb: "transfer.export_whole",
        kind: "station",
        record_id: Some(station),
        detail: Some(serde_json::json!({ "unmasked": reason.is_some() })),
        reason,
    };
    database.write(&Actor::Console, |tx| tx.event(station, event))?;
    let scope = Scope::station(station);
    // One transaction: the files are of one state.
    let made = database.read(|tx| {
        let mut made = Vec::new();
        for ops in (whole.records)() {
            let rows = all_of(tx, ops, &scope)?;
            if !rows.is_empty() {
                made.push((ops.kind, rows.len(), workbook(tx.keys(), ops, &rows, numbers)?));
            }
        }
        Ok::<_, DbError>(made)
    })?;
    let mut written = Vec::new();
    for (kind, count, bytes) in made {
        let path = folder.join(format!("{kind}.xlsx"));
        std::fs::write(&path, bytes).map_err(|error| no_folder(&path, &error))?;
        written.push((path, count));
    }
    Ok(written)
}

fn is_sealed(holds: &str) -> bool {
    holds.contains("Sealed")
}

/// The place that a sealed value is bound to.
fn place(ops: &Ops, field: &str) -> String {
    format!("{}.{field}", ops.table)
}

fn sealed(error: &db::SealError) -> Problem {
    Problem::new("sealed", error.to_string(), "请核对密钥文件")
}

fn workbook(keys: &Keys, ops: &Ops, rows: &[Row], numbers: &Numbers) -> DbResult<Vec<u8>> {
    let masked = *numbers == Numbers::Masked;
    let heads = BASE.iter().copied().chain(ops.fields.iter().map(|(name, _)| *name));
    let columns =
        heads.map(|head| Column { head: head.to_owned(), width: 14.0, ..Column::default() }).collect();
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        lines.push(line(keys, ops, row, masked)?);
    }
    let name = format!("{}{}", ops.kind, if masked { MASKED } else { "" });
    let sheet = Sheet { name, columns, rows: lines };
    let bytes = paper::grid::render(&Grid { sheets: vec![sheet] });
    Ok(bytes.map_err(|error| Problem::new("workbook", error.to_string(), "请重试"))?)
}

fn line(keys: &Keys, ops: &Ops, row: &Row, masked: bool) -> DbResult<Vec<Cell>> {
    let base = row.base;
    let ids = [Some(base.id), Some(base.station_id), base.area_id, base.community_id, base.worker_id];
    let text = |text: Option<String>| Cell::from(text.map_or(Value::Empty, Value::Text));
    let mut cells: Vec<Cell> = ids.map(|id| text(id.map(|id| id.to_string()))).into();
    for (field, holds) in ops.fields {
        let kept = row.values.get(field).cloned();
        let clear = match (is_sealed(holds), kept) {
            (true, Some(kept)) => {
                let value = Sealed::<String>::of_plain(Some(&kept));
                let open = value.map(|value| value.open(keys, &place(ops, field), &base.id)).transpose();
                open.map_err(|error| sealed(&error))?
            }
            (_, kept) => kept,
        };
        cells.push(text(clear.map(|clear| if masked { shown(field, holds, &clear) } else { clear })));
    }
    Ok(cells)
}

/// A value with what is personal in it masked. What people wrote may hold a number as well.
fn shown(field: &str, holds: &str, value: &str) -> String {
    match field {
        "id_number" => identity::masked_id_number(value),
        "phone" => identity::masked_phone(value),
        _ if is_sealed(holds) => identity::masked(value, 0, 0),
        // Numbers of things: they are no one's, and long.
        _ if field.ends_with("code") || field.ends_with("hash") || field.ends_with("_number") => {
            value.to_owned()
        }
        _ if holds.contains("String") => identity::masked_within(value),
        _ => value.to_owned(),
    }
}

/// Brings such a folder in: all of it or nothing; how many records of each kind there were.
///
/// # Errors
/// A cell that is wrong, naming file, line and column; a record that is there already; or what the database or disk says.
pub fn bring_in(database: &Database, whole: Whole, folder: &Path) -> DbResult<Vec<(&'static str, usize)>> {
    database.write(&Actor::Console, |tx| {
        let mut brought = Vec::new();
        let mut stations = Vec::new();
        for ops in (whole.records)() {
            let path = folder.join(format!("{}.xlsx", ops.kind));
            if !path.is_file() {
                continue;
            }
            let rows = rows(tx.keys(), whole, ops, &path)?;
            brought.push((ops.kind, rows.len()));
            let mut by_station: BTreeMap<Id, Vec<Row>> = BTreeMap::new();
            for row in rows {
                by_station.entry(row.base.station_id).or_default().push(row);
            }
            for (station, rows) in by_station {
                (ops.enter)(tx, &Asker::Console, station, &rows)?;
                if !stations.contains(&station) {
                    stations.push(station);
                }
            }
        }
        if brought.is_empty() {
            let problem = Problem::new(
                "empty_folder",
                "文件夹里没有可以导入的表格",
                "请核对是不是 kapok export 导出的文件夹",
            );
            return Err(problem.at(folder.display().to_string()).into());
        }
        stations.into_iter().try_for_each(|station| (whole.index)(tx, station))?;
        Ok(brought)
    })
}

/// The records of a file.
fn rows(keys: &Keys, whole: Whole, ops: &'static Ops, path: &Path) -> DbResult<Vec<Row>> {
    let bytes = std::fs::read(path).map_err(|error| no_folder(path, &error))?;
    let (sheets, _) = book::sheets(&bytes, &path.display().to_string())?;
    let sheet = sheets.into_iter().next();
    if sheet.as_ref().is_some_and(|sheet| sheet.name.ends_with(MASKED)) {
        let remedy = "请在原来的数据库上用 kapok export --unmask --reason 理由 再导出一次；什么都没有写入";
        let problem = Problem::new("masked", "这是遮盖过证件号、电话和门牌的导出，不能再导入", remedy);
        return Err(problem.at(path.display().to_string()).into());
    }
    let mut lines = sheet.map(|sheet| sheet.rows).unwrap_or_default().into_iter();
    let heads: Vec<String> = lines.next().unwrap_or_default().iter().map(book::Cell::text).collect();
    let mut rows = Vec::new();
    for (line, cells) in (2..).zip(lines) {
        let said = |name: &str| {
            let at = heads.iter().position(|head| head == name);
            at.and_then(|at| cells.get(at)).map(book::Cell::text).unwrap_or_default()
        };
        rows.push(row(keys, whole, ops, &said).map_err(|(field, what)| {
            let at = format!("{} 第 {line} 行“{field}”", path.display());
            Problem::new("bad_cell", what, "请改好这一格再导入；什么都没有写入").at(at)
        })?);
    }
    Ok(rows)
}

/// What is wrong with a cell: its field, and how.
type Bad = (&'static str, String);

fn row(keys: &Keys, whole: Whole, ops: &'static Ops, said: &dyn Fn(&str) -> String) -> Result<Row, Bad> {
    let optional = |name: &'static str| {
        let text = said(name);
        if text.is_empty() {
            Ok(None)
        } else {
            text.parse::<Id>().map(Some).map_err(|error| (name, error.to_string()))
        }
    };
    let must = |name: &'static str| optional(name)?.ok_or((name, "这一格不能空".to_owned()));
    let base = Base {
        id: must("id")?,
        station_id: must("station_id")?,
        area_id: optional("area_id")?,
        community_id: optional("community_id")?,
        worker_id: optional("worker_id")?,
    };
    let hashes = (whole.look_up)(keys, ops.kind, base.station_id, said);
    let mut values = BTreeMap::new();
    for (field, holds) in ops.fields {
        let text = said(field);
        if text.is_empty() {
            continue;
        }
        let kept = if is_sealed(holds) {
            let value = Sealed::new(keys, &place(ops, field), &base.id, &text);
            value.map_err(|error| (*field, error.to_string()))?.plain().unwrap_or_default()
        } else {
            let hash = hashes.iter().find(|(name, _)| name == field);
            hash.map_or(text, |(_, hash)| hash.clone())
        };
        values.insert(*field, kept);
    }
    Ok(Row { base, values })
}

fn no_folder(path: &Path, error: &std::io::Error) -> Problem {
    let what = format!("读写不了 {}（{error}）", path.display());
    Problem::new("folder", what, "请核对文件夹、权限和磁盘空间")
}

//! All or nothing: an SQLite file is built beside its place and moved there when it is whole; PostgreSQL is filled in one
//! transaction. The files of content take their place just before, and go again where the last step fails.

use std::io::{BufReader, Read};
use std::path::Path;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::BigInt;
use kernel::{Clock, Problem};

use super::files_back::FilesBack;
use super::header::{self, Header};
use super::{Progress, Restored, faults, load};
use crate::chunks::OpenReader;
use crate::database::connect;
use crate::{AnyConnection, DbResult, Keys, Place, Tx, files, keyring, migrate};

/// Files that SQLite keeps beside a database: one left over would be played into the restored file.
const COMPANIONS: [&str; 4] = ["", "-wal", "-shm", "-journal"];

pub(super) fn restore(
    from: &mut impl Read,
    (place, folder): (&Place, Option<&Path>),
    keys: &Keys,
    clock: Clock,
    progress: Progress<'_>,
) -> DbResult<Restored> {
    let mut from = BufReader::new(from);
    let (header, hash) = header::read(&mut from)?;
    let ours = migrate::MIGRATIONS.len() as u64;
    if header.schema > ours {
        return Err(faults::newer("结构", header.schema, ours).into());
    }
    if header.key != keys.fingerprint() {
        return Err(wrong_key(&header, keys).into());
    }
    let rows = OpenReader::new(from, header.seal(keys, hash)?);
    let mut files = FilesBack::to(folder)?;
    let work = |conn: &mut AnyConnection| {
        let restored = build(conn, &mut files, header, rows, keys, clock, progress)?;
        files.place()?;
        Ok(restored)
    };
    let restored = match place {
        Place::File(path) => in_file(path, work),
        Place::Url(_) => in_transaction(place, work),
    };
    let restored = restored.map_err(faults::restoring)?;
    files.stay();
    Ok(restored)
}

/// Builds the database with its rows, brings it up to date and looks at the audit chains.
fn build<R: Read>(
    conn: &mut AnyConnection,
    files: &mut FilesBack,
    header: Header,
    rows: OpenReader<R>,
    keys: &Keys,
    clock: Clock,
    progress: Progress<'_>,
) -> DbResult<Restored> {
    migrate::bring_to(conn, usize::try_from(header.schema).unwrap_or(usize::MAX), clock.now())?;
    load::fill(conn, files, &header, rows, progress)?;
    migrate::run(conn, clock.now())?;
    let keys = keyring::unlock(conn, keys)?;
    let mut tx = Tx::reading(conn, &keys, clock.now());
    if tx.audit_heads()? != header.heads {
        return Err(faults::altered().into());
    }
    let faults = tx.verify_audit()?;
    Ok(Restored { header, faults })
}

pub(super) fn in_file<T>(path: &Path, work: impl FnOnce(&mut AnyConnection) -> DbResult<T>) -> DbResult<T> {
    for companion in COMPANIONS {
        let file = files::with_suffix(path, companion);
        if file.exists() {
            return Err(not_empty().at(file.display().to_string()).into());
        }
    }
    let failed = |error: &std::io::Error| faults::writing(error).at(path.display().to_string());
    let file = files::beside(path).map_err(|error| failed(&error))?;
    let mut conn = connect(&Place::File(file.path().to_path_buf()))?;
    // The file is nobody's before it is whole: no log beside it, no waiting for the disk before the end.
    conn.batch_execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;")?;
    // A full disk ends SQLite's transaction by itself; what ending it once more says must not hide why.
    let mut why = None;
    let done = conn.transaction(|conn| {
        work(conn).map_err(|error| {
            why = Some(error);
            diesel::result::Error::RollbackTransaction
        })
    });
    let done = done.map_err(|ending| why.take().unwrap_or_else(|| ending.into()))?;
    drop(conn);
    files::keep(file, path).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => not_empty().at(path.display().to_string()),
        _ => failed(&error),
    })?;
    Ok(done)
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn in_transaction<T>(place: &Place, work: impl FnOnce(&mut AnyConnection) -> DbResult<T>) -> DbResult<T> {
    let mut conn = connect(place)?;
    conn.transaction(|conn| {
        let relations: Count = sql_query(
            "SELECT COUNT(*) AS count FROM pg_class WHERE relnamespace = current_schema()::regnamespace",
        )
        .get_result(conn)?;
        if relations.count > 0 {
            return Err(not_empty().into());
        }
        work(conn)
    })
}

pub(super) fn not_empty() -> Problem {
    Problem::new(
        "target_not_empty",
        "恢复的目标不是空的",
        "请指定一个还没有数据库的位置；原有的内容未作任何改动",
    )
}

fn wrong_key(header: &Header, keys: &Keys) -> Problem {
    Problem::new(
        "key_wrong",
        format!("密钥不是这份备份的（备份要的密钥指纹是 {}，给的是 {}）", header.key, keys.fingerprint()),
        "请用做备份时的密钥文件；换过密钥的，旧备份要用旧密钥。没有恢复任何内容",
    )
}

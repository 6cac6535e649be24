//! Backup and restore of a whole database, in one encrypted file that either kind of database is restored from. Not
//! the export of a station's records, which is for people to read.
//!
//! A file is a line that says what it is, a header in clear as one line of JSON, then sealed chunks of compressed
//! JSON lines: for each table its columns, then its rows as arrays; then the files of content, each as it stands after a
//! line with its name. Tables and columns come from the catalogue, so a new table is in the next backup by itself. The entries of the search index are in it, the index over them is not: it is
//! built as they are restored. The file is sealed with the key of the key file, which must be kept elsewhere.

use std::io::{BufWriter, Read, Write};
use std::path::Path;

use kernel::{Clock, Problem};

use crate::{AuditFault, Database, DbResult, Keys, Place, files};

mod catalogue;
mod dump;
mod faults;
mod files_back;
mod header;
mod load;
mod references;
mod restore;
#[cfg(test)]
mod tests;

pub use header::Header;

/// Told how many rows are done, and of how many.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64);

/// What came of a restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the backup said of itself.
    pub header: Header,
    /// What is wrong with the audit chains. It was so when the backup was made, since the file itself is whole; it is
    /// told and does not stand in the way of having the records back.
    pub faults: Vec<AuditFault>,
}

/// Writes a backup of one state of the database, while others go on reading and writing.
///
/// # Errors
/// What the database says, or a [`Problem`]: `disk_full` or `backup_unwritable` when `to` takes no more, `key_rotated`
/// when the key was changed since this program opened the database; `files_unreadable` for content that cannot be copied.
pub fn backup(database: &Database, to: &mut impl Write, progress: Progress<'_>) -> DbResult<Header> {
    let folder = database.contents().ok().map(|contents| contents.folder().to_owned());
    database.read(|tx| dump::write(tx, (database.file_keys(), folder.as_deref()), to, progress))
}

/// Writes a backup into a new file: under another name first, so that a file of this name is always whole.
///
/// # Errors
/// As [`backup`]; `backup_exists` when there is such a file: an older backup is never overwritten.
pub fn backup_to_file(database: &Database, path: &Path, progress: Progress<'_>) -> DbResult<Header> {
    if path.exists() {
        return Err(exists(path).into());
    }
    let unwritable = |error: &std::io::Error| faults::writing(error).at(path.display().to_string());
    let mut file = files::beside(path).map_err(|error| unwritable(&error))?;
    let mut buffered = BufWriter::new(file.as_file_mut());
    let header = backup(database, &mut buffered, progress)?;
    buffered.flush().map_err(|error| unwritable(&error))?;
    drop(buffered);
    files::keep(file, path).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => exists(path),
        _ => unwritable(&error),
    })?;
    Ok(header)
}

/// What a backup says of itself. It is in clear and is believed only once a restore has opened the rest.
///
/// # Errors
/// A [`Problem`]: it is no backup, is cut off, or is of a newer format.
pub fn read_header(from: &mut impl Read) -> DbResult<Header> {
    Ok(header::read(&mut std::io::BufReader::new(from))?.0)
}

/// What a backup says of itself, and whether this key shows that nobody altered it: it cannot for a backup of another key.
///
/// # Errors
/// A [`Problem`]: it is no backup, is cut off, was altered, or is of a newer format.
pub(crate) fn proven_header(mut from: impl std::io::BufRead, keys: &Keys) -> Result<(Header, bool), Problem> {
    let (header, hash) = header::read(&mut from)?;
    let ours = header.key == keys.fingerprint();
    if ours {
        // The first chunk is bound to the header.
        let read = crate::chunks::OpenReader::new(from, header.seal(keys, hash)?).read(&mut [0; 1]);
        read.map_err(|error| faults::reading(&error))?;
    }
    Ok((header, ours))
}

/// Restores a backup into a place and a folder of files that hold nothing yet: all of it, or nothing. A backup of an
/// older program is brought up to date.
///
/// # Errors
/// A [`Problem`] before anything is written: `backup_unknown`, `backup_newer`, `key_wrong`, `target_not_empty`; or after
/// which nothing is left behind: `backup_cut`, `backup_altered`, `restore_references`, `disk_full`, `no_files_folder`.
pub fn restore(
    from: &mut impl Read,
    (place, folder): (&Place, Option<&Path>),
    keys: &Keys,
    clock: Clock,
    progress: Progress<'_>,
) -> DbResult<Restored> {
    restore::restore(from, (place, folder), keys, clock, progress)
}

fn exists(path: &Path) -> Problem {
    Problem::new("backup_exists", "已经有这个文件", "请换一个文件名；旧的备份不会被覆盖")
        .at(path.display().to_string())
}

//! Opening what a command works on: the database with its key, the rules and scheme, and what "today" is.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use db::{Database, DbError, Keys, Place};
use kernel::{Clock, Problem};
use platform::library::Library;

use crate::args::Where;
use crate::trouble::Trouble;

/// The database's file in a folder.
const FILE: &str = "kapok.db";
const KEY: &str = "kapok.key";
const SCHEMES: &str = "schemes";
const FILES: &str = "files";
const SAMPLE: &str = "sample_notice";
const SAMPLE_TODAY: &str = "sample_today";

/// An open database and what goes with it.
pub struct Opened {
    /// The database.
    pub database: Database,
    /// Rules and scheme.
    pub library: Library,
    /// The day it is: a sample lives on its own.
    pub today: NaiveDate,
    /// Set for a sample.
    pub notice: Option<String>,
}

/// Opens a database that must be there.
pub fn open(place: &Where) -> Result<Opened, Trouble> {
    must_exist(place)?;
    open_or_make(place, false)
}

/// Refuses a folder without a database.
pub fn must_exist(place: &Where) -> Result<(), Trouble> {
    if place.database_url.is_none() && !place.dir.join(FILE).exists() {
        let problem =
            Problem::new("no_database", "这里没有数据库", "请核对 --dir，或先用 kapok demo --dir 造一个示例");
        return Err(problem.at(place.dir.display().to_string()).into());
    }
    Ok(())
}

/// Opens a database, making it and its key where there is none.
pub fn open_or_make(place: &Where, make: bool) -> Result<Opened, Trouble> {
    if make {
        let error = |error| Trouble::with("建不了文件夹", &place.dir, &error);
        std::fs::create_dir_all(&place.dir).map_err(error)?;
    }
    let at = address(place);
    // A key is made only with the database: for one that exists its own key has to be there.
    let file = key_file(place);
    let fresh = make && !file.exists() && !db::has_key(&at)?;
    let keys = Keys::from_file(&file, fresh)?;
    let database = Database::open(&at, keys, Clock::System)?.with_files(files(place));
    let (notice, sample_today) =
        database.read(|tx| Ok::<_, DbError>((tx.setting(SAMPLE)?, tx.setting(SAMPLE_TODAY)?)))?;
    let today = sample_today.and_then(|day| day.parse().ok()).unwrap_or_else(|| Clock::System.now().day());
    let library = Library::load(Some(&schemes(&place.dir)))?;
    Ok(Opened { database, library, today, notice })
}

/// Marks a database as a sample that lives on a day of its own.
pub fn mark_sample(tx: &mut db::Tx<'_>, notice: &str, today: NaiveDate) -> Result<(), DbError> {
    tx.set_setting(SAMPLE, notice)?;
    tx.set_setting(SAMPLE_TODAY, &today.to_string())
}

/// Writes a small file whole or not at all.
pub fn write_whole(path: &Path, text: &str) -> Result<(), Trouble> {
    let draft = path.with_extension("writing");
    let written = std::fs::write(&draft, text).and_then(|()| std::fs::rename(&draft, path));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&draft);
        Trouble::with("写不了文件", path, &error)
    })
}

/// The folder of rules and schemes that users may change.
pub fn schemes(dir: &Path) -> PathBuf {
    dir.join(SCHEMES)
}

/// Where the database is.
pub fn address(place: &Where) -> Place {
    place.database_url.clone().map_or_else(|| Place::File(place.dir.join(FILE)), Place::Url)
}

/// The file of its key.
pub fn key_file(place: &Where) -> PathBuf {
    place.key.clone().unwrap_or_else(|| place.dir.join(KEY))
}

/// The folder of uploaded files.
pub fn files(place: &Where) -> PathBuf {
    place.files.clone().unwrap_or_else(|| place.dir.join(FILES))
}

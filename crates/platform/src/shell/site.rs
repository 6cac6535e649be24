//! What the pages are made from: a database, the rules, the day.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use db::Database;

use crate::library::Library;

/// What the pages are made from. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    /// The records.
    pub database: Database,
    /// Counting rules and scheme.
    pub library: Arc<Library>,
    /// The day up to which is counted when nobody asks for another.
    pub today: NaiveDate,
    /// Set when the database is a sample: a sentence that every page shows.
    pub sample_notice: Option<String>,
    /// The address at which others reach the site, where it was told: `https://kapok.example`. It stands in issued reports.
    pub address: Option<String>,
    /// The folder with the files of a report: `report.pdf`, `manifest.json`, …
    pub report_dir: Option<PathBuf>,
    /// Whether it answers only to the names of this very machine.
    pub only_local: bool,
    /// Whether it is reached over TLS: its cookie then travels over nothing else.
    pub secure: bool,
}

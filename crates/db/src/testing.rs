//! A fresh database per test, on both backends.
//!
//! PostgreSQL's address comes from `KAPOK_TEST_POSTGRES`, which `make test` sets to a cluster of its own.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use kernel::{Clock, Moment};
use tempfile::TempDir;

use crate::{Database, Keys, Place};

/// The key of every test database.
pub const TEST_KEY: [u8; 32] = [7; 32];

/// A database that disappears when it is dropped.
pub struct Fresh {
    /// The open database.
    pub database: Database,
    /// Where it is.
    pub place: Place,
    _files: Option<TempDir>,
}

/// Runs a test on a fresh SQLite file and on a fresh PostgreSQL database.
pub fn each(clock: Clock, test: impl Fn(&Fresh)) {
    test(&sqlite(clock));
    test(&postgres(clock));
}

/// A fresh SQLite file.
#[must_use]
#[expect(clippy::expect_used, reason = "a test without its database has failed")]
pub fn sqlite(clock: Clock) -> Fresh {
    let files = TempDir::new().expect("a temporary folder");
    open(Place::File(files.path().join("kapok.db")), clock, Some(files))
}

/// A fresh PostgreSQL database, copied from a migrated template.
#[must_use]
#[expect(clippy::expect_used, reason = "a test without its database has failed")]
pub fn postgres(clock: Clock) -> Fresh {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var("KAPOK_TEST_POSTGRES")
        .expect("KAPOK_TEST_POSTGRES is set: run the tests with `make test`");
    let mut conn = PgConnection::establish(&format!("{server}/postgres")).expect("the test cluster runs");
    let process = std::process::id();
    let template = TEMPLATE.get_or_init(|| {
        let name = format!("kapok_template_{process}");
        conn.batch_execute(&format!("CREATE DATABASE {name}")).expect("a template");
        let url = format!("{server}/{name}");
        drop(open(Place::Url(url), Clock::Fixed(Moment::from_micros(0)), None));
        name
    });
    let name = format!("kapok_test_{process}_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    conn.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
        .expect("a copy of the template");
    let files = TempDir::new().expect("a temporary folder");
    let mut fresh = open(Place::Url(format!("{server}/{name}")), clock, None);
    fresh.database = fresh.database.with_files(files.path().join("files"));
    Fresh { _files: Some(files), ..fresh }
}

/// The address of a new, empty PostgreSQL database.
#[must_use]
#[expect(clippy::expect_used, reason = "a test without its database has failed")]
pub fn postgres_address(name: &str) -> String {
    let server = std::env::var("KAPOK_TEST_POSTGRES")
        .expect("KAPOK_TEST_POSTGRES is set: run the tests with `make test`");
    let mut conn = PgConnection::establish(&format!("{server}/postgres")).expect("the test cluster runs");
    let name = format!("kapok_{name}_{}", std::process::id());
    conn.batch_execute(&format!("CREATE DATABASE {name}")).expect("a new database");
    format!("{server}/{name}")
}

/// Makes a database look as if a newer version of the program had made it.
#[expect(clippy::expect_used, reason = "a test without its database has failed")]
pub fn pretend_newer(database: &Database) {
    let newer = "INSERT INTO schema_migrations (version, name, applied_at) VALUES (9999, 'later', 0)";
    let write = |tx: &mut crate::Tx<'_>| Ok::<_, crate::DbError>(tx.conn().batch_execute(newer)?);
    database.write(&kernel::Actor::Console, write).expect("a line in the table of migrations");
}

#[expect(clippy::expect_used, reason = "a test without its database has failed")]
fn open(place: Place, clock: Clock, files: Option<TempDir>) -> Fresh {
    let database = Database::open(&place, Keys::new(TEST_KEY), clock).expect("a fresh database opens");
    Fresh { database, place, _files: files }
}

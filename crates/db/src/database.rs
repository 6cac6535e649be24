//! Opening a database, and the one place where transactions begin and end.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use diesel::connection::SimpleConnection as _;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool, PooledConnection};
use diesel::{Connection, MultiConnection, PgConnection, SqliteConnection};
use kernel::{Actor, Clock, Problem};

use crate::{Contents, DbError, DbResult, Keys, Tx, audit, contents, keyring, migrate, sql};

/// A connection to either database.
#[derive(MultiConnection)]
pub enum AnyConnection {
    /// A file, by default.
    Sqlite(SqliteConnection),
    /// A server, for districts and cities.
    Postgres(PgConnection),
}

/// The backend of [`AnyConnection`]: a query for it is checked against both.
pub type AnyBackend = <AnyConnection as Connection>::Backend;

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// An SQLite file.
    File(PathBuf),
    /// The URL of a PostgreSQL database.
    Url(String),
}

impl Place {
    /// The form in which a connection is asked for.
    pub(crate) fn address(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Url(url) => url.clone(),
        }
    }

    /// The folder of files that belongs to it: beside a database's file; a server has none of its own.
    #[must_use]
    pub fn files(&self) -> Option<PathBuf> {
        match self {
            Self::File(path) => Some(path.with_file_name(contents::FOLDER)),
            Self::Url(_) => None,
        }
    }
}

/// An open database, migrated to this program's version. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    readers: Pool<ConnectionManager<AnyConnection>>,
    writers: Pool<ConnectionManager<AnyConnection>>,
    /// Under which everything is sealed; kept in the database, wrapped by the file's key.
    keys: Arc<Keys>,
    /// The key of the file: it wraps the other, and backups are sealed with it.
    file_keys: Arc<Keys>,
    /// Where content is kept that is too large for rows.
    files: Option<Arc<Path>>,
    clock: Clock,
}

impl Database {
    /// Opens the database, creating and migrating it where needed.
    ///
    /// # Errors
    /// The place cannot be reached or written, was made by a newer version, or belongs to another key.
    pub fn open(place: &Place, keys: Keys, clock: Clock) -> DbResult<Self> {
        let url = place.address();
        let writer_count = if matches!(place, Place::File(_)) { 1 } else { 8 };
        // A connection outside the pools first: a pool would try again for seconds before it says what is wrong.
        let mut conn = connect(place)?;
        migrate::run(&mut conn, clock.now())?;
        let data_keys = keyring::unlock(&mut conn, &keys)?;
        let database = Self {
            writers: pool(&url, writer_count)?,
            readers: pool(&url, 4)?,
            keys: Arc::new(data_keys),
            file_keys: Arc::new(keys),
            files: place.files().map(Into::into),
            clock,
        };
        audit::begin(&database)?;
        Ok(database)
    }

    /// The same, with content kept in this folder.
    #[must_use]
    pub fn with_files(self, folder: impl Into<PathBuf>) -> Self {
        Self { files: Some(folder.into().into()), ..self }
    }

    /// The content that records of this database speak of, kept in files.
    ///
    /// # Errors
    /// `no_files_folder`: a database on a server was opened without a folder for it.
    pub fn contents(&self) -> Result<Contents<'_>, Problem> {
        let folder = self.files.as_deref().ok_or_else(contents::no_folder)?;
        Ok(Contents::of(folder, &self.keys))
    }

    /// Runs a reading transaction: it sees one state of the database from beginning to end.
    ///
    /// # Errors
    /// What `work` returns, or what the database says.
    pub fn read<T, E: From<DbError>>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut conn = lease(&self.readers).map_err(E::from)?;
        begin(&mut conn, Mode::Read).map_err(E::from)?;
        let result = work(&mut Tx::reading(&mut conn, &self.keys, self.clock.now()));
        // Nothing was written, so a failure to end the transaction loses nothing: the pool drops the connection.
        let _ = conn.batch_execute("ROLLBACK");
        result
    }

    /// Runs a writing transaction as somebody. The rows and their audit lines are committed together, or not at all.
    ///
    /// # Errors
    /// What `work` returns, or what the database says; in both cases nothing is written.
    pub fn write<T, E: From<DbError>>(
        &self,
        actor: &Actor,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.written(Mode::Write, actor, work)
    }

    /// The same with nothing else written meanwhile: what is known at [`Tx::at`] is all that will ever be known to have been
    /// written by then. For what freezes; everybody else who writes waits.
    ///
    /// # Errors
    /// As [`Database::write`]; others wrote for longer than is waited.
    pub fn write_alone<T, E: From<DbError>>(
        &self,
        actor: &Actor,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.written(Mode::Alone, actor, work)
    }

    fn written<T, E: From<DbError>>(
        &self,
        mode: Mode,
        actor: &Actor,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut conn = lease(&self.writers).map_err(E::from)?;
        begin(&mut conn, mode).map_err(E::from)?;
        let mut tx = Tx::writing(&mut conn, &self.keys, actor.clone(), self.clock);
        let result = work(&mut tx).and_then(|value| {
            audit::append(&mut tx).map_err(E::from)?;
            Ok(value)
        });
        let end = if result.is_ok() { "COMMIT" } else { "ROLLBACK" };
        let ended = conn.batch_execute(end);
        let value = result?;
        ended.map_err(|error| E::from(error.into()))?;
        Ok(value)
    }

    /// The keys of this database.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The key of the file it was opened with: for backups, which must open without the database.
    pub(crate) fn file_keys(&self) -> &Keys {
        &self.file_keys
    }

    /// The pool of those that write.
    pub(crate) fn writers(&self) -> &Pool<ConnectionManager<AnyConnection>> {
        &self.writers
    }

    /// The clock it was opened with.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock
    }
}

/// A connection outside the pools.
pub(crate) fn connect(place: &Place) -> DbResult<AnyConnection> {
    let mut conn = AnyConnection::establish(&place.address())
        .map_err(|error| unreachable_database(&error.to_string()))?;
    conn.batch_execute(settings(&conn))?;
    Ok(conn)
}

enum Mode {
    Read,
    Write,
    Alone,
}

fn begin(conn: &mut AnyConnection, mode: Mode) -> DbResult<()> {
    let statement = match (&*conn, mode) {
        (AnyConnection::Sqlite(_), Mode::Write | Mode::Alone) => "BEGIN IMMEDIATE",
        (AnyConnection::Sqlite(_), Mode::Read) => "BEGIN DEFERRED",
        (AnyConnection::Postgres(_), Mode::Write) => sql::BEGIN_AMONG_OTHERS,
        (AnyConnection::Postgres(_), Mode::Alone) => sql::BEGIN_ALONE,
        (AnyConnection::Postgres(_), Mode::Read) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    };
    conn.batch_execute(statement).map_err(|error| {
        // It may have begun and waited in vain for what others hold.
        let _ = conn.batch_execute("ROLLBACK");
        error.into()
    })
}

#[derive(Debug)]
struct Settings;

impl CustomizeConnection<AnyConnection, diesel::r2d2::Error> for Settings {
    fn on_acquire(&self, conn: &mut AnyConnection) -> Result<(), diesel::r2d2::Error> {
        conn.batch_execute(settings(conn)).map_err(diesel::r2d2::Error::QueryError)
    }
}

fn settings(conn: &AnyConnection) -> &'static str {
    match conn {
        AnyConnection::Sqlite(_) => {
            "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
             PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000; PRAGMA secure_delete = ON;"
        }
        AnyConnection::Postgres(_) => {
            "SET client_min_messages = warning; SET timezone = 'UTC'; SET lock_timeout = '10s'"
        }
    }
}

fn pool(url: &str, size: u32) -> DbResult<Pool<ConnectionManager<AnyConnection>>> {
    Pool::builder()
        .max_size(size)
        .min_idle(Some(0))
        .test_on_check_out(false)
        .connection_timeout(std::time::Duration::from_secs(10))
        .connection_customizer(Box::new(Settings))
        .error_handler(Box::new(diesel::r2d2::NopErrorHandler))
        .build(ConnectionManager::new(url))
        .map_err(|error| unreachable_database(&error.to_string()))
}

/// A connection out of a pool.
pub(crate) fn lease(
    pool: &Pool<ConnectionManager<AnyConnection>>,
) -> DbResult<PooledConnection<ConnectionManager<AnyConnection>>> {
    pool.get().map_err(|error| unreachable_database(&error.to_string()))
}

fn unreachable_database(error: &str) -> DbError {
    Problem::new(
        "database_unreachable",
        format!("打不开数据库（{error}）"),
        "请检查文件夹是否存在、可写，或数据库地址、用户与密码是否正确",
    )
    .into()
}

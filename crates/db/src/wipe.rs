//! Wiping what was deleted: the pages on which it stood are written anew, and so is the log of changes.
//! Not here: what is deleted, and why. Backups made before keep what they hold.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Integer;
use kernel::Problem;

use crate::database::lease;
use crate::{AnyConnection, Database, DbResult};

#[derive(QueryableByName)]
struct Checkpoint {
    #[diesel(sql_type = Integer)]
    busy: i32,
}

impl Database {
    /// Writes a table's pages anew, so that nothing of rows deleted before is left in the database's files. SQLite writes
    /// the whole file and empties its log; PostgreSQL the table with what it keeps beside it, while its log of changes
    /// goes on until it is recycled.
    ///
    /// # Errors
    /// Somebody else reads just then, or what the database says. It can be done again.
    pub fn wipe(&self, table: &'static str) -> DbResult<()> {
        let mut conn = lease(self.writers())?;
        match &mut *conn {
            AnyConnection::Postgres(conn) => Ok(conn.batch_execute(&format!("VACUUM (FULL) {table}"))?),
            AnyConnection::Sqlite(conn) => {
                conn.batch_execute("VACUUM")?;
                let done: Checkpoint = sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result(conn)?;
                if done.busy == 0 {
                    return Ok(());
                }
                let what = "数据库正被别的程序读着，旧页没有全部清除";
                Err(Problem::new("wipe_busy", what, "请稍后再试一次").into())
            }
        }
    }
}

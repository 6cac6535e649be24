//! Which key opens a database: a data key of its own, which the file's key wraps, so that the file's key is changed without
//! sealing anything again. In databases from before there were data keys it is the file's key itself.

use diesel::sql_types::{BigInt, Text};
use diesel::{Connection as _, QueryableByName, RunQueryDsl as _, sql_query};
use kernel::{Actor, Clock, Problem};
use serde_json::json;

use crate::database::connect;
use crate::{AnyConnection, Database, DbResult, Event, Keys, Place, Tx, WHOLE, files, sql};

mod file;
#[cfg(test)]
mod tests;

pub use file::rotate_file;

const FINGERPRINT: &str = "key_fingerprint";
const DATA_KEY: &str = "data_key";

/// Puts a new key in place of the old one, in one transaction: the data key is wrapped anew, nothing sealed is touched,
/// and an audit line of the whole says so. A program that has the database open goes on; it opens again with the new key.
///
/// # Errors
/// The place cannot be opened with the old key, or the new key is the old one (`key_same`).
pub fn rotate(place: &Place, old: &Keys, new: &Keys, clock: Clock) -> DbResult<()> {
    let (before, after) = (old.fingerprint(), new.fingerprint());
    if before == after {
        return Err(Problem::new("key_same", "新密钥与旧密钥相同", "请先造一把新密钥").into());
    }
    let database = Database::open(place, old.clone(), clock)?;
    let wrapped = database.keys().wrapped_by(new).ok_or_else(no_chance)?;
    database.write(&Actor::Console, |tx| {
        // The condition holds two rotations at once apart: the second finds another fingerprint.
        let changed =
            sql_query("UPDATE settings SET value = $1 WHERE name = 'key_fingerprint' AND value = $2")
                .bind::<Text, _>(&after)
                .bind::<Text, _>(&before)
                .execute(tx.conn())?;
        if changed != 1 {
            return Err(rotated().into());
        }
        tx.set_setting(DATA_KEY, &wrapped)?;
        let detail = Some(json!({ "fingerprint": [before, after] }));
        tx.event(WHOLE, Event { verb: "keys.rotate", kind: "key", detail, ..Event::default() })
    })
}

/// Holds a database to the key it was made with, or gives it to this one where it has none yet, and gives the keys under
/// which everything in it is sealed.
pub(crate) fn unlock(conn: &mut AnyConnection, file: &Keys) -> DbResult<Keys> {
    if sql::setting(conn, FINGERPRINT)?.is_none() {
        conn.transaction(|conn| take(conn, file))?;
    }
    match sql::setting(conn, FINGERPRINT)? {
        Some(wanted) if wanted != file.fingerprint() => return Err(wrong_key(&wanted, file).into()),
        _ => {}
    }
    match sql::setting(conn, DATA_KEY)? {
        None => Ok(file.clone()),
        Some(wrapped) => file.unwrap_key(&wrapped).ok_or_else(|| damaged().into()),
    }
}

/// Gives a new database its data key. Of two programs that open it at once, one does; the other waits and finds it done.
fn take(conn: &mut AnyConnection, file: &Keys) -> DbResult<()> {
    let taken = sql_query("INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
        .bind::<Text, _>(FINGERPRINT)
        .bind::<Text, _>(file.fingerprint())
        .execute(conn)?;
    if taken == 1 {
        let wrapped = Keys::by_chance().and_then(|data| data.wrapped_by(file)).ok_or_else(no_chance)?;
        sql::set_setting(conn, DATA_KEY, &wrapped)?;
    }
    Ok(())
}

/// Whether a database belongs to a key already, so that none may be made for it. Nothing is changed.
///
/// # Errors
/// The place cannot be reached.
pub fn has_key(place: &Place) -> DbResult<bool> {
    if matches!(place, Place::File(path) if !path.exists()) {
        return Ok(false);
    }
    let mut conn = connect(place)?;
    let there = match &conn {
        AnyConnection::Sqlite(_) => "SELECT COUNT(*) AS count FROM sqlite_master WHERE name = 'settings'",
        AnyConnection::Postgres(_) => {
            "SELECT COUNT(*) AS count FROM pg_class \
             WHERE relname = 'settings' AND relnamespace = current_schema()::regnamespace"
        }
    };
    let there: Count = sql_query(there).get_result(&mut conn)?;
    Ok(there.count > 0 && sql::setting(&mut conn, FINGERPRINT)?.is_some())
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Refuses where the key was changed since this program opened the database: a backup would be sealed with a key that
/// does not open what is in it.
pub(crate) fn still_current(tx: &mut Tx<'_>, file: &Keys) -> DbResult<()> {
    match tx.setting(FINGERPRINT)? {
        Some(wanted) if wanted != file.fingerprint() => Err(rotated().into()),
        _ => Ok(()),
    }
}

fn wrong_key(wanted: &str, given: &Keys) -> Problem {
    if let Some(file) = given.file() {
        let new = files::with_suffix(file, file::NEW);
        if Keys::from_file(&new, false).is_ok_and(|new| new.fingerprint() == wanted) {
            let remedy = format!(
                "请先把 {} 另存（旧备份还要用它），再把 {} 改名为 {}；或者再执行一次更换密钥，由程序做完",
                file.display(),
                new.display(),
                file.display()
            );
            let what = "上次更换密钥没有做完：数据库已经换成新密钥，密钥文件还是旧的";
            return Problem::new("key_rotation_unfinished", what, remedy).at(new.display().to_string());
        }
    }
    let given = given.fingerprint();
    Problem::new(
        "key_wrong",
        format!("密钥不是这个数据库的（数据库要的密钥指纹是 {wanted}，给的是 {given}）"),
        "请换回原来的密钥文件；数据库未作任何改动",
    )
}

fn rotated() -> Problem {
    Problem::new("key_rotated", "数据库的密钥刚刚换过", "请重新启动程序，用新的密钥文件再做一次")
}

fn damaged() -> Problem {
    Problem::new("data_key_damaged", "数据库里的数据密钥被改动过，加密的内容读不出来", "请从最近的备份恢复")
}

fn no_chance() -> Problem {
    Problem::new("no_chance", "系统给不出随机数，密钥没有造成", "请检查系统")
}

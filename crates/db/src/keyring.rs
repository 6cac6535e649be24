//! Which key opens a database: the file's key itself, or a data key that the file's key wraps. The latter is so once
//! the file's key was changed, so that nothing has to be sealed again.

use kernel::Problem;

use crate::{AnyConnection, DbResult, Keys, sql};

const FINGERPRINT: &str = "key_fingerprint";
const DATA_KEY: &str = "data_key";

/// Holds a database to the key it was made with, or takes this one where it has none yet, and gives the keys under
/// which everything in it is sealed.
pub(crate) fn unlock(conn: &mut AnyConnection, file: &Keys) -> DbResult<Keys> {
    let fingerprint = file.fingerprint();
    match sql::setting(conn, FINGERPRINT)? {
        None => sql::set_setting(conn, FINGERPRINT, &fingerprint)?,
        Some(wanted) if wanted == fingerprint => {}
        Some(wanted) => return Err(wrong_key(&wanted, &fingerprint).into()),
    }
    match sql::setting(conn, DATA_KEY)? {
        None => Ok(file.clone()),
        Some(wrapped) => file.unwrap_key(&wrapped).ok_or_else(|| damaged().into()),
    }
}

/// The problem of a key that is not the one wanted.
pub(crate) fn wrong_key(wanted: &str, given: &str) -> Problem {
    Problem::new(
        "key_wrong",
        format!("密钥不是这个数据库的（数据库要的密钥指纹是 {wanted}，给的是 {given}）"),
        "请换回原来的密钥文件；数据库未作任何改动",
    )
}

fn damaged() -> Problem {
    Problem::new("data_key_damaged", "数据库里的数据密钥被改动过，加密的内容读不出来", "请从最近的备份恢复")
}

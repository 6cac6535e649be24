//! Changing the key in its file: in steps of which each may be the last before a crash, and which go on where they stopped.

use std::io;
use std::path::Path;

use kernel::{Clock, Problem};

use super::rotate;
use crate::database::connect;
use crate::{DbResult, Keys, Place, files, sql};

/// After the key file's name: the new key, until it takes the old one's place.
pub(super) const NEW: &str = ".new";

/// Changes the key of a database and of its key file: writes a new key beside the file (`KEY.new`), puts it into the
/// database, keeps the old one as `KEY.old-FINGERPRINT`, for the backups that were made with it, and lets the new one
/// take its name. Called again after a crash it goes on where it stopped. Gives the new keys.
///
/// # Errors
/// As [`rotate`]; or a file cannot be read or written.
pub fn rotate_file(place: &Place, key: &Path, clock: Clock) -> DbResult<Keys> {
    let old = Keys::from_file(key, false)?;
    let beside = files::with_suffix(key, NEW);
    let new = Keys::from_file(&beside, true)?;
    // The new key must not be lost once the database asks for it.
    files::sync_folder(&beside).map_err(|error| unwritable(&beside, &error))?;
    let wanted = sql::setting(&mut connect(place)?, super::FINGERPRINT)?;
    if wanted.as_deref() != Some(&new.fingerprint()) {
        rotate(place, &old, &new, clock)?;
    }
    let kept = files::with_suffix(key, &format!(".old-{}", old.fingerprint()));
    take_place(key, &beside, &kept).map_err(|error| unwritable(key, &error))?;
    Ok(Keys::from_file(key, false)?)
}

/// Copies the old key away before the new one takes its name, so that at no moment there is no key file.
fn take_place(key: &Path, new: &Path, kept: &Path) -> io::Result<()> {
    std::fs::copy(key, kept)?;
    std::fs::File::open(kept)?.sync_all()?;
    files::sync_folder(kept)?;
    std::fs::rename(new, key)?;
    files::sync_folder(key)
}

fn unwritable(path: &Path, error: &io::Error) -> Problem {
    Problem::new(
        "key_unwritable",
        format!("写不了密钥文件：{error}"),
        "请检查文件夹权限，再执行一次更换密钥，程序会接着做完",
    )
    .at(path.display().to_string())
}

//! Content outside the database: a file for each different content, sealed with the database's data key and named by a
//! keyed hash, so that the folder tells nothing. Not here: which record has which content, nor what it is.
//!
//! A file is written whole before a row may speak of it and never changed after, so one state of the database finds
//! all its files at any later moment. One that no row speaks of, since the write after it failed, does no harm.

use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use kernel::Problem;
use sha2::{Digest as _, Sha256};

use crate::chunks::{OpenReader, Seal, SealWriter};
use crate::keys::{decode, encode};
use crate::{Keys, files};

#[cfg(test)]
mod tests;

/// The folder's name beside a database's file.
pub(crate) const FOLDER: &str = "files";
/// The first line of every file.
const MAGIC: &[u8] = b"KAPOK-FILE 1\n";
const SALT: usize = 16;

/// The content of a database, kept in a folder.
#[derive(Clone, Copy)]
pub struct Contents<'d> {
    folder: &'d Path,
    keys: &'d Keys,
}

impl<'d> Contents<'d> {
    pub(crate) fn of(folder: &'d Path, keys: &'d Keys) -> Self {
        Self { folder, keys }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder
    }

    /// Keeps content and gives its SHA-256 in hexadecimal. The same content twice is kept once; a file that was damaged
    /// since is made whole again.
    ///
    /// # Errors
    /// `disk_full` or `files_unwritable`; nothing is left behind then.
    pub fn put(&self, content: &[u8]) -> Result<String, Problem> {
        let hash = encode(&Sha256::digest(content));
        if self.get(&hash).is_ok() {
            return Ok(hash);
        }
        let path = self.path(&hash);
        self.write(&path, &hash, content).map_err(|error| unwritable(self.folder, &error))?;
        Ok(hash)
    }

    /// The content of this hash.
    ///
    /// # Errors
    /// `content_missing`, `content_altered` or `content_unreadable`.
    pub fn get(&self, hash: &str) -> Result<Vec<u8>, Problem> {
        let path = self.path(hash);
        let at = |problem: Problem| problem.at(path.display().to_string());
        self.read(&path, hash).map_err(|error| at(fault(&error)))
    }

    /// Whether there is a file for the content of this hash; what is in it, [`Contents::get`] finds.
    #[must_use]
    pub fn has(&self, hash: &str) -> bool {
        self.path(hash).is_file()
    }

    fn path(&self, hash: &str) -> PathBuf {
        let name = self.keys.lookup("contents", hash);
        let (first, rest) = name.split_at(2);
        self.folder.join(first).join(rest)
    }

    fn seal(&self, salt: [u8; SALT], hash: &str) -> io::Result<Seal> {
        let bound =
            decode(hash).and_then(|bound| bound.try_into().ok()).ok_or(io::ErrorKind::InvalidInput)?;
        Ok(Seal::new(&self.keys.derive("contents"), salt, bound, altered))
    }

    fn write(&self, path: &Path, hash: &str, content: &[u8]) -> io::Result<()> {
        let mut salt = [0; SALT];
        getrandom::fill(&mut salt).map_err(io::Error::other)?;
        files::make_folder(path.parent().unwrap_or(self.folder))?;
        let mut file = files::beside(path)?;
        file.write_all(MAGIC)?;
        file.write_all(&salt)?;
        let mut sealed = SealWriter::new(&mut file, self.seal(salt, hash)?);
        sealed.write_all(content)?;
        sealed.finish()?;
        files::replace(file, path)
    }

    fn read(&self, path: &Path, hash: &str) -> io::Result<Vec<u8>> {
        let mut file = io::BufReader::new(std::fs::File::open(path)?);
        let mut head = [0; MAGIC.len() + SALT];
        file.read_exact(&mut head)?;
        let (magic, salt) = head.split_at(MAGIC.len());
        let salt: [u8; SALT] = salt.try_into().map_err(io::Error::other)?;
        if magic != MAGIC {
            return Err(io::Error::other(altered()));
        }
        let mut content = Vec::new();
        OpenReader::new(file, self.seal(salt, hash)?).read_to_end(&mut content)?;
        let same = encode(&Sha256::digest(&content)) == hash;
        if same { Ok(content) } else { Err(io::Error::other(altered())) }
    }
}

/// The names of the files in a folder, `ab/cd…`, in order; what is no name of ours is passed over.
pub(crate) fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    if !folder.is_dir() {
        return Ok(names);
    }
    for first in std::fs::read_dir(folder)? {
        let first = first?;
        if !first.file_type()?.is_dir() {
            continue;
        }
        for rest in std::fs::read_dir(first.path())? {
            let path = [first.file_name(), rest?.file_name()].map(|part| part.to_string_lossy().into_owned());
            names.extend(Some(path.join("/")).filter(|name| is_name(name)));
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// Whether a name is one that this program gives: two and 62 hexadecimal digits, and so no way out of the folder.
pub(crate) fn is_name(name: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    name.split_once('/')
        .is_some_and(|(first, rest)| first.len() == 2 && rest.len() == 62 && digits(first) && digits(rest))
}

pub(crate) fn no_folder() -> Problem {
    let remedy = "请管理员用 --files 指明一个文件夹后重新启动；它要和数据库一起备份";
    Problem::new("no_files_folder", "还没有指定存放文件的文件夹，文件没有保存", remedy)
}

fn altered() -> Problem {
    let remedy = "请管理员从备份恢复；手上有原来的文件时，重新附上一次也会修复";
    Problem::new("content_altered", "文件的内容被改动过或已损坏，打不开", remedy)
}

/// From reading: what one of our readers passed on, or what the system says.
fn fault(error: &io::Error) -> Problem {
    if let Some(problem) = error.get_ref().and_then(|inner| inner.downcast_ref::<Problem>()) {
        return problem.clone();
    }
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            let remedy = "请管理员核对存放文件的文件夹，必要时从备份恢复";
            Problem::new("content_missing", "存放文件的文件夹里没有这份文件", remedy)
        }
        io::ErrorKind::UnexpectedEof => altered(),
        _ => Problem::new("content_unreadable", format!("读不了文件：{error}"), "请管理员检查文件夹权限"),
    }
}

fn unwritable(folder: &Path, error: &io::Error) -> Problem {
    let problem = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Problem::new("disk_full", "磁盘已满，文件没有保存", "请管理员腾出空间后再试")
        }
        _ => {
            let what = format!("文件没有保存，存放文件的文件夹写不进去：{error}");
            Problem::new("files_unwritable", what, "请管理员检查这个文件夹是否可写")
        }
    };
    problem.at(folder.display().to_string())
}

//! Heads of the chains kept outside the database: a file of them, or the header of a backup. They find what no look at the
//! database alone can. Not the comparison itself.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;

use kernel::{Moment, Problem};

use super::AuditHead;
use crate::keys::{encode, mac};
use crate::{Database, DbResult, Keys, Tx, backup};

/// Bytes a file of heads may have: some hundred for each chain.
const LIMIT: u64 = 64 << 20;

/// A file of heads. Bound by a keyed hash: one that was altered is no anchor.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct HeadsFile {
    kapok_audit_heads: u64,
    at: i64,
    /// Which database: the fingerprint of its data key.
    database: String,
    heads: Vec<AuditHead>,
    mac: String,
}

/// Heads read from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptHeads {
    /// The state they are of.
    pub at: Moment,
    /// Where each chain ended then.
    pub heads: Vec<AuditHead>,
    /// Whether the key at hand shows that nobody altered them: not so for a backup made under another key.
    pub proven: bool,
}

impl Tx<'_> {
    /// The heads of all chains as a file to be kept elsewhere, in JSON.
    ///
    /// # Errors
    /// What the database says.
    pub fn heads_file(&mut self) -> DbResult<serde_json::Value> {
        let heads = self.audit_heads()?;
        let (at, keys) = (self.at().micros(), self.keys());
        let mac = hash(keys, at, &heads);
        let file = HeadsFile { kapok_audit_heads: 1, at, database: keys.fingerprint(), heads, mac };
        Ok(serde_json::to_value(file).unwrap_or_default())
    }
}

impl Database {
    /// The heads that a file holds: one that [`Tx::heads_file`] wrote, or a backup.
    ///
    /// # Errors
    /// A [`Problem`]: it cannot be read, is neither, was altered, or is of another database.
    pub fn kept_heads(&self, path: &Path) -> DbResult<KeptHeads> {
        let unreadable = |error: &std::io::Error| {
            Problem::new("heads_unreadable", format!("读不了文件：{error}"), "请核对文件名和权限")
                .at(path.display().to_string())
        };
        let file = File::open(path).map_err(|error| unreadable(&error))?;
        let mut reader = BufReader::new(file);
        if std::io::BufRead::fill_buf(&mut reader).map_err(|error| unreadable(&error))?.starts_with(b"KAPOK-")
        {
            let (header, proven) = backup::proven_header(reader, self.file_keys())
                .map_err(|problem| problem.at(path.display().to_string()))?;
            return Ok(KeptHeads { at: header.moment(), heads: header.heads, proven });
        }
        let mut text = Vec::new();
        reader.take(LIMIT).read_to_end(&mut text).map_err(|error| unreadable(&error))?;
        parsed(&text, self.keys()).map_err(|problem| problem.at(path.display().to_string()).into())
    }
}

fn parsed(text: &[u8], keys: &Keys) -> Result<KeptHeads, Problem> {
    let file: HeadsFile = serde_json::from_slice(text)
        .ok()
        .filter(|file: &HeadsFile| file.kapok_audit_heads == 1)
        .ok_or_else(|| {
            let remedy = "请给一份备份，或 kapok audit heads 写出的文件";
            Problem::new("heads_unknown", "这个文件里没有审计链的链尾", remedy)
        })?;
    if file.database != keys.fingerprint() {
        let what = "这份链尾是另一个数据库的";
        return Err(Problem::new("heads_foreign", what, "请核对 --dir 和文件是不是同一个数据库的"));
    }
    if hash(keys, file.at, &file.heads) != file.mac {
        let remedy = "请换一份没有人动过的：它要放在改得了数据库的人碰不到的地方";
        return Err(Problem::new("heads_altered", "这份链尾被改动过", remedy));
    }
    Ok(KeptHeads { at: Moment::from_micros(file.at), heads: file.heads, proven: true })
}

fn hash(keys: &Keys, at: i64, heads: &[AuditHead]) -> String {
    let heads = serde_json::to_vec(heads).unwrap_or_default();
    encode(&mac(&keys.derive("audit-heads-file"), &[&at.to_be_bytes(), &heads]))
}

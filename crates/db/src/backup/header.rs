//! The head of a backup file, in clear: what it holds and which key opens it, known before anything is opened.

use std::io::{BufRead, Read as _, Write};

use kernel::{Moment, Problem};
use sha2::{Digest as _, Sha256};

use super::faults;
use crate::chunks::Seal;
use crate::{AuditHead, Keys};

/// The first line of every backup.
const MAGIC: &str = "KAPOK-BACKUP\n";
/// The version of the format this program writes, and the newest it reads.
pub(super) const FORMAT: u64 = 2;
/// Bytes a header may have: some hundred for each table and each station's chain.
const LIMIT: u64 = 64 << 20;

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Header {
    /// The version of the format.
    pub format: u64,
    /// The number of the last migration of the database.
    pub schema: u64,
    /// The state it holds, in UTC microseconds.
    pub at: i64,
    /// The fingerprint of the key that opens it.
    pub key: String,
    /// Chance that makes the nonces of this file its own: 16 bytes in hexadecimal.
    pub salt: String,
    /// Where every audit chain ended.
    pub heads: Vec<AuditHead>,
    /// The tables with the number of their rows.
    pub rows: Vec<(String, u64)>,
    /// How many files of content go along; none in a backup of format 1.
    #[serde(default)]
    pub files: u64,
}

impl Header {
    /// The moment whose state the backup holds.
    #[must_use]
    pub fn moment(&self) -> Moment {
        Moment::from_micros(self.at)
    }

    /// The number of rows in all tables.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.rows.iter().map(|(_, count)| count).sum()
    }

    /// How the chunks after it are sealed.
    pub(super) fn seal(&self, keys: &Keys, hash: HeaderHash) -> Result<Seal, Problem> {
        let salt = crate::keys::decode(&self.salt).and_then(|salt| salt.try_into().ok());
        Ok(Seal::new(&keys.derive("backup"), salt.ok_or_else(faults::altered)?, hash, faults::altered))
    }
}

/// SHA-256 over the header's line: bound to every chunk, so that a header altered in clear is found.
pub(super) type HeaderHash = [u8; 32];

pub(super) fn write(header: &Header, to: &mut impl Write) -> std::io::Result<HeaderHash> {
    let line = serde_json::to_string(header)?;
    to.write_all(MAGIC.as_bytes())?;
    writeln!(to, "{line}")?;
    Ok(Sha256::digest(&line).into())
}

pub(super) fn read(from: &mut impl BufRead) -> Result<(Header, HeaderHash), Problem> {
    let mut magic = Vec::new();
    let begun = from.take(MAGIC.len() as u64).read_to_end(&mut magic);
    begun.map_err(|error| faults::reading(&error))?;
    if magic != MAGIC.as_bytes() {
        let cut = MAGIC.as_bytes().starts_with(&magic);
        return Err(if cut { faults::cut() } else { faults::unknown() });
    }
    let mut line = Vec::new();
    from.take(LIMIT).read_until(b'\n', &mut line).map_err(|error| faults::reading(&error))?;
    if line.pop() != Some(b'\n') {
        return Err(faults::cut());
    }
    let value: serde_json::Value = serde_json::from_slice(&line).map_err(|_| faults::altered())?;
    match value["format"].as_u64() {
        Some(format) if format > FORMAT => return Err(faults::newer("格式", format, FORMAT)),
        Some(_) => {}
        None => return Err(faults::altered()),
    }
    let header = serde_json::from_value(value).map_err(|_| faults::altered())?;
    Ok((header, Sha256::digest(&line).into()))
}

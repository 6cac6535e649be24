//! The answers of a round while its survey is open: one sealed value, sorted by codes of chance, without a person.
//!
//! An answer's code is told once to whoever entered it and is kept nowhere else: with it alone one answer can be taken back.

use db::{DbError, DbResult, Tx};
use kernel::{Id, Problem};
use rules::survey::Entry;
use serde::{Deserialize, Serialize};

use super::store;
use crate::access::new_secret;

/// So many characters a code has: 48 bits of chance.
const CODE: usize = 12;

/// An answer that is kept, with its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) code: String,
    pub(super) entry: Entry,
}

/// All of a sample, by code.
pub(super) fn all(tx: &mut Tx<'_>, sample: Id) -> DbResult<Vec<Kept>> {
    let Some(content) = store::content_of(tx, sample)? else { return Ok(Vec::new()) };
    serde_json::from_str(&content).map_err(|_| {
        DbError::from(Problem::new("broken_answers", "问卷读不出来，没有改动", "请从备份恢复，或联系管理员"))
    })
}

/// Puts an answer to the others; its code, in groups of four.
pub(super) fn put(tx: &mut Tx<'_>, sample: Id, entry: Entry) -> DbResult<String> {
    let mut kept = all(tx, sample)?;
    let code = loop {
        let code: String = new_secret()?.to_uppercase().chars().take(CODE).collect();
        if kept.iter().all(|one| one.code != code) {
            break code;
        }
    };
    kept.push(Kept { code: code.clone(), entry });
    write(tx, sample, kept)?;
    Ok(format!("{}-{}-{}", &code[..4], &code[4..8], &code[8..]))
}

/// Takes the answer with a code away again; false where there is none.
pub(in crate::evaluation::sample) fn take_back(tx: &mut Tx<'_>, sample: Id, code: &str) -> DbResult<bool> {
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    let mut kept = all(tx, sample)?;
    let before = kept.len();
    kept.retain(|one| one.code != code);
    let gone = kept.len() < before;
    if gone {
        write(tx, sample, kept)?;
    }
    Ok(gone)
}

fn write(tx: &mut Tx<'_>, sample: Id, mut kept: Vec<Kept>) -> DbResult<()> {
    kept.sort_by(|one, other| one.code.cmp(&other.code));
    let content = serde_json::to_string(&kept).unwrap_or_default();
    store::put_content(tx, sample, &content)
}

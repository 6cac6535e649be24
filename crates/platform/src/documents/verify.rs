//! Whether every content that a document speaks of is kept, and is what was uploaded.

use std::collections::BTreeMap;

use db::{Database, DbResult};
use kernel::{Id, Problem};

use super::find;

/// What came of looking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many documents there are, withdrawn ones too.
    pub documents: usize,
    /// How many different contents.
    pub files: usize,
    /// What is not as it should be.
    pub lost: Vec<Lost>,
}

/// A content that is missing, altered or cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The first document that has it.
    pub document: Id,
    /// What that is called.
    pub title: String,
    /// The hash.
    pub sha256: String,
    /// What is wrong.
    pub problem: Problem,
}

/// Reads every content and holds it to its hash; tells how many are done, and of how many.
///
/// # Errors
/// What the database says, or there is no folder of files.
pub fn verify(database: &Database, progress: &mut dyn FnMut(u64, u64)) -> DbResult<Verified> {
    let (documents, contents) = contents(database)?;
    let (mut lost, mut done, total) = (Vec::new(), 0, contents.len() as u64);
    for (sha256, (document, title)) in &contents {
        if let Err(problem) = database.contents()?.get(sha256) {
            lost.push(Lost { document: *document, title: title.clone(), sha256: sha256.clone(), problem });
        }
        done += 1;
        progress(done, total);
    }
    Ok(Verified { documents, files: contents.len(), lost })
}

/// How many contents have no file at all, which is found without reading any.
///
/// # Errors
/// What the database says, or there is no folder of files.
pub fn missing(database: &Database) -> DbResult<usize> {
    let (_, contents) = contents(database)?;
    let mut missing = 0;
    for sha256 in contents.keys() {
        missing += usize::from(!database.contents()?.has(sha256));
    }
    Ok(missing)
}

/// Each content by its hash, with the first document that has it and what that is called.
type ByHash = BTreeMap<String, (Id, String)>;

/// How many documents there are, and their contents.
fn contents(database: &Database) -> DbResult<(usize, ByHash)> {
    let all = database.read(find::every)?;
    let documents = all.len();
    let mut contents = ByHash::new();
    for (id, title, sha256) in all {
        contents.entry(sha256).or_insert((id, title));
    }
    Ok((documents, contents))
}

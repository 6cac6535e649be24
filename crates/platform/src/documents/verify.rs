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
    /// The first document, or issued paper, that has it.
    pub document: Id,
    /// What that is called.
    pub title: String,
    /// The hash.
    pub sha256: String,
    /// What is wrong.
    pub problem: Problem,
}

/// A content that something speaks of: what that is, what it is called, the hash.
pub type Spoken = (Id, String, String);

/// Reads every content and holds it to its hash; tells how many are done, and of how many. `also` are those that others than
/// documents speak of.
///
/// # Errors
/// What the database says, or there is no folder of files.
pub fn verify(
    database: &Database,
    also: Vec<Spoken>,
    progress: &mut dyn FnMut(u64, u64),
) -> DbResult<Verified> {
    let (documents, contents) = contents(database, also)?;
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
pub fn missing(database: &Database, also: Vec<Spoken>) -> DbResult<usize> {
    let (_, contents) = contents(database, also)?;
    let mut missing = 0;
    for sha256 in contents.keys() {
        missing += usize::from(!database.contents()?.has(sha256));
    }
    Ok(missing)
}

/// Each content by its hash, with the first document that has it and what that is called.
type ByHash = BTreeMap<String, (Id, String)>;

/// How many documents there are, and their contents.
fn contents(database: &Database, also: Vec<Spoken>) -> DbResult<(usize, ByHash)> {
    let all = database.read(find::every)?;
    let documents = all.len();
    let mut contents = ByHash::new();
    for (id, title, sha256) in all.into_iter().chain(also) {
        contents.entry(sha256).or_insert((id, title));
    }
    Ok((documents, contents))
}

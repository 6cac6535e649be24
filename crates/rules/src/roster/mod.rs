//! The official roster of who should have a file: read from the table that people send, compared with the files.
//!
//! Pure: bytes and facts in, rows and differences out. Not here: applying a difference, undoing it, and storing
//! either (clients).

mod columns;
mod compare;
mod coverage;
mod difference;
mod facts;
mod matching;
mod merge;
mod read;
mod reconcile;
mod row;
#[cfg(test)]
mod tests;

pub use coverage::{CommunityCoverage, Coverage, coverage};
pub use difference::{Difference, Field, Kind, MatchedBy};
pub use facts::{FilePerson, Keys, community_key};
pub use read::read;
pub use reconcile::reconcile;
pub use row::{CellProblem, Faulty, Roster, Row, RowRef, State};

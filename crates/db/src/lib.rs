//! Connections, transactions, versions, sealing and the audit chain, on SQLite and PostgreSQL.
//!
//! Every difference between the two databases is in this crate, one branch per backend; it knows no table of the
//! domain. Stores are plain synchronous functions on a [`Tx`]; [`Database::read`] and [`Database::write`] are the
//! only places that open and end a transaction.

mod audit;
pub mod backup;
mod chunks;
mod contents;
mod database;
mod error;
mod files;
mod keyring;
mod keys;
pub mod list;
mod migrate;
mod record;
pub mod search;
mod sealed;
pub mod sql;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod tx;
mod wipe;

pub use audit::{
    AuditEntry, AuditFault, AuditHead, AuditLine, AuditQuery, Event, FaultKind, KeptHeads, Ranges, WHOLE,
};
pub use contents::Contents;
pub use database::{AnyBackend, AnyConnection, Database, Place};
pub use error::{DbError, DbResult};
pub use keyring::{has_key, rotate, rotate_file};
pub use keys::Keys;
pub use record::{Base, FOREVER, Record, Stamp, Within};
pub use sealed::{SealError, Sealed};
pub use tx::Tx;

#[doc(hidden)]
pub use diesel;

//! Counting rules: data, not code. From one rule come the total, the breakdown, the list and its digest.
//!
//! A rule names a kind of record, what is counted, under which conditions and by which date, in fields that the
//! slices declare in the [`Catalogue`]. This module parses rules and says what is wrong with them, decides whether
//! a record is counted, and adds up. Where the rows come from (a database, or the file beside a report) is not its
//! concern: both give the same [`Row`]s.

mod book;
mod catalogue;
mod derive;
mod parse;
mod read_out;
mod rule;
mod rule_file;
mod tally;
#[cfg(test)]
mod tests;
mod value;

pub use book::Book;
pub use catalogue::{Catalogue, Field, FieldType, Kind, WordList};
pub use derive::{Derivation, Operand};
pub use read_out::read_out;
pub use rule::{Basis, Condition, Count, Rule, Test, Window};
pub use rule_file::{Figure, RuleSet, place_in, table_in};
pub use tally::{By, Group, Tally, digest, row_digest, scaled, tally, value};
pub use value::{Row, counts};

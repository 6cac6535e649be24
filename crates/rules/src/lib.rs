//! The formulas: facts in, numbers or findings out. No connection, no clock, no chance.

pub mod counting;
pub mod pace;
pub mod recusal;
pub mod sampling;
pub mod scoring;
pub mod survey;
pub mod wording;

pub mod identity;
pub mod codes;
pub mod contacts;
pub mod names;
pub mod book;
pub mod roster;
pub mod regions;

pub mod checks;

//! One file per command.

pub mod check;
pub mod demo;
pub mod figure;
pub mod indicators;
pub mod report;
pub mod result;
pub mod serve;
pub mod verify;

//! One file per command.

pub mod audit;
pub mod backup;
pub mod check;
pub mod demo;
pub mod documents;
pub mod figure;
pub mod indicators;
pub mod key;
pub mod report;
pub mod result;
pub mod routes;
pub mod sample;
pub mod serve;
pub mod transfer;
pub mod user;
pub mod verify;

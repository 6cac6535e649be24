//! Checks: what cannot be true. Here the checks of a report's text; nothing here reads a file or a database.

pub mod text;

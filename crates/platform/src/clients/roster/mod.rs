//! The official roster against the household files, on screen: a file is read and kept sealed, its differences are
//! shown, applied by whoever may, and undone.
//! Not here: reading the file and telling the differences (`rules::roster`).

mod apply;
mod book;
mod content;
mod find;
mod limits;
mod newcomers;
mod pages;
mod routes;
mod store;
#[cfg(test)]
mod tests;
mod undo;
mod write;

pub(super) use routes::routes;

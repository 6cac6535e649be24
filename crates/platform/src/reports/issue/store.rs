//! The tables of issued papers. All SQL on them is here.

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};
use rules::scoring::Paper;

use crate::documents::Spoken;

diesel::table! {
    issued_papers (id) {
        id -> Text,
        station_id -> Text,
        round -> Text,
        paper -> Text,
        seal -> Text,
        manifest_sha256 -> Text,
        issued_by -> Text,
        issued_at -> BigInt,
    }
}

diesel::table! {
    issued_files (paper_id, name) {
        paper_id -> Text,
        name -> Text,
        sha256 -> Text,
        bytes -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(issued_papers, issued_files);

/// A paper that was issued.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = issued_papers)]
pub(super) struct Issued {
    pub(super) id: Id,
    pub(super) station_id: Id,
    pub(super) round: String,
    pub(super) paper: Paper,
    pub(super) seal: String,
    pub(super) manifest_sha256: String,
    pub(super) issued_by: Id,
    pub(super) issued_at: Moment,
}

/// A file of it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = issued_files)]
pub(super) struct IssuedFile {
    pub(super) paper_id: Id,
    pub(super) name: String,
    pub(super) sha256: String,
    pub(super) bytes: i64,
}

/// The papers of a round, in the order they were issued.
pub(super) fn of_round(tx: &mut Tx<'_>, round: &str) -> DbResult<Vec<Issued>> {
    let own = issued_papers::table.filter(issued_papers::round.eq(round)).order(issued_papers::issued_at);
    Ok(own.select(Issued::as_select()).load(tx.conn())?)
}

/// The paper with a seal, the last issued first.
pub(super) fn with_seal(tx: &mut Tx<'_>, seal: &str) -> DbResult<Option<Issued>> {
    let own =
        issued_papers::table.filter(issued_papers::seal.eq(seal)).order(issued_papers::issued_at.desc());
    Ok(own.select(Issued::as_select()).first(tx.conn()).optional()?)
}

/// The files of a paper, by name.
pub(super) fn files_of(tx: &mut Tx<'_>, paper: Id) -> DbResult<Vec<IssuedFile>> {
    let own = issued_files::table.filter(issued_files::paper_id.eq(paper)).order(issued_files::name);
    Ok(own.select(IssuedFile::as_select()).load(tx.conn())?)
}

/// Every content that an issued paper speaks of: the paper, the file's name with the round's code, the hash.
///
/// # Errors
/// What the database says.
pub fn contents(tx: &mut Tx<'_>) -> DbResult<Vec<Spoken>> {
    let all = issued_files::table
        .inner_join(issued_papers::table.on(issued_papers::id.eq(issued_files::paper_id)))
        .select((issued_papers::id, issued_papers::round, issued_files::name, issued_files::sha256))
        .order((issued_papers::id, issued_files::name));
    let rows: Vec<(Id, String, String, String)> = all.load(tx.conn())?;
    Ok(rows.into_iter().map(|(id, round, name, sha256)| (id, format!("{round} {name}"), sha256)).collect())
}

/// Keeps a paper with its files.
pub(super) fn add(tx: &mut Tx<'_>, paper: &Issued, files: &[IssuedFile]) -> DbResult<()> {
    diesel::insert_into(issued_papers::table).values(paper).execute(tx.conn())?;
    for file in files {
        diesel::insert_into(issued_files::table).values(file).execute(tx.conn())?;
    }
    Ok(())
}

//! Finding records by words: names, their pinyin, file numbers, addresses. Sealed values are not here; they are
//! found by [`crate::Keys::lookup`]. What to index is the slices' business.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::upsert::excluded;
use kernel::Id;

use crate::sql::ROWS_A_STATEMENT;
use crate::{AnyConnection, DbResult, Tx};

#[cfg(test)]
mod tests;
mod tokens;

pub use tokens::Word;

mod schema {
    diesel::table! {
        search_entries (number) {
            number -> BigInt,
            kind -> Text,
            record_id -> Text,
            station_id -> Text,
            terms -> Text,
        }
    }
}
use schema::search_entries;

/// A record as it is to be found.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The record.
    pub record_id: Id,
    /// The station it belongs to.
    pub station_id: Id,
    /// The texts it is found by: a phrase never runs from one into the next.
    pub terms: Vec<String>,
}

/// Among how many of the last entries, for each hit wanted, a common word is looked for first on PostgreSQL.
const NEWEST: i64 = 16;

#[derive(QueryableByName)]
struct Hit {
    #[diesel(sql_type = Text)]
    id: Id,
}

impl Tx<'_> {
    /// Makes a record findable by these texts and by no others.
    ///
    /// # Errors
    /// What the database says.
    pub fn index(&mut self, kind: &str, record_id: Id, station_id: Id, terms: &[String]) -> DbResult<()> {
        self.index_many(kind, &[Entry { record_id, station_id, terms: terms.to_vec() }])
    }

    /// Makes many records of one kind findable; of two entries for one record the last holds.
    ///
    /// # Errors
    /// What the database says.
    pub fn index_many(&mut self, kind: &str, entries: &[Entry]) -> DbResult<()> {
        let mut last: Vec<&Entry> = entries.iter().rev().collect();
        last.sort_by_key(|entry| entry.record_id);
        last.dedup_by_key(|entry| entry.record_id);
        for chunk in last.chunks(ROWS_A_STATEMENT) {
            put(self.conn(), kind, chunk)?;
        }
        Ok(())
    }

    /// Makes a record findable no longer.
    ///
    /// # Errors
    /// What the database says.
    pub fn unindex(&mut self, kind: &str, record_id: Id) -> DbResult<()> {
        let entry = search_entries::table
            .filter(search_entries::kind.eq(kind))
            .filter(search_entries::record_id.eq(record_id));
        diesel::delete(entry).execute(self.conn())?;
        Ok(())
    }

    /// The records of a kind that all words match, the last indexed first; in these stations only, or in all.
    /// Nothing when there is no word, or none with a letter or digit in it.
    ///
    /// # Errors
    /// What the database says.
    pub fn search(
        &mut self,
        kind: &str,
        words: &[Word],
        stations: Option<&[Id]>,
        limit: i64,
    ) -> DbResult<Vec<Id>> {
        let places = match stations {
            Some(stations) => stations.iter().map(|station| tokens::station(kind, *station)).collect(),
            None => vec![tokens::kind(kind)],
        };
        let words: Vec<&Word> = words.iter().filter(|word| !word.is_empty()).collect();
        if words.is_empty() || places.is_empty() {
            return Ok(Vec::new());
        }
        let hits: Vec<Hit> = match self.conn() {
            AnyConnection::Sqlite(conn) => sql_query(
                "SELECT e.record_id AS id FROM search_terms CROSS JOIN search_entries e ON e.number = search_terms.rowid \
                 WHERE search_terms MATCH $1 ORDER BY search_terms.rowid DESC LIMIT $2",
            )
            .bind::<Text, _>(tokens::fts5(&places, &words))
            .bind::<BigInt, _>(limit.max(0))
            .load(conn)?,
            AnyConnection::Postgres(conn) => {
                let query = tokens::tsquery(&places, &words);
                let newest = newest(conn, &query, limit, Some(limit.max(0).saturating_mul(NEWEST)))?;
                if i64::try_from(newest.len()).is_ok_and(|found| found >= limit) {
                    newest
                } else {
                    self::newest(conn, &query, limit, None)?
                }
            }
        };
        Ok(hits.into_iter().map(|hit| hit.id).collect())
    }
}

/// On PostgreSQL, the newest of what matches: among all entries, or among so many of the last. First all that match, by
/// the index, then the order: with the limit in one statement PostgreSQL may walk the whole table backwards instead. A
/// common word is found often enough among the last entries, and the thousands before them are not put in order.
fn newest(conn: &mut PgConnection, query: &str, limit: i64, among: Option<i64>) -> QueryResult<Vec<Hit>> {
    sql_query(
        "WITH found AS MATERIALIZED (SELECT number, record_id FROM search_entries WHERE vector @@ CAST($1 AS tsquery) \
         AND ($3 IS NULL OR number > (SELECT max(number) - $3 FROM search_entries))) \
         SELECT record_id AS id FROM found ORDER BY number DESC LIMIT $2",
    )
    .bind::<Text, _>(query)
    .bind::<BigInt, _>(limit.max(0))
    .bind::<Nullable<BigInt>, _>(among)
    .load(conn)
}

fn put(conn: &mut AnyConnection, kind: &str, entries: &[&Entry]) -> DbResult<()> {
    use search_entries as column;
    let values: Vec<_> = entries
        .iter()
        .map(|entry| {
            (
                column::kind.eq(kind),
                column::record_id.eq(entry.record_id),
                column::station_id.eq(entry.station_id),
                column::terms.eq(tokens::terms(kind, entry)),
            )
        })
        .collect();
    let upsert = diesel::insert_into(search_entries::table)
        .values(&values)
        .on_conflict((column::kind, column::record_id))
        .do_update()
        .set((
            column::station_id.eq(excluded(column::station_id)),
            column::terms.eq(excluded(column::terms)),
        ));
    match conn {
        AnyConnection::Sqlite(conn) => upsert.execute(conn)?,
        AnyConnection::Postgres(conn) => upsert.execute(conn)?,
    };
    Ok(())
}

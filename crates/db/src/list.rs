//! Lists of any kind of record: which of them meet some conditions, counted and page by page.
//!
//! Tables and columns are those that slices declare; what a reader asks for is only ever bound.

use chrono::NaiveDate;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_query;
use diesel::sql_types::{BigInt, Date, Text};
use diesel::{QueryableByName, RunQueryDsl as _};
use kernel::{Id, Moment};

use crate::record::Within;
use crate::{AnyBackend, DbResult, Tx};

/// What a record of a list has to meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The column holds this text: a word, an id, a code.
    Is(&'static str, String),
    /// The column holds one of these ids.
    Among(&'static str, Vec<Id>),
    /// A column of yes or no.
    Flag(&'static str, bool),
    /// The day is this one or later.
    From(&'static str, NaiveDate),
    /// The day is this one or earlier.
    Until(&'static str, NaiveDate),
    /// One of the columns contains this text, whether in small letters or capitals.
    Contains(Vec<&'static str>, String),
    /// Nothing stands in the column.
    Lacks(&'static str),
    /// The column holds something else, or nothing.
    IsNot(&'static str, String),
    /// Of the records that have the same in the first column, the latest by the day in the second.
    Latest(&'static str, &'static str),
}

/// Which records are sought.
#[derive(Debug, Clone)]
pub struct Sought {
    /// Their table.
    pub table: &'static str,
    /// As known at.
    pub at: Moment,
    /// What may be seen.
    pub within: Within,
    /// What each has to meet.
    pub conditions: Vec<Condition>,
    /// The column by which they stand, the latest first; else by id.
    pub latest_by: Option<&'static str>,
}

enum Bind {
    Text(String),
    Day(NaiveDate),
    Whole(i64),
}

struct Selection {
    table: &'static str,
    sql: String,
    binds: Vec<Bind>,
}

impl Sought {
    /// How many there are.
    ///
    /// # Errors
    /// What the database says.
    pub fn count(&self, tx: &mut Tx<'_>) -> DbResult<usize> {
        let Selection { sql, binds, .. } = self.selection();
        let found: Counted = bound(&format!("SELECT COUNT(*) AS n {sql}"), binds).get_result(tx.conn())?;
        Ok(usize::try_from(found.n).unwrap_or(0))
    }

    /// Their ids, `limit` at most from the `offset`-th on.
    ///
    /// # Errors
    /// What the database says.
    pub fn ids(&self, tx: &mut Tx<'_>, offset: usize, limit: usize) -> DbResult<Vec<Id>> {
        let Selection { mut sql, mut binds, .. } = self.selection();
        match self.latest_by {
            Some(column) => sql.push_str(&format!(" ORDER BY r.{column} DESC, r.id DESC")),
            None => sql.push_str(" ORDER BY r.id DESC"),
        }
        for (word, number) in [("LIMIT", limit), ("OFFSET", offset)] {
            binds.push(Bind::Whole(i64::try_from(number).unwrap_or(i64::MAX)));
            sql.push_str(&format!(" {word} ${}", binds.len()));
        }
        let found: Vec<Found> = bound(&format!("SELECT r.id AS id {sql}"), binds).load(tx.conn())?;
        Ok(found.into_iter().map(|found| found.id).collect())
    }

    fn selection(&self) -> Selection {
        let mut selection = Selection {
            table: self.table,
            sql: format!("FROM {} r WHERE {}", self.table, crate::sql::known_sql("$1")),
            binds: vec![Bind::Whole(self.at.micros())],
        };
        if !self.within.everything {
            let parts = [
                ("station_id", &self.within.stations),
                ("area_id", &self.within.areas),
                ("community_id", &self.within.communities),
            ];
            let parts: Vec<String> = parts.map(|(column, ids)| selection.among(column, ids)).into();
            selection.sql.push_str(&format!(" AND ({})", parts.join(" OR ")));
        }
        for condition in &self.conditions {
            let met = selection.met(condition);
            selection.sql.push_str(&format!(" AND {met}"));
        }
        selection
    }
}

impl Selection {
    fn bind(&mut self, bind: Bind) -> String {
        self.binds.push(bind);
        format!("${}", self.binds.len())
    }

    fn among(&mut self, column: &str, ids: &[Id]) -> String {
        if ids.is_empty() {
            return "1 = 0".to_owned();
        }
        let places: Vec<String> = ids.iter().map(|id| self.bind(Bind::Text(id.to_string()))).collect();
        format!("r.{column} IN ({})", places.join(", "))
    }

    fn met(&mut self, condition: &Condition) -> String {
        match condition {
            Condition::Is(column, text) => format!("r.{column} = {}", self.bind(Bind::Text(text.clone()))),
            Condition::Among(column, ids) => self.among(column, ids),
            Condition::Flag(column, true) => format!("r.{column}"),
            Condition::Flag(column, false) => format!("NOT r.{column}"),
            Condition::From(column, day) => format!("r.{column} >= {}", self.bind(Bind::Day(*day))),
            Condition::Until(column, day) => format!("r.{column} <= {}", self.bind(Bind::Day(*day))),
            Condition::Lacks(column) => format!("r.{column} IS NULL"),
            // No placeholder, so nothing to bind to it.
            Condition::Contains(columns, _) if columns.is_empty() => "1 = 0".to_owned(),
            Condition::IsNot(column, text) => {
                let place = self.bind(Bind::Text(text.clone()));
                format!("(r.{column} IS NULL OR r.{column} <> {place})")
            }
            Condition::Latest(same, day) => format!(
                "NOT EXISTS (SELECT 1 FROM {} l WHERE l.{same} = r.{same} AND {} AND (l.{day} > r.{day} OR \
                 (l.{day} = r.{day} AND l.id > r.id)))",
                self.table,
                crate::sql::known_sql("$1").replace("r.", "l.")
            ),
            Condition::Contains(columns, text) => {
                let place = self.bind(Bind::Text(format!("%{}%", escaped(text))));
                let each =
                    columns.iter().map(|column| format!("LOWER(r.{column}) LIKE LOWER({place}) ESCAPE '!'"));
                format!("({})", each.collect::<Vec<_>>().join(" OR "))
            }
        }
    }
}

/// A text that stands for itself in a pattern.
fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| matches!(c, '%' | '_' | '!').then_some('!').into_iter().chain([c])).collect()
}

fn bound(sql: &str, binds: Vec<Bind>) -> BoxedSqlQuery<'static, AnyBackend, SqlQuery> {
    binds.into_iter().fold(sql_query(sql).into_boxed(), |query, bind| match bind {
        Bind::Text(text) => query.bind::<Text, _>(text),
        Bind::Day(day) => query.bind::<Date, _>(day),
        Bind::Whole(whole) => query.bind::<BigInt, _>(whole),
    })
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    id: Id,
}

#[cfg(test)]
mod tests;

//! Running a rule: the total added up by the database, or the records one by one.

use db::{AnyBackend, DbError, DbResult, Tx};
use diesel::prelude::*;
use diesel::query_builder::BoxedSqlQuery;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Date, Nullable, Text};
use kernel::{Id, Problem};
use rules::counting::{Basis, Count, FieldType, Row, Rule, scaled, value};
use rust_decimal::Decimal;

use super::query::{Bind, Selection, as_text};
use super::{At, Names};

/// How many fields a rule may read: the columns of [`Found`].
const SLOTS: usize = 8;

/// A counted record: what the rule sees of it, and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The record's id, for those who may open it. [`Row::id`] is its pseudonym.
    pub id: Id,
    /// What the rule sees.
    pub row: Row,
}

/// The value of a counted figure, added up by the database.
///
/// # Errors
/// What the database says.
pub fn total(tx: &mut Tx<'_>, rule: &Rule, at: &At) -> DbResult<Decimal> {
    let (sum, holds) = match rule.count {
        Count::Records => ("COUNT(*)".to_owned(), FieldType::Whole),
        Count::Sum(field) => (format!("COALESCE(SUM(r.{}), 0)", field.name), field.holds),
        Count::Distinct(field) => (format!("COUNT(DISTINCT r.{})", field.name), FieldType::Whole),
        Count::YearsSince(_) => return years(tx, rule, at),
    };
    let selection = Selection::of(rule, at);
    let sum: Sum = bound(&format!("SELECT CAST({sum} AS BIGINT) AS sum {}", selection.sql), selection.binds)
        .get_result(tx.conn())?;
    Ok(scaled(sum.sum, holds))
}

/// Whole years are counted as ages are; neither database does that, and such rules count few records.
fn years(tx: &mut Tx<'_>, rule: &Rule, at: &At) -> DbResult<Decimal> {
    let names = Names::empty();
    let rows: Vec<Row> = list(tx, rule, at, &names)?.into_iter().map(|listed| listed.row).collect();
    Ok(value(rule, &at.basis, &rows))
}

/// The records a rule counts, in the order of their ids.
///
/// # Errors
/// What the database says, or a rule that reads more than eight fields.
pub fn list(tx: &mut Tx<'_>, rule: &Rule, at: &At, names: &Names) -> DbResult<Vec<Listed>> {
    let fields = rule.fields();
    if fields.len() > SLOTS {
        let problem =
            Problem::new("rule_too_wide", "计数规则用到的字段太多", format!("请减到 {SLOTS} 个以内"));
        return Err(DbError::Problem(problem.at(rule.code.clone())));
    }
    let columns: Vec<String> = (0..SLOTS)
        .map(|slot| match fields.get(slot) {
            Some(field) => format!("{} AS f{slot}", as_text(field.name, field.holds)),
            None => format!("CAST(NULL AS TEXT) AS f{slot}"),
        })
        .collect();
    let selection = Selection::of(rule, at);
    let sql = format!(
        "SELECT r.id, r.area_id, r.community_id, r.worker_id, {} {} ORDER BY r.id",
        columns.join(", "),
        selection.sql
    );
    let found: Vec<Found> = bound(&sql, selection.binds).load(tx.conn())?;
    Ok(found.into_iter().map(|found| found.listed(&fields, names)).collect())
}

/// The ids of the records a rule counts and nothing else of them, in their order.
///
/// # Errors
/// What the database says.
pub(super) fn ids(tx: &mut Tx<'_>, rule: &Rule, at: &At) -> DbResult<Vec<Id>> {
    let selection = Selection::of(rule, at);
    let sql = format!("SELECT r.id {} ORDER BY r.id", selection.sql);
    let found: Vec<OnlyId> = bound(&sql, selection.binds).load(tx.conn())?;
    Ok(found.into_iter().map(|found| found.id).collect())
}

/// The basis on which a rule is counted does not change what it is called: a short form for messages.
impl At {
    /// `2024-06-21 至 2024-12-31`.
    #[must_use]
    pub fn period(&self) -> String {
        let Basis { start, cut_off, .. } = &self.basis;
        format!("{start} 至 {cut_off}")
    }
}

fn bound(sql: &str, binds: Vec<Bind>) -> BoxedSqlQuery<'static, AnyBackend, diesel::query_builder::SqlQuery> {
    binds.into_iter().fold(sql_query(sql).into_boxed(), |query, bind| match bind {
        Bind::Text(text) => query.bind::<Text, _>(text),
        Bind::Date(date) => query.bind::<Date, _>(date),
        Bind::Whole(whole) => query.bind::<BigInt, _>(whole),
    })
}

#[derive(QueryableByName)]
struct OnlyId {
    #[diesel(sql_type = Text)]
    id: Id,
}

#[derive(QueryableByName)]
struct Sum {
    #[diesel(sql_type = BigInt)]
    sum: i64,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    id: Id,
    #[diesel(sql_type = Nullable<Text>)]
    area_id: Option<Id>,
    #[diesel(sql_type = Nullable<Text>)]
    community_id: Option<Id>,
    #[diesel(sql_type = Nullable<Text>)]
    worker_id: Option<Id>,
    #[diesel(sql_type = Nullable<Text>)]
    f0: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    f1: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    f2: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    f3: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    f4: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    f5: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    f6: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    f7: Option<String>,
}

impl Found {
    fn listed(self, fields: &[&'static rules::counting::Field], names: &Names) -> Listed {
        let slots = [self.f0, self.f1, self.f2, self.f3, self.f4, self.f5, self.f6, self.f7];
        let value = |field: &rules::counting::Field, text: String| match field.holds {
            FieldType::Reference => names.pseudonym(&text),
            _ => text,
        };
        let fields = fields
            .iter()
            .zip(slots)
            .filter_map(|(field, slot)| Some((field.name.to_owned(), value(field, slot?))))
            .collect();
        let row = Row {
            id: names.pseudonym(self.id.as_str()),
            area: self.area_id.and_then(|id| names.code(id)),
            community: self.community_id.and_then(|id| names.code(id)),
            worker: self.worker_id.map(|id| id.to_string()),
            fields,
        };
        Listed { id: self.id, row }
    }
}

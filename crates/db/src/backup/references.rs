//! References between rows while a database is filled: out before, back and checked after; and the numbers the database
//! gives by itself, which go on after those restored.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as Diesel};
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};
use kernel::Problem;

use super::catalogue::quoted;
use crate::{AnyConnection, DbError, DbResult};

#[derive(QueryableByName)]
pub(super) struct Reference {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    definition: String,
}

#[derive(QueryableByName)]
struct Broken {
    #[diesel(sql_type = Text)]
    place: String,
}

/// Takes the references out until the rows are in. SQLite does not check them while `foreign_keys` is off.
pub(super) fn take_out(conn: &mut AnyConnection) -> DbResult<Vec<Reference>> {
    let AnyConnection::Postgres(conn) = conn else { return Ok(Vec::new()) };
    let references: Vec<Reference> = sql_query(
        "SELECT conrelid::regclass::text AS table_name, quote_ident(conname) AS name, \
         pg_get_constraintdef(oid) AS definition FROM pg_constraint \
         WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY conname",
    )
    .load(conn)?;
    for Reference { table_name, name, .. } in &references {
        conn.batch_execute(&format!("ALTER TABLE {table_name} DROP CONSTRAINT {name}"))?;
    }
    Ok(references)
}

/// Puts the references back and holds the rows to them.
pub(super) fn put_back(conn: &mut AnyConnection, references: &[Reference]) -> DbResult<()> {
    let broken = |place: &str| -> DbError {
        Problem::new("restore_references", "备份里有记录指向不存在的记录", "没有恢复任何内容；请换一份备份")
            .at(place)
            .into()
    };
    match conn {
        AnyConnection::Sqlite(conn) => {
            let first: Option<Broken> = sql_query(
                "SELECT \"table\" || ' → ' || parent AS place FROM pragma_foreign_key_check LIMIT 1",
            )
            .get_result(conn)
            .optional()?;
            first.map_or(Ok(()), |first| Err(broken(&first.place)))
        }
        AnyConnection::Postgres(conn) => references.iter().try_for_each(|reference| {
            let Reference { table_name, name, definition } = reference;
            let add = format!("ALTER TABLE {table_name} ADD CONSTRAINT {name} {definition}");
            conn.batch_execute(&add).map_err(|error| match error {
                Diesel::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => {
                    broken(&format!("{table_name} → {name}"))
                }
                other => other.into(),
            })
        }),
    }
}

#[derive(QueryableByName)]
struct Numbered {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
}

#[derive(QueryableByName)]
struct Set {
    #[diesel(sql_type = BigInt)]
    #[expect(dead_code, reason = "the statement is run for what it does")]
    number: i64,
}

/// Lets the numbers that PostgreSQL gives go on after those that were restored; SQLite looks at the rows itself.
pub(super) fn number_on(conn: &mut AnyConnection) -> DbResult<()> {
    let AnyConnection::Postgres(conn) = conn else { return Ok(()) };
    let numbered: Vec<Numbered> = sql_query(
        "SELECT quote_ident(t.relname) AS table_name, c.attname::text AS column_name \
         FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid \
         WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind = 'r' AND c.attidentity <> ''",
    )
    .load(conn)?;
    for Numbered { table_name, column_name } in numbered {
        let _: Set = sql_query(format!(
            "SELECT setval(pg_get_serial_sequence($1, $2), \
             COALESCE((SELECT MAX({}) FROM {table_name}), 0) + 1, false) AS number",
            quoted(&column_name)
        ))
        .bind::<Text, _>(&table_name)
        .bind::<Text, _>(&column_name)
        .get_result(conn)?;
    }
    Ok(())
}

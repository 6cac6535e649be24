//! The tables and columns there are, read from the database itself, and the statements that turn a row into a JSON array
//! and back: one branch per backend.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;

use crate::{AnyConnection, DbResult};

/// A table whose rows are kept: not a view, not the inner tables of a full-text index.
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
}

/// A column that is stored, not computed.
pub(super) struct Column {
    pub(super) name: String,
    /// Its type in lower case, domains resolved.
    kind: String,
}

#[derive(QueryableByName)]
struct Entry {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

const SQLITE: &str = "SELECT t.name AS table_name, c.name AS column_name, lower(c.type) AS kind \
    FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c \
    WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND c.hidden = 0 \
    ORDER BY t.name, c.cid";

const POSTGRES: &str = "SELECT t.relname::text AS table_name, c.attname::text AS column_name, \
    format_type(CASE WHEN k.typtype = 'd' THEN k.typbasetype ELSE k.oid END, NULL) AS kind \
    FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid JOIN pg_type k ON k.oid = c.atttypid \
    WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind = 'r' \
    AND c.attnum > 0 AND NOT c.attisdropped AND c.attgenerated = '' \
    ORDER BY t.relname COLLATE \"C\", c.attnum";

/// Every table, in the order of the names.
pub(super) fn tables(conn: &mut AnyConnection) -> DbResult<Vec<Table>> {
    let entries: Vec<Entry> = match conn {
        AnyConnection::Sqlite(conn) => sql_query(SQLITE).load(conn)?,
        AnyConnection::Postgres(conn) => sql_query(POSTGRES).load(conn)?,
    };
    let mut tables: Vec<Table> = Vec::new();
    for Entry { table_name, column_name, kind } in entries {
        let column = Column { name: column_name, kind };
        match tables.last_mut() {
            Some(table) if table.name == table_name => table.columns.push(column),
            _ => tables.push(Table { name: table_name, columns: vec![column] }),
        }
    }
    Ok(tables)
}

/// A name as SQL takes it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl Table {
    /// The statement that gives each row as one JSON array, `line`: bytes in hexadecimal, truth as 0 and 1.
    pub(super) fn rows_as_json(&self, conn: &AnyConnection) -> String {
        let columns = self.columns.iter().map(|column| column.as_json(conn));
        let columns = columns.collect::<Vec<_>>().join(", ");
        match conn {
            AnyConnection::Sqlite(_) => {
                format!("SELECT json_array({columns}) AS line FROM {}", quoted(&self.name))
            }
            AnyConnection::Postgres(_) => {
                format!("SELECT json_build_array({columns})::text AS line FROM {}", quoted(&self.name))
            }
        }
    }

    /// The statement that enters the rows of a JSON array of arrays, whose items are these columns in this order.
    pub(super) fn insert_json(&self, conn: &AnyConnection, columns: &[&Column]) -> String {
        let names = columns.iter().map(|column| quoted(&column.name)).collect::<Vec<_>>().join(", ");
        let values = columns.iter().enumerate().map(|(at, column)| column.read_json(conn, at));
        let values = values.collect::<Vec<_>>().join(", ");
        let table = quoted(&self.name);
        match conn {
            AnyConnection::Sqlite(_) => {
                format!("INSERT INTO {table} ({names}) SELECT {values} FROM json_each($1)")
            }
            AnyConnection::Postgres(_) => format!(
                "INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE \
                 SELECT {values} FROM json_array_elements(CAST($1 AS json)) AS rows (line)"
            ),
        }
    }
}

impl Column {
    fn as_json(&self, conn: &AnyConnection) -> String {
        let name = quoted(&self.name);
        match (conn, self.kind.as_str()) {
            (AnyConnection::Sqlite(_), "blob") => format!("iif({name} IS NULL, NULL, lower(hex({name})))"),
            (AnyConnection::Postgres(_), "bytea") => format!("encode({name}, 'hex')"),
            (AnyConnection::Postgres(_), "boolean") => format!("{name}::integer"),
            _ => name,
        }
    }

    fn read_json(&self, conn: &AnyConnection, at: usize) -> String {
        match (conn, self.kind.as_str()) {
            (AnyConnection::Sqlite(_), "blob") => format!("unhex(json_extract(value, '$[{at}]'))"),
            (AnyConnection::Sqlite(_), _) => format!("json_extract(value, '$[{at}]')"),
            (AnyConnection::Postgres(_), "bytea") => format!("decode(line ->> {at}, 'hex')"),
            (AnyConnection::Postgres(_), "boolean") => {
                format!("CAST(CAST(line ->> {at} AS integer) AS boolean)")
            }
            (AnyConnection::Postgres(_), kind) => format!("CAST(line ->> {at} AS {kind})"),
        }
    }
}

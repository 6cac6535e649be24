//! Migrations: numbered SQL files, written for both databases, with a second file only where they must differ.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};
use kernel::{Moment, Problem};

use crate::{AnyConnection, DbResult};

/// One step of the schema.
pub(crate) struct Migration {
    pub(crate) name: &'static str,
    pub(crate) sql: &'static str,
    /// Instead of `sql` on PostgreSQL.
    pub(crate) postgres: Option<&'static str>,
}

macro_rules! migration {
    ($name:literal) => {
        Migration {
            name: $name,
            sql: include_str!(concat!("../../../migrations/", $name, ".sql")),
            postgres: None,
        }
    };
    ($name:literal, postgres) => {
        Migration {
            name: $name,
            sql: include_str!(concat!("../../../migrations/", $name, ".sql")),
            postgres: Some(include_str!(concat!("../../../migrations/", $name, ".postgres.sql"))),
        }
    };
}

/// Every migration in order. A file that was once released is never edited: the next one changes what it made.
pub(crate) const MIGRATIONS: &[Migration] = &[
    migration!("0001_ground", postgres),
    migration!("0002_areas"),
    migration!("0003_contracts"),
    migration!("0004_regulations"),
    migration!("0005_staff"),
    migration!("0006_clients"),
    migration!("0007_volunteers"),
    migration!("0008_partners"),
    migration!("0009_programmes"),
    migration!("0010_visits"),
    migration!("0011_casework"),
    migration!("0012_groups"),
    migration!("0013_activities"),
    migration!("0014_hotline"),
    migration!("0015_aid"),
    migration!("0016_publicity"),
    migration!("0017_indicators"),
    migration!("0018_surveys"),
    migration!("0019_evaluation"),
    migration!("0020_rectification"),
    migration!("0021_audit", postgres),
    migration!("0022_search", postgres),
    migration!("0023_access"),
    migration!("0024_clients_files"),
    migration!("0025_areas_map"),
    migration!("0026_clients_roster"),
    migration!("0027_hotline_households"),
    migration!("0028_documents"),
    migration!("0029_opinions"),
    migration!("0030_joint_work"),
    migration!("0031_transfer"),
    migration!("0032_on_files"),
    migration!("0033_indicators_amended"),
    migration!("0034_visits_deepened"),
    migration!("0035_app"),
    migration!("0036_schemes"),
    migration!("0037_visits_attempts", postgres),
    migration!("0038_evaluation_panels"),
    migration!("0039_evaluation_findings"),
    migration!("0040_rectification_tasks"),
    migration!("0041_surveys_samples"),
    migration!("0042_evaluation_deliveries"),
    migration!("0043_reports_issued"),
    migration!("0044_evaluation_site_notes"),
    migration!("0045_findings_returning"),
    migration!("0046_surveys_answers"),
    migration!("0047_reports_desk"),
    migration!("0048_findings_proposed"),
    migration!("0049_rectification_steps"),
    migration!("0050_feedback", postgres),
    migration!("0051_clients_plans"),
    migration!("0052_audit_seals"),
];

#[derive(QueryableByName)]
struct Applied {
    #[diesel(sql_type = BigInt)]
    version: i64,
}

/// Brings the schema up to date.
pub(crate) fn run(conn: &mut AnyConnection, now: Moment) -> DbResult<()> {
    bring_to(conn, MIGRATIONS.len(), now)
}

/// Applies the migrations up to the one of this number that are still missing.
pub(crate) fn bring_to(conn: &mut AnyConnection, number: usize, now: Moment) -> DbResult<()> {
    conn.batch_execute(
        "CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL); \
         CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);",
    )?;
    let version = version(conn)?;
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if version > known {
        return Err(Problem::new(
            "database_newer",
            format!("数据库是较新版本的程序建的（结构第 {version} 版，本程序只认识到第 {known} 版）"),
            "请升级 kapok 后再打开；数据库未作任何改动",
        )
        .into());
    }
    let missing = (1..).zip(MIGRATIONS).take(number).skip(usize::try_from(version).unwrap_or(0));
    for (number, migration) in missing {
        apply(conn, number, migration, now)?;
    }
    Ok(())
}

/// The number of the last migration applied; 0 before the first.
pub(crate) fn version(conn: &mut AnyConnection) -> DbResult<i64> {
    let last: Option<Applied> =
        sql_query("SELECT version FROM schema_migrations ORDER BY version DESC LIMIT 1")
            .get_result(conn)
            .optional()?;
    Ok(last.map_or(0, |row| row.version))
}

fn apply(conn: &mut AnyConnection, number: i64, migration: &Migration, now: Moment) -> DbResult<()> {
    tracing::info!(migration = migration.name, "migrations.apply");
    let sql = match conn {
        AnyConnection::Sqlite(_) => migration.sql,
        AnyConnection::Postgres(_) => migration.postgres.unwrap_or(migration.sql),
    };
    conn.transaction(|conn| {
        conn.batch_execute(sql)?;
        sql_query("INSERT INTO schema_migrations (version, name, applied_at) VALUES ($1, $2, $3)")
            .bind::<BigInt, _>(number)
            .bind::<Text, _>(migration.name)
            .bind::<BigInt, _>(now)
            .execute(conn)?;
        Ok(())
    })
}

//! Reading and writing records whose kind is known at run time only. Each write goes by the permit of the kind's part.

use db::{Base, DbResult, Record, Stamp, Tx};
use kernel::{Id, Moment, Problem};

use super::sheet::Row;
use crate::access::{Asker, Correct, Enter, Owned, Part, Withdraw, permit};

/// What can be done with the records of a kind.
#[derive(Debug, Clone, Copy)]
pub struct Ops {
    /// The kind.
    pub kind: &'static str,
    /// Its table.
    pub table: &'static str,
    /// The declared fields with their types.
    pub fields: &'static [(&'static str, &'static str)],
    /// The part it is of.
    pub part: &'static str,
    /// The verb for seeing it.
    pub read: &'static str,
    /// The verb for entering it.
    pub record: &'static str,
    /// The verb for correcting it.
    pub correct: &'static str,
    /// The verb for withdrawing it.
    pub withdraw: &'static str,
    /// Of these ids, the records as known at a moment.
    pub among: fn(&mut Tx<'_>, Moment, &[Id]) -> DbResult<Vec<Row>>,
    /// The last version of a record.
    pub last: fn(&mut Tx<'_>, Id) -> DbResult<Option<(Stamp, Row)>>,
    /// Of these ids, the last versions, also voided ones.
    pub standing: fn(&mut Tx<'_>, &[Id]) -> DbResult<Vec<(Stamp, Row)>>,
    /// Every version of a record.
    pub versions: fn(&mut Tx<'_>, Id) -> DbResult<Vec<(Stamp, Row)>>,
    /// Writes new records of one station.
    pub enter: fn(&mut Tx<'_>, &Asker, Id, &[Row]) -> DbResult<()>,
    /// Corrects a record; refuses when it is no longer in the version it was read in.
    pub amend: fn(&mut Tx<'_>, &Asker, &Row, i32) -> DbResult<()>,
    /// Withdraws a record of a station.
    pub void: fn(&mut Tx<'_>, &Asker, Id, Id, &str) -> DbResult<()>,
}

impl Ops {
    /// Those of a kind.
    #[must_use]
    pub const fn of<R: Owned>() -> Self {
        Self {
            kind: R::KIND,
            table: R::TABLE,
            fields: R::FIELDS,
            part: R::Part::NAME,
            read: R::Part::READ,
            record: R::Part::RECORD,
            correct: R::Part::CORRECT,
            withdraw: R::Part::WITHDRAW,
            among: |tx, at, ids| Ok(R::known_among(tx.conn(), at, ids)?.iter().map(row).collect()),
            last: |tx, id| Ok(R::last(tx.conn(), id)?.map(|(stamp, record)| (stamp, row(&record)))),
            standing: |tx, ids| {
                let all = R::last_among(tx.conn(), ids)?;
                Ok(all.iter().map(|(stamp, record)| (*stamp, row(record))).collect())
            },
            versions: |tx, id| {
                let all = R::versions(tx.conn(), id)?;
                Ok(all.iter().map(|(stamp, record)| (*stamp, row(record))).collect())
            },
            enter: |tx, asker, station, rows| {
                let records = rows.iter().map(record::<R>).collect::<Result<Vec<R>, _>>()?;
                permit::<Enter<R::Part>>(asker, station)?.append(tx, &records)
            },
            amend: |tx, asker, row, version| {
                let correct = permit::<Correct<R::Part>>(asker, row.base.station_id)?;
                correct.correct_from(tx, &record::<R>(row)?, version)
            },
            void: |tx, asker, station, id, reason| {
                permit::<Withdraw<R::Part>>(asker, station)?.withdraw::<R>(tx, id, reason)
            },
        }
    }
}

fn row<R: Record>(record: &R) -> Row {
    let base = Base {
        id: record.id(),
        station_id: record.station_id(),
        area_id: record.area_id(),
        community_id: record.community_id(),
        worker_id: record.worker_id(),
    };
    Row { base, values: record.plain().into_iter().collect() }
}

fn record<R: Record>(row: &Row) -> Result<R, Problem> {
    R::of_plain(row.base, &|field| row.values.get(field).cloned()).map_err(|field| {
        let what = format!("“{field}”里的内容不合规定");
        Problem::new("bad_field", what, "请核对这一项再保存").at(row.base.id.to_string())
    })
}

//! What hangs on a record: what has to be corrected with it, and what keeps it from being withdrawn.

use db::list::{Condition, Sought};
use db::{DbResult, Tx, Within};
use kernel::{Id, Problem};

use super::column::{Column, Fill};
use super::sheet::{Placed, Row, Sheet, Sheets};
use crate::access::Asker;

impl Sheets {
    /// Corrects with a record of a sheet what copies from it and what lies where it lies.
    ///
    /// # Errors
    /// One of them may not be corrected, or what the database says; nothing of the transaction is kept then.
    pub fn follow(self, tx: &mut Tx<'_>, asker: &Asker, sheet: &'static Sheet, row: &Row) -> DbResult<()> {
        corrected(tx, self, asker, sheet, row)
    }
}

/// Corrects with a record what copies from it: the day of a session stands in its attendances, a group's community in
/// its sessions. Otherwise figures would count by what is no longer true.
///
/// # Errors
/// One of them may not be corrected, or what the database says; nothing of the transaction is kept then.
pub(super) fn corrected(
    tx: &mut Tx<'_>,
    sheets: Sheets,
    asker: &Asker,
    sheet: &'static Sheet,
    row: &Row,
) -> DbResult<()> {
    for (other, column) in sheets.columns_to(sheet.kind()) {
        let follows = other
            .columns
            .iter()
            .any(|one| matches!(one.fill, Fill::Follows(reference, _) if reference == column.name));
        let placed = other.placed == Placed::With(column.name);
        if !follows && !placed {
            continue;
        }
        for before in hanging(tx, other, column, row.base.id)? {
            let mut after = before.clone();
            for one in other.columns {
                let Fill::Follows(reference, field) = one.fill else { continue };
                if reference == column.name {
                    after.values.remove(one.name);
                    after.values.extend(row.values.get(field).map(|value| (one.name, value.clone())));
                }
            }
            if placed {
                after.base = db::Base { id: before.base.id, worker_id: before.base.worker_id, ..row.base };
            }
            if after == before {
                continue;
            }
            let version = (other.ops.last)(tx, before.base.id)?.map_or(0, |(stamp, _)| stamp.version);
            (other.ops.amend)(tx, asker, &after, version)?;
            sheets.moved(tx, asker, [&after])?;
            corrected(tx, sheets, asker, other, &after)?;
        }
    }
    Ok(())
}

/// The records whose column refers to one.
fn hanging(tx: &mut Tx<'_>, sheet: &Sheet, column: &Column, id: Id) -> DbResult<Vec<Row>> {
    let ids = referring(tx, sheet, column, id).ids(tx, 0, usize::MAX)?;
    let at = tx.at();
    (sheet.ops.among)(tx, at, &ids)
}

/// All of them, whoever may see them.
fn referring(tx: &Tx<'_>, sheet: &Sheet, column: &Column, id: Id) -> Sought {
    Sought {
        table: sheet.ops.table,
        at: tx.at(),
        within: Within { everything: true, ..Within::default() },
        conditions: vec![Condition::Is(column.name, id.to_string())],
        latest_by: None,
    }
}

/// Refuses to withdraw a record on which others hang: they would count, and belong to nothing.
///
/// # Errors
/// `withdrawn_still_used`, naming what hangs on it; or what the database says.
pub(super) fn nothing_hangs(tx: &mut Tx<'_>, sheets: Sheets, sheet: &Sheet, id: Id) -> DbResult<()> {
    let mut hanging: Vec<String> = Vec::new();
    for (other, column) in sheets.columns_to(sheet.kind()) {
        let count = referring(tx, other, column, id).count(tx)?;
        if count > 0 {
            hanging.push(format!("{} {count} 条", other.label));
        }
    }
    if hanging.is_empty() {
        return Ok(());
    }
    let what = format!("还有记录属于它：{}", hanging.join("、"));
    Err(Problem::new("still_used", what, "请先作废那些记录，或把它们更正到别处").at(id.to_string()).into())
}

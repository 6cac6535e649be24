//! Long work on a workbook, behind the page: reading it on trial, bringing it in, undoing it. The page says how far it is.
//!
//! What is under way is known to this process alone. Rows are brought in in one transaction, all or nothing; undoing goes in
//! steps and can be gone on with. Rows are read outside of it: SQLite has one writer, and others wait for it.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use db::Tx;
use kernel::Id;

use super::Bring;
use super::content::Content;
use super::plan::{Bringing, Plan};
use super::store::{self, State, Transfer, Written};
use crate::access::Verb as _;
use crate::sheets::{Row, Sheet, Sheets};
use crate::shell::{App, Trouble};

/// Rows up to which the page waits for the work.
const SHORT: usize = 500;

/// How far a piece of work is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Job {
    /// Under way: what, how many rows are done, of how many.
    Running(&'static str, usize, usize),
    /// Ended with this to say.
    Failed(String),
}

static JOBS: LazyLock<Mutex<BTreeMap<Id, Job>>> = LazyLock::new(Mutex::default);

fn jobs() -> MutexGuard<'static, BTreeMap<Id, Job>> {
    JOBS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How far the work on an import is; what it ended with is said once.
pub(super) fn of(id: Id) -> Option<Job> {
    let mut jobs = jobs();
    match jobs.get(&id) {
        Some(Job::Failed(_)) => jobs.remove(&id),
        running => running.cloned(),
    }
}

/// How far the work on an import is, without taking what it ended with.
pub(super) fn running(id: Id) -> Option<Job> {
    jobs().get(&id).cloned()
}

/// Begins a piece of work, unless one is under way: at once where it is short, else behind the page.
pub(super) fn begin(
    app: &App,
    id: Id,
    what: &'static str,
    rows: usize,
    work: impl FnOnce(&App, &mut dyn FnMut(usize)) -> Result<(), Trouble> + Send + 'static,
) {
    if matches!(jobs().get(&id), Some(Job::Running(..))) {
        return;
    }
    jobs().insert(id, Job::Running(what, 0, rows));
    let run = move |app: &App| {
        let mut step = |done: usize| {
            if done.is_multiple_of(100) {
                jobs().insert(id, Job::Running(what, done, rows));
            }
        };
        match work(app, &mut step) {
            Ok(()) => drop(jobs().remove(&id)),
            Err(trouble) => {
                let fault = web::Fault::from(trouble);
                jobs().insert(id, Job::Failed(format!("{}：{}", fault.what, fault.remedy)));
            }
        }
    };
    if rows <= SHORT { run(app) } else { app.behind(run) }
}

/// What a file of a sheet is brought in by and to.
fn bringing<'b>(
    app: &'b App,
    sheets: Sheets,
    sheet: &'static Sheet,
    scope: &'b crate::access::Scope,
) -> Bringing<'b> {
    Bringing { sheets, sheet, asker: app.asker(), scope, ground: app.ground(), today: app.site().today }
}

/// Reads the rows on trial and keeps what was found.
pub(super) fn try_out(
    app: &App,
    sheets: Sheets,
    sheet: &'static Sheet,
    id: Id,
    step: &mut dyn FnMut(usize),
) -> Result<(), Trouble> {
    let scope = app.asker().scope(sheet.ops.record);
    let content = app.site().database.read(|tx| {
        let mut content = Content::from_json(&store::content(tx, id)?)?;
        content.found = Some(Plan::of(tx, &bringing(app, sheets, sheet, &scope), &content, step)?.found);
        Ok::<_, Trouble>(content.to_json()?)
    })?;
    app.write_now(|tx| Ok(store::replace(tx, id, &content)?))
}

/// Brings the rows in: read once more, since what was found on trial may no longer be so.
pub(super) fn bring_in(
    app: &App,
    sheets: Sheets,
    sheet: &'static Sheet,
    id: Id,
    only_good: bool,
    step: &mut dyn FnMut(usize),
) -> Result<(), Trouble> {
    let scope = app.asker().scope(sheet.ops.record);
    let (plan, others) = app.site().database.read(|tx| {
        let content = Content::from_json(&store::content(tx, id)?)?;
        let others = store::brought_in(tx, sheet.kind())?;
        Ok::<_, Trouble>((Plan::of(tx, &bringing(app, sheets, sheet, &scope), &content, step)?, others))
    })?;
    let faulty = plan.found.faulty();
    if faulty > 0 && !only_good {
        let what = format!("试读以后又有 {faulty} 行要改，没有导入");
        return Err(
            kernel::Problem::new("changed_meanwhile", what, "请重新上传，或只导入没有问题的行").into()
        );
    }
    // What somebody else changes in between is noticed: each change holds to the version that it was read from, and what was
    // entered by another file is not known to this plan.
    app.write_now(|tx| {
        tx.hold(&format!("transfer {}", sheet.kind()))?;
        if store::brought_in(tx, sheet.kind())? != others {
            let (what, remedy) =
                (format!("刚有另一份{}表格导入", sheet.label), "请再点一次导入：会对着现在的记录重读");
            return Err(kernel::Problem::new("changed_meanwhile", what, remedy).into());
        }
        store::move_on(tx, id, State::Open, State::Applied)?;
        let written = plan.write(tx, &bringing(app, sheets, sheet, &scope))?;
        let kept: Vec<Written> = written.iter().map(|one| Written::of(id, *one)).collect();
        store::keep_written(tx, &kept)?;
        tell(tx, sheet, format!("从表格导入{} {} 条", sheet.label, written.len()))
    })
}

fn tell(tx: &mut Tx<'_>, sheet: &Sheet, what: String) -> Result<(), Trouble> {
    let event =
        db::Event { verb: Bring::NAME, kind: sheet.kind(), reason: Some(what), ..db::Event::default() };
    Ok(tx.event(db::WHOLE, event)?)
}

/// How many records are brought back in one transaction.
const STEP: usize = 200;

/// Brings back what an import wrote, save what somebody changed since. Gone on with where it broke off.
pub(super) fn undo(
    app: &App,
    sheets: Sheets,
    sheet: &'static Sheet,
    transfer: &Transfer,
    step: &mut dyn FnMut(usize),
) -> Result<(), Trouble> {
    let written = app.site().database.read(|tx| store::written(tx, transfer.id))?;
    let (done, left): (Vec<&Written>, Vec<&Written>) = written.iter().partition(|one| one.undone.is_some());
    let mut back = done.iter().filter(|one| one.undone == Some(true)).count();
    for (at, some) in left.chunks(STEP).enumerate() {
        step(at * STEP);
        back += app.write_now(|tx| {
            let (mut back, mut kept) = (Vec::new(), Vec::new());
            for one in some {
                let brought = bring_back(tx, app, (sheets, sheet), one)?;
                if brought { &mut back } else { &mut kept }.push(one.record_id);
            }
            store::set_undone(tx, transfer.id, &back, true)?;
            store::set_undone(tx, transfer.id, &kept, false)?;
            Ok(back.len())
        })?;
    }
    app.write_now(|tx| {
        store::move_on(tx, transfer.id, State::Applied, State::Undone)?;
        let kept = written.len() - back;
        tell(tx, sheet, format!("撤销表格导入：{back} 条撤回，{kept} 条之后改过、没有动"))
    })
}

/// Brings a record back to what it was before the import; not one that somebody changed since.
fn bring_back(
    tx: &mut Tx<'_>,
    app: &App,
    (sheets, sheet): (Sheets, &'static Sheet),
    one: &Written,
) -> Result<bool, Trouble> {
    let versions = (sheet.ops.versions)(tx, one.record_id)?;
    let Some((last, _)) = versions.last() else { return Ok(false) };
    if last.voided || last.version != one.version_after {
        return Ok(false);
    }
    match one.version_before {
        None => (sheet.ops.void)(tx, app.asker(), one.station_id, one.record_id, "撤销表格导入")?,
        Some(version) => {
            let before = versions.into_iter().find(|(stamp, _)| stamp.version == version).map(|(_, row)| row);
            let Some(row): Option<Row> = before else { return Ok(false) };
            (sheet.ops.amend)(tx, app.asker(), &row, one.version_after)?;
            sheets.moved(tx, app.asker(), [&row])?;
        }
    }
    Ok(true)
}

//! A file that is sent: read on trial, shown, brought in, undone.

use axum::Extension;
use axum::extract::Path;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use db::{DbError, Tx};
use kernel::Id;
use web::form::{Csrf, Wrong};
use web::upload::{self, Upload};
use web::{Form, Page, render, unkept};

use super::super::Bring;
use super::super::content::Content;
use super::super::layout::heads;
use super::super::pages::{FaultRow, FormPage, ImportPage, Undone};
use super::super::plan::{Bringing, Plan};
use super::super::store::{self, State, Transfer, Written};
use super::{by, sheet};
use crate::access::{Verb as _, new_id};
use crate::sheets::{Row, Sheet, Sheets};
use crate::shell::{App, Trouble, form_key};

/// Signs of a file's name that are kept.
const NAME: usize = 120;
/// How many faults and changes a page shows.
const SHOWN: usize = 200;

pub(super) async fn form(app: App, Extension(sheets): Extension<Sheets>, Path(kind): Path<String>) -> Page {
    let page = form_page(&app, sheets, kind, None).await?;
    render(&page)
}

async fn form_page(
    app: &App,
    sheets: Sheets,
    kind: String,
    wrong: Option<String>,
) -> Result<FormPage, web::Fault> {
    app.read(move |_, app| {
        let sheet = sheet(app, sheets, &kind, |sheet| sheet.ops.record)?;
        let columns =
            heads(sheet).into_iter().filter(|head| !head.quiet()).map(|head| (head.label, head.must));
        Ok(FormPage {
            frame: app.frame("transfer", &format!("导入{}", sheet.label), None),
            label: sheet.label,
            kind: sheet.kind(),
            list: sheet.href(),
            columns: columns.collect(),
            wrong,
            key: form_key()?,
        })
    })
    .await
}

pub(super) async fn take(
    app: App,
    Extension(csrf): Extension<Csrf>,
    Extension(sheets): Extension<Sheets>,
    Path(kind): Path<String>,
    sent: Result<Multipart, MultipartRejection>,
) -> Page {
    let (upload, form) = upload::take(sent).await?;
    form.hold_to(Some(&csrf))?;
    let again = async |wrong: String| {
        let page = form_page(&app, sheets, kind.clone(), Some(wrong)).await?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)?).into_response())
    };
    let Some(upload) = upload else {
        return again("没有选文件：请先选一份表格，再点“读取”".to_owned()).await;
    };
    let of = kind.clone();
    let read = app.work(move |app| {
        let sheet = sheet(app, sheets, &of, |sheet| sheet.ops.record)?;
        Ok(Content::read(&upload.content, &upload.name, &heads(sheet))
            .map(|content| (sheet, upload, content)))
    });
    let (sheet, upload, content) = match read.await? {
        Ok(read) => read,
        Err(problem) => {
            return again(format!("{}。{}", problem.what, problem.remedy.trim_end_matches('。'))).await;
        }
    };
    let submitted =
        app.submit(&form, move |tx, app, _| keep(tx, app, sheets, sheet, &upload, content)).await?;
    submitted.led()
}

/// What a file of a sheet is brought in by and to.
fn bringing<'b>(
    app: &'b App,
    sheets: Sheets,
    sheet: &'static Sheet,
    scope: &'b crate::access::Scope,
) -> Bringing<'b> {
    Bringing { sheets, sheet, asker: app.asker(), scope, ground: app.ground() }
}

/// Reads the rows on trial and keeps them with what was found.
fn keep(
    tx: &mut Tx<'_>,
    app: &App,
    sheets: Sheets,
    sheet: &'static Sheet,
    upload: &Upload,
    mut content: Content,
) -> Result<String, Trouble> {
    let scope = app.asker().scope(sheet.ops.record);
    content.found = Plan::of(tx, &bringing(app, sheets, sheet, &scope), &content)?.found;
    let transfer = Transfer {
        id: new_id(tx.at())?,
        kind: sheet.kind().to_owned(),
        file_name: upload.name.chars().take(NAME).collect(),
        made_at: tx.at(),
        made_by: by(app.asker()),
        state: State::Open,
    };
    store::insert(tx, &transfer, &content.to_json()?)?;
    Ok(format!("/transfer/imports/{}", transfer.id))
}

pub(super) async fn show(app: App, Extension(sheets): Extension<Sheets>, Path(import): Path<String>) -> Page {
    unkept(render(&import_page(&app, sheets, import, None).await?))
}

async fn import_page(
    app: &App,
    sheets: Sheets,
    import: String,
    wrong: Option<String>,
) -> Result<ImportPage, web::Fault> {
    app.read(move |tx, app| {
        let transfer = store::transfer(tx, &by(app.asker()), &import)?;
        let sheet = sheet(app, sheets, &transfer.kind, |sheet| sheet.ops.record)?;
        let content = Content::from_json(&store::content(tx, transfer.id)?)?;
        let written = store::written(tx, transfer.id)?;
        let head = |column: Option<usize>| {
            column.and_then(|at| content.heads.get(at)).map(|(label, _)| label.clone()).unwrap_or_default()
        };
        let cell = |line: usize, column: Option<usize>| {
            let row = content.rows.iter().find(|(known, _)| *known == line);
            let text = row.zip(column).and_then(|((_, cells), at)| cells.get(at));
            text.map(|text| text.chars().take(40).collect::<String>()).unwrap_or_default()
        };
        let faults = content.found.faults.iter().take(SHOWN).map(|fault| FaultRow {
            line: fault.line,
            head: head(fault.column),
            cell: cell(fault.line, fault.column),
            what: fault.what.clone(),
        });
        let faults: Vec<FaultRow> = faults.collect();
        Ok(ImportPage {
            frame: app.frame("transfer", &format!("导入{}", sheet.label), None),
            label: sheet.label,
            list: sheet.href(),
            href: format!("/transfer/imports/{}", transfer.id),
            file_name: transfer.file_name,
            state: transfer.state,
            rows: content.rows.len(),
            faulty: content.found.faulty(),
            more_faults: content.found.faults.len() - faults.len(),
            faults,
            changes: content.found.changes.iter().map(|told| (told.line, told.what.clone())).collect(),
            new: content.found.new,
            changed: content.found.changed,
            same: content.found.same,
            notes: content.notes,
            undone: undone(&written),
            written: written.len(),
            wrong,
            key: form_key()?,
        })
    })
    .await
}

fn undone(written: &[Written]) -> Option<Undone> {
    let back = written.iter().filter(|one| one.undone == Some(true)).count();
    let kept = written.iter().filter(|one| one.undone == Some(false)).count();
    (back + kept > 0).then_some(Undone { back, kept })
}

pub(super) async fn apply(
    app: App,
    Extension(sheets): Extension<Sheets>,
    Path(import): Path<String>,
    form: Form,
) -> Page {
    let to = import.clone();
    let submitted = app.submit(&form, move |tx, app, form| {
        let transfer = store::transfer(tx, &by(app.asker()), &to)?;
        let sheet = sheet(app, sheets, &transfer.kind, |sheet| sheet.ops.record)?;
        let content = Content::from_json(&store::content(tx, transfer.id)?)?;
        let scope = app.asker().scope(sheet.ops.record);
        let bringing = bringing(app, sheets, sheet, &scope);
        // Read once more: what was found on trial may no longer be so.
        let plan = Plan::of(tx, &bringing, &content)?;
        let faulty = plan.found.faulty();
        if faulty > 0 && form.text("rows") != "good" {
            let what = format!("有 {faulty} 行要改，没有导入：改好后重新上传，或选“只导入没有问题的行”");
            return Err(vec![Wrong { field: "rows".into(), what }].into());
        }
        store::move_on(tx, transfer.id, State::Open, State::Applied)?;
        let written = plan.write(tx, &bringing)?;
        let kept: Vec<Written> = written.iter().map(|one| Written::of(transfer.id, *one)).collect();
        store::keep_written(tx, &kept)?;
        tell(tx, sheet, format!("从表格导入{} {} 条", sheet.label, written.len()))?;
        Ok(format!("/transfer/imports/{to}"))
    });
    answered(&app, sheets, import, submitted.await?).await
}

/// Leads on, or shows the import once more with what is wrong.
async fn answered(app: &App, sheets: Sheets, import: String, submitted: crate::shell::Submitted) -> Page {
    match submitted {
        crate::shell::Submitted::Done(answer) => Ok(answer),
        crate::shell::Submitted::Wrong(wrong) => {
            let what: Vec<String> = wrong.into_iter().map(|wrong| wrong.what).collect();
            let page = import_page(app, sheets, import, Some(what.join("；"))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, unkept(render(&page))?).into_response())
        }
    }
}

fn tell(tx: &mut Tx<'_>, sheet: &Sheet, what: String) -> Result<(), Trouble> {
    let event =
        db::Event { verb: Bring::NAME, kind: sheet.kind(), reason: Some(what), ..db::Event::default() };
    Ok(tx.event(db::WHOLE, event)?)
}

pub(super) async fn undo(
    app: App,
    Extension(sheets): Extension<Sheets>,
    Path(import): Path<String>,
    form: Form,
) -> Page {
    let to = import.clone();
    let submitted = app.submit(&form, move |tx, app, _| {
        let transfer = store::transfer(tx, &by(app.asker()), &to)?;
        let sheet = sheet(app, sheets, &transfer.kind, |sheet| sheet.ops.record)?;
        store::move_on(tx, transfer.id, State::Applied, State::Undone)?;
        let written = store::written(tx, transfer.id)?;
        let (mut back, mut kept) = (Vec::new(), Vec::new());
        for one in &written {
            let brought = bring_back(tx, app, sheet, one)?;
            if brought { &mut back } else { &mut kept }.push(one.record_id);
        }
        store::set_undone(tx, transfer.id, &back, true)?;
        store::set_undone(tx, transfer.id, &kept, false)?;
        tell(tx, sheet, format!("撤销表格导入：{} 条撤回，{} 条之后改过、没有动", back.len(), kept.len()))?;
        Ok(format!("/transfer/imports/{to}"))
    });
    answered(&app, sheets, import, submitted.await?).await
}

/// Brings a record back to what it was before the import; not one that somebody changed since.
fn bring_back(tx: &mut Tx<'_>, app: &App, sheet: &'static Sheet, one: &Written) -> Result<bool, Trouble> {
    let versions = (sheet.ops.versions)(tx, one.record_id)?;
    let Some((last, _)) = versions.last() else { return Ok(false) };
    if last.voided || last.version != one.version_after {
        return Ok(false);
    }
    match one.version_before {
        None => void(tx, app, sheet, one.station_id, one.record_id)?,
        Some(version) => {
            let before = versions.into_iter().find(|(stamp, _)| stamp.version == version).map(|(_, row)| row);
            let Some(row): Option<Row> = before else { return Ok(false) };
            (sheet.ops.amend)(tx, app.asker(), &row, one.version_after)?;
        }
    }
    Ok(true)
}

fn void(tx: &mut Tx<'_>, app: &App, sheet: &Sheet, station: Id, id: Id) -> Result<(), DbError> {
    (sheet.ops.void)(tx, app.asker(), station, id, "撤销表格导入")
}

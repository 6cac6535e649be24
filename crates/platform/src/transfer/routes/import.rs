//! A file that is sent: read on trial, shown, brought in, undone.

use axum::Extension;
use axum::extract::Path;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use db::Tx;
use kernel::{Id, Problem};
use web::form::{Csrf, Wrong};
use web::upload::{self, Upload};
use web::{Form, Page, render, unkept};

use super::super::content::{Content, Found};
use super::super::jobs::{self, Job};
use super::super::layout::heads;
use super::super::pages::{FaultRow, FormPage, ImportPage, Undone};
use super::super::store::{self, State, Transfer, Written};
use super::{by, sheet};
use crate::access::new_id;
use crate::sheets::{Sheet, Sheets};
use crate::shell::{App, Leads, Submitted, Trouble, form_key};

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
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let transfer = keep(tx, app, sheet, &upload, &content)?;
            Ok(Leads::silently(format!("/transfer/imports/{transfer}")))
        })
        .await?;
    let answer = submitted.led()?;
    let at = answer.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
    let import = at.and_then(|to| to.rsplit('/').next()).unwrap_or_default().to_owned();
    app.work(move |app| {
        let (transfer, sheet, content) = kept(app, sheets, &import)?;
        if content.found.is_none() {
            jobs::begin(app, transfer.id, "正在试读", content.rows.len(), move |app, step| {
                jobs::try_out(app, sheets, sheet, transfer.id, step)
            });
        }
        Ok(())
    })
    .await?;
    Ok(answer)
}

/// An import of one's own, its sheet, and what is kept of it.
fn kept(app: &App, sheets: Sheets, import: &str) -> Result<(Transfer, &'static Sheet, Content), Trouble> {
    app.site().database.read(|tx| {
        let transfer = store::transfer(tx, &by(app.asker()), import)?;
        let sheet = sheet(app, sheets, &transfer.kind, |sheet| sheet.ops.record)?;
        let content = Content::from_json(&store::content(tx, transfer.id)?)?;
        Ok((transfer, sheet, content))
    })
}

/// Keeps the rows, before they are read on trial.
fn keep(
    tx: &mut Tx<'_>,
    app: &App,
    sheet: &'static Sheet,
    upload: &Upload,
    content: &Content,
) -> Result<Id, Trouble> {
    let transfer = Transfer {
        id: new_id(tx.at())?,
        kind: sheet.kind().to_owned(),
        file_name: upload.name.chars().take(NAME).collect(),
        made_at: tx.at(),
        made_by: by(app.asker()),
        state: State::Open,
    };
    store::insert(tx, &transfer, &content.to_json()?)?;
    Ok(transfer.id)
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
    // Asked before the database: work that ends in between is seen as under way, never as broken off.
    let job = import.parse().ok().and_then(jobs::of);
    app.read(move |tx, app| {
        let transfer = store::transfer(tx, &by(app.asker()), &import)?;
        let sheet = sheet(app, sheets, &transfer.kind, |sheet| sheet.ops.record)?;
        let content = Content::from_json(&store::content(tx, transfer.id)?)?;
        let written = store::written(tx, transfer.id)?;
        let found = content.found.clone().unwrap_or_default();
        let wrong = match &job {
            Some(Job::Failed(what)) => Some(what.clone()),
            None if content.found.is_none() => Some("试读没有做完：请重新上传这份表格".to_owned()),
            _ => wrong,
        };
        let head = |column: Option<usize>| {
            column.and_then(|at| content.heads.get(at)).map(|(label, _)| label.clone()).unwrap_or_default()
        };
        let cell = |line: usize, column: Option<usize>| {
            let row = content.rows.iter().find(|(known, _)| *known == line);
            let text = row.zip(column).and_then(|((_, cells), at)| cells.get(at));
            text.map(|text| text.chars().take(40).collect::<String>()).unwrap_or_default()
        };
        let faults = found.faults.iter().take(SHOWN).map(|fault| FaultRow {
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
            faulty: found.faulty(),
            more_faults: found.faults.len() - faults.len(),
            faults,
            changes: found.changes.iter().map(|told| (told.line, told.what.clone())).collect(),
            new: found.new,
            changed: found.changed,
            same: found.same,
            notes: content.notes,
            running: match job {
                Some(Job::Running(what, done, of)) => Some((what, done, of)),
                _ => None,
            },
            tried: content.found.is_some(),
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
    let (to, of, only_good) = (import.clone(), import.clone(), form.text("rows") == "good");
    let submitted = app.submit(&form, move |tx, app, _| {
        let transfer = standing(tx, app, &to, State::Open)?;
        let content = Content::from_json(&store::content(tx, transfer.id)?)?;
        let faulty = content.found.as_ref().map_or(0, Found::faulty);
        if faulty > 0 && !only_good {
            let what = format!("有 {faulty} 行要改，没有导入：改好后重新上传，或选“只导入没有问题的行”");
            return Err(vec![Wrong { field: "rows".into(), what }].into());
        }
        Ok(Leads::silently(format!("/transfer/imports/{to}")))
    });
    let answer = match submitted.await? {
        Submitted::Done(answer) => answer,
        Submitted::Wrong(wrong) => return again(&app, sheets, import, wrong).await,
    };
    // After the form's own transaction: SQLite has one writer.
    app.work(move |app| {
        let (transfer, sheet, content) = kept(app, sheets, &of)?;
        if transfer.state == State::Open {
            jobs::begin(app, transfer.id, "正在导入", content.rows.len(), move |app, step| {
                jobs::bring_in(app, sheets, sheet, transfer.id, only_good, step)
            });
        }
        Ok(())
    })
    .await?;
    Ok(answer)
}

/// An import of one's own that is where it is thought to be.
fn standing(tx: &mut Tx<'_>, app: &App, import: &str, state: State) -> Result<Transfer, Trouble> {
    let transfer = store::transfer(tx, &by(app.asker()), import)?;
    if transfer.state != state || matches!(jobs::running(transfer.id), Some(Job::Running(..))) {
        let problem = Problem::new("changed_meanwhile", "这次导入刚办过了", "请刷新页面看现在的情况");
        return Err(problem.into());
    }
    Ok(transfer)
}

/// The import once more with what is wrong.
async fn again(app: &App, sheets: Sheets, import: String, wrong: Vec<Wrong>) -> Page {
    let what: Vec<String> = wrong.into_iter().map(|wrong| wrong.what).collect();
    let page = import_page(app, sheets, import, Some(what.join("；"))).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, unkept(render(&page))?).into_response())
}

pub(super) async fn undo(
    app: App,
    Extension(sheets): Extension<Sheets>,
    Path(import): Path<String>,
    form: Form,
) -> Page {
    let to = import.clone();
    let submitted = app.submit(&form, move |tx, app, _| {
        standing(tx, app, &to, State::Applied)?;
        Ok(Leads::silently(format!("/transfer/imports/{to}")))
    });
    let answer = submitted.await?.led()?;
    app.work(move |app| {
        let (transfer, sheet, content) = kept(app, sheets, &import)?;
        if transfer.state == State::Applied {
            jobs::begin(app, transfer.id, "正在撤销", content.rows.len(), move |app, step| {
                jobs::undo(app, sheets, sheet, &transfer, step)
            });
        }
        Ok(())
    })
    .await?;
    Ok(answer)
}

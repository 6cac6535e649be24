//! Issuing a paper, its files, the archive, and the public page of a seal.

use axum::extract::Path;
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use db::Tx;
use rules::scoring::Paper;
use web::form::Wrong;
use web::{Fault, Form, Link, Page, Target, download, render, unkept};

use super::super::desk::writer;
use super::super::routes::{FILES, READ, found};
use super::make::{ARCHIVE, Made, make, paper_of};
use super::pages::SealPage;
use super::store;
use crate::access::{Asker, Correct, permit};
use crate::evaluation::{self, Evaluation, Round, Stage};
use crate::shell::{App, Leads, Needs, Route, Trouble};

/// The verb of issuing.
const ISSUE: &str = "reports.issue";

pub(in super::super) fn routes() -> Vec<Route> {
    const ISSUES: Needs = Needs::Verb(ISSUE);
    vec![
        Route::get("/reports/seals/{seal}", Needs::Nothing, get(seal)),
        Route::post("/reports/{round}/issue", ISSUES, post(issue)).slow(),
        Route::get("/reports/{round}/archive.zip", ISSUES, get(archive)),
        Route::get("/reports/{round}/issued/{paper}/{file}", READ, get(hand_out)),
    ]
}

/// The papers of a round as its page shows them.
pub(in super::super) struct Given {
    /// What it is, when it was issued, its seal.
    pub(in super::super) said: (&'static str, String, String),
    /// Its files: address, name, what it is for, bytes.
    pub(in super::super) files: Vec<(String, String, &'static str, u64)>,
}

/// The issued papers that whoever asks may have, and whether they may issue one now.
///
/// # Errors
/// What the database says.
pub(in super::super) fn given(
    tx: &mut Tx<'_>,
    asker: &Asker,
    round: &Round,
) -> db::DbResult<(Vec<Given>, Option<Paper>)> {
    let issued = store::of_round(tx, &round.code)?;
    let issues = asker.scope(ISSUE).whole(round.station_id);
    let open = paper_of(round).filter(|paper| issues && !issued.iter().any(|one| one.paper == *paper));
    let mut all = Vec::new();
    for one in issued {
        let mut files = Vec::new();
        for file in store::files_of(tx, one.id)? {
            let label = match file.name.as_str() {
                ARCHIVE if issues => "归档：报告、记录、封存的评分、抽样",
                ARCHIVE => continue,
                name => FILES.iter().find(|known| known.name == name).map_or("", |known| known.label),
            };
            let href = match file.name.as_str() {
                ARCHIVE => format!("/reports/{}/{ARCHIVE}", round.code),
                name => Target::new(&["reports", &round.code, "issued", one.paper.as_str(), name]).href(),
            };
            files.push((href, file.name, label, u64::try_from(file.bytes).unwrap_or_default()));
        }
        all.push(Given { said: (one.paper.label(), one.issued_at.minute(), one.seal), files });
    }
    Ok((all, open))
}

async fn issue(app: App, Path(code): Path<String>, form: Form) -> Page {
    let wanted = code.clone();
    let round = app
        .read(move |tx, app| {
            let round = found(tx, app, &wanted)?;
            permit::<Correct<Evaluation>>(app.asker(), round.station_id)?;
            Ok(round)
        })
        .await?;
    let made = match paper_of(&round) {
        Some(paper) => {
            let round = round.clone();
            app.work(move |app| made_once(app, &round, paper)).await?
        }
        None => Ok(None),
    };
    let page = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let now = found(tx, app, &code)?;
            let Some(made) = made.map_err(wrong)? else {
                let what = match paper_of(&now) {
                    Some(paper) => format!("{}已经出具过，不能再出具一份", paper.label()),
                    None => {
                        format!("这一轮在“{}”，初稿反馈或出具报告阶段才有要出具的文本", now.stage.label())
                    }
                };
                return Err(wrong(what));
            };
            if now != made.round {
                return Err(wrong("做文件时这一轮有了变动，没有出具：请再点一次".to_owned()));
            }
            write(tx, app, &made)?;
            Ok(Leads::saying(format!("/reports/{code}"), "已出具并送出"))
        })
        .await?;
    submitted.back(&app, &form, |app| super::super::routes::one(app, Path(page))).await
}

/// The paper made, unless it was issued before; or in words why it cannot be.
fn made_once(app: &App, round: &Round, paper: Paper) -> Result<Result<Option<Made>, String>, Trouble> {
    let issued = app.site().database.read(|tx| store::of_round(tx, &round.code))?;
    if issued.iter().any(|one| one.paper == paper) {
        return Ok(Ok(None));
    }
    match make(app, round, paper) {
        Ok(made) => Ok(Ok(Some(made))),
        Err(Trouble::Db(db::DbError::Problem(problem))) => Ok(Err(problem.to_string())),
        Err(other) => Err(other),
    }
}

fn write(tx: &mut Tx<'_>, app: &App, made: &Made) -> Result<(), Trouble> {
    let (by, name) = writer(app)?;
    let (paper, files) = made.rows(tx, by)?;
    store::add(tx, &paper, &files)?;
    if paper.paper == Paper::Draft {
        super::super::store::sent(tx, &made.round, &made.text, (by, &name))?;
    }
    let event = db::Event {
        verb: ISSUE,
        kind: "round",
        record_id: Some(made.round.id),
        reason: Some(format!("{} 清单摘要 {}", paper.paper.label(), paper.seal)),
        detail: Some(serde_json::json!({ "round": paper.round, "manifest": paper.manifest_sha256 })),
    };
    tx.event(made.round.station_id, event)?;
    let scheme = evaluation::scheme_of(tx, &app.site().library, &made.round)?;
    evaluation::send(tx, app.asker(), &made.round, &scheme)
}

fn wrong(what: String) -> Trouble {
    vec![Wrong { field: "issue".into(), what }].into()
}

async fn hand_out(app: App, Path((code, paper, name)): Path<(String, String, String)>) -> Page {
    let file = FILES.iter().find(|file| file.name == name);
    let content = app.read(move |tx, app| {
        let round = found(tx, app, &code)?;
        let none = || no_file(&code);
        let file = file.ok_or_else(none)?;
        let issued = store::of_round(tx, &code)?;
        // The final report is not read by whoever has only signed for the draft: `found` held to that.
        let wanted = issued.iter().find(|one| one.paper.as_str() == paper).ok_or_else(none)?;
        if wanted.paper == Paper::Final && round.stage != Stage::Issued {
            return Err(none().into());
        }
        let kept = store::files_of(tx, wanted.id)?.into_iter().find(|one| one.name == file.name);
        content(app, &kept.ok_or_else(none)?.sha256)
    });
    let content = content.await?;
    let (name, kind) = file.map(|file| (file.name, file.content_type)).unwrap_or_default();
    unkept(Ok((download(name, kind), content).into_response()))
}

async fn archive(app: App, Path(code): Path<String>) -> Page {
    let content = app.read(move |tx, app| {
        let round = found(tx, app, &code)?;
        permit::<Correct<Evaluation>>(app.asker(), round.station_id)?;
        let issued = store::of_round(tx, &code)?;
        let last = issued.iter().find(|one| one.paper == Paper::Final).ok_or_else(|| no_file(&code))?;
        let kept = store::files_of(tx, last.id)?.into_iter().find(|one| one.name == ARCHIVE);
        content(app, &kept.ok_or_else(|| no_file(&code))?.sha256)
    });
    unkept(Ok((download(ARCHIVE, "application/zip"), content.await?).into_response()))
}

fn content(app: &App, sha256: &str) -> Result<Vec<u8>, Trouble> {
    let read = app.site().database.contents().and_then(|contents| contents.get(sha256));
    read.map_err(|problem| {
        tracing::error!(%problem, "a file of an issued report cannot be read");
        Fault::of(axum::http::StatusCode::INTERNAL_SERVER_ERROR, &problem).into()
    })
}

fn no_file(round: &str) -> Fault {
    let fault = Fault::not_found("no_file", "没有出具过这份文件", "已出具的文件列在报告页");
    fault.near([Link::new(Target::new(&["reports", round]).href(), "这一轮次的报告")])
}

async fn seal(app: App, Path(seal): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let seal: String = seal.chars().filter(char::is_ascii_hexdigit).take(64).collect();
        let issued = store::with_seal(tx, &seal)?;
        Ok(SealPage::of(app.frame("", "核对清单摘要", None), seal, issued.as_ref()))
    });
    render(&page.await?)
}

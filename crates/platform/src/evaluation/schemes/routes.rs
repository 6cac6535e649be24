//! The pages of schemes: reading, comparing, proposing, adopting.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::{get, post};
use db::{Event, Tx, WHOLE};
use kernel::{Id, Problem};
use rules::counting::Figure;
use rules::scoring::{Scheme, compare};
use sha2::{Digest as _, Sha256};
use web::{Fault, Form, Link, Page, Query, Target, render};

use super::pages::{ComparePage, Edition, ListPage, SchemePage};
use super::store::{self, Proposed};
use super::{Adopt, Propose};
use crate::access::{self, Verb as _, new_id};
use crate::library::SchemeFile;
use crate::shell::{App, Leads, Needs, Route, Submitted, Trouble, form_key};

/// The pages.
pub(in crate::evaluation) fn routes() -> Vec<Route> {
    const READ: Needs = Needs::Verb("evaluation.schemes");
    vec![
        Route::get("/evaluation/schemes", READ, get(list)),
        Route::get("/evaluation/schemes/{code}", READ, get(show)),
        Route::get("/evaluation/schemes/{code}/compare", READ, get(differences)),
        Route::post("/evaluation/schemes/{code}/propose", Needs::Verb(Propose::NAME), post(propose)),
        Route::post("/evaluation/schemes/{code}/adopt", Needs::Verb(Adopt::NAME), post(adopt)),
    ]
}

async fn list(app: App) -> Page {
    let page = app.read(|tx, app| {
        let kept = store::all(tx)?;
        let files = &app.site().library.schemes;
        let lines = files.iter().map(|file| (&file.scheme, standing(file, &kept))).collect();
        Ok(ListPage::of(app.frame("evaluation", "评估指标体系", None), lines))
    });
    render(&page.await?)
}

async fn show(app: App, Path(code): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let file = file(app, &code)?;
        let kept = store::all(tx)?;
        let own: Vec<&Proposed> = kept.iter().filter(|row| row.code == code).collect();
        let people = own.iter().flat_map(|row| [Some(row.proposed_by), row.adopted_by]).flatten();
        let names = access::display_names(tx, people.collect::<Vec<_>>())?;
        let edition = standing(file, &kept);
        let me = app.asker().user().map(|user| user.user);
        let may_adopt = match &edition {
            Edition::Proposed(row) => app.asker().may(Adopt::NAME) && me != Some(row.proposed_by),
            _ => false,
        };
        let may_propose = matches!(edition, Edition::New) && app.asker().may(Propose::NAME);
        let figure = |code: &str| {
            let known = app.site().library.rules.iter().find(|figure| figure.code() == code);
            known.map_or_else(|| code.to_owned(), |figure| figure.name().to_owned())
        };
        let frame = app.frame("evaluation", &file.scheme.name, None);
        let compared = compared(&app.site().library.schemes, &kept, file);
        let page = SchemePage::of(frame, file, &figure, &own, &names);
        Ok(page.standing(&edition, compared, (may_propose, may_adopt), form_key()?))
    });
    render(&page.await?)
}

async fn differences(app: App, Path(code): Path<String>, query: Query) -> Page {
    let with = query.text("with").unwrap_or_default().to_owned();
    let page = app.read(move |tx, app| {
        let kept = store::all(tx)?;
        let file = file(app, &code)?;
        let (before, name) = other(app, &kept, &with)?;
        let changes = compare(&before, &file.scheme);
        let frame = app.frame("evaluation", "两版对照", None);
        Ok(ComparePage::of(frame, name, &file.scheme, changes))
    });
    render(&page.await?)
}

/// What the file of a scheme stands for: nothing yet, a proposal, an adopted version, or a text that was changed since.
fn standing(file: &SchemeFile, kept: &[Proposed]) -> Edition {
    let own = kept.iter().find(|row| row.code == file.scheme.code && row.version == file.scheme.version);
    match own {
        None => Edition::New,
        Some(row) if row.digest != digest(&file.text) => Edition::Changed,
        Some(row) if row.adopted_at.is_some() => Edition::Adopted,
        Some(row) => Edition::Proposed(Box::new(row.clone())),
    }
}

fn file<'a>(app: &'a App, code: &str) -> Result<&'a SchemeFile, Fault> {
    app.site().library.schemes.iter().find(|file| file.scheme.code == code).ok_or_else(unknown)
}

fn unknown() -> Fault {
    Fault::not_found("unknown_scheme", "没有这份指标体系", "请从“评估指标体系”里选")
        .near([Link::new("/evaluation", "评估指标体系")])
}

/// What a scheme may be compared with: its other versions, and the other schemes. Address and words.
fn compared(files: &[SchemeFile], kept: &[Proposed], own: &SchemeFile) -> Vec<Link> {
    let href = |with: &str| {
        let page = Target::new(&["evaluation", "schemes", &own.scheme.code, "compare"]);
        page.with("with", with).href()
    };
    let digest = digest(&own.text);
    let versions = kept.iter().filter(|row| row.code == own.scheme.code && row.digest != digest);
    let versions = versions.map(|row| Link::new(href(&row.id.to_string()), format!("{} 版", row.version)));
    let others = files.iter().filter(|file| file.scheme.code != own.scheme.code);
    let others = others.map(|file| Link::new(href(&file.scheme.code), file.scheme.name.clone()));
    versions.chain(others).collect()
}

/// The scheme that was asked for by its code, or the version by its id.
fn other(app: &App, kept: &[Proposed], with: &str) -> Result<(Scheme, String), Trouble> {
    if let Some(row) = kept.iter().find(|row| row.id.to_string() == with) {
        let figures: Vec<&str> = app.site().library.rules.iter().map(Figure::code).collect();
        let scheme = Scheme::parse(&row.code, &row.content, &figures).map_err(|mut problems| {
            let problem = problems.remove(0);
            Problem { remedy: format!("采用以后计数规则改了：{}", problem.remedy), ..problem }
        })?;
        return Ok((scheme, format!("{}（{} 版）", row.name, row.version)));
    }
    let file = file(app, with)?;
    Ok((file.scheme.clone(), format!("{}（{} 版）", file.scheme.name, file.scheme.version)))
}

async fn propose(app: App, Path(code): Path<String>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let file = file(app, &code)?;
            let by = someone(app)?;
            if !matches!(standing(file, &store::all(tx)?), Edition::New) {
                let what = format!("{} 的 {} 版已经提出过", file.scheme.name, file.scheme.version);
                return Err(conflict("proposed_already", what, "文件有改动时换一个版本号，再提出"));
            }
            let row = Proposed {
                id: new_id(tx.at())?,
                code: file.scheme.code.clone(),
                version: file.scheme.version.clone(),
                name: file.scheme.name.clone(),
                digest: digest(&file.text),
                content: file.text.clone(),
                proposed_by: by,
                proposed_at: tx.at(),
                adopted_by: None,
                adopted_at: None,
            };
            store::propose(tx, &row)?;
            noted(tx, Propose::NAME, &row)?;
            Ok(Leads::saying(address(&code), "已提出，等另一个人采用"))
        })
        .await?;
    done(submitted)
}

async fn adopt(app: App, Path(code): Path<String>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let by = someone(app)?;
            let wanted = form.text("proposal").to_owned();
            let kept = store::all(tx)?;
            let row = kept.iter().find(|row| row.code == code && row.id.to_string() == wanted);
            let row = row.ok_or_else(unknown)?;
            if row.proposed_by == by {
                let what = "提出的人不能自己采用";
                let fault = Fault::new(StatusCode::FORBIDDEN, "own_proposal", what, "请另一位有权的同事采用");
                return Err(fault.near([Link::new(address(&code), row.name.clone())]).into());
            }
            if !store::adopt(tx, row.id, by)? {
                return Err(conflict("adopted_already", "这一版已经采用".to_owned(), "刷新页面看现在的情况"));
            }
            noted(tx, Adopt::NAME, row)?;
            Ok(Leads::saying(address(&code), "已采用"))
        })
        .await?;
    done(submitted)
}

/// These forms have no field that could be wrong.
fn done(submitted: Submitted) -> Page {
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(_) => Err(Fault::of_status(StatusCode::CONFLICT)),
    }
}

fn address(code: &str) -> String {
    Target::new(&["evaluation", "schemes", code]).href()
}

fn someone(app: &App) -> Result<Id, Trouble> {
    let user = app.asker().user().ok_or_else(|| Fault::of_status(StatusCode::UNAUTHORIZED))?;
    Ok(user.user)
}

fn conflict(code: &'static str, what: String, remedy: &str) -> Trouble {
    Fault::new(StatusCode::CONFLICT, code, what, remedy).into()
}

/// The audit line: which version, and the digest of its text.
fn noted(tx: &mut Tx<'_>, verb: &'static str, row: &Proposed) -> Result<(), Trouble> {
    let detail = serde_json::json!({ "code": row.code, "version": row.version, "digest": row.digest });
    let event = Event { verb, kind: "scheme", record_id: Some(row.id), reason: None, detail: Some(detail) };
    Ok(tx.event(WHOLE, event)?)
}

/// SHA-256 in hexadecimal.
pub(super) fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

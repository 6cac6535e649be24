//! The pages of reconciling: the list with its upload, one import, applying and undoing.

mod apply;
mod import;
mod seen;

use axum::Extension;
use axum::extract::DefaultBodyLimit;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::routing::{MethodRouter, get, post};
use db::Tx;
use kernel::{Id, Problem};
use rules::roster::{coverage, read};
use sha2::{Digest as _, Sha256};
use web::form::Csrf;
use web::upload::{self, Upload};
use web::{Fault, Form, Page, Query, render};

use super::super::policy::Reconcile;
use super::super::routes::unkept;
use super::book::{Book, with_keys};
use super::content::Content;
use super::pages::{CoverageShown, ImportRow, IndexPage};
use super::store::{self, Import, State};
use crate::access::{display_names, new_id, permit};
use crate::areas;
use crate::shell::{App, Leads, Needs, Route, Trouble, form_key};

const RECONCILE: Needs = Needs::Verb("clients.roster");
/// Signs of a file's name that are kept.
const NAME: usize = 120;

pub(in super::super) fn routes() -> Vec<Route> {
    // The upload counts what it reads itself, so that it can say what is too large.
    let sent: MethodRouter<App> = post(take).layer(DefaultBodyLimit::disable());
    vec![
        Route::get("/clients/roster", RECONCILE, get(show)),
        Route::post("/clients/roster", RECONCILE, sent).slow(),
        Route::get("/clients/roster/{import}", RECONCILE, get(import::show)),
        Route::post("/clients/roster/{import}/apply", RECONCILE, post(apply::apply)).slow(),
        Route::post("/clients/roster/{import}/undo", RECONCILE, post(apply::undo)).slow(),
    ]
}

async fn show(app: App, query: Query) -> Page {
    let station = query.text("station").map(str::to_owned);
    let page = app.read(move |tx, app| index(tx, app, station.as_deref(), None)).await?;
    unkept(render(&page))
}

/// The list of imports of a station, with the upload and the files due and made.
fn index(
    tx: &mut Tx<'_>,
    app: &App,
    station: Option<&str>,
    wrong: Option<String>,
) -> Result<IndexPage, Trouble> {
    let now = tx.at();
    let mut all = areas::all_stations(tx, now)?;
    all.retain(|one| app.scope().whole(one.id));
    let chosen = match station {
        Some(code) => all.iter().find(|one| one.code == code).ok_or_else(unknown_station)?,
        None => all.first().ok_or_else(part_of_a_station)?,
    };
    let imports = store::imports(tx, chosen.id)?;
    let by = |import: &Import| import.made_by.parse::<Id>().ok();
    let names = display_names(tx, imports.iter().filter_map(by))?;
    let ids: Vec<Id> = imports.iter().map(|import| import.id).collect();
    let applied = store::applied(tx, &ids)?;
    let mut rows = Vec::new();
    for import in &imports {
        rows.push(ImportRow {
            href: format!("/clients/roster/{}", import.id),
            file_name: import.file_name.clone(),
            made_at: import.made_at.minute(),
            made_by: by(import).and_then(|id| names.get(&id)).cloned().unwrap_or_default(),
            rows: import.row_count,
            faulty: import.faulty_count,
            applied: applied.get(&import.id).copied().unwrap_or(0),
            state: import.state,
        });
    }
    let latest = imports.iter().find(|import| import.state != State::Undone);
    Ok(IndexPage {
        frame: app.frame("clients", "名册对账", None),
        key: form_key()?,
        chosen: chosen.code.clone(),
        coverage: latest.map(|import| counted(tx, app, import)).transpose()?,
        stations: all.iter().map(|one| (one.code.clone(), one.name.clone())).collect(),
        wrong,
        imports: rows,
    })
}

fn counted(tx: &mut Tx<'_>, app: &App, import: &Import) -> Result<CoverageShown, Trouble> {
    let today = app.site().today;
    let roster = Content::from_json(&store::content(tx, import)?)?.roster(today);
    let book = Book::load(tx, import.station_id, today)?;
    let files = book.files(tx.keys())?;
    let counted = with_keys(tx.keys(), |keys| coverage(&roster, &files, keys));
    Ok(CoverageShown::of(import, &counted, &book))
}

async fn take(
    app: App,
    Extension(csrf): Extension<Csrf>,
    sent: Result<Multipart, MultipartRejection>,
) -> Page {
    let (upload, form) = upload::take(sent).await?;
    form.hold_to(Some(&csrf))?;
    let Some(upload) = upload else {
        let wrong = "没有选文件：请先选一份名册，再点“读取”".to_owned();
        return again(&app, &form, wrong).await;
    };
    let prepared = app.work(move |app| Ok(prepare(app, &upload))).await?;
    let (name, hash, content) = match prepared {
        Ok(prepared) => prepared,
        Err(problem) => {
            let wrong = format!("{}。{}", problem.what, problem.remedy.trim_end_matches('。'));
            return again(&app, &form, wrong).await;
        }
    };
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let station = station(tx, app, form)?;
            permit::<Reconcile>(app.asker(), station)?;
            let to = keep(tx, app, station, (name, hash), content)?;
            Ok(Leads::saying(to, "名册已读，档案还没有动"))
        })
        .await?;
    submitted.led()
}

/// Reads a file: long work, for a worker thread. Its name, its hash and what is kept of it.
fn prepare(app: &App, upload: &Upload) -> Result<(String, String, Content), Problem> {
    let roster = read(&upload.content, &upload.name, &app.site().library.codes, app.site().today)?;
    let hash = Sha256::digest(&upload.content).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((upload.name.chars().take(NAME).collect(), hash, Content::of(roster)))
}

/// The station that a form names, where all of it may be reconciled.
fn station(tx: &mut Tx<'_>, app: &App, form: &Form) -> Result<Id, Trouble> {
    let now = tx.at();
    let all = areas::all_stations(tx, now)?;
    let one = all.iter().find(|one| one.code == form.text("station") && app.scope().whole(one.id));
    Ok(one.ok_or_else(unknown_station)?.id)
}

/// Keeps what was read, with the differences as they are told now.
fn keep(
    tx: &mut Tx<'_>,
    app: &App,
    station: Id,
    (file_name, file_hash): (String, String),
    mut content: Content,
) -> Result<String, Trouble> {
    let book = Book::load(tx, station, app.site().today)?;
    let found = seen::differences(tx, app, &book, &content.roster(app.site().today))?;
    content.told = found.into_iter().map(|one| (one.key, one.sentence)).collect();
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let (rows, faulty) = content.counts();
    let id = new_id(tx.at())?;
    let import = Import {
        id,
        station_id: station,
        file_name,
        file_hash,
        made_at: tx.at(),
        made_by: app.asker().user().map_or_else(|| "console".to_owned(), |user| user.user.to_string()),
        row_count: count(rows),
        faulty_count: count(faulty),
        state: State::Open,
    };
    store::insert(tx, &import, &content.to_json()?)?;
    let event = db::Event {
        verb: "clients.roster",
        kind: "roster_import",
        reason: Some(format!("导入名册 {rows} 人，要改 {faulty} 行")),
        ..db::Event::default()
    };
    tx.event(station, event)?;
    Ok(format!("/clients/roster/{id}"))
}

/// The list once more, with what was wrong with the file.
async fn again(app: &App, form: &Form, wrong: String) -> Page {
    let station = Some(form.text("station").to_owned()).filter(|id| !id.is_empty());
    let page = app.read(move |tx, app| index(tx, app, station.as_deref(), Some(wrong))).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, unkept(render(&page))?).into_response())
}

fn unknown_station() -> Problem {
    Problem::new("unknown_station", "没有这个社工站", "请从名册对账的页面选")
}

fn part_of_a_station() -> Fault {
    let what = "名册对账要有整个社工站的权限";
    Fault::new(StatusCode::FORBIDDEN, "part_of_a_station", what, "请由站长办理")
}

//! The pages of reports: the rounds of a station, the report of one, and its files. Reads, composes, renders.

use std::path::Path as FilePath;

use axum::Extension;
use axum::extract::Path;
use axum::response::IntoResponse as _;
use axum::routing::get;
use db::{DbError, DbResult, Tx};
use kernel::{Id, Moment};
use rules::counting::RuleSet;
use web::{Fault, Link, Page, Query, Target, download, render};

use super::manifest::Manifest;
use super::pages::{Kept, RoundPage, RoundsPage};
use super::{Facts, compose, desk, issue};
use crate::access::Part as _;
use crate::evaluation::{self, Evaluation, Round};
use crate::figures::{Asked, At, Later, RoundLink};
use crate::library::Library;
use crate::shell::{App, Heading, Needs, Part, Route, Standing, Trouble, form_key};
use crate::{areas, indicators};

/// What this slice brings to the site.
pub const PART: Part = Part {
    name: "reports",
    group: Heading::Evaluation,
    label: "评估报告",
    tab: "报告",
    icon: "M5 2.5h7l3.500 3.500v11.500H5zM12 2.500V6h3.500M7.500 10h5M7.500 13h5",
    needs: READ,
    routes,
};

pub(super) const READ: Needs = Needs::Verb("reports.read");

/// What the pages of figures and indicators need to know of contracts' rules and of rounds.
pub(crate) const LATER: Later = Later { rules, round, rounds };

/// A file that may lie beside a report: its name, its type, what it is for.
pub(super) struct FileOf {
    pub(super) name: &'static str,
    pub(super) content_type: &'static str,
    pub(super) label: &'static str,
}

/// The files of a report. No other name is ever looked up.
pub(super) const FILES: [FileOf; 7] = [
    file("report.pdf", "application/pdf", "PDF，签章用"),
    file(
        "report.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Word，修改用",
    ),
    file(
        "annexes.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Excel，附件与各表",
    ),
    file("report.html", "text/html; charset=utf-8", "网页，阅读用"),
    file("records.html", "text/html; charset=utf-8", "网页版报告所连的记录"),
    file("records.jsonl", "application/jsonl; charset=utf-8", "每个数字所数的记录"),
    file("manifest.json", "application/json; charset=utf-8", "清单：规则、数值、摘要"),
];

const fn file(name: &'static str, content_type: &'static str, label: &'static str) -> FileOf {
    FileOf { name, content_type, label }
}

fn routes() -> Vec<Route> {
    let mut all = vec![
        Route::get("/reports", READ, get(list)),
        Route::get("/reports/{round}", READ, get(one)),
        Route::get("/reports/{round}/{file}", READ, get(hand_out)).slow(),
    ];
    all.extend(issue::routes());
    all.extend(desk::routes());
    all
}

async fn list(app: App, Extension(later): Extension<Later>, query: Query) -> Page {
    let asked = Asked::parse(&query, app.site().today)?;
    let page = app.read(move |tx, app| {
        let stand = asked.stand(tx, app, later)?;
        let rounds = evaluation::rounds_of(tx, stand.station.id, stand.at.known_at)?;
        let rounds = open(tx, app, rounds)?;
        let frame = app.frame("reports", "评估报告", Some(stand.standing()));
        Ok(RoundsPage::of(frame, &stand, &rounds))
    });
    render(&page.await?)
}

pub(super) async fn one(app: App, Path(code): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let round = found(tx, app, &code)?;
        let station = areas::station(tx, round.station_id, tx.at())?;
        let standing = Standing { code: station.code.clone(), name: station.name, as_of: None };
        let title = format!("{}评估报告", round.kind.label());
        let mut frame = app.frame("reports", &title, Some(standing));
        frame.more_style = Some(app.asset("report.css"));
        let report = report(tx, &app.site().library, &round)?;
        let kept = app.site().report_dir.as_deref().map(|folder| kept(folder, &round.code));
        let keeps = app.asker().scope(Evaluation::CORRECT).reaches(round.station_id);
        let (given, open) = issue::given(tx, app.asker(), &round)?;
        let page = RoundPage::of(frame, &round, report, &kept.unwrap_or_default());
        Ok(page.desk(keeps).issued(&given, open, form_key()?))
    });
    render(&page.await?)
}

async fn hand_out(app: App, Path((code, name)): Path<(String, String)>) -> Page {
    let (file, content) = app
        .read(move |tx, app| {
            let round = found(tx, app, &code)?;
            let folder = app.site().report_dir.as_deref().filter(|folder| of_round(folder, &round.code));
            let file = FILES.iter().find(|file| file.name == name);
            let content = file.zip(folder).and_then(|(file, folder)| {
                std::fs::read(folder.join(file.name)).ok().map(|content| (file, content))
            });
            content.ok_or_else(|| Trouble::from(no_file(&round.code, app)))
        })
        .await?;
    Ok((download(file.name, file.content_type), content).into_response())
}

fn no_file(round: &str, app: &App) -> Fault {
    let page = Target::new(&["reports", round]);
    let kept = app.site().report_dir.as_deref().map(|folder| kept(folder, round)).unwrap_or_default();
    let near = std::iter::once(Link::new(page.href(), "这一轮次的报告"))
        .chain(kept.into_iter().map(|kept| Link::new(kept.href, kept.name)));
    let remedy = format!("还没有做报告的，用 kapok report --round {round} 做一份；已有的文件列在下面");
    Fault::not_found("no_file", "这份报告没有这个文件", remedy).near(near)
}

/// The round, where its whole station is whoever asks may see; it is written by one at a time.
pub(super) fn found(tx: &mut Tx<'_>, app: &App, code: &str) -> Result<Round, Trouble> {
    evaluation::hold(tx, code)?;
    let known_at = tx.at();
    let visible = evaluation::round(tx, code, known_at).and_then(|round| {
        let inside = app.scope().reaches(round.station_id) && evaluation::may_read(tx, app.asker(), &round)?;
        if inside { Ok(round) } else { Err(evaluation::unknown_round(code).into()) }
    });
    match visible {
        Err(DbError::Problem(problem)) if problem.code == "unknown_round" => {
            let fault = Fault::not_found(problem.code, problem.what, "请核对代码，或从评估报告里选");
            Err(fault.near([Link::new("/reports", "评估报告")]).into())
        }
        other => Ok(other?),
    }
}

/// Of some rounds, those of which whoever asks may read what is written.
fn open(tx: &mut Tx<'_>, app: &App, rounds: Vec<Round>) -> DbResult<Vec<Round>> {
    let mut open = Vec::new();
    for round in rounds {
        if evaluation::may_read(tx, app.asker(), &round)? {
            open.push(round);
        }
    }
    Ok(open)
}

/// The report as markup, each figure a link to its records; or what keeps it from being written, in words.
fn report(tx: &mut Tx<'_>, library: &Library, round: &Round) -> Result<Result<String, String>, Trouble> {
    let facts = match Facts::load(tx, library, &round.code, None) {
        Err(DbError::Problem(problem)) => return Ok(Err(problem.to_string())),
        other => other?,
    };
    let document = compose(&facts, &facts.scheme.scheme, &figure_href(&facts));
    Ok(document.map(|document| paper::html::fragment(&document)).map_err(|problem| problem.to_string()))
}

/// The addresses of a report's figures on their own pages.
pub(super) fn figure_href(facts: &Facts) -> impl Fn(&str, Option<&str>) -> String + '_ {
    |code, place| {
        let target = Target::new(&["figures", code]).with("station", &facts.station.code);
        let target = target.with("as_of", facts.round.records_until).with("round", &facts.round.code);
        target.with_some("scope", place.map(|place| scope(facts, place))).href()
    }
}

/// An area's or a community's code as the pages of figures write it.
fn scope(facts: &Facts, place: &str) -> String {
    let kind = if facts.areas.iter().any(|area| area.code == place) { "area" } else { "community" };
    format!("{kind}:{place}")
}

/// The files that are there, when they are of this round.
fn kept(folder: &FilePath, round: &str) -> Vec<Kept> {
    if !of_round(folder, round) {
        return vec![];
    }
    let one = |file: &FileOf| {
        let bytes = std::fs::metadata(folder.join(file.name)).ok().filter(std::fs::Metadata::is_file)?.len();
        let href = Target::new(&["reports", round, file.name]).href();
        Some(Kept { href, name: file.name, label: file.label, bytes })
    };
    FILES.iter().filter_map(one).collect()
}

/// Whether the files of a folder are of this round: its manifest says so.
fn of_round(folder: &FilePath, round: &str) -> bool {
    let path = folder.join("manifest.json");
    let text = std::fs::read_to_string(&path).ok();
    let manifest = text.and_then(|text| Manifest::read(&path.display().to_string(), &text).ok());
    manifest.is_some_and(|manifest| manifest.round == round)
}

fn rules(tx: &mut Tx<'_>, library: &Library, at: &At) -> DbResult<RuleSet> {
    let board = indicators::board(tx, &library.catalogue, at.station, at.basis.cut_off, at.known_at)?;
    let targets = indicators::targets(tx, board.contract.id, board.as_of, at.known_at)?;
    Ok(indicators::rule_set(library, &board, &targets))
}

fn round(tx: &mut Tx<'_>, code: &str) -> DbResult<At> {
    let known_at = tx.at();
    let round = evaluation::round(tx, code, known_at)?;
    Ok(evaluation::at_round(tx, &round)?.1)
}

fn rounds(tx: &mut Tx<'_>, station: Id, known_at: Moment) -> DbResult<Vec<RoundLink>> {
    let rounds = evaluation::rounds_of(tx, station, known_at)?;
    let link = |round: Round| RoundLink {
        name: format!("{}评估", round.kind.label()),
        records_until: round.records_until,
        code: round.code,
    };
    Ok(rounds.into_iter().map(link).collect())
}

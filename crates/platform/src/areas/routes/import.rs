//! The official list of areas: sent as a file, compared with the station's communities, and what was ticked written.

use axum::Extension;
use axum::extract::Path;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{HeaderValue, header};
use db::Tx;
use rules::regions::{self, Change, Changes, Known, Level, Listed, Region};
use web::form::{Csrf, Wrong};
use web::upload::{self, FILE, MAX_WORDS};
use web::{Fault, Form, Link, Page, render};

use super::super::forms::{All, What};
use super::super::pages::{ImportPage, change_key};
use super::super::policy::Areas;
use super::super::settled::Settled;
use super::super::store::{Community, Station};
use super::{PART, all_of, station};
use crate::access::{Correct, Enter, Withdraw, new_id, permit};
use crate::shell::{App, Field, FormPage, Group, Kind, Trouble, form_key};

/// Why a community is withdrawn that the list no longer has.
const GONE: &str = "官方区划名单里已经没有";

pub(super) async fn form(app: App, Path(code): Path<String>) -> Page {
    render(&upload_page(&app, code).await?)
}

async fn upload_page(app: &App, code: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        station(tx, app, &code)?;
        let hint =
            format!("表里要有“区划代码”（12 位）和“名称”两列；.xlsx、.xls、.ods、.csv，不超过 {MAX_WORDS}");
        let fields = [Field::new(FILE, "区划名单", Kind::File).hint(hint)];
        let frame = app.frame("areas", "导入区划名单", None);
        let action = format!("/areas/{code}/import");
        let mut page = FormPage::new(frame, action, form_key()?, vec![Group::new("", fields)])
            .from([Link::new("/areas", PART.label)]);
        page.intro = "先看有哪些不同，勾选后才写入".to_owned();
        page.submit = "对比";
        Ok(page)
    })
    .await
}

/// Reads the file and shows what differs. Writes nothing.
pub(super) async fn preview(
    app: App,
    Path(code): Path<String>,
    Extension(csrf): Extension<Csrf>,
    sent: Result<Multipart, MultipartRejection>,
) -> Page {
    let (upload, fields) = upload::take(sent).await?;
    fields.hold_to(Some(&csrf))?;
    let wrong = |what: String| vec![Wrong { field: FILE.into(), what }];
    let Some(upload) = upload else {
        return upload_page(&app, code).await?.refused(&fields, wrong("先选一个文件".into()));
    };
    let of = code.clone();
    let shown = app.read(move |tx, app| {
        let station = station(tx, app, &of)?;
        let all = all_of(tx, &station)?;
        let listed = match regions::read(&upload.content, &upload.name) {
            Ok(listed) => listed,
            Err(problem) => return Ok(Err(problem)),
        };
        Ok(compared(&listed, &station, &all).map(|(town, changes)| {
            let frame = app.frame("areas", "对比区划名单", None);
            let number = form_key().unwrap_or_default();
            ImportPage::of(frame, &station, &upload.name, &listed, &text_of(&listed, &town), &changes, number)
        }))
    });
    match shown.await? {
        Ok(page) => {
            let mut page = render(&page)?;
            page.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            Ok(page)
        }
        Err(problem) => upload_page(&app, code).await?.refused(&fields, wrong(problem.to_string())),
    }
}

/// The station's town in the list, and what differs there.
fn compared(listed: &Listed, station: &Station, all: &All) -> Result<(String, Changes), kernel::Problem> {
    let known: Vec<Known> = all
        .communities
        .iter()
        .map(|one| Known { id: one.id, name: one.name.clone(), code: one.region_code.clone() })
        .collect();
    let town = regions::town_of(listed, &station.street, &known)?;
    let changes = regions::compare(listed, &town, &known);
    Ok((town, changes))
}

/// The villages of a town as the form carries them: a code, a space and a name on each line.
fn text_of(listed: &Listed, town: &str) -> String {
    let of_town = |region: &&Region| region.code.level() >= Level::Town && region.code.town() == town;
    let lines = listed.regions.iter().filter(of_town);
    lines.map(|region| format!("{} {}", region.code.as_str(), region.name)).collect::<Vec<_>>().join("\n")
}

/// Writes what was ticked. What differs is worked out anew, from the list that the form carries and what is recorded now.
pub(super) async fn apply(
    app: App,
    Extension(settled): Extension<Settled>,
    Path(code): Path<String>,
    form: Form,
) -> Page {
    let submitted = app
        .submit_alone(&form, move |tx, app, form| {
            let station = station(tx, app, &code)?;
            let all = all_of(tx, &station)?;
            let (_, changes) = compared(&regions::parse(form.text("list")), &station, &all)
                .map_err(|problem| Fault::of(axum::http::StatusCode::UNPROCESSABLE_ENTITY, &problem))?;
            let ticked = form.all("apply");
            let wanted: Vec<&Change> =
                changes.all.iter().filter(|change| ticked.contains(&change_key(change).as_str())).collect();
            if wanted.is_empty() {
                return Err(vec![Wrong {
                    field: "apply".into(),
                    what: "没有勾选要写入的，或它们已经写过".into(),
                }]
                .into());
            }
            let held = still_used(tx, settled, &station, &all, &wanted)?;
            if !held.is_empty() {
                return Err(held.into());
            }
            write(tx, app, &station, &all, &wanted)?;
            Ok("/areas".to_owned())
        })
        .await?;
    submitted.led()
}

/// The communities that are gone from the list and may not be withdrawn, each with what to do first.
fn still_used(
    tx: &mut Tx<'_>,
    settled: Settled,
    station: &Station,
    all: &All,
    wanted: &[&Change],
) -> Result<Vec<Wrong>, Trouble> {
    let mut held = Vec::new();
    for change in wanted {
        let Change::Gone(known) = change else { continue };
        let Some(row) = all.find(What::Community, known.id.as_str()) else { continue };
        if let Some(what) = all.still_used(tx, settled, station.id, &row)? {
            let code = known.code.as_deref().unwrap_or("没有区划代码");
            let what = format!("“{}”（{code}）还不能作废：{what}；什么都没有写入", known.name);
            held.push(Wrong { field: "apply".into(), what });
        }
    }
    Ok(held)
}

fn write(
    tx: &mut Tx<'_>,
    app: &App,
    station: &Station,
    all: &All,
    wanted: &[&Change],
) -> Result<(), Trouble> {
    let (enter, correct, withdraw) = (
        permit::<Enter<Areas>>(app.asker(), station.id)?,
        permit::<Correct<Areas>>(app.asker(), station.id)?,
        permit::<Withdraw<Areas>>(app.asker(), station.id)?,
    );
    let mut position = all.next_position(What::Community);
    for change in wanted {
        match change {
            Change::New(region) => {
                enter.append(tx, &[new_community(station, region, position, new_id(tx.at())?)])?;
                position += 1;
            }
            Change::Renamed(known, region) => {
                if let Some(row) = all.communities.iter().find(|one| one.id == known.id) {
                    let row = Community {
                        name: region.short_name().to_owned(),
                        region_code: Some(region.code.as_str().to_owned()),
                        ..row.clone()
                    };
                    correct.correct(tx, &row)?;
                }
            }
            Change::Gone(known) => withdraw.withdraw::<Community>(tx, known.id, GONE)?,
        }
    }
    Ok(())
}

/// Its short code is the official one until somebody gives it a better; its area is still to be said.
fn new_community(station: &Station, region: &Region, position: i32, id: kernel::Id) -> Community {
    Community {
        id,
        station_id: station.id,
        area_id: None,
        community_id: None,
        worker_id: None,
        code: format!("c{}", region.code.as_str()),
        name: region.short_name().to_owned(),
        position,
        region_code: Some(region.code.as_str().to_owned()),
        latitude_e6: None,
        longitude_e6: None,
    }
}

//! The addresses of the attendance grid.

use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use chrono::{Datelike as _, Months, NaiveDate};
use db::Tx;
use kernel::Id;
use web::{Fault, Form, Link, Page, Query, Target, render};

use super::super::contacts;
use super::super::half::Half;
use super::pages::{GridPage, Sum, rows};
use super::{Grid, Kept, Ticks, names};
use crate::access::StationPlace;
use crate::shell::{App, Needs, Part, Route, Submitted, Trouble, form_key};

/// The page of the grid; it is reached from the list of attendances.
pub const GRID: Part = Part {
    name: "staff",
    group: crate::shell::Heading::Today,
    label: "",
    tab: "",
    icon: "",
    needs: Needs::Verb("staff.record"),
    routes,
};

const PATH: &str = "/staff/grid";

fn routes() -> Vec<Route> {
    let needs = Needs::Verb("staff.record");
    vec![
        Route::get(PATH, needs, get(show)),
        Route::post(PATH, needs, post(save)),
        Route::get("/staff/contacts", needs, get(contacts::form)),
        Route::post("/staff/contacts/{station}", needs, post(contacts::save)),
    ]
}

/// Which month of which station.
#[derive(Clone)]
struct Of {
    station: String,
    first: NaiveDate,
    halves: [Half; 2],
}

impl Of {
    fn read(station: &str, month: &str, today: NaiveDate) -> Result<Self, Fault> {
        let bad = || {
            let what = format!("月份“{}”读不懂", month.chars().take(20).collect::<String>());
            Fault::bad_request("bad_month", what, "参数 month 填年-月，例如 month=2024-12")
        };
        let first = if month.is_empty() {
            today.with_day(1).ok_or_else(bad)?
        } else {
            let day: NaiveDate = format!("{month}-01").parse().map_err(|_| bad())?;
            Some(day).filter(|day| (1990..2200).contains(&day.year())).ok_or_else(bad)?
        };
        let halves = Half::of_month(first).ok_or_else(bad)?;
        Ok(Self { station: station.to_owned(), first, halves })
    }

    fn month(&self) -> String {
        month(self.first)
    }
}

fn month(first: NaiveDate) -> String {
    first.format("%Y-%m").to_string()
}

fn href(station: Id, month: String) -> String {
    Target::new(&["staff", "grid"]).with("station_id", station).with("month", month).href()
}

/// The station that is asked for, else the first of those whose staff one may record, and all of these.
fn station(tx: &mut Tx<'_>, app: &App, asked: &str) -> Result<(Id, Vec<StationPlace>), Trouble> {
    let scope = app.scope();
    let mut all = (app.ground().stations)(tx)?;
    all.retain(|station| scope.reaches(station.id));
    let chosen = all.iter().find(|station| asked.is_empty() || station.id.as_str() == asked);
    let unknown = || Fault::not_found("unknown_station", "没有这个社工站", "请从考勤表的页面里选社工站");
    let chosen = chosen.ok_or_else(unknown)?.id;
    Ok((chosen, all))
}

async fn show(app: App, query: Query) -> Page {
    let text = |name: &str| query.text(name).unwrap_or_default().to_owned();
    let of = Of::read(&text("station_id"), &text("month"), app.site().today)?;
    render(&page(&app, of, None, Vec::new(), false).await?)
}

async fn page(
    app: &App,
    of: Of,
    sent: Option<Ticks>,
    said: Vec<String>,
    meanwhile: bool,
) -> Result<GridPage, Fault> {
    app.read(move |tx, app| {
        let (chosen, stations) = station(tx, app, &of.station)?;
        let grid = Grid::load(tx, &app.scope(), chosen, of.halves, app.site().today)?;
        let heads =
            ["上半月（1 至 15 日）".to_owned(), format!("下半月（16 至 {} 日）", of.halves[1].last.day())];
        let [one, two] = grid.actual();
        let sum = |(actual, certified), due| Sum { actual, certified, due };
        let halves = one.0 + two.0;
        let link = |label: &str, months: Option<NaiveDate>| {
            Link::new(href(chosen, month(months.unwrap_or(of.first))), label)
        };
        let several = stations.len() > 1;
        Ok(GridPage {
            frame: app.frame("staff", &format!("{} 考勤表", of.month()), None),
            month: of.month(),
            earlier: link("上个月", of.first.checked_sub_months(Months::new(1))),
            later: link("下个月", of.first.checked_add_months(Months::new(1))),
            stations: stations
                .into_iter()
                .filter(|_| several)
                .map(|one| (Link::new(href(one.id, of.month()), one.name), one.id == chosen))
                .collect(),
            station: chosen.to_string(),
            key: form_key()?,
            lines: rows(&grid, &heads, sent.as_ref()),
            heads,
            sums: [sum(one, grid.due[0]), sum(two, grid.due[1])],
            total: format!("{}{}", halves / 2, if halves % 2 == 1 { ".5" } else { "" }),
            said,
            meanwhile,
        })
    })
    .await
}

async fn save(app: App, form: Form) -> Page {
    let of = Of::read(form.text("station_id"), form.text("month"), app.site().today)?;
    let ticks = |form: &Form| Ticks { wanted: names(form.all("tick")), seen: names(form.all("seen")) };
    let (kept, at) = (std::sync::Arc::new(std::sync::Mutex::new(None)), of.clone());
    let told = std::sync::Arc::clone(&kept);
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (chosen, _) = station(tx, app, &at.station)?;
            let grid = Grid::load(tx, &app.scope(), chosen, at.halves, app.site().today)?;
            match ticks(form).changes(&grid) {
                Ok(changes) => changes.save(tx, app.asker(), grid.station)?,
                Err(why) => {
                    if let Ok(mut told) = told.lock() {
                        *told = Some(why);
                    }
                    return Err(Trouble::Wrong(Vec::new()));
                }
            }
            Ok(href(chosen, at.month()))
        })
        .await?;
    if let Submitted::Done(answer) = submitted {
        return Ok(answer);
    }
    let why = kept.lock().ok().and_then(|mut kept| kept.take());
    let (status, said, meanwhile) = match why {
        Some(Kept::Meanwhile(said)) => (StatusCode::CONFLICT, said, true),
        Some(Kept::Wrong(said)) => (StatusCode::UNPROCESSABLE_ENTITY, said, false),
        None => (StatusCode::UNPROCESSABLE_ENTITY, Vec::new(), false),
    };
    let page = page(&app, of, Some(ticks(&form)), said, meanwhile).await?;
    Ok((status, render(&page)?).into_response())
}

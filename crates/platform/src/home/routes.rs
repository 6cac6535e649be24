//! The page where one arrives.

use axum::Extension;
use axum::http::StatusCode;
use axum::routing::get;
use web::{Fault, Link, Page, render, unkept};

use super::duties;
use super::pages::HomePage;
use crate::areas;
use crate::sheets::Sheets;
use crate::shell::{App, Heading, Needs, Part, Route};

/// What this slice brings to the site.
pub const PART: Part = Part {
    name: "home",
    group: Heading::Today,
    label: "今日",
    tab: "今日",
    icon: "M3 9.500 10 3l7 6.500V17h-4.500v-4.500h-5V17H3z",
    needs: Needs::SignedIn,
    routes,
};

fn routes() -> Vec<Route> {
    vec![Route::get("/", Needs::SignedIn, get(show))]
}

async fn show(app: App, Extension(sheets): Extension<Sheets>) -> Page {
    let frame = app.frame(PART.name, PART.label, None);
    if frame.menu.iter().all(|item| item.name == PART.name) {
        let what = "这个账号还没有任何角色";
        return Err(Fault::new(StatusCode::FORBIDDEN, "no_role", what, "请联系安全管理员授权")
            .near([Link::new("/account", "我的账号")]));
    }
    let page = app.read(move |tx, app| {
        let (now, reach) = (tx.at(), app.asker().scope("areas.read"));
        let mut stations = areas::all_stations(tx, now)?;
        stations.retain(|station| reach.reaches(station.id));
        let day = duties::day_words(app.site().today);
        let meta = match stations.as_slice() {
            [only] => format!("{day} · {}", only.name),
            [] => day,
            several => format!("{day} · {} 个社工站", several.len()),
        };
        let duties = duties::all(tx, app, sheets, &stations)?;
        Ok(HomePage {
            frame,
            meta,
            forms: duties::forms(app, sheets),
            duties,
            today: app.asker().may("visits.read"),
        })
    });
    unkept(render(&page.await?))
}

//! What was changed between two versions of a report, word by word and figure by figure.

use axum::extract::Path;
use db::Tx;
use web::form::Wrong;
use web::{Form, Page, Query, render};

use super::drafts::DRAFTS;
use super::opened::{Opened, report};
use super::pages::{ChangesPage, NOW};
use crate::access::{Correct, Part as _, Place, permit};
use crate::areas;
use crate::evaluation::{Evaluation, Round, Stage};
use crate::reports::routes::found;
use crate::reports::{Compared, ReportText, compared, store};
use crate::shell::{App, Leads, Standing, Trouble, form_key};

pub(super) async fn show(app: App, Path(code): Path<String>, query: Query) -> Page {
    let asked = |name: &str| query.text(name).and_then(|text| text.parse::<i32>().ok());
    let (from, to) = (asked("from"), asked("to"));
    let page = app.read(move |tx, app| {
        let round = found(tx, app, &code)?;
        let versions = store::versions_of(tx, &round)?;
        let live = !round.is_over();
        let last = versions.last().map_or(NOW, |last| last.number);
        let from = from.or_else(|| versions.first().map(|first| first.number)).unwrap_or(NOW);
        let to = to.unwrap_or(if live { NOW } else { last });
        let both = match versions.is_empty() {
            true => None,
            false => text(tx, app, &round, from)?.zip(text(tx, app, &round, to)?),
        };
        let compared = both.map_or_else(Compared::default, |(before, after)| compared(&before, &after));
        let keeps = round.stage == Stage::Feedback
            && app.asker().scope(Evaluation::CORRECT).covers(Place::station(round.station_id));
        let station = areas::station(tx, round.station_id, tx.at())?;
        let standing = Standing { code: station.code, name: station.name, as_of: None };
        let frame = app.frame("reports", "各版的改动", Some(standing));
        Ok(ChangesPage::of(frame, &code, &versions, (live, keeps), (from, to), compared, form_key()?))
    });
    render(&page.await?)
}

/// The text of a version, or of the report as it stands now.
fn text(tx: &mut Tx<'_>, app: &App, round: &Round, number: i32) -> Result<Option<ReportText>, Trouble> {
    if number != NOW {
        return Ok(store::text_of(tx, round, number)?);
    }
    let opened = Opened::of(tx, app, &round.code)?;
    Ok(Some(ReportText::of(&opened.facts, &opened.checked.composed)))
}

/// Keeps the report as it stands now, to be compared with later.
pub(super) async fn keep(app: App, Path(code): Path<String>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let round = found(tx, app, &code)?;
            permit::<Correct<Evaluation>>(app.asker(), round.station_id)?;
            if round.stage != Stage::Feedback {
                let what = format!("这一轮在“{}”，初稿反馈阶段才能存修改稿", round.stage.label());
                return Err(vec![Wrong { field: "stage".into(), what }].into());
            }
            (DRAFTS.keep)(tx, app, &round)?;
            crate::evaluation::noted(tx, &round, "reports.version")?;
            Ok(Leads::saying(format!("{}/changes", report(&code)), "已存一版"))
        })
        .await?;
    submitted.led()
}

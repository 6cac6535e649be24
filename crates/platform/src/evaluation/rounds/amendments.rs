//! What was recorded at a station after its round was frozen: it changes nothing of the round, and those who evaluate see it.

use axum::extract::Path;
use db::AuditQuery;
use kernel::Moment;
use web::{Fault, Link, Page, render};

use super::pages::AmendmentsPage;
use super::routes::{address, frame, seen, someone, title};
use crate::access::{Part as _, Place};
use crate::audit;
use crate::evaluation::{Evaluation, Stage, panel};
use crate::shell::App;

/// The most lines on the page; how many there are in all is said.
const MOST: i64 = 300;

/// Parts whose records are the evaluation's own.
const OWN: [&str; 3] = ["evaluation", "surveys", "rectification"];

pub(super) async fn show(app: App, Path(code): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let round = seen(tx, app, &code)?;
        let runs = app.asker().scope(Evaluation::CORRECT).covers(Place::station(round.station_id));
        if !runs && panel::live_seat(tx, &code, someone(app)?)?.is_none() {
            let fault = Fault::not_found("unknown_page", "没有这一页", "冻结后的改动只给评估组看");
            return Err(fault.near([Link::new(address(&code), title(&round))]).into());
        }
        let frozen = Moment::from_micros(round.known_at);
        let mut lines = Vec::new();
        if round.stage >= Stage::OnSite {
            let query = AuditQuery {
                chains: Some(vec![round.station_id]),
                from: Some(Moment::from_micros(round.known_at + 1)),
                limit: MOST,
                ..AuditQuery::default()
            };
            lines = tx.audit_search(&query)?.0;
        }
        lines.retain(|entry| {
            let (part, action) = entry.line.verb.split_once('.').unwrap_or_default();
            ["record", "correct", "withdraw"].contains(&action) && !OWN.contains(&part)
        });
        let shown = lines.iter().map(|entry| {
            let line = &entry.line;
            [line.at.minute(), audit::verb(&line.verb), audit::kind(&line.kind), line.records.to_string()]
        });
        let frame = frame(tx, app, &round, "冻结后的改动")?;
        Ok(AmendmentsPage::of(frame, &round, frozen, shown.collect()))
    });
    render(&page.await?)
}

//! What of the rounds waits for whoever asks: an invitation, a sheet, a self-review, a stage.

use chrono::{Days, NaiveDate};
use db::Tx;
use kernel::Moment;
use rules::scoring::Scheme;

use super::routes::{address, may_see, someone};
use super::{VERB, stages, store};
use crate::access::{Part as _, Place};
use crate::areas;
use crate::evaluation::{
    Evaluation, PanelRole, Round, Stage, delivery, feedback, find, panel, scoring, self_review,
};
use crate::shell::{App, Trouble};

/// Rounds looked at: the first that are not over, by the day on site.
const MOST: i64 = 6;
/// For how long a final report that was sent is looked after.
const LOOKED_AFTER: Days = Days::new(90);

/// Something that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waits {
    /// Where it is done.
    pub href: String,
    /// Of which station.
    pub name: String,
    /// What.
    pub what: String,
}

/// All that waits for whoever asks, in at most so many rounds.
///
/// # Errors
/// What the database says.
pub fn waits(tx: &mut Tx<'_>, app: &App) -> Result<Vec<Waits>, Trouble> {
    let mut all = Vec::new();
    let Ok(me) = someone(app) else { return Ok(all) };
    let invited = panel::invited(tx, me)?;
    if invited > 0 {
        let what = format!("{invited} 个，等您签承诺、申报");
        all.push(Waits { href: "/evaluation/seats".to_owned(), name: "评估邀请".to_owned(), what });
    }
    let scope = app.asker().scope(VERB);
    if scope.is_empty() {
        return Ok(all);
    }
    for round in find::open_rounds(tx, scope.stations(), MOST)? {
        if may_see(tx, app, &round)? {
            all.extend(of_round(tx, app, &round)?);
        }
    }
    let since = Moment::end_of(tx.at().day() - LOOKED_AFTER);
    for code in delivery::under_way(tx, scope.stations(), since)? {
        let now = tx.at();
        let round = find::round(tx, &code, now)?;
        if may_see(tx, app, &round)? {
            all.extend(handed_on(tx, app, &round)?);
        }
    }
    Ok(all)
}

/// What waits of the final report of a round that is over.
fn handed_on(tx: &mut Tx<'_>, app: &App, round: &Round) -> Result<Vec<Waits>, Trouble> {
    let Ok(scheme) = store::scheme_of(tx, &app.site().library, round) else { return Ok(Vec::new()) };
    let today = tx.at().day();
    let mut waiting: Vec<String> = delivery::waiting(tx, app.asker(), round, &scheme)?
        .into_iter()
        .map(|waiting| by_day(waiting, today))
        .collect();
    if runs(app, round) {
        waiting.extend(delivery::overdue(tx, round, &scheme, today)?);
    }
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let now = tx.at();
    let name = areas::station(tx, round.station_id, now)?.name;
    let href = format!("{}/delivery", address(&round.code));
    Ok(waiting.into_iter().map(|what| Waits { href: href.clone(), name: name.clone(), what }).collect())
}

fn of_round(tx: &mut Tx<'_>, app: &App, round: &Round) -> Result<Vec<Waits>, Trouble> {
    let Ok(scheme) = store::scheme_of(tx, &app.site().library, round) else { return Ok(Vec::new()) };
    let now = tx.at();
    let station = areas::station(tx, round.station_id, now)?.name;
    let mut found: Vec<(String, String)> = Vec::new();
    let place = Place::station(round.station_id);
    if round.stage == Stage::OnSite {
        found.extend(to_score(tx, app, round, &scheme)?);
    }
    if round.stage == Stage::SelfReview && app.asker().scope("evaluation.answer").covers(place) {
        let (items, answered) = (scheme.items().count(), self_review::answered(tx, &round.code, &scheme)?);
        if answered < items {
            found.push(("self".to_owned(), format!("自评答了 {answered} 项，共 {items} 项")));
        }
    }
    if round.stage == Stage::Feedback {
        found.extend(to_answer(tx, app, round, &scheme)?);
    }
    if runs(app, round) {
        let missing = stages::missing(tx, &app.site().library, round)?;
        let what = match missing.first() {
            Some(first) => format!("{}：{} 件要办，{}", round.stage.label(), missing.len(), first.what),
            None => format!("{}：都齐了，可以进入下一阶段", round.stage.label()),
        };
        found.push((String::new(), what));
    }
    let own = address(&round.code);
    let wait = |(page, what): (String, String)| {
        let href = if page.is_empty() { own.clone() } else { format!("{own}/{page}") };
        Waits { href, name: station.clone(), what }
    };
    Ok(found.into_iter().map(wait).collect())
}

/// Whether whoever asks runs a round.
fn runs(app: &App, round: &Round) -> bool {
    app.asker().scope(Evaluation::CORRECT).covers(Place::station(round.station_id))
}

/// What is done by a day, or was to be.
fn by_day((what, day): delivery::Waiting, today: NaiveDate) -> String {
    match day {
        None => what,
        Some((day, _)) if day < today => format!("{what}，已过 {day}"),
        Some((day, done)) => format!("{what}，{day} 前{done}"),
    }
}

/// What of the draft waits for whoever asks; and for those who run the round, who is late: the page under the round, and what.
fn to_answer(
    tx: &mut Tx<'_>,
    app: &App,
    round: &Round,
    scheme: &Scheme,
) -> Result<Vec<(String, String)>, Trouble> {
    let today = tx.at().day();
    let mut found = Vec::new();
    for waiting in delivery::waiting(tx, app.asker(), round, scheme)? {
        found.push(("delivery".to_owned(), by_day(waiting, today)));
    }
    for (name, day) in feedback::owed(tx, app.asker(), round, scheme)? {
        let waiting = (format!("{name}还没有答复初稿"), Some((day, "答复")));
        found.push(("feedback".to_owned(), by_day(waiting, today)));
    }
    if runs(app, round) {
        let held_up = delivery::overdue(tx, round, scheme, today)?;
        found.extend(held_up.into_iter().map(|what| ("delivery".to_owned(), what)));
        for one in feedback::unanswered(tx, round, scheme)? {
            let Some(day) = one.late(today) else { continue };
            let then =
                if one.silent(today).is_some() { "，不再等候，将记为逾期未反馈" } else { "" };
            found.push(("feedback".to_owned(), format!("{}还没有答复初稿，已过 {day}{then}", one.name)));
        }
    }
    Ok(found)
}

/// The sheets of whoever asks that are not sealed: the page under the round, and what.
fn to_score(
    tx: &mut Tx<'_>,
    app: &App,
    round: &Round,
    scheme: &Scheme,
) -> Result<Vec<(String, String)>, Trouble> {
    let mut found = Vec::new();
    let seat = panel::live_seat(tx, &round.code, someone(app)?)?;
    if let Some(seat) = seat.filter(|seat| seat.role == PanelRole::Expert)
        && !scoring::is_sealed(tx, round, &seat)?
    {
        found.push(("desk".to_owned(), "评分还没有封存".to_owned()));
    }
    for party in scoring::parties(tx, app.asker(), round, scheme)? {
        if let Some(href) = party.href.filter(|_| !party.sealed) {
            let page = href.rsplit_once("/party/").map(|(_, code)| format!("party/{code}"));
            found.push((page.unwrap_or_default(), format!("{}的评分还没有封存", party.name)));
        }
    }
    Ok(found)
}

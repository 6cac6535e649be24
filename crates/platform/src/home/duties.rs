//! What needs somebody today, within what they may see: a fixed number of queries, however much there is.

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use db::Tx;
use db::list::Condition;
use kernel::Id;
use rules::pace::Rest;
use web::number::grouped;
use web::{Link, Target};

use super::pages::{Duty, Line};
use crate::areas::Station;
use crate::clients::{self, Due};
use crate::sheets::Sheets;
use crate::shell::{App, Trouble};
use crate::{access, evaluation, indicators, rectification, setup, visits};

/// How many days ahead something counts as due.
const AHEAD: u64 = 7;
/// How many lines one duty has at most.
pub(super) const LINES: usize = 6;
/// How many rounds are listed.
const ROUNDS: i64 = 8;

/// The kinds of record that are entered most, in the order they are offered.
const OFTEN: [&str; 9] = [
    "visit",
    "case",
    "case_session",
    "group_session",
    "activity",
    "call",
    "volunteer_service",
    "aid",
    "publicity_post",
];

/// The forms that whoever asks may fill in, each one tap away.
pub(super) fn forms(app: &App, sheets: Sheets) -> Vec<Link> {
    let file = Link::new("/clients/new", "建一户档案");
    let new = OFTEN
        .iter()
        .filter_map(|kind| sheets.of_kind(kind))
        .filter(|sheet| sheet.page.is_none() && app.asker().may(sheet.ops.record))
        .map(|sheet| Link::new(format!("{}/new", sheet.href()), sheet.label));
    new.chain(app.asker().may("clients.record").then_some(file)).collect()
}

/// Everything that needs whoever asks; `stations` are those of which they may see anything.
pub(super) fn all(
    tx: &mut Tx<'_>,
    app: &App,
    sheets: Sheets,
    stations: &[Station],
) -> Result<Vec<Duty>, Trouble> {
    let mut all = Vec::new();
    all.extend(alarms(tx, app)?);
    all.extend(wishes(tx, app)?);
    all.extend(missing(tx, app, stations)?);
    all.extend(files(tx, app)?);
    all.extend(tickets(tx, app, sheets)?);
    all.extend(behind(tx, app, stations)?);
    all.extend(evaluations(tx, app)?);
    all.extend(rectifications(tx, app)?);
    all.extend(rounds(tx, app)?);
    all.extend(accounts(tx, app)?);
    Ok(all)
}

/// High risks and suspected harm that nobody has dealt with: before everything else, until it is written what was done.
pub(super) fn alarms(tx: &mut Tx<'_>, app: &App) -> Result<Option<Duty>, Trouble> {
    let scope = app.asker().scope("visits.read");
    if scope.is_empty() {
        return Ok(None);
    }
    let open = visits::today::alarms(tx, &scope)?;
    if open.is_empty() {
        return Ok(None);
    }
    let first: Vec<Id> = open.iter().take(LINES).map(|alarm| alarm.household).collect();
    let names = clients::titles(tx, &first)?;
    let line = |alarm: &visits::today::Alarm| {
        let name = names.get(&alarm.household).map(String::as_str).unwrap_or_default();
        let (path, note) = match &alarm.told {
            Some(told) => ("escalations", format!("{} · 告知了 {told}", alarm.on)),
            None => ("visits", format!("{} · 还没有登记紧急上报", alarm.on)),
        };
        Line::new(format!("/visits/{path}/{}", alarm.record), format!("{name}：{}", alarm.kind.label()), note)
    };
    let lines = open.iter().take(LINES).map(line).collect();
    let all = Some(Link::new("/visits/escalations?handled_on=none", "紧急上报"));
    Ok(Some(Duty { count: open.len(), lines, ..Duty::new("紧急上报，还没有处置", all) }))
}

/// Who wished for more care when the survey called, and agreed that the station is told.
pub(super) fn wishes(tx: &mut Tx<'_>, app: &App) -> Result<Option<Duty>, Trouble> {
    const PAGE: &str = "/evaluation/wishes";
    let open = evaluation::open_wishes(tx, app, LINES)?;
    let mut duty =
        Duty::new("希望多关心（满意度调查转来），还没有回应", Some(Link::new(PAGE, "登记做了什么")));
    duty.count = open.count;
    duty.lines = open.first.into_iter().map(|(name, note)| Line::new(PAGE, name, note)).collect();
    Ok((open.count > 0).then_some(duty))
}

/// What is missing in setting up the first station that whoever asks may set up.
fn missing(tx: &mut Tx<'_>, app: &App, stations: &[Station]) -> Result<Option<Duty>, Trouble> {
    let (scope, today) = (app.asker().scope("setup.read"), app.site().today);
    if scope.is_empty() {
        return Ok(None);
    }
    let (facts, href) = match stations.iter().find(|station| scope.reaches(station.id)) {
        Some(station) => {
            let href = Target::new(&["setup"]).with("station", &station.code).href();
            (setup::facts(tx, station, today)?, href)
        }
        None => (setup::Facts::default(), "/setup".to_owned()),
    };
    let mut duty = Duty::new("开站还缺", Some(Link::new(&href, "开站向导")));
    for step in setup::steps(&facts).into_iter().filter(|step| !step.done()) {
        duty.count += 1;
        let what: Vec<String> = step.missing.into_iter().map(|one| one.what).collect();
        duty.lines.push(Line::new(format!("{href}#s-{}", step.name), step.title, what.join("；")));
    }
    Ok((duty.count > 0).then_some(duty))
}

/// Plans to approve and to review, levels to look at again, children without a guardian's consent.
pub(super) fn files(tx: &mut Tx<'_>, app: &App) -> Result<Vec<Duty>, Trouble> {
    let (sees, approves) = (app.asker().scope("clients.read"), app.asker().scope("clients.approve"));
    let until = app.site().today.checked_add_days(Days::new(AHEAD)).unwrap_or(app.site().today);
    let mut all = Vec::new();
    if let Some(me) = app.asker().user().filter(|_| !approves.is_empty()) {
        let due = clients::plans_to_approve(tx, &approves, me.user)?;
        all.extend(of_files("等您审批的一人一案", &due, |day| format!("{day} 订")));
    }
    if !sees.is_empty() {
        let due = clients::plans_to_review(tx, &sees, until)?;
        all.extend(of_files("一人一案该检视了", &due, |day| format!("{day} 前检视")));
        let due = clients::levels_to_regrade(tx, &sees, until, &app.site().library.levels)?;
        all.extend(of_files("服务等级该重新评定了", &due, |day| format!("{day} 前评定")));
        let due = clients::children_without_consent(tx, &sees, app.site().today)?;
        all.extend(of_files("14 岁以下缺监护人同意", &due, |day| format!("{day} 建档")));
    }
    Ok(all)
}

fn of_files(title: &'static str, due: &Due, word: impl Fn(NaiveDate) -> String) -> Option<Duty> {
    let mut duty = Duty::new(title, None);
    duty.count = due.total;
    let line =
        |one: &clients::DueOne| Line::new(format!("/clients/{}", one.household), &one.name, word(one.day));
    duty.lines = due.first.iter().map(line).collect();
    (due.total > 0).then_some(duty)
}

/// Tickets of the hotline that nobody has filled in.
pub(super) fn tickets(tx: &mut Tx<'_>, app: &App, sheets: Sheets) -> Result<Option<Duty>, Trouble> {
    let Some(sheet) = sheets.of_kind("ticket") else { return Ok(None) };
    let scope = app.asker().scope(sheet.ops.read);
    if scope.is_empty() {
        return Ok(None);
    }
    let count = sheet.count(tx, &scope, vec![Condition::Lacks("filled_on")])?;
    let all = Link::new(format!("{}?filled_on=none", sheet.href()), "看这些工单");
    Ok((count > 0).then(|| Duty { count, ..Duty::new("没有填的热线工单", Some(all)) }))
}

/// The indicators behind time of the one station that somebody sees; of several, where their boards are.
fn behind(tx: &mut Tx<'_>, app: &App, stations: &[Station]) -> Result<Option<Duty>, Trouble> {
    let scope = app.asker().scope("indicators.read");
    let seen: Vec<&Station> = stations.iter().filter(|station| scope.reaches(station.id)).collect();
    let board = |station: &Station| Target::new(&["indicators"]).with("station", &station.code).href();
    let [station] = seen.as_slice() else {
        let mut duty = Duty::new("各站的指标进度", Some(Link::new("/indicators", "指标进度")));
        duty.count = seen.len();
        let lines = seen.iter().take(LINES);
        duty.lines = lines.map(|one| Line::new(board(one), &one.name, one.street.clone())).collect();
        return Ok((!seen.is_empty()).then_some(duty));
    };
    let late = indicators::behind(tx, &app.site().library.catalogue, station.id, app.site().today)?;
    let mut duty = Duty::new("贴线或落后的指标", Some(Link::new(board(station), "指标进度")));
    duty.count = late.len();
    duty.lines = late.iter().take(LINES).map(|one| indicator(station, one)).collect();
    Ok((!late.is_empty()).then_some(duty))
}

fn indicator(station: &Station, one: &indicators::Indicator) -> Line {
    let href = Target::new(&["figures", &one.code]).with("station", &station.code).href();
    let (unit, target) = (&one.unit, grouped(one.target));
    let actual = one.actual.map_or_else(|| "未列".to_owned(), grouped);
    let left = match &one.rest {
        Rest::Due { per_week, .. } => format!("，每周还要 {} {unit}", grouped(*per_week)),
        Rest::Over(_) => "，协议期已满".to_owned(),
        Rest::Done | Rest::Unknown => String::new(),
    };
    Line::new(href, &one.name, format!("{actual} / {target} {unit}{left}"))
}

/// What of the rounds of evaluation waits for whoever asks.
fn evaluations(tx: &mut Tx<'_>, app: &App) -> Result<Option<Duty>, Trouble> {
    let waits = evaluation::waits(tx, app)?;
    let all = app.asker().may("evaluation.rounds").then(|| Link::new("/evaluation", "评估轮次"));
    let mut duty = Duty::new("评估里等您办的", all);
    duty.count = waits.len();
    duty.lines = waits.into_iter().take(LINES).map(|one| Line::new(one.href, one.name, one.what)).collect();
    Ok((duty.count > 0).then_some(duty))
}

/// What became of concerns: what is late, what waits to be verified, what is no item yet.
fn rectifications(tx: &mut Tx<'_>, app: &App) -> Result<Option<Duty>, Trouble> {
    let waits = rectification::waits(tx, app)?;
    let mut duty = Duty::new("整改", Some(Link::new("/rectification", "整改")));
    duty.lines =
        waits.into_iter().map(|(href, word, count)| Line::new(href, word, format!("{count} 件"))).collect();
    Ok((!duty.lines.is_empty()).then_some(duty))
}

/// The latest rounds whose reports may be seen.
fn rounds(tx: &mut Tx<'_>, app: &App) -> Result<Option<Duty>, Trouble> {
    let scope = app.asker().scope("reports.read");
    if scope.is_empty() {
        return Ok(None);
    }
    let mut latest = Vec::new();
    for round in evaluation::latest_rounds(tx, scope.stations(), ROUNDS)? {
        if evaluation::may_read(tx, app.asker(), &round)? {
            latest.push(round);
        }
    }
    let mut duty = Duty::new("评估轮次和报告", Some(Link::new("/reports", "评估报告")));
    duty.count = latest.len();
    duty.lines = latest
        .iter()
        .map(|round| {
            let href = Target::new(&["reports", &round.code]).href();
            let stage = format!("{}，数据截至 {}", round.stage.label(), round.records_until);
            Line::new(href, format!("{}评估 {}", round.kind.label(), round.code), stage)
        })
        .collect();
    Ok((duty.count > 0).then_some(duty))
}

/// How the accounts of the whole site stand, and the audit log: for those who keep them.
fn accounts(tx: &mut Tx<'_>, app: &App) -> Result<Vec<Duty>, Trouble> {
    let mut all = Vec::new();
    let reads = app.asker().scope("access.read");
    if !reads.is_empty() {
        let mut duty = Duty::new("账号", Some(Link::new("/access", "账号与角色")));
        if reads.is_everything() {
            let today = tx.at().day();
            let stand = access::accounts_standing(tx, today)?;
            duty.count = stand.open;
            let role = format!("{} 个还没有角色，登录后什么也看不到", stand.without_role);
            let unused = format!("{} 个还没有用过登录链接", stand.unused);
            duty.lines =
                vec![Line::new("/access", "没有角色", role), Line::new("/access", "没有登录过", unused)];
        }
        all.push(duty);
    }
    if app.asker().may("audit.read") {
        all.push(Duty::new("审计", Some(Link::new("/audit", "查审计记录，核对审计链"))));
    }
    Ok(all)
}

/// `12 月 31 日 星期二`.
pub(super) fn day_words(day: NaiveDate) -> String {
    let weekday = match day.weekday() {
        Weekday::Mon => "一",
        Weekday::Tue => "二",
        Weekday::Wed => "三",
        Weekday::Thu => "四",
        Weekday::Fri => "五",
        Weekday::Sat => "六",
        Weekday::Sun => "日",
    };
    format!("{} 月 {} 日 星期{weekday}", day.month(), day.day())
}

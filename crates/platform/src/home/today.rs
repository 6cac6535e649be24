//! Today's list: whom to contact, what was promised, who has a birthday, who came out of hospital.

use std::collections::{BTreeMap, BTreeSet};

use axum::Extension;
use axum::extract::Query;
use axum::routing::get;
use chrono::{Datelike as _, Days, NaiveDate};
use db::{DbResult, Tx};
use kernel::Id;
use rules::codes::{Codes, List};
use rules::contacts::By;
use serde::Deserialize;
use web::{Link, Page, Target, render, unkept};

use super::duties;
use super::pages::{Duty, Entry, Line, Section, TodayPage};
use crate::areas::{self, Community};
use crate::clients::{self, RiskLevel, ServiceLevel, Whose};
use crate::sheets::Sheets;
use crate::shell::{App, Heading, Needs, Part, Route, Trouble};
use crate::visits::today::{self, Item};

/// The page; it is reached from where one arrives.
pub const PART: Part = Part {
    name: "home",
    group: Heading::Today,
    label: "",
    tab: "",
    icon: "",
    needs: Needs::Verb("visits.read"),
    routes: || vec![Route::get("/today", Needs::Verb("visits.read"), get(show))],
};

/// How many households are listed of each group, where not all are asked for.
const SHOWN: usize = 30;
/// The most that are listed.
const MOST: usize = 500;
/// How many days ahead birthdays and promises are told.
const AHEAD: u64 = 7;

/// What the address says.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    worker: String,
    #[serde(default)]
    level: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    order: String,
    #[serde(default)]
    all: String,
}

async fn show(app: App, Extension(sheets): Extension<Sheets>, Query(asked): Query<Asked>) -> Page {
    let page = app.read(move |tx, app| page(tx, app, sheets, &asked));
    unkept(render(&page.await?))
}

/// The list for whoever asks: of the households they answer for, or of all they see where they answer for none.
pub(super) fn page(tx: &mut Tx<'_>, app: &App, sheets: Sheets, asked: &Asked) -> Result<TodayPage, Trouble> {
    let (scope, day, library) = (app.scope(), app.site().today, &app.site().library);
    let worker = asked.worker.parse().ok().or_else(|| app.asker().worker().filter(|_| asked.worker != "all"));
    let mut mine = worker.is_some();
    let mut items = today::for_worker(tx, library, &scope, worker.map_or(Whose::All, Whose::Worker), day)?;
    if items.is_empty() && mine && asked.worker.is_empty() {
        mine = false;
        items = today::for_worker(tx, library, &scope, Whose::All, day)?;
    }
    let households = items.len();
    let aside = aside(tx, app, sheets, &items, day)?;
    let places = places(tx, &items)?;
    let open: BTreeSet<Id> = match app.asker().user() {
        Some(user) => clients::shown_whole(tx, user.user)?.into_iter().collect(),
        None => BTreeSet::new(),
    };
    let target = target(asked);
    let window = i64::from(library.levels.window);
    let near: Vec<&Item> =
        items.iter().filter(|item| item.due().is_some_and(|due| due.overdue >= -window)).collect();
    let count = |least: i64, most: i64| {
        let within = |item: &&&Item| item.due().is_some_and(|due| (least..=most).contains(&due.overdue));
        near.iter().filter(within).count()
    };
    let (late, now) = (count(1, i64::MAX), count(0, 0));
    let filters = filters(&near, &target, &asked.level);
    let chosen: Vec<&Item> = near
        .iter()
        .filter(|item| is(item, &asked.level))
        .filter(|item| asked.by != "home" || item.due().is_some_and(|due| due.by == By::Home))
        .copied()
        .collect();
    let shown = Shown { codes: &library.codes, day, places: &places, open: &open };
    let route = asked.order == "route";
    let sections = if route { by_place(tx, &shown, &chosen)? } else { by_day(tx, &shown, &chosen, asked)? };
    let meta = format!("{} · {}{households} 户", duties::day_words(day), if mine { "我负责的 " } else { "" });
    Ok(TodayPage {
        frame: app.frame("home", "今日工作台", None),
        meta,
        alarms: duties::alarms(tx, app)?,
        figures: (late, now, near.len() - late - now),
        filters,
        only_home: (target.clone().without("by").with("by", "home").href(), asked.by == "home"),
        route: if route {
            (target.clone().without("order").href(), "按急缓排")
        } else {
            (target.clone().with("order", "route").href(), "按路线排")
        },
        everybody: (mine && app.asker().may("visits.read")).then(|| "/today?worker=all".to_owned()),
        records: app.asker().may("visits.record"),
        sections,
        aside,
        all: target.with("all", "1").href(),
    })
}

fn is(item: &Item, level: &str) -> bool {
    level.is_empty() || item.level.is_some_and(|known| known.as_str() == level)
}

/// The levels there are, each with how many households: address, word, count, whether it is chosen.
fn filters(near: &[&Item], target: &Target, chosen: &str) -> Vec<(String, &'static str, usize, bool)> {
    let levels = [("", "全部")].into_iter().chain(ServiceLevel::ALL.iter().map(|l| (l.as_str(), l.label())));
    levels
        .map(|(word, label)| (word, label, near.iter().filter(|item| is(item, word)).count()))
        .filter(|(word, _, count)| word.is_empty() || *count > 0)
        .map(|(word, label, count)| {
            let href = target.clone().without("level").with("level", word).href();
            (href, label, count, chosen == word)
        })
        .collect()
}

fn target(asked: &Asked) -> Target {
    let pairs =
        [("worker", &asked.worker), ("level", &asked.level), ("by", &asked.by), ("order", &asked.order)];
    let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    pairs.fold(Target::new(&["today"]), |target, (name, value)| target.with(name, value))
}

/// The communities of what is listed.
fn places(tx: &mut Tx<'_>, items: &[Item]) -> DbResult<BTreeMap<Id, Community>> {
    let stations: BTreeSet<Id> = items.iter().map(|item| item.file.household.station_id).collect();
    let stations: Vec<Id> = stations.into_iter().collect();
    let at = tx.at();
    Ok(areas::communities_of(tx, &stations, at)?.into_iter().map(|one| (one.id, one)).collect())
}

/// With what a household is shown.
struct Shown<'a> {
    codes: &'a Codes,
    day: NaiveDate,
    places: &'a BTreeMap<Id, Community>,
    open: &'a BTreeSet<Id>,
}

fn by_day(tx: &Tx<'_>, shown: &Shown<'_>, items: &[&Item], asked: &Asked) -> DbResult<Vec<Section>> {
    let mut sections = Vec::new();
    for (id, title, least, most) in
        [("due-late", "逾期", 1, i64::MAX), ("due-today", "今天到期", 0, 0), ("due-soon", "7 天内", -90, -1)]
    {
        let within = |item: &&&Item| item.due().is_some_and(|due| (least..=most).contains(&due.overdue));
        let of: Vec<&Item> = items.iter().filter(within).copied().collect();
        let most = if asked.all.is_empty() { SHOWN } else { MOST };
        let entries =
            of.iter().take(most).map(|item| entry(tx, shown, item)).collect::<DbResult<Vec<_>>>()?;
        if !of.is_empty() {
            let (count, map) = (of.len(), None);
            sections.push(Section {
                id: id.into(),
                title: title.into(),
                late: least > 0,
                later: least < 0,
                count,
                map,
                entries,
            });
        }
    }
    Ok(sections)
}

/// By community, then building and file number: the order of a round on foot.
fn by_place(tx: &Tx<'_>, shown: &Shown<'_>, items: &[&Item]) -> DbResult<Vec<Section>> {
    let mut groups: BTreeMap<(i32, Option<Id>), Vec<&Item>> = BTreeMap::new();
    for item in items {
        let community = item.file.household.community_id;
        let position = community.and_then(|id| shown.places.get(&id)).map_or(i32::MAX, |one| one.position);
        groups.entry((position, community)).or_default().push(item);
    }
    let mut sections = Vec::new();
    for (turn, ((_, community), mut of)) in groups.into_iter().enumerate() {
        let key =
            |item: &&Item| (item.file.household.building.clone(), item.file.household.file_number.clone());
        of.sort_by_key(key);
        let place = community.and_then(|id| shown.places.get(&id));
        let entries =
            of.iter().take(MOST).map(|item| entry(tx, shown, item)).collect::<DbResult<Vec<_>>>()?;
        sections.push(Section {
            id: format!("place-{turn}"),
            title: place.map_or_else(|| "未列社区".to_owned(), |one| one.name.clone()),
            late: false,
            later: false,
            count: of.len(),
            map: place.and_then(map),
            entries,
        });
    }
    Ok(sections)
}

/// Where a community is, for the map of the phone: no address leaves the page.
fn map(community: &Community) -> Option<String> {
    let (latitude, longitude) = community.latitude_e6.zip(community.longitude_e6)?;
    let degrees = |micro: i32| format!("{}.{:06}", micro / 1_000_000, micro % 1_000_000);
    Some(format!("geo:{},{}", degrees(latitude), degrees(longitude)))
}

fn entry(tx: &Tx<'_>, shown: &Shown<'_>, item: &Item) -> DbResult<Entry> {
    let (file, household) = (&item.file, &item.file.household);
    let mut tags: Vec<&str> = Vec::new();
    for one in &file.categories {
        let label = shown.codes.label(List::Categories, &one.category);
        if !tags.contains(&label) {
            tags.push(label);
        }
    }
    let short = |day: NaiveDate| {
        let same = day.year() == shown.day.year();
        if same { day.format("%m-%d").to_string() } else { day.to_string() }
    };
    let last = item.last;
    let told = |day: Option<NaiveDate>| day.map_or_else(|| "还没有".to_owned(), short);
    let phone = match file.persons.first().filter(|_| shown.open.contains(&household.id)) {
        Some(head) => clients::phone_of(tx, head)?,
        None => None,
    };
    let place = household.community_id.and_then(|id| shown.places.get(&id));
    let due = item.due();
    let (urgent, when) = match due.map_or(0, |due| due.overdue) {
        days if days > 0 => (true, format!("逾期 {days} 天")),
        0 => (false, "今天".to_owned()),
        days => (false, format!("{} 天后", -days)),
    };
    let by = due.map_or(By::Home, |due| due.by);
    // Otherwise the list would seem to contradict itself: seen last week, and overdue since last month.
    let greeted = if last.greeting > last.home { "（只是问候）" } else { "" };
    Ok(Entry {
        id: household.id.to_string(),
        level: item.level.map(|level| (level.label(), class(level))),
        name: file.title(),
        number: household.file_number.clone(),
        risk: file.risk.filter(|risk| *risk >= RiskLevel::Middle).map(RiskLevel::label),
        tags: tags.join(" · "),
        last: format!("上次入户 {}{greeted} · 电访 {}", told(last.home.max(last.greeting)), told(last.phone)),
        place: format!("{} {}", place.map_or("", |one| one.name.as_str()), household.building),
        why: due.map(|due| due.why.clone()).unwrap_or_default(),
        urgent,
        when,
        owed: due.map(|due| format!("应{} {}", by.word(), short(due.on))).unwrap_or_default(),
        by: if by == By::Home { "home" } else { "phone" },
        word: by.word(),
        phone,
        map: place.and_then(map),
    })
}

fn class(level: ServiceLevel) -> &'static str {
    match level {
        ServiceLevel::One => "l1",
        ServiceLevel::Two => "l2",
        _ => "l3",
    }
}

/// What stands beside the list.
fn aside(
    tx: &mut Tx<'_>,
    app: &App,
    sheets: Sheets,
    items: &[Item],
    day: NaiveDate,
) -> Result<Vec<Duty>, Trouble> {
    let until = day.checked_add_days(Days::new(AHEAD)).unwrap_or(day);
    let names: BTreeMap<Id, String> =
        items.iter().map(|item| (item.file.household.id, item.file.title())).collect();
    let mut all = Vec::new();
    let scope = app.scope();
    let promised = today::promised(tx, &scope, until)?;
    let mine = promised.iter().filter_map(|one| Some((one, names.get(&one.household_id)?)));
    let lines = mine.map(|(one, name)| {
        let late = (day - one.due_on).num_days();
        let note = if late > 0 {
            format!("逾期 {late} 天")
        } else {
            format!("{} 前", one.due_on.format("%m-%d"))
        };
        Line::new(format!("/visits/follow_ups/{}", one.id), format!("{}：{}", name, one.what), note)
    });
    let follow_ups = Some(Link::new("/visits/follow_ups", "全部"));
    all.extend(told("约定的跟进", follow_ups, lines.collect()));
    all.extend(duties::wishes(tx, app)?);
    all.extend(duties::tickets(tx, app, sheets)?);
    all.extend(duties::files(tx, app)?);
    let stays = today::stays(tx, &scope, day)?;
    let home = stays.iter().filter_map(|one| Some((one.discharged_on?, one, names.get(&one.household_id)?)));
    let lines = home.filter(|(on, ..)| *on <= day).map(|(on, one, name)| {
        Line::new(
            format!("/clients/{}", one.household_id),
            name.clone(),
            format!("{} 出院 · {}", on.format("%m-%d"), one.hospital),
        )
    });
    all.extend(told("最近出院", Some(Link::new("/visits/stays", "住院")), lines.collect()));
    all.extend(told("7 天内生日", None, birthdays(items, day)));
    Ok(all)
}

fn told(title: &'static str, all: Option<Link>, mut lines: Vec<Line>) -> Option<Duty> {
    let count = lines.len();
    lines.truncate(duties::LINES);
    (count > 0).then(|| Duty { count, lines, ..Duty::new(title, all) })
}

/// Whoever has a birthday in the seven days from today on, the next first.
fn birthdays(items: &[Item], day: NaiveDate) -> Vec<Line> {
    let mut lines = Vec::new();
    for ahead in 0..AHEAD {
        let Some(on) = day.checked_add_days(Days::new(ahead)) else { continue };
        for item in items {
            for person in item.file.persons.iter().filter(|person| person.closed_on.is_none()) {
                let born = person.born_on;
                // Whoever was born on a leap day has it on the last of February.
                let moved = born.month() == 2 && born.day() == 29 && !on.leap_year();
                let same = (on.month(), on.day()) == (born.month(), if moved { 28 } else { born.day() });
                if same {
                    let note = format!("{} · {} 岁", on.format("%m-%d"), on.year() - born.year());
                    lines.push(Line::new(format!("/clients/{}", item.file.household.id), &person.name, note));
                }
            }
        }
    }
    lines
}

//! `kapok user`: accounts from the machine that holds the database. Not the pages on which administrators do the same.

use chrono::NaiveDate;
use db::{DbError, DbResult, Tx};
use kernel::{Actor, Id, Problem};
use platform::access::{self, Grant, NewGrant, Reach, User};
use platform::areas::{self, GROUND};
use serde_json::{Value, json};

use crate::args::{Format, ScopeArg, UserAdd, UserCommand, UserInvite, UserList};
use crate::output;
use crate::place;
use crate::trouble::Trouble;

/// Runs the command.
pub fn run(command: &UserCommand) -> Result<bool, Trouble> {
    match command {
        UserCommand::Add(args) => add(args)?,
        UserCommand::Invite(args) => invite(args)?,
        UserCommand::List(args) => list(args)?,
    }
    Ok(false)
}

/// The address of an invitation on a site.
pub fn link(site: Option<&str>, token: &str) -> String {
    format!("{}/invitation/{token}", site.unwrap_or_default().trim_end_matches('/'))
}

fn add(args: &UserAdd) -> Result<(), Trouble> {
    let opened = place::open(&args.place)?;
    let token = opened.database.write(&Actor::Console, |tx| {
        let grant = grant(tx, args)?;
        let user = access::add_user(tx, &args.name, &args.display_name, None)?;
        access::grant(tx, user, &grant)?;
        access::invite(tx, user)
    })?;
    print_link(&args.name, args.site.as_deref(), &token);
    Ok(())
}

fn invite(args: &UserInvite) -> Result<(), Trouble> {
    let opened = place::open(&args.place)?;
    let token = opened.database.write(&Actor::Console, |tx| {
        let user = access::user_named(tx, &args.name)?;
        if user.disabled_at.is_some() {
            let what = format!("账号“{}”已停用", user.name);
            return Err(DbError::from(Problem::new("closed", what, "请先由系统管理员在网站上恢复使用")));
        }
        access::invite(tx, user.id)
    })?;
    print_link(&args.name, args.site.as_deref(), &token);
    Ok(())
}

fn print_link(name: &str, site: Option<&str>, token: &str) {
    output::print(&format!("给 {name} 的一次性链接（三天内有效，用一次就作废，请交给本人）："));
    output::print(&format!("  {}", link(site, token)));
    if site.is_none() {
        output::print("前面加上网站的地址；写上 --site https://地址 就给出完整的链接。");
    }
}

/// The grant that the arguments ask for.
fn grant(tx: &mut Tx<'_>, args: &UserAdd) -> DbResult<NewGrant> {
    let from_on = args.from.unwrap_or_else(|| tx.at().day());
    if args.to.is_some_and(|to| to <= from_on) {
        let what = format!("--to 要在起始日 {from_on} 之后");
        return Err(Problem::new("bad_period", what, "请改 --from 或 --to").into());
    }
    let blank = NewGrant {
        role: args.role,
        reach: Reach::City,
        district: None,
        street: None,
        station: None,
        place: None,
        from_on,
        to_on: args.to,
    };
    Ok(match &args.scope {
        ScopeArg::City => blank,
        ScopeArg::District(district) => {
            known_district(tx, district, None)?;
            NewGrant { reach: Reach::District, district: Some(district.clone()), ..blank }
        }
        ScopeArg::Street(district, street) => {
            known_district(tx, district, Some(street))?;
            let (district, street) = (Some(district.clone()), Some(street.clone()));
            NewGrant { reach: Reach::Street, district, street, ..blank }
        }
        ScopeArg::Station(code) => {
            let now = tx.at();
            let station = areas::station_by_code(tx, code, now)?.id;
            NewGrant { reach: Reach::Station, station: Some(station), place: Some(station), ..blank }
        }
        ScopeArg::Area(station, code) => inner(tx, blank, Reach::Area, station, code)?,
        ScopeArg::Community(station, code) => inner(tx, blank, Reach::Community, station, code)?,
    })
}

/// Districts and streets are known by name: where stations are entered, a name that none of them has is a slip.
fn known_district(tx: &mut Tx<'_>, district: &str, street: Option<&str>) -> DbResult<()> {
    let now = tx.at();
    let stations = areas::all_stations(tx, now)?;
    let there = |station: &areas::Station| {
        station.district == district && street.is_none_or(|street| station.street == street)
    };
    if stations.is_empty() || stations.iter().any(there) {
        return Ok(());
    }
    let mut known: Vec<String> = stations
        .into_iter()
        .map(|station| match street {
            Some(_) => format!("street:{}/{}", station.district, station.street),
            None => format!("district:{}", station.district),
        })
        .collect();
    known.sort_unstable();
    known.dedup();
    let name = street.map_or_else(|| district.to_owned(), |street| format!("{district}/{street}"));
    let what = format!("“{name}”没有社工站");
    Err(Problem::new("unknown_place", what, format!("有：{}", known.join("、"))).into())
}

/// A grant for an area or a community of a station.
fn inner(tx: &mut Tx<'_>, blank: NewGrant, reach: Reach, station: &str, code: &str) -> DbResult<NewGrant> {
    let now = tx.at();
    let station = areas::station_by_code(tx, station, now)?;
    let places: Vec<(String, Id, String)> = if reach == Reach::Area {
        areas::areas(tx, station.id, now)?.into_iter().map(|one| (one.code, one.id, one.name)).collect()
    } else {
        areas::communities(tx, station.id, now)?.into_iter().map(|one| (one.code, one.id, one.name)).collect()
    };
    let Some((_, place, _)) = places.iter().find(|(known, ..)| known == code) else {
        let known: Vec<String> = places.iter().map(|(code, _, name)| format!("{code} {name}")).collect();
        let what = format!("{}没有代码为“{code}”的{}", station.name, reach.label());
        return Err(Problem::new("unknown_place", what, format!("有：{}", known.join("、"))).into());
    };
    Ok(NewGrant { reach, station: Some(station.id), place: Some(*place), ..blank })
}

fn list(args: &UserList) -> Result<(), Trouble> {
    let opened = place::open(&args.place)?;
    let (lines, today) = opened.database.read(|tx| {
        let (mut lines, stations) = (Vec::new(), (GROUND.stations)(tx)?);
        for (user, grants) in access::users(tx)? {
            let mut named = Vec::new();
            for grant in grants {
                named.push((GROUND.name(tx, &stations, &grant)?, grant));
            }
            lines.push((user, named));
        }
        Ok::<_, DbError>((lines, tx.at().day()))
    })?;
    match args.format {
        Format::Json => output::json(&lines.iter().map(|line| object(line, today)).collect::<Vec<_>>())?,
        Format::Text if lines.is_empty() => output::print("还没有账号。kapok serve 会开设第一位管理员"),
        Format::Text => {
            let rows = lines.iter().map(|line| row(line, today)).collect();
            output::print(&output::table(&["登录名", "姓名", "角色", "状态"], &[], rows));
        }
    }
    Ok(())
}

/// An account with its grants, each with the name of where it holds.
type Line = (User, Vec<(String, Grant)>);

fn state(user: &User) -> (&'static str, &'static str) {
    match (user.disabled_at, &user.password) {
        (Some(_), _) => ("closed", "已停用"),
        (None, None) => ("invited", "未设密码"),
        _ => ("open", "正常"),
    }
}

fn row((user, grants): &Line, today: NaiveDate) -> Vec<String> {
    let held = grants.iter().filter(|(_, grant)| grant.holds(today));
    let roles: Vec<String> = held.map(|(place, grant)| format!("{}（{place}）", grant.role)).collect();
    vec![user.name.clone(), user.display_name.clone(), roles.join("、"), state(user).1.to_owned()]
}

fn object((user, grants): &Line, today: NaiveDate) -> Value {
    let grant = |(place, grant): &(String, Grant)| {
        json!({
            "role": grant.role,
            "reach": grant.reach,
            "place": place,
            "from": grant.from_on,
            "to": grant.to_on,
            "holds": grant.holds(today),
        })
    };
    json!({
        "name": user.name,
        "display_name": user.display_name,
        "state": state(user).0,
        "second_factor": user.second_set,
        "grants": grants.iter().map(grant).collect::<Vec<_>>(),
    })
}

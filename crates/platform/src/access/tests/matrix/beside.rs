//! Roles that hold in one area or one community: what lies in another of the same station is to them as what lies in another
//! station. Every route about households and persons, with the marks of the same file.

use kernel::Id;

use super::super::on_one;
use super::{Ground, NewGrant, Reach, Request, Role, Side, Who, World, form_token, ground, in_station, kept};
use super::{matrix, sheets, signed_in_as, station};
use crate::sheets::{Placed, Sheet};
use crate::shell::Route;

/// The parts whose records lie in a community and tell of people.
const PARTS: [&str; 5] = ["clients", "documents", "visits", "casework", "hotline"];

/// Who asks: each role that is given for less than a station, for each that it is given for.
fn grants() -> [NewGrant; 4] {
    let of = |role, reach, place: Id| NewGrant {
        reach,
        place: Some(place),
        ..in_station(role, Side::Inside.station())
    };
    let (area, community) = (Side::Inside.area(), Side::Inside.community());
    [
        of(Role::Worker, Reach::Community, community),
        of(Role::Worker, Reach::Area, area),
        of(Role::AreaLead, Reach::Area, area),
        of(Role::AreaLead, Reach::Community, community),
    ]
}

#[test]
fn another_community_of_the_station_is_as_far_as_another_station() {
    std::thread::scope(|threads| {
        let sqlite = threads.spawn(|| on_one(db::testing::sqlite, ask_all));
        let postgres = threads.spawn(|| on_one(db::testing::postgres, ask_all));
        for thread in [sqlite, postgres] {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        }
    });
}

fn ask_all(world: &World<'_>) {
    let (ground, matrix) = (ground(world), matrix());
    let (mut wrong, mut asked) = (Vec::new(), 0);
    let routes = crate::routes().into_iter().filter(|route| {
        PARTS.iter().any(|part| route.path.trim_start_matches('/').split('/').next() == Some(*part))
    });
    for (turn, route) in routes.enumerate() {
        let name = (route.method.to_string(), route.path.to_owned());
        let Some((_, marks)) = matrix.get(&name) else { continue };
        for grant in grants() {
            let mark = marks[Role::ALL.iter().position(|role| *role == grant.role).unwrap()];
            for side in [Side::Inside, Side::Beside] {
                asked += 1;
                let about = format!("{} {} {:?} of {:?} {side:?}", name.0, name.1, grant.role, grant.reach);
                wrong.extend(
                    ask(&ground, &route, (&grant, mark), side, turn).map(|what| format!("{about} {what}")),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {asked} requests:\n{}", wrong.len(), wrong.join("\n"));
    assert!(asked > 400, "{asked} requests");
}

/// Asks one route as one person on one side; what is not as the mark says.
fn ask(
    ground: &Ground<'_>,
    route: &Route,
    (grant, mark): (&NewGrant, char),
    side: Side,
    turn: usize,
) -> Option<String> {
    let (user, cookie) = signed_in_as(ground.database, "asker", std::slice::from_ref(grant));
    let who = Who { cookie, user, turn };
    let token = form_token(ground.database, &who.cookie);
    let request = Request::of(ground, route, side, &who, Some(&token));
    let before = ground.written(side);
    let answer = request.send();
    if route.writes {
        ground.households.borrow_mut().remove(side.people());
        ground.records.borrow_mut().clear();
    }
    if side == Side::Beside && ground.written(side) != before {
        return Some("wrote into the other community".into());
    }
    // What is of the station as a whole, as a warning of weather is, is for whoever holds all of it.
    let whole = |sheet: &&Sheet| matches!(sheet.placed, Placed::Station | Placed::Area);
    let good = sheets::asked_for(route.path, turn).is_some_and(|sheet| !whole(&sheet));
    let refused = answer.status == 422 && !answer.body.contains("仍然保存");
    if good && side == Side::Inside && mark == '+' && refused {
        return Some(format!("refused what is good: {}", answer.body.chars().take(900).collect::<String>()));
    }
    kept(mark, side, route.path, &answer).err().map(|what| what.chars().take(900).collect())
}

/// The test would see a leak: the people of the other community are there for whoever holds the whole station.
#[test]
fn the_other_community_is_there_for_the_whole_station() {
    on_one(db::testing::sqlite, |world| {
        let ground = ground(world);
        let there = ground.household(Side::Beside);
        let who = ground.who(Role::Worker);
        let page = ground.client(Side::Inside, &who).get(&format!("/clients/{}", there.id));
        assert!(page.status == 200 && page.body.contains(Side::Beside.people()), "{}", page.body);
        assert_ne!(station::id(1, 11), Side::Beside.community());
    });
}

//! Every page there is, asked by everybody who must not know: what an expert has noted and not sealed with the others, and
//! anything at all of a round that somebody is kept from. Over the router itself, so that a new page is asked too.

use axum::http::Method;
use kernel::Id;

use super::super::on_both;
use super::{Ground, Role, Side, Who, ground, in_station, rounds, signed_in_as};
use crate::access::testing::everywhere;
use crate::evaluation::scoring_testing::{drafted, sealed};

/// What one expert has sealed before the others and another has typed: note and score of each, as pages show them.
const HIDDEN: [&str; 4] = ["此处另记九七五", "3.37", "彼处另记八六四", "2.93"];
/// What nobody may read who is kept from the station: its round, and its name.
const STATION: [&str; 2] = ["lizhan-panel", "示例社工站 lizhan"];

/// Every page as somebody sees it who is answered at all.
fn pages(ground: &Ground<'_>, who: &Who) -> Vec<(String, String)> {
    let mut seen = Vec::new();
    for route in crate::routes().into_iter().filter(|route| route.method == Method::GET) {
        // The seat that one's own page speaks of is the one that is asked about below.
        if route.path.contains("{own}") {
            continue;
        }
        let path = super::filled(ground, route.path, Side::Inside, who);
        let queries: &[&str] = if route.path.contains('{') {
            &["?station=lizhan"]
        } else {
            &["", "?station=lizhan&q=九七五"]
        };
        for query in queries {
            let answer = ground.client(Side::Inside, who).get(&format!("{path}{query}"));
            // What is not there is answered with the code that was asked for, which says nothing.
            let asked_for = route.path.contains("{round}") && answer.status == 404;
            let body = if asked_for { answer.body.replace(STATION[0], "") } else { answer.body };
            seen.push((format!("{path}{query}"), body));
        }
    }
    seen
}

fn holds(ground: &Ground<'_>, who: &Who, what: &str, hidden: &[&str]) {
    for (path, body) in pages(ground, who) {
        for one in hidden {
            assert!(!body.contains(one), "{what} reads “{one}” at {path}");
        }
    }
}

#[test]
fn nothing_of_an_unsealed_score_nor_of_a_round_one_is_kept_from_is_anywhere() {
    on_both(|world| {
        let (ground, database) = (ground(world), world.database);
        let code = ground.panel(Side::Inside).round.clone();
        let someone = |grants: &[super::NewGrant]| {
            let (user, cookie) = signed_in_as(database, "asker", grants);
            Who { cookie, user, turn: 0 }
        };
        let by: Id = someone(&[]).user;
        let seated = || {
            let who = someone(&[]);
            rounds::cleared(database, &code, who.user, by);
            who
        };
        let (writes, other, third) = (seated(), seated(), seated());
        world.pass(1);
        let city = [everywhere(Role::Evaluator)];
        let (pending, recused) = (someone(&city), someone(&city));
        rounds::seat(database, &code, pending.user);
        rounds::recused(database, &code, recused.user, by);
        world.pass(1);
        let roles =
            [Role::Worker, Role::StationManager, Role::Evaluator, Role::StreetOffice, Role::DistrictBureau];
        let readers: Vec<(Role, Who)> =
            roles.iter().map(|role| (*role, someone(&[in_station(*role, Side::Inside.station())]))).collect();
        let whole = [Role::City, Role::AuditAdmin, Role::SystemAdmin]
            .map(|role| (role, someone(&[everywhere(role)])));
        drafted(database, &code, writes.user, HIDDEN[1], HIDDEN[0]);
        sealed(database, &code, writes.user);
        drafted(database, &code, third.user, HIDDEN[3], HIDDEN[2]);
        world.pass(1);
        for (role, who) in readers.iter().chain(&whole) {
            holds(&ground, who, &format!("{role:?}"), &HIDDEN);
        }
        holds(&ground, &other, "another expert", &HIDDEN);
        holds(&ground, &third, "whoever drafts", &HIDDEN[..2]);
        holds(&ground, &writes, "whoever has sealed", &HIDDEN[2..]);
        for (what, who) in [("not cleared", &pending), ("recused", &recused)] {
            let hidden: Vec<&str> = HIDDEN.into_iter().chain(STATION).collect();
            holds(&ground, who, &format!("whoever is {what}"), &hidden);
        }
        // Whoever wrote it reads it: the test would see it.
        let own = format!("/evaluation/rounds/{code}/desk/pm_staffing");
        assert!(ground.client(Side::Inside, &writes).get(&own).body.contains(HIDDEN[0]));
    });
}

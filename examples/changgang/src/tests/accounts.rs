//! One account for each role, entered once, each ready to be used.

use platform::access::{self, Role};
use platform::areas::GROUND;

use super::{clock, rows, sample};
use crate::accounts;

#[test]
fn each_role_has_one_account_that_can_be_used() {
    let accounts = sample().database.read(accounts::accounts).unwrap();
    let names: Vec<&str> = accounts.iter().map(|account| account.name).collect();
    assert_eq!(names, Role::ALL.iter().map(|role| role.as_str()).collect::<Vec<_>>());
    for account in &accounts {
        assert_eq!(access::wrong_password(&account.password, account.name), None, "{}", account.name);
        let secret = account.secret.as_ref().map(|secret| {
            let plain = |sign: char| sign.is_ascii_uppercase() || ('2'..='7').contains(&sign);
            assert!(secret.len() == 32 && secret.chars().all(plain), "{secret}");
            secret.clone()
        });
        assert_eq!(secret.is_some(), account.role.needs_second_factor(), "{}", account.name);
        assert_eq!(account.code(clock().now()).map(|code| code.len()), secret.map(|_| 6));
    }
    let different = |all: Vec<&String>| all.iter().collect::<std::collections::BTreeSet<_>>().len();
    assert_eq!(different(accounts.iter().map(|account| &account.password).collect()), 13);
    assert_eq!(different(accounts.iter().filter_map(|account| account.secret.as_ref()).collect()), 8);
}

#[test]
fn they_are_entered_once_and_hold_where_they_should() {
    let database = &sample().database;
    assert_eq!(accounts::enter(database).unwrap(), 13);
    assert_eq!(accounts::enter(database).unwrap(), 0, "a second time there is nothing to do");
    let stored = database.read(|tx| {
        let (mut stored, stations) = (Vec::new(), (GROUND.stations)(tx)?);
        for (user, grants) in access::users(tx)? {
            let [grant] = &grants[..] else { panic!("{} has {} roles", user.name, grants.len()) };
            assert!(grant.holds(clock().now().day()) && user.password.is_some(), "{}", user.name);
            assert_eq!((user.name.as_str(), user.second_set), (grant.role.as_str(), user.second.is_some()));
            stored.push((user.name, GROUND.name(tx, &stations, grant)?, user.display_name, user.worker_id));
        }
        db::DbResult::Ok(stored)
    });
    let station = "昌岗街社工服务站";
    let expected = [
        ("area_lead", format!("{station} 晓港片区")),
        ("audit_admin", "全市".into()),
        ("city", "全市".into()),
        ("district_bureau", "海珠区".into()),
        ("evaluator", station.into()),
        ("expert", station.into()),
        ("operator", station.into()),
        ("security_admin", "全市".into()),
        ("station_manager", station.into()),
        ("street_office", "海珠区 昌岗街".into()),
        ("supervision_centre", "海珠区".into()),
        ("system_admin", "全市".into()),
        ("worker", format!("{station} 晓港片区")),
    ];
    let stored = stored.unwrap();
    let places: Vec<_> = stored.iter().map(|(name, place, ..)| (name.as_str(), place.clone())).collect();
    assert_eq!(places, expected);
    for (name, _, display_name, worker) in stored {
        let record = worker.map(|worker| rows("workers", &[("id", worker.to_string().into())])[0].clone());
        assert_eq!(record.is_some(), ["worker", "area_lead", "station_manager"].contains(&name.as_str()));
        if let Some(record) = record {
            assert_eq!(record["name"], display_name.as_str());
            assert!(record["left_on"].is_null(), "{name} has left");
        }
    }
}

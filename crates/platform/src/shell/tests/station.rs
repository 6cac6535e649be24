//! A small station for the pages: two areas, a contract with two indicators, some activities, a round.

use std::sync::Arc;

use db::{Database, DbError, Tx};
use kernel::{Actor, Clock, Fen, Id, Moment};
use web::testing::Client;

use crate::access::testing::{everywhere, signed_in};
use crate::access::{Asker, Enter, Role, permit};
use crate::activities::{Activities, Activity, ActivitySize, ActivityStatus, CountBasis};
use crate::areas::{Area, Areas, Community};
use crate::contracts::{Contract, Contracts};
use crate::evaluation::{Evaluation, Round, RoundKind, Stage};
use crate::indicators::{IndicatorTarget, Indicators};
use crate::library::Library;
use crate::shell::Site;
use crate::staff::{self, Staff, Worker};

/// 2024-12-31, noon in Shanghai.
pub(crate) const NOW: Clock = Clock::Fixed(Moment::from_micros(1_735_617_600_000_000));

/// The station's id from its number; every id of its records follows from it.
pub(crate) fn id(station: u32, n: u32) -> Id {
    Id::derived(0, &[&station.to_be_bytes(), &n.to_be_bytes()])
}

/// A client of a site on this database, with the notice of a sample: somebody who reads everything.
pub(crate) fn client(database: &Database) -> Client {
    let cookie = signed_in(database, "reader", &[everywhere(Role::City)]);
    Client::new(crate::router(site(database))).with_cookie(cookie)
}

pub(crate) fn site(database: &Database) -> Site {
    Site {
        database: database.clone(),
        library: Arc::new(Library::load(None).unwrap()),
        today: "2024-12-31".parse().unwrap(),
        sample_notice: Some("示例数据：人物全部虚构".into()),
        address: None,
        report_dir: None,
        only_local: true,
        secure: false,
    }
}

/// Enters the station `number` of code `code`, with `activities` activities.
pub(crate) fn fill(database: &Database, number: u32, code: &str, activities: u32) {
    let station = id(number, 0);
    crate::testing::station(database, station, code);
    let write = |tx: &mut Tx<'_>| {
        ground(tx, number)?;
        agreed(tx, number, code)?;
        let rows: Vec<Activity> = (0..activities).map(|n| activity(number, n)).collect();
        permit::<Enter<Activities>>(&Asker::Console, station)?.append(tx, &rows)?;
        let round = round(number, code);
        permit::<Enter<Evaluation>>(&Asker::Console, station)?.append(tx, &[round])
    };
    database.write(&Actor::Console, write).unwrap();
}

fn ground(tx: &mut Tx<'_>, number: u32) -> Result<(), DbError> {
    let station = id(number, 0);
    let areas = permit::<Enter<Areas>>(&Asker::Console, station)?;
    let area = |n: u32, code: &str, name: &str| Area {
        id: id(number, n),
        station_id: station,
        area_id: None,
        community_id: None,
        worker_id: None,
        code: code.into(),
        name: name.into(),
        position: i32::try_from(n).unwrap(),
    };
    areas.append(tx, &[area(1, "dong", "东片区"), area(2, "xi", "西片区")])?;
    let community = |n: u32, area: u32, code: &str, name: &str| Community {
        id: id(number, n),
        station_id: station,
        area_id: Some(id(number, area)),
        community_id: None,
        worker_id: None,
        code: code.into(),
        name: name.into(),
        position: i32::try_from(n).unwrap(),
        region_code: None,
        latitude_e6: None,
        longitude_e6: None,
    };
    let communities = [
        community(11, 1, "dongyi", "东一"),
        community(12, 1, "donger", "东二"),
        community(21, 2, "xiyi", "西一"),
    ];
    areas.append(tx, &communities)?;
    let worker = Worker {
        id: id(number, 5),
        station_id: station,
        area_id: Some(id(number, 1)),
        community_id: None,
        worker_id: None,
        name: "样本乙".into(),
        role: staff::Role::Worker,
        in_field_since: "2020-01-01".parse().unwrap(),
        joined_on: "2021-01-01".parse().unwrap(),
        left_on: None,
        party_member: false,
    };
    permit::<Enter<Staff>>(&Asker::Console, station)?.append(tx, &[worker])
}

fn agreed(tx: &mut Tx<'_>, number: u32, code: &str) -> Result<(), DbError> {
    let station = id(number, 0);
    let contract = Contract {
        id: id(number, 6),
        station_id: station,
        area_id: None,
        community_id: None,
        worker_id: None,
        code: format!("{code}-2024"),
        operator: "示例机构".into(),
        purchaser: "示例街道办事处".into(),
        supervisor: "示例区民政局".into(),
        signed_on: "2024-06-20".parse().unwrap(),
        starts_on: "2024-06-21".parse().unwrap(),
        ends_on: "2025-06-20".parse().unwrap(),
        funding: Fen::yuan(2_400_000),
        agreed_workers: 20,
        agreed_certified: 12,
    };
    permit::<Enter<Contracts>>(&Asker::Console, station)?.append(tx, &[contract])?;
    let target = |n: u32, code: &str, name: &str, unit: &str, target: i32, count: &str| IndicatorTarget {
        id: id(number, n),
        station_id: station,
        area_id: None,
        community_id: None,
        worker_id: None,
        contract_id: id(number, 6),
        code: code.into(),
        name: name.into(),
        unit: unit.into(),
        target,
        heading: "社区活动".into(),
        position: i32::try_from(n).unwrap(),
        amended_on: None,
        rule: format!(
            "name = \"{name}\"\nunit = \"{unit}\"\nrecord = \"activity\"\ndate = \"held_on\"\n{count}\
             where = {{ size = \"large\", status = \"held\" }}\n"
        ),
    };
    let targets = [
        target(7, "large_activities", "大型社区活动", "次", 200, ""),
        target(
            8,
            "large_activity_attendances",
            "大型社区活动服务人次",
            "人次",
            100,
            "count = { sum = \"attendances\" }\n",
        ),
    ];
    permit::<Enter<Indicators>>(&Asker::Console, station)?.append(tx, &targets)
}

fn activity(number: u32, n: u32) -> Activity {
    let west = n % 3 == 2;
    Activity {
        id: id(number, 1000 + n),
        station_id: id(number, 0),
        area_id: Some(id(number, if west { 2 } else { 1 })),
        community_id: Some(id(number, [11, 12, 21][n as usize % 3])),
        worker_id: Some(id(number, 5)),
        programme: None,
        name: "便民日".into(),
        size: ActivitySize::Large,
        status: ActivityStatus::Held,
        held_on: format!("2024-{:02}-{:02}", 7 + n % 6, 1 + n % 28).parse().unwrap(),
        place: "广场".into(),
        attendances: 20,
        basis: CountBasis::SignIn,
        summary: String::new(),
    }
}

fn round(number: u32, code: &str) -> Round {
    Round {
        id: id(number, 9),
        station_id: id(number, 0),
        area_id: None,
        community_id: None,
        worker_id: None,
        code: format!("{code}-mid"),
        contract_id: id(number, 6),
        kind: RoundKind::MidTerm,
        stage: Stage::Issued,
        scheme: "other".into(),
        previous: None,
        records_until: "2024-12-31".parse().unwrap(),
        evaluated_on: "2025-03-25".parse().unwrap(),
        known_at: NOW.now().micros() + 1,
        evaluator: "示例评估机构".into(),
        supervision_centre: "示例督导中心".into(),
    }
}

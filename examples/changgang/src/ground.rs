//! The ground of the sample: station, areas, communities, contract, regulations, programmes.

use chrono::NaiveDate;
use db::{DbResult, Keys};
use kernel::{Fen, Id};
use platform::areas::{Area, Community, ServicePoint, Station};
use platform::contracts::{Contract, ContractCategory};
use platform::programmes::Programme;
use platform::regulations::Regulation;
use sha2::{Digest as _, Sha256};

use crate::book::{At, Book, id, row};
use crate::calendar::{BROUGHT_IN, START, day};
use crate::facts::{Facts, mismatch};
use crate::words::clients::CATEGORIES;
use crate::words::events::REGULATIONS;
use crate::{CONTRACT, SEED, STATION, seal};

/// The areas in the order of the report, each with its communities in the order of the facts file. The last number
/// is ours where the report prints the area's sum alone.
const AREAS: [(&str, &[(&str, usize)]); 4] = [
    (
        "xiaogang",
        &[
            ("xiaogangdong", 152),
            ("qinghui", 110),
            ("xiaogangzhong", 103),
            ("xiaoxi", 116),
            ("changgangdong", 74),
        ],
    ),
    (
        "xiaoyuan",
        &[
            ("xiaoyuandong", 99),
            ("xiaoyuanxin", 119),
            ("yuejinnan", 119),
            ("yuejinbei", 70),
            ("xigangdong", 51),
            ("xigangxi", 79),
        ],
    ),
    (
        "haifu",
        &[
            ("haifuhuayuan", 92),
            ("jiangnanyaju", 68),
            ("jiangnandadaonan", 81),
            ("changgangzhong", 75),
            ("suihuanan", 70),
            ("suihuabei", 61),
        ],
    ),
    ("beipian", &[("chaosheng", 82), ("geshan", 79), ("xinhe", 71), ("huiyuan", 66), ("shendeli", 78)]),
];

/// Programmes: code, name, aim, since when.
const PROGRAMMES: [(&str, &str, &str, NaiveDate); 8] = [
    ("nuanxin_anju", "暖心·安居", "排查居家安全隐患，普及安全知识，帮助困难家庭改造", day(2023, 3, 1)),
    ("zhuhang", "暖心·助航", "筹集善款和物资，支持困难群众渡过难关", day(2022, 9, 1)),
    ("xingxing_diandeng", "星星点灯", "为照顾者和情绪困扰者提供情感支持", day(2023, 1, 1)),
    ("hongshe_xianfeng", "红·社先锋", "党员社工带动党建学习与服务", day(2021, 7, 1)),
    ("gongyi_hehuoren", "公益合伙人", "联结辖区主体共同参与社区公益", day(2022, 11, 1)),
    ("xinlianxin", "心连心情感支持计划", "促进服务对象身心健康与社会融入", day(2023, 6, 1)),
    ("zhangzhe_jiankang", "长者健康守护计划", "维护长者健康，预防跌倒", day(2023, 4, 1)),
    ("zhurenweng", "“主人翁”唤醒计划", "唤起居民关心社区事务", day(2023, 9, 1)),
];

/// A community of the sample.
pub(crate) struct Place {
    pub(crate) id: Id,
    pub(crate) code: &'static str,
    pub(crate) name: String,
    /// Which of the areas.
    pub(crate) area: usize,
    /// Files open at the end of the period.
    pub(crate) files: usize,
}

/// What everything else stands on.
pub(crate) struct Ground {
    pub(crate) station: Id,
    pub(crate) contract: Id,
    /// Ids and codes of the areas.
    pub(crate) areas: Vec<(Id, &'static str)>,
    pub(crate) places: Vec<Place>,
    /// Codes and ids of the programmes.
    pub(crate) programmes: Vec<(&'static str, Id)>,
}

impl Ground {
    /// The station itself, no area.
    pub(crate) fn at_station(&self) -> At {
        At { station: self.station, area: None, community: None, worker: None }
    }

    /// An area.
    pub(crate) fn at_area(&self, area: usize) -> At {
        At { area: Some(self.areas[area].0), ..self.at_station() }
    }

    /// A community.
    pub(crate) fn at_place(&self, place: usize) -> At {
        let at = &self.places[place];
        At { community: Some(at.id), ..self.at_area(at.area) }
    }

    /// The communities of an area.
    pub(crate) fn places_of(&self, area: usize) -> Vec<usize> {
        (0..self.places.len()).filter(|place| self.places[*place].area == area).collect()
    }

    /// The id of a programme.
    pub(crate) fn programme(&self, code: &str) -> Option<Id> {
        self.programmes.iter().find(|(known, _)| *known == code).map(|(_, id)| *id)
    }
}

/// Enters the ground.
pub(crate) fn make(book: &mut Book, keys: &Keys, facts: &Facts) -> DbResult<Ground> {
    let operated_since = day(2012, 5, 1);
    let mut ground = Ground {
        station: id::<Station>(operated_since, 0),
        contract: id::<Contract>(day(2024, 6, 18), 0),
        areas: Vec::new(),
        places: Vec::new(),
        programmes: Vec::new(),
    };
    let seed = Sha256::new().chain_update(SEED).chain_update(b"\0pseudonyms").finalize();
    let pseudonyms: String = seed.iter().map(|byte| format!("{byte:02x}")).collect();
    let station = row!(Station, ground.station, ground.at_station(), {
        code: STATION.to_owned(),
        name: facts.station.name.clone(),
        district: facts.station.district.clone(),
        street: facts.station.street.clone(),
        address: facts.station.address.clone(),
        operated_since,
        pseudonym_key: seal(keys, "stations.pseudonym_key", ground.station, &pseudonyms)?,
    });
    book.stations.add(operated_since, station);
    areas(book, &mut ground, facts)?;
    contract(book, &ground);
    regulations(book, &ground);
    programmes(book, &mut ground);
    Ok(ground)
}

fn areas(book: &mut Book, ground: &mut Ground, facts: &Facts) -> DbResult<()> {
    let since = day(2012, 5, 1);
    if facts.areas.len() != AREAS.len() {
        return Err(mismatch("片区数").into());
    }
    for (index, (facts, (code, communities))) in facts.areas.iter().zip(AREAS).enumerate() {
        let area = id::<Area>(since, index);
        ground.areas.push((area, code));
        let position = position(index);
        let at = ground.at_station();
        book.areas
            .add(since, row!(Area, area, at, { code: code.to_owned(), name: facts.name.clone(), position, }));
        if facts.communities.len() != communities.len() {
            return Err(mismatch(&facts.name).into());
        }
        for (facts, (code, files)) in facts.communities.iter().zip(communities) {
            let (name, printed) = facts.parts();
            if printed.is_some_and(|printed| printed != *files) {
                return Err(mismatch(name).into());
            }
            community(book, ground, index, (code, name, *files));
        }
    }
    Ok(())
}

fn community(
    book: &mut Book,
    ground: &mut Ground,
    area: usize,
    (code, name, files): (&'static str, &str, usize),
) {
    let since = day(2012, 5, 1);
    let n = ground.places.len();
    let place = Place { id: id::<Community>(since, n), code, name: name.to_owned(), area, files };
    let community = row!(Community, place.id, ground.at_area(area), {
        code: code.to_owned(),
        name: name.to_owned(),
        position: position(n),
        // The first six places are 海珠区; the rest is invented.
        region_code: Some(format!("440105999{:03}", n + 1)),
        latitude_e6: None,
        longitude_e6: None,
    });
    book.communities.add(since, community);
    ground.places.push(place);
    let opened_on = day(2021, 3, 1);
    let point = row!(ServicePoint, id::<ServicePoint>(opened_on, n), ground.at_place(n), {
        name: format!("{name}社工点"),
        opened_on,
        closed_on: None,
    });
    book.service_points.add(opened_on, point);
}

fn contract(book: &mut Book, ground: &Ground) {
    let signed_on = day(2024, 6, 18);
    let contract = row!(Contract, ground.contract, ground.at_station(), {
        code: CONTRACT.to_owned(),
        operator: "示例社会工作服务中心".into(),
        purchaser: "示例街道办事处".into(),
        supervisor: "示例区民政局".into(),
        signed_on,
        starts_on: START,
        ends_on: day(2025, 6, 20),
        funding: Fen::yuan(2_400_000),
        agreed_workers: 20,
        agreed_certified: 12,
    });
    book.contracts.add(signed_on, contract);
    for (n, (code, name, elder, _)) in CATEGORIES.into_iter().enumerate() {
        let category = row!(ContractCategory, id::<ContractCategory>(signed_on, n), ground.at_station(), {
            contract_id: ground.contract,
            code: code.to_owned(),
            name: name.to_owned(),
            elder,
        });
        book.categories.add(signed_on, category);
    }
}

/// The fifteen rules in force, and two that were repealed when they were printed anew.
fn regulations(book: &mut Book, ground: &Ground) {
    for (n, name) in REGULATIONS.into_iter().enumerate() {
        let adopted_on = day(2024, 6, 3);
        let regulation = row!(Regulation, id::<Regulation>(adopted_on, n), ground.at_station(), {
            name: name.to_owned(),
            edition: "2024 年版".into(),
            adopted_on,
            repealed_on: None,
        });
        book.regulations.add(adopted_on, regulation);
    }
    for (n, name) in REGULATIONS.into_iter().take(2).enumerate() {
        let adopted_on = day(2019, 1, 2);
        let regulation = row!(Regulation, id::<Regulation>(adopted_on, 100 + n), ground.at_station(), {
            name: name.to_owned(),
            edition: "2019 年版".into(),
            adopted_on,
            repealed_on: Some(day(2024, 6, 3)),
        });
        book.regulations.add(BROUGHT_IN, regulation);
    }
}

fn programmes(book: &mut Book, ground: &mut Ground) {
    for (n, (code, name, aim, started_on)) in PROGRAMMES.into_iter().enumerate() {
        let programme = id::<Programme>(started_on, n);
        ground.programmes.push((code, programme));
        let programme = row!(Programme, programme, ground.at_station(), {
            code: code.to_owned(),
            name: name.to_owned(),
            aim: aim.to_owned(),
            started_on,
            ended_on: None,
        });
        book.programmes.add(started_on, programme);
    }
}

/// Places in lists count from one.
pub(crate) fn position(index: usize) -> i32 {
    i32::try_from(index + 1).unwrap_or(i32::MAX)
}

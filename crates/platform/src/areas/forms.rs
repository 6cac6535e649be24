//! The forms of areas, communities and service points: which fields there are, what stands in them, and what was sent.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::{DbResult, Tx};
use kernel::Id;
use rules::regions::RegionCode;
use web::Form;
use web::form::{Reading, Wrong};

use super::position::{self, LATITUDES, LONGITUDES};
use super::settled::{Settled, Territory};
use super::store::{Area, Community, ServicePoint};
use crate::shell::{Field, Group, Kind};

kernel::words! {
    /// What can be entered here.
    pub enum What {
        /// A group of communities.
        Area = "area" "片区",
        /// The smallest territory.
        Community = "community" "社区",
        /// Where its workers sit.
        ServicePoint = "service_point" "社工点",
    }
}

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Row {
    Area(Area),
    Community(Community),
    ServicePoint(ServicePoint),
}

/// All that a station has.
#[derive(Debug, Clone, Default)]
pub(super) struct All {
    pub(super) areas: Vec<Area>,
    pub(super) communities: Vec<Community>,
    pub(super) points: Vec<ServicePoint>,
}

impl All {
    /// Takes out what one station has, of all that several have.
    pub(super) fn taken(&mut self, station: Id) -> Self {
        Self {
            areas: self.areas.extract_if(.., |row| row.station_id == station).collect(),
            communities: self.communities.extract_if(.., |row| row.station_id == station).collect(),
            points: self.points.extract_if(.., |row| row.station_id == station).collect(),
        }
    }

    /// The one of this kind and id.
    pub(super) fn find(&self, what: What, id: &str) -> Option<Row> {
        let same = |known: Id| known.as_str() == id;
        match what {
            What::Area => self.areas.iter().find(|row| same(row.id)).cloned().map(Row::Area),
            What::Community => self.communities.iter().find(|row| same(row.id)).cloned().map(Row::Community),
            What::ServicePoint => self.points.iter().find(|row| same(row.id)).cloned().map(Row::ServicePoint),
        }
    }

    /// The place in lists after the last one.
    pub(super) fn next_position(&self, what: What) -> i32 {
        let last = match what {
            What::Area => self.areas.iter().map(|row| row.position).max(),
            What::Community => self.communities.iter().map(|row| row.position).max(),
            What::ServicePoint => None,
        };
        last.unwrap_or(0) + 1
    }

    /// Why one of them cannot be withdrawn yet, as far as this slice knows.
    fn used_here(&self, row: &Row) -> Option<&'static str> {
        let used = match row {
            Row::Area(area) => self.communities.iter().any(|one| one.area_id == Some(area.id)),
            Row::Community(community) => self.points.iter().any(|one| one.community_id == Some(community.id)),
            Row::ServicePoint(_) => false,
        };
        used.then_some(match row {
            Row::Area(_) => "片区里还有社区：先把它们改到别的片区",
            _ => "社区里还有社工点：先作废社工点，或改到别的社区",
        })
    }

    /// Why one of them cannot be withdrawn yet, with what to do first.
    ///
    /// # Errors
    /// What the database says.
    pub(super) fn still_used(
        &self,
        tx: &mut Tx<'_>,
        settled: Settled,
        station: Id,
        row: &Row,
    ) -> DbResult<Option<String>> {
        if let Some(what) = self.used_here(row) {
            return Ok(Some(what.to_owned()));
        }
        let (territory, where_to) = match row {
            Row::Area(row) => (Territory::Area(row.id), "片区"),
            Row::Community(row) => (Territory::Community(row.id), "社区"),
            Row::ServicePoint(_) => return Ok(None),
        };
        let held = (settled.held)(tx, territory, station)?;
        let said = |what| format!("{where_to}里还有{what}：先改到别的{where_to}，或办结、离任");
        Ok(held.map(said))
    }
}

impl Row {
    /// Its id.
    pub(super) fn id(&self) -> Id {
        match self {
            Self::Area(row) => row.id,
            Self::Community(row) => row.id,
            Self::ServicePoint(row) => row.id,
        }
    }

    /// The area it lies in.
    pub(super) fn area(&self) -> Option<Id> {
        match self {
            Self::Area(_) => None,
            Self::Community(row) => row.area_id,
            Self::ServicePoint(row) => row.area_id,
        }
    }

    /// Its name.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Area(row) => &row.name,
            Self::Community(row) => &row.name,
            Self::ServicePoint(row) => &row.name,
        }
    }
}

/// The fields of a form, with what is there now.
pub(super) fn fields(what: What, all: &All, now: Option<&Row>) -> Vec<Group> {
    let present = now.map(present).unwrap_or_default();
    let at = |name: &str| present.get(name).cloned().unwrap_or_default();
    let text = |name: &'static str, label: &str| Field::text(name, label).value(at(name));
    let pick = |name, label: &str, list: Vec<(String, String)>| {
        Field::new(name, label, Kind::Pick(list)).value(at(name))
    };
    let code = text("code", "代码").hint("小写字母、数字和下划线，用在地址和计数规则里，例如 dongyi");
    let next = || all.next_position(what).to_string();
    let position =
        Field::text("position", "次序").value(present.get("position").cloned().unwrap_or_else(next));
    match what {
        What::Area => vec![Group::new("", [text("name", "名称").hint("例如 东片区"), code, position])],
        What::Community => {
            let areas = all.areas.iter().map(|area| (area.id.to_string(), area.name.clone())).collect();
            let named = text("name", "名称").hint("不带“社区”二字，例如 晓港东");
            let region = text("region_code", "区划代码").hint("统计用区划代码，12 位数字；不知道可以不填");
            let first = Group::new("", [pick("area", "片区", areas), named, code, position, region]);
            let places = [
                text("latitude", "纬度").hint("例如 23.098765"),
                text("longitude", "经度").hint("例如 113.281234"),
            ];
            vec![first, Group::new("地图上的位置（GCJ-02 坐标，可以不填）", places)]
        }
        What::ServicePoint => {
            let communities =
                all.communities.iter().map(|one| (one.id.to_string(), one.name.clone())).collect();
            let day = |name, label: &str| Field::date(name, label).value(at(name));
            vec![Group::new(
                "",
                [
                    pick("community", "社区", communities),
                    text("name", "名称").hint("例如 晓港东社工点"),
                    day("opened_on", "设立日期"),
                    day("closed_on", "撤销日期").hint("还在用就不填"),
                ],
            )]
        }
    }
}

fn present(row: &Row) -> BTreeMap<&'static str, String> {
    let id = |id: Option<Id>| id.map(|id| id.to_string()).unwrap_or_default();
    let degrees = |micro: Option<i32>| micro.map(position::shown).unwrap_or_default();
    match row {
        Row::Area(row) => {
            [("name", row.name.clone()), ("code", row.code.clone()), ("position", row.position.to_string())]
                .into()
        }
        Row::Community(row) => [
            ("area", id(row.area_id)),
            ("name", row.name.clone()),
            ("code", row.code.clone()),
            ("position", row.position.to_string()),
            ("region_code", row.region_code.clone().unwrap_or_default()),
            ("latitude", degrees(row.latitude_e6)),
            ("longitude", degrees(row.longitude_e6)),
        ]
        .into(),
        Row::ServicePoint(row) => [
            ("community", id(row.community_id)),
            ("name", row.name.clone()),
            ("opened_on", row.opened_on.to_string()),
            ("closed_on", row.closed_on.map(|day| day.to_string()).unwrap_or_default()),
        ]
        .into(),
    }
}

/// What a form says, as the row `id` of a station.
///
/// # Errors
/// The fields that are wrong.
pub(super) fn read(what: What, form: &Form, all: &All, station: Id, id: Id) -> Result<Row, Vec<Wrong>> {
    let mut reading = Reading::of(form);
    let row = match what {
        What::Area => area(&mut reading, form, all, station, id).map(Row::Area),
        What::Community => community(&mut reading, form, all, station, id).map(Row::Community),
        What::ServicePoint => service_point(&mut reading, form, all, station, id).map(Row::ServicePoint),
    };
    reading.done(row)
}

fn area(reading: &mut Reading<'_>, form: &Form, all: &All, station: Id, id: Id) -> Option<Area> {
    let name = reading.text("name", "名称", 40);
    let others = all.areas.iter().filter(|row| row.id != id).map(|row| row.code.as_str());
    let code = code(reading, form, others);
    let position = reading.whole("position", "次序", 1, 9999);
    Some(Area {
        id,
        station_id: station,
        area_id: None,
        community_id: None,
        worker_id: None,
        code: code?,
        name: name?,
        position: i32::try_from(position?).ok()?,
    })
}

fn community(reading: &mut Reading<'_>, form: &Form, all: &All, station: Id, id: Id) -> Option<Community> {
    let area = all.areas.iter().find(|area| area.id.as_str() == form.text("area")).map(|area| area.id);
    if area.is_none() && !all.areas.is_empty() {
        reading.wrong("area", "选片区");
    }
    let name = reading.text("name", "名称", 40);
    let others = || all.communities.iter().filter(|row| row.id != id);
    let code = code(reading, form, others().map(|row| row.code.as_str()));
    let position = reading.whole("position", "次序", 1, 9999);
    let region_code =
        match reading.optional("region_code", "区划代码", 40).map(|text| RegionCode::parse(&text)) {
            Some(Ok(code)) => Some(code.as_str().to_owned()),
            Some(Err(what)) => {
                reading.wrong("region_code", what);
                None
            }
            None => None,
        };
    if let Some(other) = others().find(|row| region_code.is_some() && row.region_code == region_code) {
        reading.wrong("region_code", format!("这个区划代码已经是“{}”的", other.name));
    }
    let (latitude_e6, longitude_e6) = (
        degrees(reading, form, "latitude", "纬度", LATITUDES),
        degrees(reading, form, "longitude", "经度", LONGITUDES),
    );
    if latitude_e6.is_some() != longitude_e6.is_some() && reading.wrong.is_empty() {
        reading.wrong("latitude", "纬度和经度要么都填，要么都不填");
    }
    Some(Community {
        id,
        station_id: station,
        area_id: area,
        community_id: None,
        worker_id: None,
        code: code?,
        name: name?,
        position: i32::try_from(position?).ok()?,
        region_code,
        latitude_e6,
        longitude_e6,
    })
}

fn service_point(
    reading: &mut Reading<'_>,
    form: &Form,
    all: &All,
    station: Id,
    id: Id,
) -> Option<ServicePoint> {
    let community = all.communities.iter().find(|one| one.id.as_str() == form.text("community"));
    if community.is_none() {
        reading.wrong("community", "选社区");
    }
    let name = reading.text("name", "名称", 40);
    let opened_on = reading.date("opened_on", "设立日期");
    let closed_on: Option<NaiveDate> = reading.optional_date("closed_on", "撤销日期");
    if opened_on.zip(closed_on).is_some_and(|(opened, closed)| closed < opened) {
        reading.wrong("closed_on", "撤销日期不能早于设立日期");
    }
    Some(ServicePoint {
        id,
        station_id: station,
        area_id: community?.area_id,
        community_id: Some(community?.id),
        worker_id: None,
        name: name?,
        opened_on: opened_on?,
        closed_on,
    })
}

fn code<'r>(
    reading: &mut Reading<'_>,
    form: &Form,
    mut others: impl Iterator<Item = &'r str>,
) -> Option<String> {
    let code = reading.text("code", "代码", 40)?;
    let plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_';
    if !code.chars().all(plain) {
        reading.wrong("code", "代码只用小写字母、数字和下划线，例如 dongyi");
        return None;
    }
    if others.any(|other| other == form.text("code")) {
        reading.wrong("code", format!("代码“{code}”已经用过，换一个"));
        return None;
    }
    Some(code)
}

fn degrees(
    reading: &mut Reading<'_>,
    form: &Form,
    name: &'static str,
    label: &str,
    within: (i32, i32),
) -> Option<i32> {
    let text = form.text(name);
    if text.is_empty() {
        return None;
    }
    let parsed = position::parse(text, within);
    if parsed.is_none() {
        let (least, most) = within;
        reading.wrong(
            name,
            format!("{label}填 {least} 到 {most} 的度数，小数点后最多 6 位，例如 {least}.098765"),
        );
    }
    parsed
}

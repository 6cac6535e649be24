//! What the pages of areas show: one struct for each template.

use askama::Template;
use rules::regions::{Change, Changes, Listed};

use super::forms::All;
use super::position;
use super::store::{Community, Station};
use crate::shell::Frame;

#[cfg(test)]
mod sample;

/// The stations with what they have.
#[derive(Template)]
#[template(path = "areas/templates/list.html")]
pub(super) struct ListPage {
    pub(super) frame: Frame,
    pub(super) stations: Vec<StationPart>,
    /// Whether a station may be added.
    pub(super) may_add: bool,
}

/// A station with its areas; communities of no area stand last.
pub(super) struct StationPart {
    id: String,
    code: String,
    name: String,
    street: String,
    communities: usize,
    may_record: bool,
    may_withdraw: bool,
    /// Whether documents may be seen: each place then leads to its own.
    documents: bool,
    areas: Vec<AreaPart>,
    rest: Vec<CommunityLine>,
}

/// An area with its communities.
struct AreaPart {
    id: String,
    name: String,
    code: String,
    communities: Vec<CommunityLine>,
}

/// A community with its service points.
struct CommunityLine {
    id: String,
    name: String,
    code: String,
    region_code: String,
    place: Option<String>,
    points: Vec<(String, String, Option<String>)>,
}

impl StationPart {
    pub(super) fn of(
        station: &Station,
        all: &All,
        (may_record, may_withdraw): (bool, bool),
        documents: bool,
    ) -> Self {
        let line = |one: &Community| CommunityLine::of(one, all);
        let area_of = |one: &Community| all.areas.iter().find(|area| Some(area.id) == one.area_id);
        let areas = all.areas.iter().map(|area| AreaPart {
            id: area.id.to_string(),
            name: area.name.clone(),
            code: area.code.clone(),
            communities: all
                .communities
                .iter()
                .filter(|one| one.area_id == Some(area.id))
                .map(line)
                .collect(),
        });
        Self {
            code: station.code.clone(),
            name: station.name.clone(),
            street: format!("{} {}", station.district, station.street),
            communities: all.communities.len(),
            id: station.id.to_string(),
            may_record,
            may_withdraw,
            documents,
            areas: areas.collect(),
            rest: all.communities.iter().filter(|one| area_of(one).is_none()).map(line).collect(),
        }
    }
}

impl CommunityLine {
    fn of(one: &Community, all: &All) -> Self {
        let points = all.points.iter().filter(|point| point.community_id == Some(one.id));
        let place = one.latitude_e6.zip(one.longitude_e6);
        let degrees = |(north, east)| format!("{}，{}", position::shown(north), position::shown(east));
        Self {
            id: one.id.to_string(),
            name: one.name.clone(),
            code: one.code.clone(),
            region_code: one.region_code.clone().unwrap_or_default(),
            place: place.map(degrees),
            points: points
                .map(|point| {
                    let closed = point.closed_on.map(|day| format!("{day} 撤销"));
                    (point.id.to_string(), point.name.clone(), closed)
                })
                .collect(),
        }
    }
}

/// What differs between the official list and the station's communities.
#[derive(Template)]
#[template(path = "areas/templates/import.html")]
pub(super) struct ImportPage {
    frame: Frame,
    station: (String, String),
    file: String,
    read: usize,
    same: usize,
    faulty: Vec<(usize, String)>,
    notes: Vec<String>,
    changes: Vec<ChangeLine>,
    list: String,
    key: String,
}

/// One difference: what it is, what to tick.
struct ChangeLine {
    key: String,
    mark: (&'static str, &'static str),
    what: String,
    code: String,
    /// What is gone is not ticked beforehand: to withdraw a community is a decision.
    ticked: bool,
}

impl ImportPage {
    pub(super) fn of(
        frame: Frame,
        station: &Station,
        file: &str,
        listed: &Listed,
        list: &str,
        changes: &Changes,
        key: String,
    ) -> Self {
        Self {
            frame,
            station: (station.code.clone(), station.name.clone()),
            file: file.to_owned(),
            read: listed.regions.len(),
            same: changes.same,
            faulty: listed.faulty.iter().map(|one| (one.row, one.what.clone())).collect(),
            notes: listed.notes.clone(),
            changes: changes.all.iter().map(line).collect(),
            list: list.to_owned(),
            key,
        }
    }
}

/// By what a difference is ticked: it stays the same while what differs does.
pub(super) fn change_key(change: &Change) -> String {
    match change {
        Change::New(region) => format!("new:{}", region.code.as_str()),
        Change::Renamed(known, region) => format!("renamed:{}:{}", known.id, region.code.as_str()),
        Change::Gone(known) => format!("gone:{}", known.id),
    }
}

fn line(change: &Change) -> ChangeLine {
    let key = change_key(change);
    let (mark, what, code, ticked) = match change {
        Change::New(region) => (("新增", "t-ok"), region.short_name().to_owned(), region.code.as_str(), true),
        Change::Renamed(known, region) if known.name == region.short_name() => {
            (("补代码", "t-info"), known.name.clone(), region.code.as_str(), true)
        }
        Change::Renamed(known, region) => (
            ("改名", "t-info"),
            format!("{} → {}", known.name, region.short_name()),
            region.code.as_str(),
            true,
        ),
        Change::Gone(known) => {
            (("名单里没有", "t-warn"), known.name.clone(), known.code.as_deref().unwrap_or_default(), false)
        }
    };
    ChangeLine { key, mark, what, code: code.to_owned(), ticked }
}

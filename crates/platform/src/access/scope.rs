//! Where somebody may do something. Not here: who, and what.

use std::collections::{BTreeMap, BTreeSet};

use db::{Record, Within};
use kernel::Id;

/// Where a verb is allowed: everywhere, or in some stations, areas and communities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    everything: bool,
    stations: BTreeSet<Id>,
    /// Each with its station.
    areas: BTreeMap<Id, Id>,
    communities: BTreeMap<Id, Id>,
}

/// Where a record belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its station.
    pub station: Id,
    /// Its area, where one applies.
    pub area: Option<Id>,
    /// Its community, where one applies.
    pub community: Option<Id>,
}

impl Place {
    /// A station as a whole.
    #[must_use]
    pub fn station(station: Id) -> Self {
        Self { station, area: None, community: None }
    }

    /// Where a record belongs.
    #[must_use]
    pub fn of<R: Record>(row: &R) -> Self {
        Self { station: row.station_id(), area: row.area_id(), community: row.community_id() }
    }
}

impl Scope {
    /// Everywhere.
    #[must_use]
    pub fn everything() -> Self {
        Self { everything: true, ..Self::default() }
    }

    /// One station.
    #[must_use]
    pub fn station(station: Id) -> Self {
        Self { stations: [station].into(), ..Self::default() }
    }

    /// One area of a station.
    #[must_use]
    pub fn area(area: Id, station: Id) -> Self {
        Self { areas: [(area, station)].into(), ..Self::default() }
    }

    /// One community of a station.
    #[must_use]
    pub fn community(community: Id, station: Id) -> Self {
        Self { communities: [(community, station)].into(), ..Self::default() }
    }

    /// Whether it is everywhere.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.everything
    }

    /// Whether all of this lies in another. What is nowhere lies in none: there is nobody whom it could be entrusted to.
    #[must_use]
    pub fn lies_in(&self, outer: &Self) -> bool {
        let whole = |stations: Vec<Id>| !stations.is_empty() && stations.iter().all(|one| outer.whole(*one));
        outer.everything || self.stations().is_some_and(whole)
    }

    pub(super) fn add_station(&mut self, station: Id) {
        self.stations.insert(station);
    }

    pub(super) fn add_area(&mut self, area: Id, station: Id) {
        self.areas.insert(area, station);
    }

    pub(super) fn add_community(&mut self, community: Id, station: Id) {
        self.communities.insert(community, station);
    }

    /// This and another together.
    #[must_use]
    pub fn with(mut self, other: &Self) -> Self {
        self.everything |= other.everything;
        self.stations.extend(&other.stations);
        self.areas.extend(&other.areas);
        self.communities.extend(&other.communities);
        self
    }

    /// This without some stations; `all` are those there are.
    #[must_use]
    pub fn without(mut self, stations: &BTreeSet<Id>, all: impl FnOnce() -> Vec<Id>) -> Self {
        if self.everything && !stations.is_empty() {
            self.everything = false;
            self.stations.extend(all());
        }
        self.stations.retain(|station| !stations.contains(station));
        self.areas.retain(|_, station| !stations.contains(station));
        self.communities.retain(|_, station| !stations.contains(station));
        self
    }

    /// Whether it is nowhere.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.everything && self.stations.is_empty() && self.areas.is_empty() && self.communities.is_empty()
    }

    /// Whether what belongs there is inside.
    #[must_use]
    pub fn covers(&self, place: Place) -> bool {
        self.everything
            || self.stations.contains(&place.station)
            || place.area.is_some_and(|area| self.areas.contains_key(&area))
            || place.community.is_some_and(|community| self.communities.contains_key(&community))
    }

    /// Whether all of a station is inside.
    #[must_use]
    pub fn whole(&self, station: Id) -> bool {
        self.covers(Place::station(station))
    }

    /// Whether anything of a station is inside: its name and the figures of the whole are then no secret.
    #[must_use]
    pub fn reaches(&self, station: Id) -> bool {
        self.whole(station)
            || self.areas.values().chain(self.communities.values()).any(|known| *known == station)
    }

    /// The same for queries.
    #[must_use]
    pub fn within(&self) -> Within {
        Within {
            everything: self.everything,
            stations: self.stations.iter().copied().collect(),
            areas: self.areas.keys().copied().collect(),
            communities: self.communities.keys().copied().collect(),
        }
    }

    /// The stations of which anything is inside; `None` for all there are.
    #[must_use]
    pub fn stations(&self) -> Option<Vec<Id>> {
        let parts = self.areas.values().chain(self.communities.values());
        let reached: BTreeSet<Id> = self.stations.iter().chain(parts).copied().collect();
        (!self.everything).then(|| reached.into_iter().collect())
    }
}

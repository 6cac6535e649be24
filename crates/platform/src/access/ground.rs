//! What access needs to know of stations, given by the slice that has them: the one way in which this part learns of
//! anything below it.

use std::collections::BTreeSet;

use db::{DbResult, Tx};
use kernel::Id;

use super::Scope;
use super::role::Reach;
use super::store::Grant;

/// Areas and communities, each with its name.
pub type Places = Vec<(Reach, Id, String)>;

/// Workers, each with the station and the name.
pub type Workers = Vec<(Id, Id, String)>;

/// What access needs to know of stations.
#[derive(Clone, Copy)]
pub struct Ground {
    /// Every station.
    pub stations: fn(&mut Tx<'_>) -> DbResult<Vec<StationPlace>>,
    /// The areas and communities of a station, each with its name.
    pub places: fn(&mut Tx<'_>, Id) -> DbResult<Places>,
    /// Who works in some stations, or in all: an account may be one's of these.
    pub workers: fn(&mut Tx<'_>, Option<Vec<Id>>) -> DbResult<Workers>,
    /// The stations of which an account sees nothing, whatever it is granted: it has a seat on a panel there that is not
    /// cleared, or that it had to leave.
    pub kept_from: fn(&mut Tx<'_>, Id) -> DbResult<BTreeSet<Id>>,
}

/// Where a station is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StationPlace {
    /// The station.
    pub id: Id,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its district.
    pub district: String,
    /// Its street or town.
    pub street: String,
}

impl Ground {
    /// Where a grant holds. Where several are asked about, [`scope_among`] with the stations read once.
    ///
    /// # Errors
    /// What the database says.
    pub(super) fn scope(self, tx: &mut Tx<'_>, grant: &Grant) -> DbResult<Scope> {
        let by_name = matches!(grant.reach, Reach::District | Reach::Street);
        let stations = if by_name { (self.stations)(tx)? } else { Vec::new() };
        Ok(scope_among(&stations, grant))
    }

    /// Where a grant holds, for people.
    ///
    /// # Errors
    /// What the database says.
    pub fn name(self, tx: &mut Tx<'_>, stations: &[StationPlace], grant: &Grant) -> DbResult<String> {
        let station = stations.iter().find(|station| Some(station.id) == grant.station_id);
        let name = station.map(|station| station.name.clone()).unwrap_or_default();
        Ok(match (grant.reach, grant.station_id, grant.place_id) {
            (Reach::City, ..) => Reach::City.label().to_owned(),
            (Reach::District, ..) => grant.district.clone().unwrap_or_default(),
            (Reach::Street, ..) => {
                let names = [grant.district.as_deref(), grant.street.as_deref()];
                names.into_iter().flatten().collect::<Vec<_>>().join(" ")
            }
            (Reach::Area | Reach::Community, Some(station), Some(place)) => {
                let places = (self.places)(tx, station)?;
                let inner = places.into_iter().find(|(_, id, _)| *id == place).map(|(_, _, name)| name);
                format!("{name} {}", inner.unwrap_or_default())
            }
            _ => name,
        })
    }
}

/// Where a grant holds among these stations, which are all there are.
pub(super) fn scope_among(stations: &[StationPlace], grant: &Grant) -> Scope {
    let mut scope = Scope::default();
    match (grant.reach, grant.station_id, grant.place_id) {
        (Reach::City, ..) => scope = Scope::everything(),
        (Reach::District | Reach::Street, ..) => {
            for station in stations {
                let same_street =
                    grant.reach == Reach::District || Some(&station.street) == grant.street.as_ref();
                if Some(&station.district) == grant.district.as_ref() && same_street {
                    scope.add_station(station.id);
                }
            }
        }
        (Reach::Station, Some(station), _) => scope.add_station(station),
        (Reach::Area, Some(station), Some(area)) => scope.add_area(area, station),
        (Reach::Community, Some(station), Some(community)) => scope.add_community(community, station),
        _ => {}
    }
    scope
}

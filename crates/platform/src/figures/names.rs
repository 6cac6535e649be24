//! What ids are called outside the database: codes of areas and communities, pseudonyms of records.

use std::collections::BTreeMap;

use db::{DbResult, Tx};
use hmac::{Hmac, KeyInit as _, Mac as _};
use kernel::{Id, Moment, Problem};
use sha2::Sha256;

use crate::areas;

/// The codes and names of a station's areas and communities, and the key of its pseudonyms.
#[derive(Debug, Clone)]
pub struct Names {
    places: BTreeMap<Id, Place>,
    key: Vec<u8>,
}

#[derive(Debug, Clone)]
struct Place {
    code: String,
    name: String,
}

impl Names {
    /// The names of a station as they were known at a moment.
    ///
    /// # Errors
    /// There is no such station, or its pseudonym key does not open.
    pub fn load(tx: &mut Tx<'_>, station: Id, known_at: Moment) -> DbResult<Self> {
        let mut places = BTreeMap::new();
        for area in areas::areas(tx, station, known_at)? {
            places.insert(area.id, Place { code: area.code, name: area.name });
        }
        for community in areas::communities(tx, station, known_at)? {
            places.insert(
                community.id,
                Place { code: community.code, name: format!("{}社区", community.name) },
            );
        }
        let station = areas::station(tx, station, known_at)?;
        let key = station
            .pseudonym_key
            .open(tx.keys(), "stations.pseudonym_key", &station.id)
            .map_err(|error| Problem::new("sealed", error.to_string(), ""))?;
        Ok(Self { places, key: key.into_bytes() })
    }

    pub(super) fn empty() -> Self {
        Self { places: BTreeMap::new(), key: Vec::new() }
    }

    /// The code of an area or community.
    #[must_use]
    pub fn code(&self, id: Id) -> Option<String> {
        self.places.get(&id).map(|place| place.code.clone())
    }

    /// The name of the area or community with this code.
    #[must_use]
    pub fn name(&self, code: &str) -> Option<&str> {
        self.places.values().find(|place| place.code == code).map(|place| place.name.as_str())
    }

    /// The pseudonym of a record: 32 hexadecimal characters, the first half of HMAC-SHA256 of its id under the
    /// station's key. Without the key it leads to no record, and two stations' pseudonyms cannot be compared.
    #[must_use]
    pub fn pseudonym(&self, id: &str) -> String {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.key) else { return String::new() };
        mac.update(id.as_bytes());
        hex(&mac.finalize().into_bytes()[..16])
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

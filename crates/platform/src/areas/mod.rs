//! Who covers which ground: stations, their areas, communities and service points.
//! Not here: who works where (staff) and who lives where (clients).

mod fields;
mod find;
mod forms;
mod ground;
mod pages;
mod policy;
mod position;
mod routes;
mod settled;
mod sheets;
mod store;
#[cfg(test)]
mod tests;

pub use find::{
    all_stations, areas, communities, communities_of, community, service_points, station, station_by_code,
};
pub use ground::GROUND;
pub use policy::Areas;
pub use routes::PART;
pub use settled::{Settled, Territory};
pub use store::{Area, Community, ServicePoint, Station};

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "areas",
    label: "片区与社区",
    kinds: fields::KINDS,
    withdraw: Areas::withdraw,
    place_of: Areas::place_of,
    records: Areas::RECORDS,
    sheets: sheets::SHEETS,
};

//! What slices below know of the ground: what lies on it goes along when it moves, and stands in the way of giving it up.
//! Not here: how they know, which is put together in `platform::settled`.

use db::{DbResult, Tx};
use kernel::Id;

use super::store::Community;

/// A part of a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Territory {
    /// An area.
    Area(Id),
    /// A community.
    Community(Id),
}

/// What lies on the ground, in all slices.
#[derive(Clone, Copy)]
pub struct Settled {
    /// Puts all that lies in a community into its present area; how many records there were.
    pub go_along: fn(&mut Tx<'_>, &Community) -> DbResult<usize>,
    /// What still stands on some ground of a station, in words.
    pub held: fn(&mut Tx<'_>, Territory, Id) -> DbResult<Option<String>>,
    /// Whether a station has anything.
    pub anything: fn(&mut Tx<'_>, Id) -> DbResult<bool>,
}

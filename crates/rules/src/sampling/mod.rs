//! Drawing a sample 抽样: who is in the frame, how many are drawn from where, in which order, and replaying it all.
//!
//! Pure: the seed is given. Whoever knows the seed and the frame gets the same persons; whoever does not know the seed can
//! say nothing about the order. Why that holds: `docs/decisions/0013-sampling.md`.
//! Not here: where the frame comes from, who is called and what they answer.

mod allocate;
mod belongs;
mod draw;
mod published;
mod replay;
#[cfg(test)]
mod tests;

pub use allocate::{Allocation, LEAST, allocate, size};
pub use belongs::{Belongs, GUARDED_UNTIL, Standing, belongs};
pub use draw::{Seed, commitment, drawn, frame_digest, order, replacement};
pub use published::{FORMAT, Published, Replacement, Stratum};
pub use replay::{Checked, replay};

use serde::{Deserialize, Serialize};

/// Somebody who can be drawn.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// A pseudonym that stands for the person in this frame only.
    pub id: String,
    /// The stratum; empty where the frame has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stratum: String,
}

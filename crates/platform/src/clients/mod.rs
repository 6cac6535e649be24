//! Households and the persons in them: files, categories, service levels, personal plans, and the roster of who should have a file.
//! Not here: what was done with them.

mod fields;
mod model;
mod policy;
mod store;

pub use model::{Residence, ServiceLevel, Sex};
pub use policy::Clients;
pub use store::{Household, LevelPeriod, Person, PersonCategory, PersonalPlan, RosterEntry};

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice =
    Slice { name: "clients", label: "服务对象", kinds: fields::KINDS, withdraw: Clients::withdraw };

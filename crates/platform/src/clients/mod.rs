//! Households and the persons in them: files, categories, service levels, personal plans, needs, risks, consents, and
//! the roster of who should have a file.
//! Not here: what was done with them, which the slices below tell through [`Later`].

mod due;
mod duplicates;
mod essentials;
mod fields;
mod file;
mod find;
mod forms;
mod hanging;
mod merge;
mod model;
mod moving;
mod named;
mod noted;
mod pages;
mod personal;
mod policy;
mod roll;
mod roster;
mod routes;
mod search;
mod sheets;
mod store;
mod surveyed;
#[cfg(test)]
pub(crate) mod tests;
mod told;
mod unmask;

pub use due::{Due, DueOne, children_without_consent, levels_to_regrade, plans_to_approve, plans_to_review};
pub use essentials::{EssentialPerson, Essentials, Followed, essentials, followed};
pub use file::{Happening, Later};
pub use find::{count_listed, count_open};
pub use model::{RISKS, Residence, RiskLevel, ServiceLevel, Sex, Told, Urgency};
pub use named::{named, titles};
pub use noted::{need, phone_of, risk};
pub use personal::{id_number_hash, look_up, phone_tail_hash};
pub use policy::Clients;
pub use roll::{Rolled, Whose, goals_of, roll, shown_whole};
pub use routes::PART;
pub use search::index_station;
pub use store::{
    Consent, Contact, Household, LevelPeriod, Need, Person, PersonCategory, PersonalPlan, RiskAssessment,
    RosterEntry,
};

pub use surveyed::{Number, Reached, Surveyed, listed_without_file, reached, surveyed};

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "clients",
    label: "服务对象",
    kinds: fields::KINDS,
    withdraw: Clients::withdraw,
    place_of: Clients::place_of,
    records: Clients::RECORDS,
    sheets: sheets::SHEETS,
};

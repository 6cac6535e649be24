//! Workers, their certificates and posts, their monthly attendance in halves, training and supervision.
//! Not here: user accounts, and what the workers did for anyone.

mod fields;
mod find;
mod model;
mod policy;
mod store;

pub use find::workers_of;
pub use model::{Certificate, Role};
pub use policy::Staff;
pub use store::{Attendance, AttendanceDue, Post, Supervision, Training, Worker, WorkerCertificate};

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "staff",
    label: "人员",
    kinds: fields::KINDS,
    withdraw: Staff::withdraw,
    place_of: Staff::place_of,
};

//! Workers, their certificates and posts, their monthly attendance in halves, training and supervision.
//! Not here: user accounts, and what the workers did for anyone.

mod contacts;
mod fields;
mod find;
mod grid;
mod half;
mod model;
mod policy;
mod sheets;
mod store;

pub use contacts::{address_hash, hashes_of, phone_hash};
pub use find::{certificates_of, not_left, posts_of, supervisors_of, workers_in, workers_of};
pub use grid::GRID;
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
    records: Staff::RECORDS,
    sheets: sheets::SHEETS,
};

crate::sheets_part!(
    "staff",
    Resources,
    "社工与考勤",
    "社工",
    "M10 9.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 16.500c.5-3.500 3-5 6-5s5.500 1.500 6 5z"
);

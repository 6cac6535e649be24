//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::{Attendance, AttendanceDue, Post, Supervision, Training, Worker, WorkerCertificate};

crate::part! {
    /// The right to write staff.
    pub Staff = "staff" owns Worker, WorkerCertificate, Post, Attendance, AttendanceDue, Training, Supervision
}

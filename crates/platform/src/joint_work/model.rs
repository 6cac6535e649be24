//! The closed lists of words used here.

kernel::words! {
    /// What was done together.
    pub enum JointKind {
        /// Visits at doors.
        JointVisit = "joint_visit" "联合探访",
        /// Somebody handed over, one to the other.
        Referral = "referral" "转介和协办",
        /// A meeting on cases.
        CaseMeeting = "case_meeting" "个案会商",
        /// An activity.
        JointActivity = "joint_activity" "联合开展活动",
        /// Training of the one by the other.
        Training = "training" "业务培训和指导",
    }
}

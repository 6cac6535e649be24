//! The closed lists of words used here.

kernel::words! {
    /// The stages of a group (MZ/T 095-2017).
    pub enum GroupStage {
        /// Before the first session.
        Preparing = "preparing" "筹备",
        /// Members meet.
        Forming = "forming" "形成",
        /// Members test each other.
        Transition = "transition" "转折",
        /// Members work.
        Mature = "mature" "成熟",
        /// Members part.
        Ending = "ending" "结束",
    }
}

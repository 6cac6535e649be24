//! The closed lists of words used here.

kernel::words! {
    /// What came of a case.
    pub enum Outcome {
        /// All goals reached.
        Reached = "reached" "目标达成",
        /// Some goals reached.
        Partly = "partly" "部分达成",
        /// Ended before its goals: moved, died, withdrew, referred.
        Ended = "ended" "中止",
    }
}

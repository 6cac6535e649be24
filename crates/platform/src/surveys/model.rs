//! The closed lists of words used here.

kernel::words! {
    /// What came of calling a sampled person.
    pub enum ContactOutcome {
        /// Answered the questions.
        Answered = "answered" "已答",
        /// Not reached after all attempts.
        Unreached = "unreached" "未接听",
        /// Did not want to answer.
        Refused = "refused" "拒答",
    }
}

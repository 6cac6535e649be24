//! The closed lists of words of feedback.

kernel::words! {
    /// What an objection is about.
    pub enum About {
        /// A finding.
        Finding = "finding" "评估意见",
        /// The score of an item.
        Item = "item" "评分项",
        /// Something else that the draft says.
        Passage = "passage" "报告文字",
    }
}

kernel::words! {
    /// What was ruled on an objection.
    pub enum Verdict {
        /// It is right, and what was changed is said.
        Granted = "granted" "采纳",
        /// It is not.
        Refused = "refused" "不采纳",
    }
}

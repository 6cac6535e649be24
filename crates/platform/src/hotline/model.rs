//! The closed lists of words used here.

kernel::words! {
    /// Who called whom.
    pub enum Direction {
        /// Someone called the hotline.
        Inbound = "inbound" "呼入",
        /// The hotline called someone.
        Outbound = "outbound" "外呼",
    }
}

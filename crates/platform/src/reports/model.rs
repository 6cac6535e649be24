//! The closed lists of words used here.

kernel::words! {
    /// Which version of a report's text was kept.
    pub enum VersionKind {
        /// As it was sent to the parties.
        Draft = "draft" "初稿",
        /// As it stood after their answers.
        Revised = "revised" "修改稿",
        /// As it was issued.
        Final = "final" "定稿",
    }
}

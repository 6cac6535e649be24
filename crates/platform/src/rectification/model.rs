//! The closed lists of words used here.

kernel::words! {
    /// How far it is.
    pub enum RectificationStatus {
        /// Nothing done yet.
        Open = "open" "未完成",
        /// Something done.
        Partly = "partly" "部分完成",
        /// Done and verified.
        Done = "done" "已完成",
    }
}

//! The closed lists of words used here.

kernel::words! {
    /// How a visit was made.
    pub enum VisitKind {
        /// At the door.
        Home = "home" "入户探访",
        /// By telephone.
        Phone = "phone" "电话访问",
    }
}

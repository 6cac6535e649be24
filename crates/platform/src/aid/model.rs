//! The closed lists of words used here.

kernel::words! {
    /// What was given.
    pub enum AidKind {
        /// Goods.
        Supplies = "supplies" "物资",
        /// A service or benefit arranged.
        Resource = "resource" "资源链接",
    }
}

kernel::words! {
    /// What was adapted.
    pub enum AdaptationKind {
        /// A home.
        Home = "home" "居家改造",
        /// The stairs of a building.
        StairHandrail = "stair_handrail" "楼道扶手",
    }
}

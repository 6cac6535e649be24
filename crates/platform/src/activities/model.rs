//! The closed lists of words used here.

kernel::words! {
    /// How the contract sizes an activity.
    pub enum ActivitySize {
        /// A large community activity.
        Large = "large" "大型",
        /// A small or middle-sized one.
        Small = "small" "中小型",
        /// Held regularly, outside the contract's sizes.
        Regular = "regular" "常态化",
    }
}

kernel::words! {
    /// Whether it took place.
    pub enum ActivityStatus {
        /// Not yet held.
        Planned = "planned" "计划中",
        /// Held.
        Held = "held" "已举办",
        /// Not held.
        Cancelled = "cancelled" "取消",
    }
}

kernel::words! {
    /// What a head-count rests on.
    pub enum CountBasis {
        /// Signatures.
        SignIn = "sign_in" "签到表",
        /// Counted on the spot.
        Counted = "counted" "现场点算",
        /// An estimate.
        Estimate = "estimate" "估算",
    }
}

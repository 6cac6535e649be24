//! The closed lists of words used here.

kernel::words! {
    /// How closely a partner is tied in.
    pub enum Tier {
        /// Gives regularly.
        Core = "core" "核心",
        /// Gives now and then.
        Regular = "regular" "常态",
        /// Gave once.
        Occasional = "occasional" "临时",
    }
}

//! The closed lists of words used here.

kernel::words! {
    /// Whether people live where they are registered.
    pub enum Residence {
        /// Registered and living here.
        Present = "present" "户在人在",
        /// Registered here, living elsewhere.
        RegisteredAbsent = "registered_absent" "户在人不在",
        /// Living here, registered elsewhere.
        ResidentOnly = "resident_only" "户不在人在",
    }
}

kernel::words! {
    /// As in the identity number.
    pub enum Sex {
        /// Even seventeenth digit.
        Female = "female" "女",
        /// Odd seventeenth digit.
        Male = "male" "男",
    }
}

kernel::words! {
    /// How closely a household is followed.
    pub enum ServiceLevel {
        /// Closest.
        One = "one" "一级",
        /// Second.
        Two = "two" "二级",
        /// Third.
        Three = "three" "三级",
        /// Fourth.
        Four = "four" "四级",
        /// Fifth.
        Five = "five" "五级",
        /// Least close.
        Six = "six" "六级",
    }
}

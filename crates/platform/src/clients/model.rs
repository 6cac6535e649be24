//! The closed lists of words used here.

pub use rules::identity::Sex;

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

kernel::words! {
    /// How soon a need is to be met.
    pub enum Urgency {
        /// Within days.
        Now = "now" "马上",
        /// Within the month.
        Month = "month" "本月内",
        /// When it can be.
        Later = "later" "以后",
    }
}

kernel::words! {
    /// How high a risk is.
    pub enum RiskLevel {
        /// None seen.
        None = "none" "无",
        /// To be kept in mind.
        Low = "low" "低",
        /// To be watched.
        Middle = "middle" "中",
        /// To be acted on within 24 hours.
        High = "high" "高",
    }
}

/// What may happen to a person: words of the assessment.
pub const RISKS: &[(&str, &str)] = &[
    ("fall", "跌倒"),
    ("medicine", "断药"),
    ("self_harm", "自伤"),
    ("harm", "受侵害"),
    ("lost", "走失"),
    ("fire", "用火用电"),
    ("isolation", "无人照应"),
];

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

kernel::words! {
    /// Of what kind something is that stands in the timeline of a file.
    pub enum Told {
        /// A visit at home.
        Visit = "visit" "入户",
        /// A call.
        Phone = "phone" "电访",
        /// A visit or a call at which nobody was met.
        Unmet = "unmet" "没见到人",
        /// A case.
        Case = "case" "个案",
        /// A session of a group.
        Group = "group" "小组",
        /// A call of the hotline.
        Hotline = "hotline" "热线",
        /// An adaptation of the home.
        Adaptation = "adaptation" "居家改造",
        /// Something promised.
        Promise = "promise" "跟进事项",
        /// A stay in hospital.
        Hospital = "hospital" "住院",
        /// Something grave that happened.
        Event = "event" "重大变故",
        /// Something raised at once.
        Escalation = "escalation" "紧急上报",
        /// The service level.
        Level = "level" "服务等级",
        /// A category.
        Category = "category" "对象类别",
        /// A consent.
        Consent = "consent" "同意书",
        /// A risk assessment.
        Risk = "risk" "风险评估",
        /// A personal plan.
        Plan = "plan" "一人一案",
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

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

kernel::words! {
    /// Why nobody was met.
    pub enum Unmet {
        /// Nobody came to the door.
        NoAnswer = "no_answer" "无人应门",
        /// Nobody answered the telephone.
        NotReached = "not_reached" "未接通",
        /// They were elsewhere.
        Away = "away" "外出不在",
        /// They did not want to.
        Declined = "declined" "不便见面",
    }
}

kernel::words! {
    /// Where somebody was met.
    pub enum VisitPlace {
        /// At home.
        Home = "home" "家里",
        /// In the community.
        Community = "community" "社区里",
        /// In hospital.
        Hospital = "hospital" "医院",
        /// In an institution.
        Institution = "institution" "机构",
        /// Elsewhere.
        Elsewhere = "elsewhere" "别处",
    }
}

kernel::words! {
    /// How one side of life stands.
    pub enum Standing {
        /// As before.
        Steady = "steady" "稳定",
        /// Otherwise than before.
        Changed = "changed" "有变化",
        /// To be watched.
        Watch = "watch" "需关注",
    }
}

kernel::words! {
    /// What became of something promised.
    pub enum FollowState {
        /// Nothing yet.
        Open = "open" "没做",
        /// Begun.
        Doing = "doing" "还在做",
        /// Done.
        Done = "done" "已做",
        /// Given up.
        Dropped = "dropped" "不做了",
    }
}

kernel::words! {
    /// Something grave that happened to a household.
    pub enum EventKind {
        /// Somebody died.
        Bereavement = "bereavement" "亲人去世",
        /// A grave illness was found.
        Illness = "illness" "重病",
        /// An accident or a fall.
        Injury = "injury" "意外受伤",
        /// Fire, flood, a house that fell in.
        Disaster = "disaster" "灾害",
        /// Violence or neglect.
        Harm = "harm" "受侵害",
        /// The livelihood was lost.
        Livelihood = "livelihood" "生活来源中断",
        /// A grave quarrel.
        Dispute = "dispute" "家庭纠纷",
        /// Something else.
        Other = "other" "其他变故",
    }
}

kernel::words! {
    /// What weather is warned of.
    pub enum WeatherKind {
        /// Heat.
        Heat = "heat" "高温",
        /// Cold.
        Cold = "cold" "寒冷",
        /// Rain and flood.
        Rain = "rain" "暴雨",
        /// A typhoon.
        Typhoon = "typhoon" "台风",
        /// Another.
        Other = "other" "其他天气",
    }
}

kernel::words! {
    /// Why something was raised at once.
    pub enum AlarmKind {
        /// A high risk.
        HighRisk = "high_risk" "高风险",
        /// Suspected harm of a minor, which must be reported at once (未成年人保护法 11).
        MinorHarm = "minor_harm" "未成年人疑似受侵害",
    }
}

/// What is looked at and asked about, side by side of life: physical, psychological, social.
pub const SEEN: [&[&str]; 3] = [
    &["行动", "用药", "睡眠", "饮食", "居家安全"],
    &["情绪", "孤独感", "担忧", "自我伤害想法"],
    &["亲友往来", "邻里", "社区活动", "照料支持"],
];

//! The closed lists of words used here.

kernel::words! {
    /// Which round of a contract.
    pub enum RoundKind {
        /// In the middle.
        MidTerm = "mid_term" "中期",
        /// At the end.
        Final = "final" "末期",
    }
}

kernel::words! {
    /// The stages of a round, in order.
    pub enum Stage {
        /// The panel is put together.
        Preparing = "preparing" "筹备",
        /// The station answers item by item.
        SelfReview = "self_review" "自评",
        /// The panel visits and scores.
        OnSite = "on_site" "实地评估",
        /// The report is drafted.
        Drafting = "drafting" "起草",
        /// The parties answer the draft.
        Feedback = "feedback" "初稿反馈",
        /// The report is issued.
        Issued = "issued" "出具报告",
    }
}

kernel::words! {
    /// What someone does in a round.
    pub enum PanelRole {
        /// Scores.
        Expert = "expert" "评估专家",
        /// Helps.
        Staff = "staff" "工作人员",
    }
}

kernel::words! {
    /// Of what kind a finding is.
    pub enum FindingKind {
        /// Something to affirm.
        Strength = "strength" "值得肯定",
        /// Something to look after.
        Concern = "concern" "需要关注",
        /// One of the closing recommendations.
        Recommendation = "recommendation" "主要建议",
    }
}

kernel::words! {
    /// When feedback was given.
    pub enum FeedbackStep {
        /// At the end of the day on site.
        OnSpot = "on_spot" "现场反馈",
        /// On the draft.
        Draft = "draft" "初稿反馈",
    }
}

kernel::words! {
    /// What was answered.
    pub enum FeedbackAnswer {
        /// No objection.
        NoObjection = "no_objection" "无异议",
        /// An objection.
        Objection = "objection" "有异议",
        /// Nothing until the last day, where the scheme says that the report no longer waits.
        Silent = "silent" "逾期未反馈",
    }
}

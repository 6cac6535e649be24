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

kernel::words! {
    /// What somebody did with an item.
    pub enum StepKind {
        /// Said who does what until when.
        Planned = "planned" "定计划",
        /// Said how far it is.
        Claimed = "claimed" "报送",
        /// Found that true.
        Verified = "verified" "核实属实",
        /// Found it not true.
        SentBack = "sent_back" "退回",
        /// Found that what was done does not last.
        Reopened = "reopened" "重新打开",
    }
}

//! The closed lists of words used here.

kernel::words! {
    /// What a worker is at the station.
    pub enum Role {
        /// Answers for the station.
        Manager = "manager" "站长",
        /// Leads the workers of an area.
        AreaLead = "area_lead" "片区组长",
        /// Works in a community.
        Worker = "worker" "社工",
    }
}

kernel::words! {
    /// The professional certificate a worker holds.
    pub enum Certificate {
        /// None yet.
        None = "none" "未持证",
        /// Assistant social worker.
        Assistant = "assistant" "助理社会工作师",
        /// Social worker.
        Intermediate = "intermediate" "社会工作师",
        /// Senior social worker.
        Senior = "senior" "高级社会工作师",
    }
}

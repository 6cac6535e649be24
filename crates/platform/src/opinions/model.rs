//! The closed lists of words used here.

kernel::words! {
    /// How an opinion reached the station.
    pub enum Channel {
        /// At a meeting with residents.
        Meeting = "meeting" "座谈会",
        /// By telephone.
        Call = "call" "来电",
        /// At the door or in the station.
        Visit = "visit" "走访和来访",
        /// By the way of complaints: a letter, the city's hotline.
        Complaint = "complaint" "信访和投诉渠道",
    }
}

//! The closed lists of words used here.

kernel::words! {
    /// How far a medium reaches.
    pub enum MediaLevel {
        /// City, province or nation.
        CityOrAbove = "city_or_above" "市级以上",
        /// District or below.
        District = "district" "区级",
    }
}

kernel::words! {
    /// How thanks were expressed.
    pub enum RecognitionKind {
        /// A letter.
        ThankYouLetter = "thank_you_letter" "感谢信",
        /// A banner.
        Banner = "banner" "锦旗",
        /// A commendation.
        Commendation = "commendation" "表扬信",
    }
}

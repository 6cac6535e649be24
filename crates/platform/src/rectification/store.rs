//! The tables of this slice. All SQL on them is here.

use super::model::RectificationStatus;

db::record! {
    /// A concern of an earlier round and what became of it.
    pub struct RectificationItem("rectification") in rectifications {
        /// The earlier round's code.
        pub round: String [Text],
        /// Stable code.
        pub code: String [Text],
        /// The code of the section.
        pub section: String [Text],
        /// The area it speaks of.
        pub area_code: Option<String> [Nullable<Text>],
        /// The earlier wording.
        pub concern: String [Text],
        /// What was done.
        pub action: String [Text],
        /// How far it is.
        pub status: RectificationStatus [Text],
        /// What shows it.
        pub proof: String [Text],
    }
}

//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;
use kernel::Id;

use super::model::{ContentType, DocumentKind};

db::record! {
    /// A file attached to a record.
    pub struct Document("document") in documents {
        /// The kind of the record it is attached to.
        pub subject_kind: String [Text],
        /// That record.
        pub subject_id: Id [Text],
        /// What it is called.
        pub title: String [Text],
        /// What it is.
        pub kind: DocumentKind [Text],
        /// The name of the file, with an ending that fits its content.
        pub file_name: String [Text],
        /// What the file is, by its content.
        pub content_type: ContentType [Text],
        /// How long it is, in bytes.
        pub size: i32 [Integer],
        /// The SHA-256 of its content, by which it is kept.
        pub sha256: String [Text],
        /// Whether it bears a signature.
        pub signed: bool [Bool],
        /// The date beside the signature, where there is one.
        pub signed_on: Option<NaiveDate> [Nullable<Date>],
        /// When it was attached.
        pub uploaded_on: NaiveDate [Date],
        /// Anything else about it.
        pub note: Option<String> [Nullable<Text>],
    }
}

//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::Document;

crate::part! {
    /// The right to attach documents, beside the right to write what they are attached to.
    pub Documents = "documents" owns Document
}

//! Documents: files attached as evidence to records of any kind, with what they are, who signed and when.
//! Not here: the records they are attached to, which come in through [`Subjects`]; and how content is kept on disk,
//! which is `db::Contents`.

mod content_type;
mod fields;
mod find;
mod forms;
mod history;
mod model;
mod moving;
mod opened;
mod pages;
mod photo;
mod panel;
mod policy;
mod routes;
mod seen;
mod store;
mod subject;
#[cfg(test)]
pub(crate) mod tests;
mod verify;

pub use history::Told;
pub use model::{ContentType, DocumentKind};
pub use moving::{attached_to, follow, reattach};
pub use panel::{Also, DocumentsPanel, Whose, panel, panel_of};
pub use photo::{attach_photo, attach_signature, has_signature};
pub use policy::Documents;
pub use routes::PART;
pub use seen::{Seen, seen};
pub use store::Document;
pub use subject::{Subject, Subjects};
pub use verify::{Lost, Spoken, Verified, missing, verify};

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "documents",
    label: "文件",
    kinds: fields::KINDS,
    withdraw: Documents::withdraw,
    place_of: Documents::place_of,
    records: Documents::RECORDS,
    sheets: &[],
};

//! A photograph or a signature that comes with a record, attached in the transaction that writes the record.

use chrono::NaiveDate;
use db::{DbResult, Tx};
use kernel::Id;

use super::content_type::content_type;
use super::model::DocumentKind;
use super::policy::Documents;
use super::store::Document;
use super::subject::Subjects;
use super::{find, forms, history};
use crate::access::{Enter, new_id, permit};
use crate::shell::{App, Trouble};

/// Attaches a photograph to a record of a kind. Its content is put into its folder first, so that it is whole before the
/// row speaks of it; where the transaction fails, nothing speaks of it.
///
/// # Errors
/// It is no picture, there is no such record, or it may not be attached to.
pub fn attach_photo(
    tx: &mut Tx<'_>,
    app: &App,
    subjects: Subjects,
    record: (&str, Id),
    (name, content): (&str, &[u8]),
) -> Result<(), Trouble> {
    attach(tx, app, subjects, record, (name, content), (DocumentKind::Photo, None))
}

/// Attaches a signature that somebody drew on a screen on a day.
///
/// # Errors
/// As [`attach_photo`].
pub fn attach_signature(
    tx: &mut Tx<'_>,
    app: &App,
    subjects: Subjects,
    record: (&str, Id),
    (content, day): (&[u8], Option<NaiveDate>),
) -> Result<(), Trouble> {
    let day = day.or(Some(app.site().today));
    attach(tx, app, subjects, record, ("签名.png", content), (DocumentKind::Signature, day))
}

/// Whether somebody signed a record on a screen.
///
/// # Errors
/// What the database says.
pub fn has_signature(tx: &mut Tx<'_>, record: Id) -> DbResult<bool> {
    Ok(find::attached(tx, &[record])?.iter().any(|one| one.kind == DocumentKind::Signature))
}

fn attach(
    tx: &mut Tx<'_>,
    app: &App,
    subjects: Subjects,
    (kind, id): (&str, Id),
    (name, content): (&str, &[u8]),
    (what, signed_on): (DocumentKind, Option<NaiveDate>),
) -> Result<(), Trouble> {
    let subject = subjects.open(tx, app.asker(), "record", (kind, id.as_str()))?;
    let found = content_type(content, name)?;
    let sha256 = app.site().database.contents()?.put(content)?;
    let file_name = forms::file_name(name, found);
    let row = Document {
        id: new_id(tx.at())?,
        station_id: subject.place.station,
        area_id: subject.place.area,
        community_id: subject.place.community,
        worker_id: app.asker().worker(),
        subject_kind: kind.to_owned(),
        subject_id: subject.id,
        title: forms::title_of(&file_name),
        kind: what,
        file_name,
        content_type: found,
        size: i32::try_from(content.len()).unwrap_or(i32::MAX),
        sha256,
        signed: signed_on.is_some(),
        signed_on,
        uploaded_on: app.site().today,
        note: None,
    };
    permit::<Enter<Documents>>(app.asker(), row.station_id)?.append(tx, std::slice::from_ref(&row))?;
    history::note::<Enter<Documents>>(tx, &row, None)?;
    Ok(())
}

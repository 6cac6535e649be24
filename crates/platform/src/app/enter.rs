//! Writing one entry: a new visit, or a correction of one that nobody has changed since. The same for what a device sends
//! and for what somebody accepts.

use std::collections::BTreeMap;

use axum::body::Bytes;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::Tx;
use kernel::{Id, Moment};
use sha2::{Digest as _, Sha256};
use web::Fault;
use web::form::Wrong;

use super::envelope::hex;
use super::form::{self, KIND};
use super::store::{self, Written};
use super::wire::{Differ, Entry, Outcome, Said};
use crate::access::{Place, Scope};
use crate::documents::{self, Subjects};
use crate::sheets::{Entry as Reading, Row, Sheet, Sheets};
use crate::shell::{App, Trouble};

/// The verbs that an entry needs, by whether it corrects.
pub(super) const VERBS: [&str; 2] = ["visits.record", "visits.correct"];

/// From whom an entry comes.
#[derive(Debug, Clone, Copy)]
pub(super) struct From {
    pub(super) device: Id,
    /// Whose device it is: not always who writes, see the quarantine.
    pub(super) user: Id,
    /// The worker they are.
    pub(super) worker: Option<Id>,
}

/// What an entry is written with.
#[derive(Clone, Copy)]
pub(super) struct Books {
    pub(super) sheets: Sheets,
    pub(super) subjects: Subjects,
}

/// An entry with its ids parsed and its photographs decoded.
pub(super) struct Parsed {
    pub(super) id: Id,
    pub(super) household: Id,
    pub(super) record: Id,
    pub(super) photos: Vec<Bytes>,
    pub(super) digest: String,
}

/// An outcome that is no success.
pub(super) fn refused(id: &str, code: &'static str, what: impl Into<String>) -> Outcome {
    let said = vec![Said { field: String::new(), what: what.into() }];
    Outcome { id: id.to_owned(), state: "refused", code: Some(code), said, ..Outcome::default() }
}

/// The most photographs of one entry, and the bytes of each.
const PHOTOS: usize = 6;
const PHOTO_BYTES: usize = 1 << 20;

/// Parses what can be told wrong without the database.
#[expect(clippy::result_large_err, reason = "what is refused is passed on as it is, and seldom")]
pub(super) fn parse(entry: &Entry) -> Result<Parsed, Outcome> {
    let wrong = |code, what: &str| refused(&entry.id, code, what);
    let id = |text: &str| text.parse::<Id>().ok().filter(|id| id.as_str() == text);
    let (Some(own), Some(household), Some(record)) = (id(&entry.id), id(&entry.household), id(&entry.record))
    else {
        return Err(wrong("bad_id", "编号不是 UUID。这条记录留在本机，请更新应用后再传"));
    };
    if entry.kind != KIND {
        return Err(wrong("unknown_kind", "服务器不认识这种记录。它留在本机，请更新应用后再传"));
    }
    if entry.photos.len() > PHOTOS {
        return Err(wrong("too_many_photos", "一条记录最多 6 张照片，请删去几张再传"));
    }
    let mut photos = Vec::new();
    for photo in &entry.photos {
        let bytes = STANDARD.decode(&photo.content).ok().filter(|bytes| bytes.len() <= PHOTO_BYTES);
        match bytes.filter(|bytes| hex(&Sha256::digest(bytes)) == photo.sha256) {
            Some(bytes) => photos.push(Bytes::from(bytes)),
            None => return Err(wrong("bad_photo", "有一张照片不完整或太大，请删去它重拍")),
        }
    }
    let said = Entry { after: None, ..entry.clone() };
    let digest = hex(&Sha256::digest(serde_json::to_vec(&said).unwrap_or_default()));
    Ok(Parsed { id: own, household, record, photos, digest })
}

/// Writes an entry within a transaction, and notes that it was.
///
/// # Errors
/// What the database says; what is wrong with the entry is an outcome.
pub(super) fn enter(
    tx: &mut Tx<'_>,
    app: &App,
    books: Books,
    (entry, parsed): (&Entry, &Parsed),
    from: From,
) -> Result<Outcome, Trouble> {
    let Some(sheet) = books.sheets.of_kind(KIND) else { return Ok(refused(&entry.id, "unknown_kind", "")) };
    let [enters, corrects] = VERBS.map(|verb| app.asker().scope(verb));
    let scope = if entry.base.is_some() { corrects } else { enters };
    if place_of(tx, books.sheets, parsed.household)?.is_none_or(|place| !scope.covers(place)) {
        let what = "这一户不在您可以办理的范围内，或档案已经作废。请把这条记录告诉站长";
        return Ok(refused(&entry.id, "out_of_scope", what));
    }
    let last = (sheet.ops.last)(tx, parsed.record)?;
    let before = match (entry.base, last) {
        (None, None) => None,
        (None, Some(_)) => {
            return Ok(refused(&entry.id, "record_exists", "这个编号的记录已经有了。请另存一条再传"));
        }
        (Some(_), None) => return Ok(refused(&entry.id, "unknown_record", "没有要更正的那条记录")),
        (Some(_), Some((stamp, _))) if stamp.voided => {
            return Ok(refused(&entry.id, "withdrawn", "要更正的那条记录已经作废。请看看要不要另记一条"));
        }
        (Some(_), Some((_, row)))
            if !scope.covers(Place {
                station: row.base.station_id,
                area: row.base.area_id,
                community: row.base.community_id,
            }) =>
        {
            return Ok(refused(&entry.id, "out_of_scope", "要更正的那条记录不在您可以办理的范围内"));
        }
        (Some(base), Some((stamp, row))) if stamp.version != base => {
            return Ok(conflict(entry, sheet, (stamp.version, &row)));
        }
        (Some(_), Some((stamp, row))) => Some((stamp.version, row)),
    };
    let read = read(tx, app, books.sheets, sheet, &scope, (entry, parsed, before.as_ref(), from))?;
    let row = match read {
        Ok(row) => row,
        Err(wrong) => return Ok(wrong_fields(&entry.id, wrong)),
    };
    if row.text("household_id") != entry.household {
        return Ok(refused(&entry.id, "other_household", "服务对象不是这一户的。请核对后再传"));
    }
    let version = match before {
        None => {
            (sheet.ops.enter)(tx, app.asker(), row.base.station_id, std::slice::from_ref(&row))?;
            1
        }
        Some((version, before)) if before == row => version,
        Some((version, _)) => {
            (sheet.ops.amend)(tx, app.asker(), &row, version)?;
            version + 1
        }
    };
    for (number, content) in parsed.photos.iter().enumerate() {
        let name = format!("入户照片-{}.jpg", number + 1);
        documents::attach_photo(tx, app, books.subjects, (KIND, parsed.record), (&name, content))?;
    }
    let note = Written {
        id: parsed.id,
        device_id: from.device,
        user_id: from.user,
        household_id: parsed.household,
        kind: KIND.to_owned(),
        record_id: parsed.record,
        version,
        digest: parsed.digest.clone(),
        made_at: Moment::from_micros(entry.made_at.saturating_mul(1000)),
        at: tx.at(),
    };
    store::insert_written(tx, &note)?;
    Ok(Outcome { id: entry.id.clone(), state: "written", version: Some(version), ..Outcome::default() })
}

/// Where a household belongs that is not withdrawn.
pub(super) fn place_of(tx: &mut Tx<'_>, sheets: Sheets, household: Id) -> Result<Option<Place>, Trouble> {
    let Some(sheet) = sheets.of_kind("household") else { return Ok(None) };
    let standing = (sheet.ops.last)(tx, household)?.filter(|(stamp, _)| !stamp.voided);
    Ok(standing.map(|(_, row)| Place {
        station: row.base.station_id,
        area: row.base.area_id,
        community: row.base.community_id,
    }))
}

/// Reads an entry as the page's form is read.
fn read(
    tx: &mut Tx<'_>,
    app: &App,
    sheets: Sheets,
    sheet: &'static Sheet,
    scope: &Scope,
    (entry, parsed, before, from): (&Entry, &Parsed, Option<&(i32, Row)>, From),
) -> Result<Result<Row, Vec<Wrong>>, Trouble> {
    let unknown = entry.fields.keys().find(|name| form::asked(sheet).all(|column| column.name != **name));
    if let Some(name) = unknown {
        let what = format!("服务器不认识“{name}”这一项，没有写入。请更新应用后再传");
        return Ok(Err(vec![Wrong { field: name.clone(), what }]));
    }
    let worker = before.map_or(from.worker, |(_, row)| row.base.worker_id);
    let worker = worker.map(|id| id.to_string()).unwrap_or_default();
    let said = |name: &str| match entry.fields.get(name) {
        Some(text) => text.clone(),
        None if name == "worker_id" => worker.clone(),
        // What is not sent stays as it is.
        None => before.map(|(_, row)| row.text(name).to_owned()).unwrap_or_default(),
    };
    let mut reading = Reading::of(sheets, sheet, app.asker(), scope, (app.ground(), app.site().today));
    let read = reading.read(tx, parsed.record, before.map(|(_, row)| row), &said)?;
    Ok(read.map_err(|faults| faults.wrong))
}

fn wrong_fields(id: &str, wrong: Vec<Wrong>) -> Outcome {
    let said = wrong.into_iter().map(|wrong| Said { field: wrong.field, what: wrong.what }).collect();
    Outcome { id: id.to_owned(), state: "refused", code: Some("wrong_fields"), said, ..Outcome::default() }
}

/// Both values of each field that differs; nothing is written.
pub(super) fn conflict(entry: &Entry, sheet: &'static Sheet, (version, row): (i32, &Row)) -> Outcome {
    let theirs = form::fields(sheet, row);
    Outcome {
        id: entry.id.clone(),
        state: "conflict",
        version: Some(version),
        differ: differing(sheet, &theirs, &entry.fields),
        theirs: Some(theirs),
        ..Outcome::default()
    }
}

/// Where what stands and what was sent differ.
fn differing(
    sheet: &'static Sheet,
    theirs: &BTreeMap<String, String>,
    yours: &BTreeMap<String, String>,
) -> Vec<Differ> {
    let differs = form::asked(sheet).filter_map(|column| {
        let (stands, sent) = (theirs.get(column.name)?, yours.get(column.name)?);
        (stands != sent).then(|| Differ {
            field: column.name.to_owned(),
            label: sheet.label_of(column),
            theirs: form::words(sheet, column, stands),
            yours: form::words(sheet, column, sent),
        })
    });
    differs.collect()
}

/// The device of whoever asks.
///
/// # Errors
/// A login asks, and no device.
pub(super) fn device_of(app: &App) -> Result<From, Fault> {
    let user = app.asker().user();
    let from =
        user.and_then(|user| Some(From { device: user.device?, user: user.user, worker: user.worker }));
    from.ok_or_else(|| Fault::of_status(axum::http::StatusCode::UNAUTHORIZED))
}

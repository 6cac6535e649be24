//! Writing one entry: a new visit, or a correction of one that nobody has changed since. The same for what a device sends
//! and for what somebody accepts.

use std::collections::BTreeMap;

use axum::body::Bytes;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::Tx;
use kernel::{Id, Moment};
use sha2::{Digest as _, Sha256};
use web::form::Wrong;
use web::{Fault, Form};

use super::envelope::hex;
use super::form::{self, KIND};
use super::new;
use super::store::{self, Written};
use super::wire::{Differ, Entry, Outcome, Photo, Said};
use crate::access::{Place, Scope};
use crate::documents::{self, Subjects};
use crate::sheets::{Entry as Reading, Row, Sheet, Sheets};
use crate::shell::{App, Trouble};
use crate::visits::{self, Raised};

/// A visit or a call at which nobody was met: what else comes of an entry.
const ATTEMPT: &str = "visit_attempt";
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
    pub(super) signature: Option<Bytes>,
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
    let whole = |photo: &Photo| {
        let bytes = STANDARD.decode(&photo.content).ok().filter(|bytes| bytes.len() <= PHOTO_BYTES);
        bytes.filter(|bytes| hex(&Sha256::digest(bytes)) == photo.sha256).map(Bytes::from)
    };
    let photos = entry.photos.iter().map(whole).collect::<Option<Vec<_>>>();
    let photos = photos.ok_or_else(|| wrong("bad_photo", "有一张照片不完整或太大，请删去它重拍"))?;
    let signature = entry.signature.as_ref().map(|sent| {
        let png = whole(sent).filter(|bytes| bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
        png.ok_or_else(|| wrong("bad_signature", "签名的图片不完整，请擦掉重签"))
    });
    let signature = signature.transpose()?;
    let said = Entry { after: None, ..entry.clone() };
    let digest = hex(&Sha256::digest(serde_json::to_vec(&said).unwrap_or_default()));
    Ok(Parsed { id: own, household, record, photos, signature, digest })
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
    let written = match entry.base {
        None => {
            if known_record(tx, books.sheets, parsed.record)? {
                let what = "这个编号的记录已经有了。请另存一条再传";
                return Ok(refused(&entry.id, "record_exists", what));
            }
            new::enter(tx, app, &scope, (entry, parsed), from)?.map(|entered| (entered.kind, 1))
        }
        Some(base) => {
            let corrected = correct(tx, app, (books.sheets, sheet), &scope, (entry, parsed, base))?;
            corrected.map(|version| (KIND, version))
        }
    };
    let (kind, version) = match written {
        Ok(written) => written,
        Err(outcome) => return Ok(outcome),
    };
    attach(tx, app, books.subjects, (kind, parsed), entry)?;
    let note = Written {
        id: parsed.id,
        device_id: from.device,
        user_id: from.user,
        household_id: parsed.household,
        kind: kind.to_owned(),
        record_id: parsed.record,
        version,
        digest: parsed.digest.clone(),
        made_at: Moment::from_micros(entry.made_at.saturating_mul(1000)),
        at: tx.at(),
    };
    store::insert_written(tx, &note)?;
    Ok(Outcome { id: entry.id.clone(), state: "written", version: Some(version), ..Outcome::default() })
}

/// Whether there is a record of a number, of a kind that a device enters.
fn known_record(tx: &mut Tx<'_>, sheets: Sheets, record: Id) -> Result<bool, Trouble> {
    for kind in [KIND, ATTEMPT] {
        if let Some(sheet) = sheets.of_kind(kind)
            && (sheet.ops.last)(tx, record)?.is_some()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Attaches photographs and the signature.
fn attach(
    tx: &mut Tx<'_>,
    app: &App,
    subjects: Subjects,
    (kind, parsed): (&str, &Parsed),
    entry: &Entry,
) -> Result<(), Trouble> {
    for (number, content) in parsed.photos.iter().enumerate() {
        let name = format!("入户照片-{}.jpg", number + 1);
        documents::attach_photo(tx, app, subjects, (kind, parsed.record), (&name, content))?;
    }
    if let Some(content) = &parsed.signature {
        let day = entry.fields.get("visited_on").and_then(|day| day.parse().ok());
        documents::attach_signature(tx, app, subjects, (kind, parsed.record), (content, day))?;
    }
    Ok(())
}

/// Corrects a visit that nobody has changed since; its new version, or else what stands in the way.
fn correct(
    tx: &mut Tx<'_>,
    app: &App,
    (sheets, sheet): (Sheets, &'static Sheet),
    scope: &Scope,
    (entry, parsed, base): (&Entry, &Parsed, i32),
) -> Result<Result<i32, Outcome>, Trouble> {
    let no = |code, what: &str| Ok(Err(refused(&entry.id, code, what)));
    let Some((stamp, before)) = (sheet.ops.last)(tx, parsed.record)? else {
        return no("unknown_record", "没有要更正的那条记录");
    };
    let base_of = before.base;
    let place = Place { station: base_of.station_id, area: base_of.area_id, community: base_of.community_id };
    if stamp.voided {
        return no("withdrawn", "要更正的那条记录已经作废。请看看要不要另记一条");
    }
    if !scope.covers(place) {
        return no("out_of_scope", "要更正的那条记录不在您可以办理的范围内");
    }
    if stamp.version != base {
        return Ok(Err(conflict(entry, sheet, (stamp.version, &before))));
    }
    let row = match read(tx, app, (sheets, sheet), scope, (entry, parsed, &before))? {
        Ok(row) => row,
        Err(wrong) => return Ok(Err(wrong_fields(&entry.id, wrong))),
    };
    if row.text("household_id") != entry.household {
        return no("other_household", "服务对象不是这一户的。请核对后再传");
    }
    if before == row {
        return Ok(Ok(base));
    }
    let raised = match raised(tx, app, (entry, parsed), (&before, &row))? {
        Ok(raised) => raised,
        Err(wrong) => return Ok(Err(wrong_fields(&entry.id, wrong))),
    };
    (sheet.ops.amend)(tx, app.asker(), &row, base)?;
    if let Some(raised) = raised {
        visits::raise(tx, app.asker(), parsed.record, &raised, app.site().today)?;
    }
    Ok(Ok(base + 1))
}

/// What a correction raises that changes the risk: who was told, where that has not been said before.
fn raised(
    tx: &mut Tx<'_>,
    app: &App,
    (entry, parsed): (&Entry, &Parsed),
    (before, row): (&Row, &Row),
) -> Result<Result<Option<Raised>, Vec<Wrong>>, Trouble> {
    if ["risk", "risk_kinds", "person_id"].iter().all(|field| before.text(field) == row.text(field)) {
        return Ok(Ok(None));
    }
    let (risk, kinds) = (row.text("risk"), row.text("risk_kinds"));
    let person = row.text("person_id").parse().ok();
    let Some(kind) = visits::owed(tx, (parsed.record, person), (risk, kinds), app.site().today)? else {
        return Ok(Ok(None));
    };
    let form = Form::of(entry.fields.clone());
    let mut reading = web::form::Reading::of(&form);
    let read = Raised::read(&form, &mut reading, kind);
    Ok(reading.done(read).map(Some))
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

/// Reads a correction as the sheet's own form is read.
fn read(
    tx: &mut Tx<'_>,
    app: &App,
    (sheets, sheet): (Sheets, &'static Sheet),
    scope: &Scope,
    (entry, parsed, before): (&Entry, &Parsed, &Row),
) -> Result<Result<Row, Vec<Wrong>>, Trouble> {
    if let Some(name) = form::unknown_to_corrections(sheet, entry) {
        let what = format!("服务器不认识“{name}”这一项，没有写入。请更新应用后再传");
        return Ok(Err(vec![Wrong { field: name, what }]));
    }
    let worker = before.base.worker_id.map(|id| id.to_string()).unwrap_or_default();
    let said = |name: &str| match entry.fields.get(name) {
        Some(text) => text.clone(),
        None if name == "worker_id" => worker.clone(),
        // What is not sent stays as it is.
        None => before.text(name).to_owned(),
    };
    let mut reading = Reading::of(sheets, sheet, app.asker(), scope, (app.ground(), app.site().today));
    let read = reading.read(tx, parsed.record, Some(before), &said)?;
    Ok(read.map_err(|faults| faults.wrong))
}

pub(super) fn wrong_fields(id: &str, wrong: Vec<Wrong>) -> Outcome {
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

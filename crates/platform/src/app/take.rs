//! Taking what devices send: each entry once, in the order of its household; from devices no longer trusted, to wait.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::{DbError, Tx};
use kernel::{Id, Problem};
use sha2::{Digest as _, Sha256};

use super::enter::{self, Books, From, Parsed, place_of, refused};
use super::envelope;
use super::store::{self, Waiting};
use super::wire::{Entry, Envelope, Inside, Outcome};
use crate::access;
use crate::shell::{App, Trouble};

/// How many entries of one device may wait.
const MOST_WAITING: i64 = 500;

/// Takes entries of a device, each in a transaction of its own, in their order.
///
/// # Errors
/// What the database says; what was taken before stays taken, and comes again as written.
pub(super) fn push(app: &App, books: Books, from: From, entries: &[Entry]) -> Result<Vec<Outcome>, Trouble> {
    entries.iter().map(|entry| take(app, books, from, entry)).collect()
}

fn take(app: &App, books: Books, from: From, entry: &Entry) -> Result<Outcome, Trouble> {
    let parsed = match enter::parse(entry) {
        Ok(parsed) => parsed,
        Err(outcome) => return Ok(outcome),
    };
    let once = || app.write_now(|tx| take_in(tx, app, books, (entry, &parsed), from));
    match once() {
        // The same entry was being written at the same moment: it stands now, and the second look finds it.
        Err(Trouble::Db(error)) if error.constraint().is_some() => once(),
        taken => taken,
    }
}

fn take_in(
    tx: &mut Tx<'_>,
    app: &App,
    books: Books,
    (entry, parsed): (&Entry, &Parsed),
    from: From,
) -> Result<Outcome, Trouble> {
    if let Some(known) = known(tx, entry, parsed)? {
        return Ok(known);
    }
    if !ready(tx, entry.after.as_deref())? {
        return Ok(Outcome { id: entry.id.clone(), state: "held", ..Outcome::default() });
    }
    enter::enter(tx, app, books, (entry, parsed), from)
}

/// What came of an entry before, where it came before.
fn known(tx: &mut Tx<'_>, entry: &Entry, parsed: &Parsed) -> Result<Option<Outcome>, Trouble> {
    let changed =
        || refused(&entry.id, "entry_changed", "这个编号的记录已经收过，内容却不同。请另存一条再传");
    if let Some(written) = store::written(tx, parsed.id)? {
        let same = written.digest == parsed.digest;
        let written = Outcome {
            id: entry.id.clone(),
            state: "written",
            version: Some(written.version),
            ..Outcome::default()
        };
        return Ok(Some(if same { written } else { changed() }));
    }
    let Some(waiting) = store::waiting(tx, parsed.id)? else { return Ok(None) };
    let state = Outcome { id: entry.id.clone(), state: "waiting", ..Outcome::default() };
    Ok(Some(if waiting.digest == parsed.digest { state } else { changed() }))
}

/// Whether the entry before has been taken.
pub(super) fn ready(tx: &mut Tx<'_>, after: Option<&str>) -> Result<bool, Trouble> {
    let Some(after) = after.and_then(|id| id.parse::<Id>().ok()) else { return Ok(true) };
    Ok(store::written(tx, after)?.is_some() || store::waiting(tx, after)?.is_some())
}

/// Puts sealed entries among those that wait.
///
/// # Errors
/// What the database says.
pub(super) fn quarantine(
    app: &App,
    books: Books,
    address: &str,
    envelopes: &[Envelope],
) -> Result<Vec<Outcome>, Trouble> {
    envelopes.iter().map(|envelope| put(app, books, address, envelope)).collect()
}

fn put(app: &App, books: Books, address: &str, sent: &Envelope) -> Result<Outcome, Trouble> {
    let unreadable = || refused(&sent.id, "unreadable", "这条记录打不开：不是加密给本站的，或内容被改动过");
    let keys = app.site().database.keys();
    let opened = || {
        if sent.key != envelope::key_id(&envelope::public_key(keys)) {
            return None;
        }
        let (enc, sealed) = (envelope::unhex(&sent.enc)?, STANDARD.decode(&sent.sealed).ok()?);
        let text = envelope::open(keys, &sent.id, &enc, &sealed)?;
        let inside: Inside = serde_json::from_slice(&text).ok()?;
        let device: Id = inside.device.parse().ok()?;
        (inside.entry.id == sent.id).then_some((device, inside.entry, text.len()))
    };
    let Some((device, entry, size)) = opened() else { return Ok(unreadable()) };
    let parsed = match enter::parse(&entry) {
        Ok(parsed) => parsed,
        Err(outcome) => return Ok(outcome),
    };
    let once = || app.write_now(|tx| put_in(tx, books, address, (device, &entry, &parsed, size)));
    match once() {
        Err(Trouble::Db(error)) if error.constraint().is_some() => once(),
        put => put,
    }
}

fn put_in(
    tx: &mut Tx<'_>,
    books: Books,
    address: &str,
    (device, entry, parsed, size): (Id, &Entry, &Parsed, usize),
) -> Result<Outcome, Trouble> {
    // Whoever knows the number of no device of ours has sent nothing that was written on one.
    let Some(device) = access::device(tx, device)? else {
        return Ok(refused(&entry.id, "unreadable", "这条记录不是从本站的设备来的"));
    };
    if let Some(known) = known(tx, entry, parsed)? {
        return Ok(known);
    }
    let Some(place) = place_of(tx, books.sheets, parsed.household)? else {
        return Ok(refused(&entry.id, "unknown_household", "没有这一户的档案。请把这条记录告诉站长"));
    };
    if store::count_waiting(tx, device.id)? >= MOST_WAITING {
        let what = "这台设备等人接受的记录已满 500 条。请联系站长先处理，再传";
        return Ok(refused(&entry.id, "quarantine_full", what));
    }
    let text = serde_json::to_string(entry).map_err(|error| DbError::from(bad(&error)))?;
    let row = Waiting {
        id: parsed.id,
        device_id: device.id,
        user_id: device.user_id,
        station_id: place.station,
        area_id: place.area,
        community_id: place.community,
        household_id: parsed.household,
        digest: parsed.digest.clone(),
        size: i32::try_from(size).unwrap_or(i32::MAX),
        sealed: store::seal(tx, parsed.id, &text)?,
        address: address.to_owned(),
        received_at: tx.at(),
        state: "waiting".to_owned(),
        decided_by: None,
        decided_at: None,
        reason: None,
    };
    store::insert_waiting(tx, &row)?;
    note(tx, "app.quarantine", &row, None)?;
    Ok(Outcome { id: entry.id.clone(), state: "waiting", ..Outcome::default() })
}

/// Leaves a line in the audit log of the station.
///
/// # Errors
/// What the database says.
pub(super) fn note(
    tx: &mut Tx<'_>,
    verb: &'static str,
    row: &Waiting,
    reason: Option<String>,
) -> Result<(), Trouble> {
    let digest = super::envelope::hex(&Sha256::digest(row.digest.as_bytes()))[..16].to_owned();
    let detail = Some(serde_json::json!({ "device": [null, row.device_id], "content": [null, digest] }));
    let event = db::Event { verb, kind: "app_entry", record_id: Some(row.id), reason, detail };
    Ok(tx.event(row.station_id, event)?)
}

fn bad(error: &serde_json::Error) -> Problem {
    Problem::new("bad_json", error.to_string(), "请报告给维护者")
}

/// Puts an entry among those that wait, for tests of who may see it.
#[cfg(test)]
pub(super) fn wait_for_tests(
    tx: &mut Tx<'_>,
    sheets: crate::sheets::Sheets,
    (device_id, user_id, id): (Id, Id, Id),
    household_id: Id,
    entry: &serde_json::Value,
) -> Result<(), DbError> {
    let place = place_of(tx, sheets, household_id).unwrap().unwrap();
    let row = Waiting {
        id,
        device_id,
        user_id,
        station_id: place.station,
        area_id: place.area,
        community_id: place.community,
        household_id,
        digest: id.to_string(),
        size: 0,
        sealed: store::seal(tx, id, &entry.to_string())?,
        address: "local".to_owned(),
        received_at: tx.at(),
        state: "waiting".to_owned(),
        decided_by: None,
        decided_at: None,
        reason: None,
    };
    store::insert_waiting(tx, &row)
}

//! Sealing: a sheet is opened, sealed once, after a discussion scored again; and what the sealed sheets come to.

use std::collections::BTreeMap;

use db::{DbError, DbResult, Tx};
use kernel::{Id, Problem};
use rules::scoring::{Inputs, ItemScore, PartyScore as GivenByParty, Scheme, aggregate, discussions};
use sha2::{Digest as _, Sha256};

use super::cells::{cells, points};
use super::store::{self, Entry, Sheet};
use crate::access::{Asker, Enter, new_id, permit};
use crate::areas;
use crate::evaluation::panel::{Seat, seats_of};
use crate::evaluation::{Evaluation, ExpertScore, PanelRole, PartyScore, Round, find};

/// How far scoring is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::evaluation) struct Standing {
    /// Experts whose latest sheet is sealed.
    pub(in crate::evaluation) sealed: usize,
    /// Cells that lie too far apart and were not scored again.
    pub(in crate::evaluation) to_discuss: usize,
    /// Names of the parties whose score is not sealed.
    pub(in crate::evaluation) parties_open: Vec<String>,
}

/// Whose a sheet is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Owner {
    Seat(Id),
    Party(String),
}

impl Owner {
    pub(super) fn owns(&self, sheet: &Sheet) -> bool {
        match self {
            Self::Seat(seat) => sheet.seat_id == Some(*seat),
            Self::Party(party) => sheet.party.as_ref() == Some(party),
        }
    }
}

/// The latest sheet of an owner, if there is any yet.
pub(super) fn latest<'s>(sheets: &'s [Sheet], owner: &Owner) -> Option<&'s Sheet> {
    sheets.iter().find(|sheet| owner.owns(sheet))
}

/// The latest sheet of an owner; the first is opened here.
pub(super) fn sheet(tx: &mut Tx<'_>, round: &Round, owner: &Owner) -> DbResult<Sheet> {
    let sheets = store::sheets_of(tx, &round.code)?;
    match latest(&sheets, owner) {
        Some(sheet) => Ok(sheet.clone()),
        None => open(tx, round, owner, 1),
    }
}

pub(super) fn open(tx: &mut Tx<'_>, round: &Round, owner: &Owner, turn: i32) -> DbResult<Sheet> {
    let (seat_id, party) = match owner {
        Owner::Seat(seat) => (Some(*seat), None),
        Owner::Party(party) => (None, Some(party.clone())),
    };
    let sheet = Sheet {
        id: new_id(tx.at())?,
        station_id: round.station_id,
        round: round.code.clone(),
        seat_id,
        party,
        turn,
        opened_at: tx.at(),
        sealed_at: None,
        sealed_by: None,
        digest: None,
    };
    store::open(tx, &sheet)?;
    Ok(sheet)
}

/// The digest of what stands on a sheet: SHA-256 over one line for each entry, by cell, its fields parted by tabs.
pub(super) fn digest(entries: &[Entry]) -> String {
    let mut lines: Vec<String> = entries
        .iter()
        .map(|one| {
            let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
            let (score, measured) = (number(one.score), number(one.measured));
            format!("{}\t{score}\t{measured}\t{:?}\t{:?}\n", one.cell, one.reason, one.note)
        })
        .collect();
    lines.sort();
    Sha256::digest(lines.concat().as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Seals a sheet as it stands: it is held first, so that what is read of it is what stays.
///
/// # Errors
/// It is sealed already.
pub(super) fn seal(tx: &mut Tx<'_>, sheet: &Sheet, by: Id) -> DbResult<String> {
    if !store::hold(tx, sheet.id)? {
        return Err(Problem::new("sealed_already", "评分已经封存", "封存以后不能再改").into());
    }
    let digest = digest(&store::entries_of(tx, &[sheet.id])?);
    store::seal(tx, sheet.id, by, &digest)?;
    Ok(digest)
}

/// The cleared experts of a round.
pub(super) fn experts(tx: &mut Tx<'_>, round: &Round) -> DbResult<Vec<Seat>> {
    let all = seats_of(tx, &round.code)?.into_iter();
    Ok(all.filter(|seat| seat.is_live() && seat.role == PanelRole::Expert).collect())
}

/// The latest sheets of the experts, where all of them are sealed; else how many are.
pub(super) fn sealed(sheets: &[Sheet], experts: &[&Seat]) -> Result<Vec<(Sheet, String)>, usize> {
    let of = |seat: &&Seat| {
        let sheet = latest(sheets, &Owner::Seat(seat.id))?;
        sheet.sealed_at.is_some().then(|| (sheet.clone(), seat.code.clone()))
    };
    let sealed: Vec<_> = experts.iter().filter_map(of).collect();
    if sealed.len() == experts.len() && !sealed.is_empty() { Ok(sealed) } else { Err(sealed.len()) }
}

/// Whether the latest sheet of a seat is sealed.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn is_sealed(tx: &mut Tx<'_>, round: &Round, seat: &Seat) -> DbResult<bool> {
    let sheets = store::sheets_of(tx, &round.code)?;
    Ok(latest(&sheets, &Owner::Seat(seat.id)).is_some_and(|sheet| sheet.sealed_at.is_some()))
}

/// How far scoring is.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn standing(
    tx: &mut Tx<'_>,
    round: &Round,
    scheme: &Scheme,
    experts: &[&Seat],
) -> DbResult<Standing> {
    let sheets = store::sheets_of(tx, &round.code)?;
    let open = |party: &&rules::scoring::Party| {
        let sheet = latest(&sheets, &Owner::Party(party.code.clone()));
        sheet.is_none_or(|sheet| sheet.sealed_at.is_none())
    };
    let parties_open = scheme.others().filter(open).map(|party| party.name.clone()).collect();
    let (sealed, to_discuss) = match sealed(&sheets, experts) {
        Err(sealed) => (sealed, 0),
        Ok(all) => (all.len(), to_discuss(tx, round, scheme, &all)?.len()),
    };
    Ok(Standing { sealed, to_discuss, parties_open })
}

/// The cells that lie too far apart on sealed sheets and were not scored again.
pub(super) fn to_discuss(
    tx: &mut Tx<'_>,
    round: &Round,
    scheme: &Scheme,
    sealed: &[(Sheet, String)],
) -> DbResult<Vec<rules::scoring::Discussion>> {
    let ids: Vec<Id> = sealed.iter().map(|(sheet, _)| sheet.id).collect();
    let entries = store::entries_of(tx, &ids)?;
    let again = |cell: &str| entries.iter().any(|entry| entry.cell == cell && entry.asked_again);
    let inputs = scored(tx, round, sealed, &entries)?;
    let apart = discussions(scheme, &inputs).into_iter();
    Ok(apart.filter(|one| !again(&one.item)).collect())
}

/// The experts' scores as the arithmetic takes them.
fn scored(tx: &mut Tx<'_>, round: &Round, sealed: &[(Sheet, String)], entries: &[Entry]) -> DbResult<Inputs> {
    let codes: BTreeMap<Id, &str> = sealed.iter().map(|(sheet, code)| (sheet.id, code.as_str())).collect();
    let score = |entry: &Entry| {
        let expert = (*codes.get(&entry.sheet_id)?).to_owned();
        Some(ItemScore { expert, item: entry.cell.clone(), score: points(entry.score?) })
    };
    Ok(Inputs {
        experts: sealed.iter().map(|(_, code)| code.clone()).collect(),
        areas: area_codes(tx, round)?,
        scores: entries.iter().filter_map(score).collect(),
        ..Inputs::default()
    })
}

fn area_codes(tx: &mut Tx<'_>, round: &Round) -> DbResult<Vec<String>> {
    let known_at = find::counted_at(tx, round);
    Ok(areas::areas(tx, round.station_id, known_at)?.into_iter().map(|area| area.code).collect())
}

/// Opens the next sheet of every expert, with what stands on the last one; the cells of the discussion are asked again,
/// and no others may be changed.
///
/// # Errors
/// Somebody has not sealed, or there is nothing to discuss.
pub(super) fn discuss(tx: &mut Tx<'_>, round: &Round, scheme: &Scheme) -> DbResult<usize> {
    let experts = experts(tx, round)?;
    let sheets = store::sheets_of(tx, &round.code)?;
    let waits = |_| Problem::new("not_all_sealed", "还有专家没有封存评分", "等全部封存后再讨论");
    let sealed = sealed(&sheets, &experts.iter().collect::<Vec<_>>()).map_err(waits)?;
    let apart = to_discuss(tx, round, scheme, &sealed)?;
    if apart.is_empty() {
        return Err(Problem::new("nothing_apart", "没有分差过大的项", "可以结束评分").into());
    }
    for (old, _) in &sealed {
        let owner = Owner::Seat(old.seat_id.unwrap_or(old.id));
        let new = open(tx, round, &owner, old.turn + 1)?;
        for mut entry in store::entries_of(tx, &[old.id])? {
            entry.sheet_id = new.id;
            entry.asked_again = entry.asked_again || apart.iter().any(|one| one.item == entry.cell);
            store::put(tx, &entry)?;
        }
    }
    Ok(apart.len())
}

/// Ends scoring: the sealed scores become the records of the round, all of them in one transaction, and only if a result
/// comes of them.
///
/// # Errors
/// A score is missing, or it is not allowed.
pub(in crate::evaluation) fn settle(
    tx: &mut Tx<'_>,
    asker: &Asker,
    round: &Round,
    scheme: &Scheme,
) -> DbResult<()> {
    let experts = experts(tx, round)?;
    let sheets = store::sheets_of(tx, &round.code)?;
    let waits = |_| Problem::new("not_all_sealed", "还有专家没有封存评分", "等全部封存后再结束评分");
    let sealed = sealed(&sheets, &experts.iter().collect::<Vec<_>>()).map_err(waits)?;
    let ids: Vec<Id> = sealed.iter().map(|(sheet, _)| sheet.id).collect();
    let entries = store::entries_of(tx, &ids)?;
    let mut inputs = scored(tx, round, &sealed, &entries)?;
    let parties = party_scores(tx, round, scheme, &sheets)?;
    inputs.parties = parties
        .iter()
        .map(|row| GivenByParty { party: row.party.clone(), score: points(row.score) })
        .collect();
    super::limits_of(tx, round, &mut inputs)?;
    aggregate(scheme, &inputs).map_err(|mut problems| DbError::Problem(problems.remove(0)))?;
    let known = cells(scheme, &areas::areas(tx, round.station_id, find::counted_at(tx, round))?);
    let mut rows = Vec::new();
    for (sheet, code) in &sealed {
        let own = entries.iter().filter(|entry| entry.sheet_id == sheet.id);
        for entry in own.filter(|entry| known.iter().any(|cell| cell.code == entry.cell)) {
            rows.push(ExpertScore {
                id: new_id(tx.at())?,
                station_id: round.station_id,
                area_id: None,
                community_id: None,
                worker_id: None,
                round: round.code.clone(),
                expert: code.clone(),
                item: entry.cell.clone(),
                score: entry.score.unwrap_or_default(),
                sealed_on: sheet.sealed_at.unwrap_or(tx.at()).day(),
            });
        }
    }
    let permit = permit::<Enter<Evaluation>>(asker, round.station_id)?;
    permit.append(tx, &rows)?;
    permit.append(tx, &parties)
}

/// The sealed scores of the other parties, as records.
fn party_scores(
    tx: &mut Tx<'_>,
    round: &Round,
    scheme: &Scheme,
    sheets: &[Sheet],
) -> DbResult<Vec<PartyScore>> {
    let mut rows = Vec::new();
    for party in scheme.others() {
        let owner = Owner::Party(party.code.clone());
        let Some(sheet) = latest(sheets, &owner).filter(|sheet| sheet.sealed_at.is_some()) else { continue };
        let entries = store::entries_of(tx, &[sheet.id])?;
        let score = entries.iter().find(|entry| entry.cell == party.code).and_then(|entry| entry.score);
        let Some(score) = score else { continue };
        rows.push(PartyScore {
            id: new_id(tx.at())?,
            station_id: round.station_id,
            area_id: None,
            community_id: None,
            worker_id: None,
            round: round.code.clone(),
            party: party.code.clone(),
            score,
            sealed_on: sheet.sealed_at.unwrap_or(tx.at()).day(),
        });
    }
    Ok(rows)
}

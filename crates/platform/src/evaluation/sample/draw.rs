//! The draw, and who comes in somebody's place.

use std::collections::{BTreeMap, BTreeSet};

use db::Tx;
use kernel::Id;
use rules::sampling::{self, Allocation, Seed, allocate};

use super::frame::{as_members, said, seed_of};
use super::refused;
use super::store::{self, Drawn, MemberRow};
use crate::access::new_id;
use crate::evaluation::rounds::note;
use crate::evaluation::{Round, Stage};
use crate::shell::Trouble;
use crate::surveys::ContactOutcome;

/// How many persons each stratum of a frame has.
pub(super) fn counted(members: &[MemberRow]) -> BTreeMap<String, usize> {
    let mut strata = BTreeMap::new();
    for member in members {
        *strata.entry(member.stratum.clone()).or_default() += 1;
    }
    strata
}

/// Draws the sample, once.
pub(super) fn draw(
    tx: &mut Tx<'_>,
    round: &Round,
    by: Id,
    wanted: i32,
    allocation: &Allocation,
) -> Result<(), Trouble> {
    let mut sample = store::hold(tx, &round.code).map_err(|error| said(error, "wanted"))?;
    if round.stage != Stage::OnSite {
        return Err(refused("wanted", format!("这一轮在“{}”，实地评估时才抽样", round.stage.label())));
    }
    if sample.frozen_at.is_none() {
        return Err(refused("wanted", "名单还没有冻结"));
    }
    if sample.drawn_at.is_some() {
        return Err(refused("wanted", "已经抽过样，不能重抽"));
    }
    let members = store::members_of(tx, sample.id)?;
    let number = usize::try_from(wanted).unwrap_or_default();
    let sizes = allocate(&counted(&members), number, allocation)
        .map_err(|problem| said(problem.into(), "allocation"))?;
    let seed = Seed::parse(&seed_of(tx, &sample)?)?;
    let frame = as_members(&members);
    let found = sampling::drawn(&seed, &frame, &sizes);
    let rows: BTreeMap<&str, &MemberRow> = members.iter().map(|row| (row.pseudonym.as_str(), row)).collect();
    for (place, member) in (1..).zip(&found) {
        let Some(row) = rows.get(member.id.as_str()) else { continue };
        store::add_drawn(tx, &of(tx, row, place, None)?)?;
    }
    sample.wanted = Some(wanted);
    sample.allocation = Some(serde_json::json!(allocation).to_string());
    sample.drawn_by = Some(by);
    sample.drawn_at = Some(tx.at());
    store::save(tx, &sample)?;
    note(tx, round, "surveys.draw", Some(format!("{} 人里抽中 {} 人", members.len(), found.len())))
}

/// Puts the next of the same stratum in the place of somebody who could not be asked.
pub(super) fn replace(tx: &mut Tx<'_>, round: &Round, drawn: &str) -> Result<Id, Trouble> {
    let sample = store::hold(tx, &round.code).map_err(|error| said(error, "drawn"))?;
    let gone = store::drawn(tx, sample.id, drawn)?;
    if sample.closed_at.is_some() {
        return Err(refused("drawn", "调查已经结束，不再替补"));
    }
    if gone.outcome.is_none_or(|outcome| outcome == ContactOutcome::Answered) {
        return Err(refused("drawn", "拒答或联系不上的人才有替补"));
    }
    let all = store::drawn_of(tx, sample.id)?;
    if all.iter().any(|one| one.replaces.as_ref() == Some(&gone.pseudonym)) {
        return Err(refused("drawn", "已经有人替补"));
    }
    let members = store::members_of(tx, sample.id)?;
    let (frame, seed) = (as_members(&members), Seed::parse(&seed_of(tx, &sample)?)?);
    let used: BTreeSet<&str> = all.iter().map(|one| one.pseudonym.as_str()).collect();
    let next = sampling::replacement(&seed, &frame, &used, &gone.stratum);
    let next = next.and_then(|next| members.iter().find(|row| row.pseudonym == next.id));
    let Some(next) = next else {
        return Err(refused("drawn", "这一层的人已经全部用完，没有替补"));
    };
    let place = all.iter().map(|one| one.place).max().unwrap_or_default() + 1;
    let added = of(tx, next, place, Some(gone.pseudonym.clone()))?;
    store::add_drawn(tx, &added)?;
    note(tx, round, "surveys.replace", Some(format!("{} 替补 {}", added.pseudonym, gone.pseudonym)))?;
    Ok(added.id)
}

fn of(tx: &Tx<'_>, row: &MemberRow, place: i32, replaces: Option<String>) -> Result<Drawn, Trouble> {
    Ok(Drawn {
        id: new_id(tx.at())?,
        sample_id: row.sample_id,
        pseudonym: row.pseudonym.clone(),
        person_id: row.person_id,
        stratum: row.stratum.clone(),
        guarded: row.guarded,
        place,
        replaces,
        outcome: None,
        closed_at: None,
    })
}

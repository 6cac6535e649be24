//! Publishing: the seed in clear, and the file that anybody can replay. From then on nothing of the sample changes.

use db::{DbResult, Tx};
use kernel::Id;
use rules::sampling::{Allocation, FORMAT, Published, Replacement, Stratum, allocate, replay};
use sha2::{Digest as _, Sha256};

use super::draw::counted;
use super::frame::{as_members, said, seed_of};
use super::store::{self, Sample};
use super::{StrataBy, refused};
use crate::areas;
use crate::evaluation::Round;
use crate::evaluation::rounds::note;
use crate::shell::Trouble;

/// Publishes a sample: only when everybody was called to an end, and the file can be replayed.
pub(super) fn publish(tx: &mut Tx<'_>, round: &Round, by: Id) -> Result<(), Trouble> {
    let mut sample = store::hold(tx, &round.code).map_err(|error| said(error, "publish"))?;
    if sample.drawn_at.is_none() {
        return Err(refused("publish", "还没有抽样"));
    }
    let open = store::drawn_of(tx, sample.id)?.iter().filter(|one| one.outcome.is_none()).count();
    if open > 0 {
        return Err(refused("publish", format!("还有 {open} 人没有结束访问")));
    }
    if sample.closed_at.is_none() || sample.wiped_at.is_none() {
        return Err(refused("publish", "先按“结束调查”，把答案与人分开，再公布"));
    }
    sample.published_by = Some(by);
    sample.published_at = Some(tx.at());
    let file = file(tx, round, &sample)?;
    if let Some(wrong) = replay(&file, None, None).into_iter().find(|step| !step.agrees) {
        return Err(refused("publish", format!("样本核对不上，没有公布。{}：{}", wrong.what, wrong.found)));
    }
    store::save(tx, &sample)?;
    let digest = Sha256::digest(file.text());
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    note(tx, round, "surveys.publish", Some(format!("sample.json SHA-256 {digest}")))
}

/// The text of the file of a round's sample, where one was published.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn published(tx: &mut Tx<'_>, round: &Round) -> DbResult<Option<String>> {
    let Some(sample) = store::sample_of(tx, &round.code)?.filter(|one| one.published_at.is_some()) else {
        return Ok(None);
    };
    match file(tx, round, &sample) {
        Ok(file) => Ok(Some(file.text())),
        Err(Trouble::Db(error)) => Err(error),
        Err(_) => Ok(None),
    }
}

/// The file of a published sample.
pub(super) fn file(tx: &mut Tx<'_>, round: &Round, sample: &Sample) -> Result<Published, Trouble> {
    let not_yet = || refused("file", "还没有公布");
    let members = store::members_of(tx, sample.id)?;
    let drawn = store::drawn_of(tx, sample.id)?;
    let allocation = allocation(sample).ok_or_else(not_yet)?;
    let wanted = usize::try_from(sample.wanted.ok_or_else(not_yet)?).unwrap_or_default();
    let there = counted(&members);
    let sizes = allocate(&there, wanted, &allocation).map_err(|problem| said(problem.into(), "file"))?;
    let now = tx.at();
    let station = areas::station(tx, round.station_id, now)?;
    let at = |moment: Option<kernel::Moment>| moment.map(|at| at.minute()).ok_or_else(not_yet);
    let replacement =
        |one: &store::Drawn| Some(Replacement { of: one.replaces.clone()?, by: one.pseudonym.clone() });
    Ok(Published {
        format: FORMAT.to_owned(),
        round: round.code.clone(),
        station: station.name,
        cut_off: sample.cut_off.ok_or_else(not_yet)?,
        committed_at: sample.committed_at.minute(),
        frozen_at: at(sample.frozen_at)?,
        drawn_at: at(sample.drawn_at)?,
        published_at: at(sample.published_at)?,
        strata_by: sample.strata_by.unwrap_or(StrataBy::None).as_str().to_owned(),
        wanted,
        allocation,
        strata: there
            .into_iter()
            .map(|(name, persons)| {
                let drawn = sizes.get(&name).copied().unwrap_or_default();
                Stratum { name, persons, drawn }
            })
            .collect(),
        commitment: sample.commitment.clone(),
        seed: seed_of(tx, sample)?,
        frame_digest: sample.frame_digest.clone().ok_or_else(not_yet)?,
        frame: as_members(&members),
        drawn: drawn.iter().filter(|one| one.replaces.is_none()).map(|one| one.pseudonym.clone()).collect(),
        replacements: drawn.iter().filter_map(replacement).collect(),
    })
}

/// How the sample is spread over the strata.
pub(super) fn allocation(sample: &Sample) -> Option<Allocation> {
    serde_json::from_str(sample.allocation.as_deref()?).ok()
}

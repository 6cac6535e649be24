//! What lies in a community, in all slices: it goes along when the community moves to another area, and stands in the way of
//! giving up the ground it stands on. Put together for [`areas`](crate::areas), which knows no slice below.

use db::{DbResult, Tx};
use kernel::Id;

use crate::access::{Asker, Scope};
use crate::areas::{Community, Settled, Territory};
use crate::sheets::{Ops, Row, all_of};
use crate::{SLICES, app};

/// Given to the site when it is put together.
pub const SETTLED: Settled = Settled { go_along, held, anything };

/// Records moved between two looks at their versions.
const AT_ONCE: usize = 500;

/// Tables with an area or a community whose rows stay where they were: each with its reason. Every other table of records goes along;
/// a test holds this list and the records of the slices against the columns that there are.
pub(crate) const STAYS: &[(&str, &str)] = &[
    ("stations", "a station lies in no community"),
    ("areas", "an area lies in no community"),
    ("communities", "what moves is the community itself: whoever moves it has written it"),
    ("sampled_persons", "who was drawn was drawn in the strata of that day"),
    ("survey_answers", "an answer counts where it was given"),
    ("survey_wishes", "it was passed on to whom it was for"),
];

/// The kinds of record that hold on to a community or an area, each with the field that says since when one no longer does.
pub(crate) const HOLDS: &[(&str, &str, &str)] = &[
    ("household", "户家户档案", "closed_on"),
    ("worker", "名社工", "left_on"),
    ("post", "个在任的岗位", "to_on"),
    ("partner", "家合作机构", "left_on"),
    ("community_fund", "个社区基金", "dissolved_on"),
];

pub(crate) fn records() -> impl Iterator<Item = &'static Ops> {
    SLICES.iter().flat_map(|slice| slice.records)
}

/// Puts every record that lies in a community into the area that the community now lies in; how many there were. Whoever may
/// move the community needs no verb for each of them: where they lie is where the community lies.
fn go_along(tx: &mut Tx<'_>, community: &Community) -> DbResult<usize> {
    let there = Scope::community(community.id, community.station_id);
    let mut moved = 0;
    for ops in records().filter(|ops| STAYS.iter().all(|(table, _)| *table != ops.table)) {
        let rows = all_of(tx, ops, &there)?;
        let elsewhere: Vec<Id> =
            rows.iter().filter(|row| row.base.area_id != community.area_id).map(|row| row.base.id).collect();
        for ids in elsewhere.chunks(AT_ONCE) {
            for (stamp, mut row) in (ops.standing)(tx, ids)? {
                row.base.area_id = community.area_id;
                (ops.amend)(tx, &Asker::Console, &row, stamp.version)?;
                moved += 1;
            }
        }
    }
    Ok(moved + app::go_along(tx, community.id, community.area_id)?)
}

/// What still stands on this ground, in words; nothing where it may be given up.
fn held(tx: &mut Tx<'_>, territory: Territory, station: Id) -> DbResult<Option<String>> {
    let there = match territory {
        Territory::Area(id) => Scope::area(id, station),
        Territory::Community(id) => Scope::community(id, station),
    };
    let mut said = Vec::new();
    for (kind, label, over) in HOLDS {
        let Some(ops) = records().find(|ops| ops.kind == *kind) else { continue };
        let open = |row: &&Row| row.text(over).is_empty();
        let count = all_of(tx, ops, &there)?.iter().filter(open).count();
        if count > 0 {
            said.push(format!("{count} {label}"));
        }
    }
    Ok((!said.is_empty()).then(|| said.join("、")))
}

/// Whether a station has any record that stands, but for itself.
fn anything(tx: &mut Tx<'_>, station: Id) -> DbResult<bool> {
    let at = tx.at();
    let mut ids = tx.record_ids(station)?;
    ids.retain(|(id, _)| *id != station);
    ids.sort_by(|(_, one), (_, other)| one.cmp(other));
    for of_kind in ids.chunk_by(|(_, one), (_, other)| one == other) {
        let Some(ops) = records().find(|ops| ops.kind == of_kind[0].1) else { return Ok(true) };
        for some in of_kind.chunks(AT_ONCE) {
            let ids: Vec<Id> = some.iter().map(|(id, _)| *id).collect();
            if !(ops.among)(tx, at, &ids)?.is_empty() {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

//! The evidence of an item, one piece after the other, on the desk itself: records drawn from those that the measured
//! figure counts, and what the station named in its self-review.

use std::collections::BTreeMap;

use db::{Database, DbResult, Tx};
use kernel::Id;
use rules::sampling::{self, Member, Seed};
use sha2::{Digest as _, Sha256};

use super::measured::{Basis, Measured};
use crate::access::Asker;
use crate::documents::{self, Seen, Subjects};
use crate::evaluation::self_review::Answer;
use crate::figures;
use crate::sheets::{self, Glance, Sheets};

/// How many of a figure's records are shown.
const DRAWN: usize = 10;

/// What it takes to look into records and documents.
#[derive(Clone, Copy)]
pub(super) struct Kit<'k> {
    pub(super) asker: &'k Asker,
    /// The round's code.
    pub(super) round: &'k str,
    pub(super) database: &'k Database,
    pub(super) sheets: Sheets,
    pub(super) subjects: Subjects,
}

/// The pieces of evidence, and the one that is looked at.
#[derive(Debug, Clone, Default)]
pub(super) struct Viewer {
    /// What each piece is called.
    pub(super) pieces: Vec<String>,
    /// Which is looked at, from 0.
    pub(super) at: usize,
    /// That one.
    pub(super) view: View,
}

/// A piece of evidence as it is shown.
#[derive(Debug, Clone, Default)]
pub(super) enum View {
    /// There is none.
    #[default]
    Nothing,
    /// Records drawn from so many.
    Records { of: usize, drawn: Vec<Glance> },
    /// One record.
    Record(Glance),
    /// A document.
    Document(Seen),
    /// A page that is looked at by itself.
    Page { label: String, href: String },
    /// Something that lies on paper.
    Said(String),
}

/// What is looked at of an item's evidence: by default the first piece.
///
/// # Errors
/// What the database says.
pub(super) fn viewer(
    tx: &mut Tx<'_>,
    kit: &Kit<'_>,
    (measured, basis): (Option<&Measured>, &Basis),
    answer: Option<&Answer>,
    asked: Option<usize>,
) -> DbResult<Viewer> {
    let named: &[(String, String)] = answer.map_or(&[], |answer| answer.evidence.as_slice());
    let counted = measured.filter(|one| one.value.is_some());
    let mut pieces: Vec<String> = counted.iter().map(|one| format!("{}的记录", one.name)).collect();
    pieces.extend(named.iter().map(|(label, _)| label.clone()));
    let at = asked.and_then(|number| number.checked_sub(1)).filter(|at| *at < pieces.len()).unwrap_or(0);
    let of_answer = at.checked_sub(usize::from(counted.is_some()));
    let view = match (of_answer, counted) {
        (None, Some(one)) => records(tx, kit, one, basis)?,
        (of_answer, _) => match named.get(of_answer.unwrap_or(0)) {
            Some((label, href)) if href.is_empty() => View::Said(label.clone()),
            Some((label, href)) => open(tx, kit, label, href)?,
            None => View::Nothing,
        },
    };
    Ok(Viewer { pieces, at, view })
}

/// What stands at an address of the site.
fn open(tx: &mut Tx<'_>, kit: &Kit<'_>, label: &str, href: &str) -> DbResult<View> {
    if let Some(seen) = documents::seen(tx, kit.asker, (kit.subjects, kit.database), href)? {
        return Ok(View::Document(seen));
    }
    if let Some(glance) = sheets::glance(tx, kit.asker, kit.sheets, href)? {
        return Ok(View::Record(glance));
    }
    Ok(View::Page { label: label.to_owned(), href: href.to_owned() })
}

/// Some of the records that a figure counts, as they were known when it was counted. Which ones is settled by the order
/// that their ids have under the round's code: every expert sees the same, and nobody chose them.
fn records(tx: &mut Tx<'_>, kit: &Kit<'_>, one: &Measured, (set, at): &Basis) -> DbResult<View> {
    let kinds: BTreeMap<String, &'static str> = figures::counted(tx, set, &one.figure, at)?
        .into_iter()
        .map(|(id, kind)| (id.to_string(), kind))
        .collect();
    let member = |id: &String| Member { id: id.clone(), stratum: String::new() };
    let frame: Vec<Member> = kinds.keys().map(member).collect();
    let seed = Seed::of(Sha256::digest(kit.round).into());
    let mut drawn: BTreeMap<&'static str, Vec<Id>> = BTreeMap::new();
    for member in sampling::order(&seed, &frame).into_iter().take(DRAWN) {
        if let (Some(kind), Ok(id)) = (kinds.get(&member.id), member.id.parse()) {
            drawn.entry(kind).or_default().push(id);
        }
    }
    let mut glances = Vec::new();
    for (kind, ids) in drawn {
        glances.extend(sheets::glances(tx, kit.asker, (kit.sheets, at.known_at), kind, &ids)?);
    }
    Ok(View::Records { of: frame.len(), drawn: glances })
}

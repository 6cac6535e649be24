//! Which file a row of the roster means: by platform id, else identity number, else file number and name.
//!
//! Not here: what then differs.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::facts::{community_key, plain};
use super::{FilePerson, Keys, MatchedBy, Roster, Row};

/// What a row came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Match {
    /// No file.
    None,
    /// This file (its position).
    One(usize, MatchedBy),
    /// One of these files, or one file that other rows mean as well.
    Several(Vec<usize>, MatchedBy),
}

/// The match of every row, and the files that some row means or may mean.
pub(super) struct Matches {
    pub rows: Vec<Match>,
    pub met: BTreeSet<usize>,
}

/// Matches every row of the roster. Faulty rows match nothing, but a file that one may mean counts as met: nobody is
/// said to have left because of a slip in a cell.
pub(super) fn matches(roster: &Roster, files: &[FilePerson], keys: Keys<'_>) -> Matches {
    let index = Index::new(files);
    let mut rows: Vec<Match> = roster.rows.iter().map(|row| index.sure(row, keys)).collect();
    shared(&mut rows);
    let mut met: BTreeSet<usize> = rows.iter().flat_map(Match::files).collect();
    let sure = met.clone();
    for (row, found) in roster.rows.iter().zip(&mut rows).filter(|(_, found)| **found == Match::None) {
        *found = index.guess(row, &sure);
        met.extend(found.files());
    }
    for faulty in &roster.faulty {
        met.extend(index.sure(&faulty.row, keys).files());
        met.extend(index.guess(&faulty.row, &sure).files());
    }
    Matches { rows, met }
}

/// Rows that mean one file: none of them is sure.
fn shared(rows: &mut [Match]) {
    let mut meant: BTreeMap<usize, usize> = BTreeMap::new();
    for found in rows.iter() {
        if let Match::One(file, _) = found {
            *meant.entry(*file).or_default() += 1;
        }
    }
    for found in rows {
        if let Match::One(file, by) = *found
            && meant.get(&file).is_some_and(|rows| *rows > 1)
        {
            *found = Match::Several(vec![file], by);
        }
    }
}

impl Match {
    fn files(&self) -> Vec<usize> {
        match self {
            Self::None => Vec::new(),
            Self::One(file, _) => vec![*file],
            Self::Several(files, _) => files.clone(),
        }
    }
}

type Places = HashMap<String, Vec<usize>>;

struct Index<'f> {
    files: &'f [FilePerson],
    platform: Places,
    id: Places,
    number: Places,
    namesake: Places,
}

impl<'f> Index<'f> {
    fn new(files: &'f [FilePerson]) -> Self {
        let by = |key: &dyn Fn(&FilePerson) -> Option<String>| {
            let mut places = Places::new();
            for (at, file) in files.iter().enumerate() {
                if let Some(key) = key(file).filter(|key| !key.is_empty()) {
                    places.entry(key).or_default().push(at);
                }
            }
            places
        };
        Self {
            files,
            platform: by(&|file| file.platform_id.as_deref().map(plain)),
            id: by(&|file| file.id_key.clone()),
            number: by(&|file| file.file_number.as_deref().map(plain)),
            namesake: by(&|file| file.community.as_deref().map(|community| namesake(&file.name, community))),
        }
    }

    /// By a key that is a person's own.
    fn sure(&self, row: &Row, keys: Keys<'_>) -> Match {
        let platform = get(&self.platform, row.platform_id.as_deref().map(plain));
        let id = get(&self.id, row.id_number.as_ref().map(keys.id_number));
        if !platform.is_empty() && !id.is_empty() && !platform.iter().any(|file| id.contains(file)) {
            return Match::Several([platform, id].concat(), MatchedBy::PlatformId);
        }
        if !platform.is_empty() {
            return self.choose(platform, MatchedBy::PlatformId);
        }
        if !id.is_empty() {
            return self.choose(id, MatchedBy::IdNumber);
        }
        let number = get(&self.number, row.file_number.as_deref().map(plain));
        let name = plain(&row.name);
        let named: Vec<usize> =
            number.iter().copied().filter(|at| plain(&self.files[*at].name) == name).collect();
        self.choose(&named, MatchedBy::FileNumber)
    }

    /// By what is not a person's own: a file number under another name, or name and community. Only files that no row
    /// surely means, and only where the two identity numbers do not speak against it.
    fn guess(&self, row: &Row, met: &BTreeSet<usize>) -> Match {
        let free = |places: &[usize]| -> Vec<usize> {
            let silent = |file: &FilePerson| row.id_number.is_none() || file.id_key.is_none();
            places.iter().copied().filter(|at| !met.contains(at) && silent(&self.files[*at])).collect()
        };
        let number = free(get(&self.number, row.file_number.as_deref().map(plain)));
        if !number.is_empty() {
            return Match::Several(number, MatchedBy::FileNumberAlone);
        }
        let community = row.community.as_deref();
        let namesakes = free(get(&self.namesake, community.map(|community| namesake(&row.name, community))));
        if namesakes.is_empty() {
            Match::None
        } else {
            Match::Several(namesakes, MatchedBy::NameAndCommunity)
        }
    }

    /// The one; of several the only open one.
    fn choose(&self, found: &[usize], by: MatchedBy) -> Match {
        let open: Vec<usize> = found.iter().copied().filter(|at| !self.files[*at].closed).collect();
        match (found, open.as_slice()) {
            ([], _) => Match::None,
            ([only], _) | (_, [only]) => Match::One(*only, by),
            _ => Match::Several(found.to_vec(), by),
        }
    }
}

fn get(places: &Places, key: Option<String>) -> &[usize] {
    key.and_then(|key| places.get(&key)).map_or(&[], Vec::as_slice)
}

fn namesake(name: &str, community: &str) -> String {
    format!("{} {}", plain(name), community_key(community))
}

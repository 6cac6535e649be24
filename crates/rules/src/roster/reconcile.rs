//! The roster against the files: every difference, in a fixed order, each once.
//!
//! Not here: which file a row means (`matching`), what differs between the two (`compare`).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::compare::Pair;
use super::facts::{community_key, plain};
use super::matching::{Match, matches};
use super::{Difference, FilePerson, Keys, Kind, MatchedBy, Roster, Row, State};
use crate::codes::{Codes, List};

/// Every difference between the roster and the files, sorted by kind, community and name. The order of rows and files
/// makes none. A person in several categories counts once. Where the roster is silent (no such column, an empty cell)
/// there is no difference. `today` is when a difference holds from where the roster gives no date.
#[must_use]
pub fn reconcile(
    roster: &Roster,
    files: &[FilePerson],
    codes: &Codes,
    keys: Keys<'_>,
    today: NaiveDate,
) -> Vec<Difference> {
    let matches = matches(roster, files, keys);
    let mut teller = Teller {
        codes,
        keys,
        today,
        levels: levels(roster, files, &matches.rows),
        households: households(files),
        found: Vec::new(),
    };
    for (row, found) in roster.rows.iter().zip(&matches.rows) {
        match found {
            Match::None => teller.without_file(row),
            Match::One(at, by) => teller.pair(&Pair { row, file: &files[*at], by: *by }),
            Match::Several(several, by) => {
                teller.ambiguous(row, &several.iter().map(|at| &files[*at]).collect::<Vec<_>>(), *by);
            }
        }
    }
    let listed = communities(roster);
    for (_, file) in files.iter().enumerate().filter(|(at, file)| !file.closed && !matches.met.contains(at)) {
        teller.left_out(file, &listed);
    }
    finished(teller.found)
}

/// Tells the differences one by one.
pub(super) struct Teller<'t> {
    pub(super) codes: &'t Codes,
    pub(super) keys: Keys<'t>,
    today: NaiveDate,
    /// The levels that the roster gives each household.
    pub(super) levels: BTreeMap<String, BTreeSet<String>>,
    /// The household of each file number that is open.
    households: BTreeMap<String, String>,
    pub(super) found: Vec<Difference>,
}

impl Teller<'_> {
    fn without_file(&mut self, row: &Row) {
        if row.state != State::Active {
            return;
        }
        let categories = row.categories().map(|codes| self.labels(List::Categories, codes));
        let level = row.level().map(|level| self.codes.label(List::ServiceLevels, level).to_owned());
        let what: Vec<String> =
            [categories.map(|all| format!("类别 {all}")), level.map(|level| format!("等级 {level}"))]
                .into_iter()
                .flatten()
                .collect();
        let mut difference = self.difference(Some(row), None, Kind::New, &self.row_key(row));
        difference.sentence = format!("{}在名册上，没有档案", who(&difference));
        difference.household =
            row.file_number.as_deref().and_then(|number| self.households.get(&plain(number))).cloned();
        let verb = match (&difference.household, &row.file_number) {
            (Some(_), Some(number)) => format!("在档案 {number} 的家庭中新增成员"),
            _ => "新建档案".to_owned(),
        };
        difference.on_apply = if what.is_empty() { verb } else { format!("{verb}：{}", what.join("，")) };
        self.found.push(difference);
    }

    fn ambiguous(&mut self, row: &Row, several: &[&FilePerson], by: MatchedBy) {
        if row.state != State::Active && several.iter().all(|file| file.closed) {
            return;
        }
        let persons: BTreeSet<String> = several.iter().map(|file| file.person.clone()).collect();
        let kind = Kind::Ambiguous { persons: persons.into_iter().collect() };
        let mut difference = self.difference(Some(row), None, kind, &self.row_key(row));
        difference.matched_by = Some(by);
        let by = by.label();
        let names: BTreeSet<&str> = several.iter().map(|file| file.name.as_str()).collect();
        let names = names.into_iter().collect::<Vec<_>>().join("、");
        difference.sentence = match several.len() {
            1 => format!(
                "{}按{by}可能是档案里的{names}，不能确定，或名册上另有一行也指这份档案",
                who(&difference)
            ),
            count => format!("{}按{by}对应 {count} 份档案（{names}），不能确定是哪一份", who(&difference)),
        };
        difference.on_apply = "不能直接应用：请先选定档案，或更正档案、名册后重新核对".to_owned();
        self.found.push(difference);
    }

    fn left_out(&mut self, file: &FilePerson, listed: &BTreeSet<String>) {
        let community_listed =
            file.community.as_deref().is_none_or(|community| listed.contains(&community_key(community)));
        let kind = Kind::Left { state: None, community_listed };
        let mut difference = self.difference(None, Some(file), kind, &file.person);
        let doubt = if community_listed {
            ""
        } else {
            "；名册里没有这个社区的人，请先确认名册是否包含该社区"
        };
        difference.sentence = format!("{}有档案，不在名册上{doubt}", who(&difference));
        difference.on_apply = "以不再属于服务类别为由销档".to_owned();
        self.found.push(difference);
    }

    pub(super) fn difference(
        &self,
        row: Option<&Row>,
        file: Option<&FilePerson>,
        kind: Kind,
        subject: &str,
    ) -> Difference {
        Difference {
            key: digest(&[kind.code(), subject, &format!("{kind:?}")]),
            person: file.map(|file| file.person.clone()),
            household: file.map(|file| file.household.clone()),
            row: row.map(|row| row.at.clone()),
            name: row
                .map_or_else(|| file.map(|file| file.name.clone()), |row| Some(row.name.clone()))
                .unwrap_or_default(),
            community: row.and_then(|row| row.community.clone()).or_else(|| file?.community.clone()),
            matched_by: None,
            effective_on: row.and_then(|row| row.changed_on).unwrap_or(self.today),
            sentence: String::new(),
            on_apply: String::new(),
            kind,
        }
    }

    /// What a row without a file is known by: the best it has of its own.
    fn row_key(&self, row: &Row) -> String {
        let id = row.id_number.as_ref().map(|id| (self.keys.id_number)(id));
        let community = row.community.as_deref().map(community_key).unwrap_or_default();
        let rest = || {
            format!(
                "{} {} {community}",
                row.file_number.as_deref().map(plain).unwrap_or_default(),
                plain(&row.name)
            )
        };
        row.platform_id.as_deref().map(plain).or(id).unwrap_or_else(rest)
    }

    pub(super) fn labels(&self, list: List, codes: &BTreeSet<String>) -> String {
        codes.iter().map(|code| self.codes.label(list, code)).collect::<Vec<_>>().join("、")
    }
}

/// In order, each key once: members of a household tell of its level once; rows without any key of their own that are
/// alike in everything are told apart by a number.
fn finished(mut found: Vec<Difference>) -> Vec<Difference> {
    let order = |difference: &Difference| {
        let Difference { kind, community, name, key, row, .. } = difference;
        (kind.clone(), community.clone(), name.clone(), key.clone(), row.clone())
    };
    found.sort_by_cached_key(order);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    found.retain_mut(|difference| {
        let times = seen.entry(difference.key.clone()).or_default();
        *times += 1;
        if *times > 1 && difference.person.is_none() {
            difference.key = digest(&[&difference.key, &times.to_string()]);
            return true;
        }
        *times == 1
    });
    found
}

/// Every community that the roster mentions.
fn communities(roster: &Roster) -> BTreeSet<String> {
    let rows = roster.rows.iter().chain(roster.faulty.iter().map(|faulty| &faulty.row));
    rows.filter_map(|row| row.community.as_deref()).map(community_key).collect()
}

/// The household of every file number with an open file.
fn households(files: &[FilePerson]) -> BTreeMap<String, String> {
    let open = files.iter().filter(|file| !file.closed);
    open.filter_map(|file| Some((plain(file.file_number.as_deref()?), file.household.clone()))).collect()
}

/// The levels that the roster gives each household with a file.
fn levels(roster: &Roster, files: &[FilePerson], matches: &[Match]) -> BTreeMap<String, BTreeSet<String>> {
    let mut levels: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (row, found) in roster.rows.iter().zip(matches) {
        if let (Match::One(file, _), Some(level), State::Active) = (found, row.level(), row.state) {
            levels.entry(files[*file].household.clone()).or_default().insert(level.to_owned());
        }
    }
    levels
}

pub(super) fn who(difference: &Difference) -> String {
    match &difference.community {
        Some(community) => format!("{}（{community}）", difference.name),
        None => difference.name.clone(),
    }
}

/// 16 hexadecimal digits of SHA-256 over the parts, each with its length.
fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

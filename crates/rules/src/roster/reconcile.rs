//! The roster against the files: every difference, in a fixed order, each once.
//!
//! Not here: which file a row means (`matching`), the words of a difference (`difference`).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::facts::{community_key, plain};
use super::matching::{Match, matches};
use super::{Difference, Field, FilePerson, Keys, Kind, MatchedBy, Roster, Row, State};
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

/// A row and the file it means.
struct Pair<'p> {
    row: &'p Row,
    file: &'p FilePerson,
    by: MatchedBy,
}

struct Teller<'t> {
    codes: &'t Codes,
    keys: Keys<'t>,
    today: NaiveDate,
    /// The levels that the roster gives each household.
    levels: BTreeMap<String, BTreeSet<String>>,
    /// The household of each file number that is open.
    households: BTreeMap<String, String>,
    found: Vec<Difference>,
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

    fn pair(&mut self, pair: &Pair<'_>) {
        match (pair.row.state, pair.file.closed) {
            (State::Active, false) => {
                self.moved(pair);
                self.level(pair);
                self.categories(pair);
                self.fields(pair);
            }
            (State::Active, true) => {
                let what = format!("在名册上，档案已销{}", by(pair));
                self.tell(pair, Kind::FileClosed, &what, "恢复档案".to_owned());
            }
            (State::Deceased, false) => {
                let what = format!("名册登记为死亡，档案未销{}", by(pair));
                self.tell(pair, Kind::Deceased, &what, "以死亡为由销档".to_owned());
            }
            (state @ (State::MovedOut | State::Removed), false) => {
                let what = format!("名册登记为{}，档案未销{}", state.label(), by(pair));
                let kind = Kind::Left { state: Some(state), community_listed: true };
                self.tell(pair, kind, &what, format!("以{}为由销档", state.label()));
            }
            (_, true) => {}
        }
    }

    fn moved(&mut self, pair: &Pair<'_>) {
        let from = pair.file.community.clone();
        let Some(to) = pair.row.community.clone() else { return };
        if from.as_deref().map(community_key) != Some(community_key(&to)) {
            let what = format!("社区：档案为{}，名册为{to}{}", or_none(from.as_deref()), by(pair));
            let on_apply = format!("社区改为{to}");
            self.tell(pair, Kind::Moved { from, to }, &what, on_apply);
        }
    }

    /// The level is the household's: said once; as a conflict where the roster gives its members different ones.
    fn level(&mut self, pair: &Pair<'_>) {
        let Some(to) = pair.row.level().map(str::to_owned) else { return };
        let from = pair.file.level.clone();
        if from.as_deref() == Some(&to) {
            return;
        }
        let label = |code: &str| self.codes.label(List::ServiceLevels, code).to_owned();
        let (old, new) = (from.as_deref().map(label), label(&to));
        let what = format!("服务等级：档案为{}，名册为{new}{}", or_none(old.as_deref()), by(pair));
        let on_apply = format!("该户服务等级改为{new}");
        if self.levels.get(&pair.file.household).is_some_and(|levels| levels.len() > 1) {
            let kind = Kind::Conflict { field: Field::ServiceLevel, file: old, roster: new };
            self.tell(pair, kind, &format!("{what}；同户在名册上等级不一"), on_apply);
        } else {
            self.tell(pair, Kind::LevelChanged { from, to }, &what, on_apply);
        }
    }

    fn categories(&mut self, pair: &Pair<'_>) {
        let Some(listed) = pair.row.categories() else { return };
        let added: BTreeSet<String> = listed.difference(&pair.file.categories).cloned().collect();
        let removed: BTreeSet<String> = pair.file.categories.difference(listed).cloned().collect();
        let phrase = |verb: &str, codes: &BTreeSet<String>| {
            (!codes.is_empty()).then(|| format!("{verb}{}", self.labels(List::Categories, codes)))
        };
        let join =
            |a: Option<String>, b: Option<String>| a.into_iter().chain(b).collect::<Vec<_>>().join("，");
        let what = join(phrase("名册多出", &added), phrase("档案多出", &removed));
        let on_apply = join(phrase("增加", &added), phrase("终止", &removed));
        if !what.is_empty() {
            let what = format!("类别：{what}{}", by(pair));
            self.tell(pair, Kind::CategoryChanged { added, removed }, &what, on_apply);
        }
    }

    fn fields(&mut self, pair: &Pair<'_>) {
        let (row, file) = (pair.row, pair.file);
        if plain(&row.name) != plain(&file.name) {
            self.conflict(pair, Field::Name, Some(file.name.clone()), row.name.clone(), "");
        }
        for (field, own, listed) in [
            (Field::PlatformId, &file.platform_id, &row.platform_id),
            (Field::FileNumber, &file.file_number, &row.file_number),
        ] {
            if let Some(listed) =
                listed.clone().filter(|listed| Some(plain(listed)) != own.as_deref().map(plain))
            {
                self.conflict(pair, field, own.clone(), listed, "");
            }
        }
        if let Some(listed) = row.residence().filter(|listed| file.residence.as_deref() != Some(*listed)) {
            let label = |code: &str| self.codes.label(List::Residence, code).to_owned();
            self.conflict(pair, Field::Residence, file.residence.as_deref().map(label), label(listed), "");
        }
        if let Some(id) = &row.id_number {
            self.sealed(
                pair,
                Field::IdNumber,
                file.id_key.as_deref(),
                &(self.keys.id_number)(id),
                id.masked(),
            );
        }
        if let Some(phone) = &row.phone {
            self.sealed(
                pair,
                Field::Phone,
                file.phone_key.as_deref(),
                &(self.keys.phone)(phone),
                phone.masked(),
            );
        }
    }

    /// A number of which the file's side is known by its key only.
    fn sealed(&mut self, pair: &Pair<'_>, field: Field, own: Option<&str>, listed: &str, masked: String) {
        if own != Some(listed) {
            self.conflict(
                pair,
                field,
                own.map(|_| "另一个号码".to_owned()),
                masked,
                &format!("{own:?} {listed}"),
            );
        }
    }

    fn conflict(
        &mut self,
        pair: &Pair<'_>,
        field: Field,
        file: Option<String>,
        roster: String,
        hidden: &str,
    ) {
        let label = field.label();
        let what = format!("{label}：档案为{}，名册为{roster}{}", or_none(file.as_deref()), by(pair));
        let on_apply = format!("{label}改为名册的{roster}");
        self.tell_with(pair, Kind::Conflict { field, file, roster }, &what, on_apply, hidden);
    }

    fn tell(&mut self, pair: &Pair<'_>, kind: Kind, what: &str, on_apply: String) {
        self.tell_with(pair, kind, what, on_apply, "");
    }

    fn tell_with(&mut self, pair: &Pair<'_>, kind: Kind, what: &str, on_apply: String, hidden: &str) {
        let of_household = matches!(
            kind,
            Kind::LevelChanged { .. }
                | Kind::Conflict { field: Field::FileNumber | Field::Residence | Field::ServiceLevel, .. }
        );
        let subject = if of_household { &pair.file.household } else { &pair.file.person };
        let subject = format!("{subject} {hidden}");
        let mut difference = self.difference(Some(pair.row), Some(pair.file), kind, &subject);
        difference.matched_by = Some(pair.by);
        difference.sentence = format!("{}{what}", who(&difference));
        difference.on_apply = on_apply;
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

    fn difference(
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

    fn labels(&self, list: List, codes: &BTreeSet<String>) -> String {
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

fn who(difference: &Difference) -> String {
    match &difference.community {
        Some(community) => format!("{}（{community}）", difference.name),
        None => difference.name.clone(),
    }
}

fn by(pair: &Pair<'_>) -> String {
    format!("（按{}对应）", pair.by.label())
}

fn or_none(value: Option<&str>) -> String {
    value.map_or_else(|| "空白".to_owned(), str::to_owned)
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

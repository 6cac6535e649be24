//! A row of the roster and the file it means: what differs between the two, each said in a sentence.
//!
//! Not here: rows without a file and files without a row (`reconcile`).

use std::collections::BTreeSet;

use super::facts::{community_key, plain};
use super::reconcile::{Teller, who};
use super::{Field, FilePerson, Kind, MatchedBy, Row, State};
use crate::codes::List;

/// A row and the file it means.
pub(super) struct Pair<'p> {
    pub row: &'p Row,
    pub file: &'p FilePerson,
    pub by: MatchedBy,
}

impl Teller<'_> {
    pub(super) fn pair(&mut self, pair: &Pair<'_>) {
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
}

fn by(pair: &Pair<'_>) -> String {
    format!("（按{}对应）", pair.by.label())
}

fn or_none(value: Option<&str>) -> String {
    value.map_or_else(|| "空白".to_owned(), str::to_owned)
}

//! Finding households, persons and what belongs to them, always within what somebody may see.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::list::{Condition, Sought};
use db::{AnyBackend, DbResult, Record as _, Tx, Within};
use diesel::dsl::{AsSelect, SqlTypeOf};
use diesel::prelude::*;
use kernel::{Id, Moment, Problem};

use super::store::{
    Consent, Contact, Household, LevelPeriod, Need, Person, PersonCategory, PersonalPlan, RiskAssessment,
    RosterEntry, Unmasking, client_contacts, client_needs, consents, households, person_categories,
    personal_plans, persons, risk_assessments, service_levels, unmaskings,
};
use crate::access::{Place, Scope};

/// What a list of households is narrowed to.
#[derive(Debug, Clone, Default)]
pub(super) struct Narrowed {
    pub(super) community: Option<Id>,
    pub(super) closed: bool,
    /// Only these; from a search.
    pub(super) among: Option<Vec<Id>>,
}

/// That there is no such household, or none that may be seen: both in the same words.
pub(super) fn unknown() -> Problem {
    Problem::new("unknown_household", "没有这份档案", "请从家户档案里找")
}

/// A household with its version, where it may be seen.
///
/// # Errors
/// There is none.
pub(super) fn household(tx: &mut Tx<'_>, scope: &Scope, id: &str) -> DbResult<(i32, Household)> {
    let id: Id = id.parse().map_err(|_| unknown())?;
    match Household::last(tx.conn(), id)? {
        Some((stamp, row)) if !stamp.voided && scope.covers(Place::of(&row)) => Ok((stamp.version, row)),
        _ => Err(unknown().into()),
    }
}

/// A person of a household, with the version.
///
/// # Errors
/// There is none.
pub(super) fn person(tx: &mut Tx<'_>, household: Id, id: &str) -> DbResult<(i32, Person)> {
    let unknown = || Problem::new("unknown_person", "这份档案里没有这个人", "请从档案的家庭成员里选");
    let id: Id = id.parse().map_err(|_| unknown())?;
    match Person::last(tx.conn(), id)? {
        Some((stamp, row)) if !stamp.voided && row.household_id == household => Ok((stamp.version, row)),
        _ => Err(unknown().into()),
    }
}

/// The households of a list, in no order: the one place that says which they are.
fn listed(
    at: Moment,
    within: &Within,
    narrowed: &Narrowed,
) -> households::BoxedQuery<'static, AnyBackend, SqlTypeOf<AsSelect<Household, AnyBackend>>> {
    let mut query = Household::visible(at, within);
    query = if narrowed.closed {
        query.filter(households::closed_on.is_not_null())
    } else {
        query.filter(households::closed_on.is_null())
    };
    if let Some(community) = narrowed.community {
        query = query.filter(households::community_id.eq(community));
    }
    if let Some(among) = &narrowed.among {
        query = query.filter(households::id.eq_any(among.clone()));
    }
    query
}

/// How many households a list has.
///
/// # Errors
/// What the database says.
pub(super) fn count(tx: &mut Tx<'_>, within: &Within, narrowed: &Narrowed) -> DbResult<i64> {
    Ok(listed(tx.at(), within, narrowed).count().get_result(tx.conn())?)
}

/// A page of a list, by file number.
///
/// # Errors
/// What the database says.
pub(super) fn page(
    tx: &mut Tx<'_>,
    within: &Within,
    narrowed: &Narrowed,
    (offset, limit): (usize, usize),
) -> DbResult<Vec<Household>> {
    let (offset, limit) =
        (i64::try_from(offset).unwrap_or(i64::MAX), i64::try_from(limit).unwrap_or(i64::MAX));
    let ordered = listed(tx.at(), within, narrowed).order((households::station_id, households::file_number));
    Ok(ordered.offset(offset).limit(limit).load(tx.conn())?)
}

/// The open households of a file number in a station.
///
/// # Errors
/// What the database says.
pub(super) fn by_number(tx: &mut Tx<'_>, station: Id, number: &str) -> DbResult<Option<Household>> {
    let same = Household::known(tx.at())
        .filter(households::station_id.eq(station))
        .filter(households::file_number.eq(number));
    Ok(same.first(tx.conn()).optional()?)
}

/// The household that a record of a kind belongs to, and what the record is called.
///
/// # Errors
/// What the database says.
pub(super) fn household_of(tx: &mut Tx<'_>, kind: &str, id: Id) -> DbResult<Option<(Id, &'static str)>> {
    Ok(match kind {
        Household::KIND => Some((id, "户情况")),
        Person::KIND => Person::last(tx.conn(), id)?.map(|(_, row)| (row.household_id, "成员")),
        LevelPeriod::KIND => LevelPeriod::last(tx.conn(), id)?.map(|(_, row)| (row.household_id, "服务等级")),
        PersonCategory::KIND => {
            PersonCategory::last(tx.conn(), id)?.map(|(_, row)| (row.household_id, "对象类别"))
        }
        RosterEntry::KIND => {
            RosterEntry::last(tx.conn(), id)?.and_then(|(_, row)| Some((row.household_id?, "应建档名册")))
        }
        Contact::KIND => Contact::last(tx.conn(), id)?.map(|(_, row)| (row.household_id, "应急联系人")),
        Need::KIND => Need::last(tx.conn(), id)?.map(|(_, row)| (row.household_id, "需求")),
        RiskAssessment::KIND => {
            RiskAssessment::last(tx.conn(), id)?.map(|(_, row)| (row.household_id, "风险评估"))
        }
        Consent::KIND => Consent::last(tx.conn(), id)?.map(|(_, row)| (row.household_id, "同意书")),
        PersonalPlan::KIND => match PersonalPlan::last(tx.conn(), id)? {
            Some((_, plan)) => {
                Person::last(tx.conn(), plan.person_id)?.map(|(_, person)| (person.household_id, "一人一案"))
            }
            None => None,
        },
        _ => None,
    })
}

/// The persons of households, heads first.
///
/// # Errors
/// What the database says.
pub(super) fn persons_of(tx: &mut Tx<'_>, ids: &[Id]) -> DbResult<BTreeMap<Id, Vec<Person>>> {
    let all: Vec<Person> = Person::known(tx.at())
        .filter(persons::household_id.eq_any(ids.to_vec()))
        .order((persons::filed_on, persons::id))
        .load(tx.conn())?;
    let mut by_household: BTreeMap<Id, Vec<Person>> = BTreeMap::new();
    for person in all {
        by_household.entry(person.household_id).or_default().push(person);
    }
    for members in by_household.values_mut() {
        members.sort_by_key(|person| person.relation.as_deref() != Some("head"));
    }
    Ok(by_household)
}

/// Households by id.
///
/// # Errors
/// What the database says.
pub(super) fn households(tx: &mut Tx<'_>, ids: &[Id]) -> DbResult<Vec<Household>> {
    Ok(Household::known(tx.at()).filter(households::id.eq_any(ids.to_vec())).load(tx.conn())?)
}

/// A person found by a search: no more of each of hundreds than where they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) person: Id,
    pub(super) household: Id,
    pub(super) place: Place,
}

impl Found {
    pub(super) fn of(person: &Person) -> Self {
        Self { person: person.id, household: person.household_id, place: Place::of(person) }
    }
}

/// Person, household, station, area, community.
type FoundRow = (Id, Id, Id, Option<Id>, Option<Id>);

/// Persons by id, as a search needs them.
///
/// # Errors
/// What the database says.
pub(super) fn found(tx: &mut Tx<'_>, ids: &[Id]) -> DbResult<Vec<Found>> {
    let known = Person::known(tx.at()).filter(persons::id.eq_any(ids.to_vec())).select((
        persons::id,
        persons::household_id,
        persons::station_id,
        persons::area_id,
        persons::community_id,
    ));
    let rows: Vec<FoundRow> = known.load(tx.conn())?;
    let found = |(person, household, station, area, community)| Found {
        person,
        household,
        place: Place { station, area, community },
    };
    Ok(rows.into_iter().map(found).collect())
}

/// The categories of households' persons that hold on a day.
///
/// # Errors
/// What the database says.
pub(super) fn categories_of(tx: &mut Tx<'_>, ids: &[Id]) -> DbResult<Vec<PersonCategory>> {
    let all = PersonCategory::known(tx.at()).filter(person_categories::household_id.eq_any(ids.to_vec()));
    Ok(all.order((person_categories::from_on, person_categories::id)).load(tx.conn())?)
}

/// The level periods of households, the latest last.
///
/// # Errors
/// What the database says.
pub(super) fn levels_of(tx: &mut Tx<'_>, ids: &[Id]) -> DbResult<Vec<LevelPeriod>> {
    let all = LevelPeriod::known(tx.at()).filter(service_levels::household_id.eq_any(ids.to_vec()));
    Ok(all.order((service_levels::from_on, service_levels::id)).load(tx.conn())?)
}

/// The needs of a household, the latest found first.
///
/// # Errors
/// What the database says.
pub(super) fn needs_of(tx: &mut Tx<'_>, household: Id) -> DbResult<Vec<Need>> {
    let all = Need::known(tx.at()).filter(client_needs::household_id.eq(household));
    Ok(all.order((client_needs::found_on.desc(), client_needs::id)).load(tx.conn())?)
}

/// The plans of persons, the latest first.
///
/// # Errors
/// What the database says.
pub(super) fn plans_of(tx: &mut Tx<'_>, persons: &[Id]) -> DbResult<Vec<PersonalPlan>> {
    let plans = PersonalPlan::known(tx.at()).filter(personal_plans::person_id.eq_any(persons.to_vec()));
    Ok(plans.order((personal_plans::made_on.desc(), personal_plans::id)).load(tx.conn())?)
}

/// The contacts of a household.
///
/// # Errors
/// What the database says.
pub(super) fn contacts_of(tx: &mut Tx<'_>, household: Id) -> DbResult<Vec<Contact>> {
    let all = Contact::known(tx.at()).filter(client_contacts::household_id.eq(household));
    Ok(all.order(client_contacts::id).load(tx.conn())?)
}

/// The risk assessments of a household, the latest first.
///
/// # Errors
/// What the database says.
pub(super) fn risks_of(tx: &mut Tx<'_>, household: Id) -> DbResult<Vec<RiskAssessment>> {
    let all = RiskAssessment::known(tx.at()).filter(risk_assessments::household_id.eq(household));
    Ok(all.order((risk_assessments::assessed_on.desc(), risk_assessments::id)).load(tx.conn())?)
}

/// The consents of a household, the latest first.
///
/// # Errors
/// What the database says.
pub(super) fn consents_of(tx: &mut Tx<'_>, household: Id) -> DbResult<Vec<Consent>> {
    let all = Consent::known(tx.at()).filter(consents::household_id.eq(household));
    Ok(all.order((consents::signed_on.desc(), consents::id)).load(tx.conn())?)
}

/// Until when an account sees the numbers of a household whole; nothing when it does not.
///
/// # Errors
/// What the database says.
pub(super) fn unmasked_until(tx: &mut Tx<'_>, user: Id, household: Id) -> DbResult<Option<Moment>> {
    let at = tx.at();
    let open = unmaskings::table
        .filter(unmaskings::user_id.eq(user))
        .filter(unmaskings::household_id.eq(household))
        .filter(unmaskings::until_at.gt(at));
    Ok(open.select(unmaskings::until_at).order(unmaskings::until_at.desc()).first(tx.conn()).optional()?)
}

/// The households whose numbers an account sees whole at this moment.
///
/// # Errors
/// What the database says.
pub(super) fn unmasked_now(tx: &mut Tx<'_>, user: Id) -> DbResult<Vec<Id>> {
    let at = tx.at();
    let open = unmaskings::table.filter(unmaskings::user_id.eq(user)).filter(unmaskings::until_at.gt(at));
    Ok(open.select(unmaskings::household_id).load(tx.conn())?)
}

/// The last twenty times that somebody saw the numbers of a household whole, the latest first.
///
/// # Errors
/// What the database says.
pub(super) fn unmaskings_of(tx: &mut Tx<'_>, household: Id) -> DbResult<Vec<Unmasking>> {
    let all = unmaskings::table.filter(unmaskings::household_id.eq(household));
    let all = all.select(Unmasking::as_select());
    Ok(all.order(unmaskings::from_at.desc()).limit(20).load(tx.conn())?)
}

/// The latest plan of a person.
///
/// # Errors
/// What the database says.
pub(super) fn latest_plan(tx: &mut Tx<'_>, person: Id) -> DbResult<Option<PersonalPlan>> {
    let plans = PersonalPlan::known(tx.at()).filter(personal_plans::person_id.eq(person));
    Ok(plans
        .order((personal_plans::made_on.desc(), personal_plans::id.desc()))
        .first(tx.conn())
        .optional()?)
}

/// Persons of an identity number, anywhere.
///
/// # Errors
/// What the database says.
pub(super) fn by_id_number(tx: &mut Tx<'_>, hash: &str) -> DbResult<Vec<Person>> {
    Ok(Person::known(tx.at()).filter(persons::id_number_hash.eq(hash)).load(tx.conn())?)
}

/// Persons whose telephone ends so, in stations by their own hashes.
///
/// # Errors
/// What the database says.
pub(super) fn by_phone_tail(tx: &mut Tx<'_>, hashes: &[String]) -> DbResult<Vec<Person>> {
    let same = persons::phone_tail_hash.eq_any(hashes.to_vec());
    Ok(Person::known(tx.at()).filter(same.assume_not_null()).load(tx.conn())?)
}

/// Persons of a name, a birthday and a community.
///
/// # Errors
/// What the database says.
pub(super) fn namesakes(
    tx: &mut Tx<'_>,
    name: &str,
    born_on: NaiveDate,
    community: Option<Id>,
) -> DbResult<Vec<Person>> {
    let same = Person::known(tx.at()).filter(persons::name.eq(name)).filter(persons::born_on.eq(born_on));
    let same = match community {
        Some(community) => same.filter(persons::community_id.eq(community)),
        None => same,
    };
    Ok(same.load(tx.conn())?)
}

/// Every person of a station, for the search index.
///
/// # Errors
/// What the database says.
pub(super) fn persons_of_station(tx: &mut Tx<'_>, station: Id, at: Moment) -> DbResult<Vec<Person>> {
    Ok(Person::known(at).filter(persons::station_id.eq(station)).load(tx.conn())?)
}

/// Every household of a station, for the search index.
///
/// # Errors
/// What the database says.
pub(super) fn households_of_station(tx: &mut Tx<'_>, station: Id, at: Moment) -> DbResult<Vec<Household>> {
    Ok(Household::known(at).filter(households::station_id.eq(station)).load(tx.conn())?)
}

/// How many files of a station are open.
///
/// # Errors
/// What the database says.
pub fn count_open(tx: &mut Tx<'_>, station: Id) -> DbResult<usize> {
    let within = Within { stations: vec![station], ..Within::default() };
    Ok(usize::try_from(count(tx, &within, &Narrowed::default())?).unwrap_or(0))
}

/// How many households of a station its roster lists.
///
/// # Errors
/// What the database says.
pub fn count_listed(tx: &mut Tx<'_>, station: Id) -> DbResult<usize> {
    let within = Within { stations: vec![station], ..Within::default() };
    let conditions = vec![Condition::Lacks("delisted_on")];
    Sought { table: RosterEntry::TABLE, at: tx.at(), within, conditions, latest_by: None }.count(tx)
}

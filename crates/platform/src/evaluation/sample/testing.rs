//! Samples for tests.

use chrono::NaiveDate;
use db::{Database, Sealed, Tx};
use kernel::{Actor, Id};
use rules::sampling::{Allocation, Seed};

use super::model::StrataBy;
use super::{draw, frame, store};
use crate::access::{Asker, Enter, permit};
use crate::clients::{Clients, Contact, Household, Person, PersonCategory, RosterEntry};
use crate::evaluation::Round;
use crate::library::Library;
use crate::shell::Trouble;
use crate::shell::tests::station;

/// A person for a frame: everything else is as usual.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Someone {
    pub(crate) n: u32,
    pub(crate) born_on: &'static str,
    pub(crate) closed: Option<(&'static str, &'static str)>,
    pub(crate) delisted_on: Option<&'static str>,
    pub(crate) phone: Option<&'static str>,
    pub(crate) west: bool,
    pub(crate) category: Option<&'static str>,
}

/// Somebody grown up with a telephone, in the east.
pub(crate) const USUAL: Someone = Someone {
    n: 0,
    born_on: "1950-01-01",
    closed: None,
    delisted_on: None,
    phone: Some("13800004321"),
    west: false,
    category: None,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Enters persons of the station `number`, each in a household of their own with a contact.
pub(crate) fn people(database: &Database, number: u32, all: &[Someone]) {
    let entered = database.write(&Actor::Console, |tx| {
        for one in all {
            person(tx, number, one)?;
        }
        Ok::<_, db::DbError>(())
    });
    entered.unwrap();
}

/// The id of a person of [`people`].
pub(crate) fn person_id(number: u32, n: u32) -> Id {
    station::id(number, 50_000 + n)
}

fn person(tx: &mut Tx<'_>, number: u32, one: &Someone) -> Result<(), db::DbError> {
    let station_id = station::id(number, 0);
    let (home, id) = (station::id(number, 30_000 + one.n), person_id(number, one.n));
    let area_id = Some(station::id(number, if one.west { 2 } else { 1 }));
    let community_id = Some(station::id(number, if one.west { 21 } else { 11 }));
    let permit = permit::<Enter<Clients>>(&Asker::Console, station_id)?;
    let seal =
        |tx: &Tx<'_>, column: &str, row: Id, text: &str| Sealed::new(tx.keys(), column, &row, text).unwrap();
    let household = Household {
        id: home,
        station_id,
        area_id,
        community_id,
        worker_id: None,
        file_number: format!("示例-{:05}", one.n),
        building: "示例路 12 号".into(),
        door: seal(tx, "households.door", home, "301"),
        residence: crate::clients::Residence::Present,
        opened_on: day("2020-01-01"),
        closed_on: None,
        platform_id: None,
        housing: None,
        closed_reason: None,
    };
    permit.append(tx, &[household])?;
    let person = Person {
        id,
        station_id,
        area_id,
        community_id,
        worker_id: None,
        household_id: home,
        name: format!("抽样{}", one.n),
        sex: crate::clients::Sex::Female,
        born_on: day(one.born_on),
        id_number: seal(tx, "persons.id_number", id, "11010519491231002X"),
        id_number_hash: format!("hash{number}-{}", one.n),
        phone: one.phone.map(|phone| seal(tx, "persons.phone", id, phone)),
        phone_tail_hash: None,
        filed_on: day("2020-01-01"),
        closed_on: one.closed.map(|(on, _)| day(on)),
        relation: Some("head".into()),
        platform_id: None,
        care: None,
        marriage: None,
        subsidies: None,
        closed_reason: one.closed.map(|(_, why)| why.to_owned()),
    };
    permit.append(tx, &[person])?;
    let contact_id = station::id(number, 70_000 + one.n);
    let contact = Contact {
        id: contact_id,
        station_id,
        area_id,
        community_id,
        worker_id: None,
        household_id: home,
        name: seal(tx, "client_contacts.name", contact_id, "何示例"),
        relation: "母亲".into(),
        phone: seal(tx, "client_contacts.phone", contact_id, "13900008765"),
    };
    permit.append(tx, &[contact])?;
    if let Some(category) = one.category {
        let row = PersonCategory {
            id: station::id(number, 90_000 + one.n),
            station_id,
            area_id,
            community_id,
            worker_id: None,
            person_id: id,
            household_id: home,
            category: category.into(),
            from_on: day("2020-01-01"),
            to_on: None,
        };
        permit.append(tx, &[row])?;
    }
    let listed = RosterEntry {
        id: station::id(number, 110_000 + one.n),
        station_id,
        area_id,
        community_id,
        worker_id: None,
        household_id: Some(home),
        file_number: format!("示例-{:05}", one.n),
        listed_on: day("2020-01-01"),
        delisted_on: one.delisted_on.map(day),
    };
    permit.append(tx, &[listed])
}

/// Draws the sample of a round on site, without strata; somebody in it. Where the station has nobody, somebody is entered.
pub(crate) fn drawn(database: &Database, round: &Round, by: Id) -> Id {
    let number = if round.station_id == station::id(1, 0) { 1 } else { 2 };
    people(database, number, &[Someone { n: 9_999, ..USUAL }]);
    let made = database.write(&Actor::Console, |tx| {
        // As if the round had come on site now.
        let round = Round { known_at: tx.at().micros() + 1, ..round.clone() };
        let library = Library::load(None).unwrap();
        frame::commit(tx, &round, by)?;
        frame::freeze(tx, &round, (&library.codes, &library.questionnaires[0]), by, StrataBy::None)?;
        draw::draw(tx, &round, by, 100, &Allocation::Proportional)?;
        let sample = store::sample_of(tx, &round.code)?.unwrap();
        Ok::<_, Trouble>(store::drawn_of(tx, sample.id)?[0].id)
    });
    made.unwrap()
}

/// The seed of a round in clear, which no page shows before it is published.
pub(super) fn seed(database: &Database, round: &str) -> (String, Seed) {
    let read = database.read(|tx| {
        let sample = store::sample_of(tx, round)?.unwrap();
        frame::seed_of(tx, &sample)
    });
    let text = read.unwrap();
    let seed = Seed::parse(&text).unwrap();
    (text, seed)
}

/// What a form of the shipped questionnaire sends: so many points everywhere, and these answers instead.
pub(super) fn filled<'f>(points: &'f str, instead: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let mut fields = vec![
        ("q_knows_station", "yes"),
        ("q_knows_hotline", "yes"),
        ("q_contacted", "often"),
        ("q_listened", points),
        ("q_helped", points),
        ("q_knows_ways", points),
        ("q_manages", points),
        ("q_somebody_there", points),
        ("q_neighbours", points),
        ("q_more_care", "no"),
    ];
    for (field, answer) in instead {
        match fields.iter_mut().find(|(known, _)| known == field) {
            Some(known) => known.1 = answer,
            None => fields.push((field, answer)),
        }
    }
    fields
}

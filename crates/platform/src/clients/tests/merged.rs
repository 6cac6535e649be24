//! Two files become one: everything that hangs on the one that ends goes along, whatever part it is of.

use std::collections::BTreeSet;

use db::{AnyConnection, Record, Tx};
use diesel::{QueryableByName, RunQueryDsl as _};

use super::super::hanging;
use super::super::store::{LevelPeriod, RosterEntry};
use super::*;
use crate::access::Part;
use crate::casework::{Case, CaseSession, Casework};
use crate::clients::{Clients, Person};
use crate::hotline::{Call, Direction, Hotline, Ticket};
use crate::visits::{FollowState, FollowUp, Unmet, Visit, VisitAttempt, VisitKind, Visits};

/// The record as it stands; none where it is withdrawn.
pub(super) fn standing<R: Record>(fresh: &Fresh, id: Id) -> Option<R> {
    let last = fresh.database.read(|tx| Ok::<_, db::DbError>(R::last(tx.conn(), id)?)).unwrap();
    last.filter(|(stamp, _)| !stamp.voided).map(|(_, row)| row)
}

/// All records of a kind, as known now.
pub(super) fn all<R: Record>(fresh: &Fresh) -> Vec<R> {
    let read = |tx: &mut Tx<'_>| {
        let (at, sought) = (
            tx.at(),
            db::list::Sought {
                table: R::TABLE,
                at: tx.at(),
                within: db::Within { everything: true, ..db::Within::default() },
                conditions: Vec::new(),
                latest_by: None,
            },
        );
        let ids = sought.ids(tx, 0, 100)?;
        Ok::<_, db::DbError>(R::known_among(tx.conn(), at, &ids)?)
    };
    fresh.database.read(read).unwrap()
}

/// Writes records of a part at the first station.
pub(super) fn enter<P: Part, R: crate::access::Owned<Part = P>>(fresh: &Fresh, rows: &[R]) {
    let write = |tx: &mut Tx<'_>| permit::<Enter<P>>(&Asker::Console, id(1))?.append(tx, rows);
    fresh.database.write(&Actor::Console, write).unwrap();
}

pub(super) fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

pub(super) fn visit(n: u8, household_id: Id, person_id: Id, on: &str) -> Visit {
    Visit {
        id: id(n),
        station_id: id(1),
        area_id: Some(id(10)),
        community_id: Some(id(12)),
        worker_id: None,
        household_id,
        person_id,
        kind: VisitKind::Home,
        visited_on: day(on),
        minutes: 30,
        physical: "能走".into(),
        psychological: "平静".into(),
        social: "有人来".into(),
        follow_up: None,
        greeting_only: false,
        started_at: None,
        place: None,
        met: None,
        physical_state: None,
        psychological_state: None,
        social_state: None,
        seen: None,
        explained: None,
        risk: None,
        risk_kinds: None,
        joint_work_id: None,
    }
}

pub(super) fn promise(n: u8, household_id: Id, person_id: Id, state: FollowState) -> FollowUp {
    FollowUp {
        id: id(n),
        station_id: id(1),
        area_id: Some(id(10)),
        community_id: Some(id(12)),
        worker_id: None,
        household_id,
        person_id,
        visit_id: None,
        what: "装扶手".into(),
        due_on: day("2024-12-20"),
        state,
        settled_on: (state == FollowState::Done).then(|| day("2024-12-21")),
        outcome: None,
    }
}

pub(super) fn case(n: u8, household_id: Id, person_id: Id) -> Case {
    Case {
        id: id(n),
        station_id: id(1),
        area_id: Some(id(10)),
        community_id: Some(id(12)),
        worker_id: None,
        person_id,
        household_id,
        number: format!("个-{n}"),
        opened_on: day("2024-10-08"),
        one_to_one: false,
        problem: "少出门".into(),
        plan: "结伴".into(),
    }
}

fn session(n: u8, case_id: Id) -> CaseSession {
    CaseSession {
        id: id(n),
        station_id: id(1),
        area_id: Some(id(10)),
        community_id: Some(id(12)),
        worker_id: None,
        case_id,
        held_on: day("2024-10-15"),
        minutes: 60,
        note: "谈了出门".into(),
    }
}

fn entry(n: u8, household_id: Option<Id>, file_number: &str) -> RosterEntry {
    RosterEntry {
        id: id(n),
        station_id: id(1),
        area_id: Some(id(10)),
        community_id: Some(id(12)),
        worker_id: None,
        household_id,
        file_number: file_number.into(),
        listed_on: day("2024-07-01"),
        delisted_on: None,
    }
}

pub(super) fn id_of(file: &str) -> Id {
    file.rsplit('/').next().unwrap().parse().unwrap()
}

pub(super) fn persons_of(fresh: &Fresh, household: Id) -> Vec<Person> {
    all::<Person>(fresh).into_iter().filter(|one| one.household_id == household).collect()
}

/// Everything that other parts may have of a household: visits, a promise, a case with a session, a call with its ticket.
fn hung(fresh: &Fresh, other: Id, person: Id) {
    enter::<Visits, _>(fresh, &[visit(101, other, person, "2024-11-05")]);
    let attempt = VisitAttempt {
        id: id(102),
        station_id: id(1),
        area_id: Some(id(10)),
        community_id: Some(id(12)),
        worker_id: None,
        household_id: other,
        kind: VisitKind::Home,
        tried_on: day("2024-11-04"),
        started_at: None,
        unmet: Unmet::Away,
        note: None,
    };
    enter::<Visits, _>(fresh, &[attempt]);
    enter::<Visits, _>(fresh, &[promise(103, other, person, FollowState::Open)]);
    enter::<Casework, _>(fresh, &[case(104, other, person)]);
    enter::<Casework, _>(fresh, &[session(105, id(104))]);
    let call = Call {
        id: id(106),
        station_id: id(1),
        area_id: Some(id(10)),
        community_id: Some(id(12)),
        worker_id: None,
        direction: Direction::Inbound,
        called_on: day("2024-11-06"),
        answered: true,
        seconds: 60,
        household_id: Some(other),
        person_id: None,
    };
    enter::<Hotline, _>(fresh, &[call]);
    let ticket = Ticket {
        id: id(107),
        station_id: id(1),
        area_id: Some(id(10)),
        community_id: Some(id(12)),
        worker_id: None,
        call_id: id(106),
        direction: Direction::Inbound,
        opened_on: day("2024-11-06"),
        filled_on: None,
        reason: None,
        action: None,
    };
    enter::<Hotline, _>(fresh, &[ticket]);
}

/// The files of two households in two communities.
fn two(who: &Somebody) -> (String, String) {
    let second = "440105194912311010";
    (made(who, id(11), "示例东-0001", NUMBER), made(who, id(12), "示例西-0001", second))
}

#[test]
fn everything_goes_along_and_the_roster_lists_the_household_once() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let (keep, gone) = two(&who);
        let (into, other) = (id_of(&keep), id_of(&gone));
        let person = persons_of(fresh, other)[0].id;
        hung(fresh, other, person);
        let entries = [
            entry(108, Some(into), "示例东-0001"),
            entry(109, Some(other), "示例西-0001"),
            entry(110, None, "示例西-0001"),
        ];
        enter::<Clients, _>(fresh, &entries);
        let level = [("level", "two"), ("level_from", "2024-10-01"), ("level_reason", "好转")];
        assert_eq!(who.post(&format!("{gone}/level"), "1", &level).status, StatusCode::SEE_OTHER);

        let preview = who.good(&format!("{keep}/merge?other=示例西-0001"));
        for part in [
            "人 1",
            "对象类别 2",
            "同意书 1",
            "探访 1",
            "没见到人 1",
            "跟进事项 1",
            "个案 1",
            "热线通话 1",
            "应建档名册 2",
            "那一份的 2 段作废",
            "移出 2 条",
        ] {
            assert!(preview.contains(part), "{part} in {preview}");
        }
        let fields = [("other", "示例西-0001"), ("sure", other.as_str()), ("reason", "同一户建了两份")];
        let merged = who.post(&format!("{keep}/merge"), "2", &fields);
        assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", merged.body);

        all_is_with(fresh, into);
        let body = who.good(&keep);
        for part in ["能走", "去过，没见到人", "个案接案", "个案面谈", "热线呼入", "2 人"]
        {
            assert!(body.contains(part), "{part} in {body}");
        }
        let lines = fresh.database.read(|tx| tx.audit_lines(id(1))).unwrap().0;
        for verb in ["visits.correct", "casework.correct", "hotline.correct", "clients.withdraw"] {
            assert!(lines.iter().any(|line| line.verb == verb), "{verb} stands in the audit log");
        }
        nothing_names(fresh, other);
    });
}

/// All that hung on the other file, as it stands after the merge.
fn all_is_with(fresh: &Fresh, into: Id) {
    let with =
        |(household, community): (Id, Option<Id>)| assert_eq!((household, community), (into, Some(id(11))));
    let one = standing::<Visit>(fresh, id(101)).unwrap();
    with((one.household_id, one.community_id));
    let one = standing::<VisitAttempt>(fresh, id(102)).unwrap();
    with((one.household_id, one.community_id));
    let one = standing::<FollowUp>(fresh, id(103)).unwrap();
    with((one.household_id, one.community_id));
    let one = standing::<Case>(fresh, id(104)).unwrap();
    with((one.household_id, one.community_id));
    let one = standing::<CaseSession>(fresh, id(105)).unwrap();
    assert_eq!(one.community_id, Some(id(11)), "what lies with the case goes where it goes");
    let one = standing::<Call>(fresh, id(106)).unwrap();
    with((one.household_id.unwrap(), one.community_id));
    assert_eq!(standing::<Ticket>(fresh, id(107)).unwrap().community_id, Some(id(11)));
    let listed: Vec<_> = all::<RosterEntry>(fresh);
    assert!(listed.iter().all(|one| one.household_id == Some(into)), "{listed:?}");
    let standing_entries: Vec<_> = listed.iter().filter(|one| one.delisted_on.is_none()).collect();
    assert_eq!(standing_entries.len(), 1, "one file is due");
    assert_eq!(standing_entries[0].file_number, "示例东-0001");
    let levels: Vec<_> = all::<LevelPeriod>(fresh);
    assert!(levels.iter().all(|one| one.household_id == into) && levels.len() == 1, "{levels:?}");
}

/// No record that stands names the household.
fn nothing_names(fresh: &Fresh, household: Id) {
    for ops in hanging::kinds(hanging::HOUSEHOLD) {
        let rows = fresh.database.read(|tx| hanging::rows(tx, ops, hanging::HOUSEHOLD, household)).unwrap();
        assert!(rows.is_empty(), "{}: {rows:?}", ops.kind);
    }
}

#[test]
fn a_file_without_a_level_or_a_place_on_the_roster_takes_those_of_the_other() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let (keep, gone) = two(&who);
        let (into, other) = (id_of(&keep), id_of(&gone));
        let own = all::<LevelPeriod>(fresh).into_iter().find(|one| one.household_id == into).unwrap();
        let withdraw = |tx: &mut Tx<'_>| {
            permit::<crate::access::Withdraw<Clients>>(&Asker::Console, id(1))?
                .withdraw::<LevelPeriod>(tx, own.id, "误评")
        };
        fresh.database.write(&Actor::Console, withdraw).unwrap();
        enter::<Clients, _>(fresh, &[entry(109, Some(other), "示例西-0001")]);
        let preview = who.good(&format!("{keep}/merge?other=示例西-0001"));
        assert!(preview.contains("服务等级 1") && !preview.contains("移出"), "{preview}");
        let fields = [("other", "示例西-0001"), ("sure", other.as_str()), ("reason", "同一户建了两份")];
        assert_eq!(who.post(&format!("{keep}/merge"), "2", &fields).status, StatusCode::SEE_OTHER);
        let levels = all::<LevelPeriod>(fresh);
        assert_eq!(levels.iter().map(|one| one.household_id).collect::<Vec<_>>(), [into]);
        let entry = standing::<RosterEntry>(fresh, id(109)).unwrap();
        let expected = (Some(into), "示例东-0001", None);
        assert_eq!((entry.household_id, entry.file_number.as_str(), entry.delisted_on), expected);
    });
}

#[test]
fn two_files_are_not_merged_while_a_telephone_waits() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let (keep, gone) = two(&who);
        let (other, person) = (id_of(&gone), persons_of(fresh, id_of(&gone))[0].id);
        crate::app::tests::waits(&fresh.database, other.as_str(), person.as_str());
        let fields = [("other", "示例西-0001"), ("sure", other.as_str()), ("reason", "同一户建了两份")];
        let refused = who.post(&format!("{keep}/merge"), "2", &fields);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains("1 条手机送来的记录等着接受"), "{}", refused.body);
        assert!(who.good(&gone).contains("示例西-0001"), "nothing has moved");
    });
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = diesel::sql_types::Text)]
    name: String,
}

/// Every table with a column that names a household is moved by a merge, or named with the reason why it is not.
#[test]
fn no_table_that_names_a_household_is_forgotten() {
    each(NOW, |fresh| {
        let tables = |tx: &mut Tx<'_>| {
            let sql = match tx.conn() {
                AnyConnection::Sqlite(_) => {
                    "SELECT m.name AS name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                     WHERE m.type = 'table' AND c.name LIKE '%household_id%'"
                }
                AnyConnection::Postgres(_) => {
                    "SELECT CAST(table_name AS TEXT) AS name FROM information_schema.columns \
                     WHERE table_schema = current_schema() AND column_name LIKE '%household_id%'"
                }
            };
            let found: Vec<Named> = diesel::sql_query(sql).load(tx.conn())?;
            Ok::<_, db::DbError>(found.into_iter().map(|one| one.name).collect::<BTreeSet<_>>())
        };
        let tables = fresh.database.read(tables).unwrap();
        let moved = hanging::kinds(hanging::HOUSEHOLD).map(|ops| ops.table);
        let handled: BTreeSet<String> =
            moved.chain(hanging::BESIDE.iter().map(|(table, _)| *table)).map(str::to_owned).collect();
        assert!(tables.len() > 15, "{tables:?}");
        assert_eq!(tables, handled, "a merge of two files forgets a table, or names one that is none");
    });
    // Nor does a sheet refer to a household in a field of another name.
    for (sheet, column) in crate::SHEETS.columns_to("household") {
        assert_eq!(column.name, hanging::HOUSEHOLD, "{}", sheet.label);
    }
}

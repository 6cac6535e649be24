//! Every verb is refused to whoever may not, and a permit holds for its own station only.

use std::sync::Arc;

use kernel::{Actor, Clock, Id, Moment, Problem};

use super::super::{
    Asker, Correct, Enter, NOBODY, Part, Role, Scope, SignedIn, Verb, Withdraw, permit, roles_of,
};
use crate::{
    activities, aid, areas, casework, clients, contracts, documents, evaluation, groups, hotline, indicators,
    joint_work, opinions, partners,
};
use crate::{programmes, publicity, rectification, regulations, staff, surveys, visits, volunteers};

fn id(n: u8) -> Id {
    Id::derived(0, &[&[n]])
}

/// Every verb of a part, as somebody.
fn verbs<P: Part>(asker: &Asker) -> [(&'static str, Option<Problem>); 3] {
    [
        (Enter::<P>::NAME, permit::<Enter<P>>(asker, id(1)).err()),
        (Correct::<P>::NAME, permit::<Correct<P>>(asker, id(1)).err()),
        (Withdraw::<P>::NAME, permit::<Withdraw<P>>(asker, id(1)).err()),
    ]
}

fn all_verbs(asker: &Asker) -> Vec<(&'static str, Option<Problem>)> {
    [
        verbs::<areas::Areas>(asker),
        verbs::<documents::Documents>(asker),
        verbs::<contracts::Contracts>(asker),
        verbs::<regulations::Regulations>(asker),
        verbs::<staff::Staff>(asker),
        verbs::<clients::Clients>(asker),
        verbs::<volunteers::Volunteers>(asker),
        verbs::<partners::Partners>(asker),
        verbs::<programmes::Programmes>(asker),
        verbs::<visits::Visits>(asker),
        verbs::<casework::Casework>(asker),
        verbs::<groups::Groups>(asker),
        verbs::<activities::Activities>(asker),
        verbs::<hotline::Hotline>(asker),
        verbs::<aid::Aid>(asker),
        verbs::<publicity::Publicity>(asker),
        verbs::<opinions::Opinions>(asker),
        verbs::<joint_work::JointWorks>(asker),
        verbs::<indicators::Indicators>(asker),
        verbs::<surveys::Surveys>(asker),
        verbs::<evaluation::Evaluation>(asker),
        verbs::<rectification::Rectification>(asker),
    ]
    .concat()
}

/// Somebody with one role in the station of this number.
fn with_role(role: Role, station: u8) -> Asker {
    Asker::User(Arc::new(SignedIn {
        user: id(9),
        display_name: "示例甲".into(),
        worker: None,
        grants: vec![(role, Scope::station(id(station)))],
        login: String::new(),
        token: String::new(),
        address: "local".into(),
        device: None,
    }))
}

#[test]
fn whoever_may_not_is_refused_every_verb() {
    let outside = Role::ALL.iter().map(|role| with_role(*role, 2));
    for asker in outside.chain([Asker::Visitor]) {
        for (name, refusal) in all_verbs(&asker) {
            let problem = refusal.unwrap_or_else(|| panic!("{name} was allowed to {asker:?}"));
            assert_eq!(problem.code, "forbidden");
            assert!(problem.to_string().contains(name), "{problem}");
        }
    }
    assert!(all_verbs(&Asker::Console).iter().all(|(_, refusal)| refusal.is_none()));
}

#[test]
fn inside_the_table_of_verbs_decides() {
    for role in Role::ALL {
        for (name, refusal) in all_verbs(&with_role(*role, 1)) {
            assert_eq!(refusal.is_none(), roles_of(name).contains(role), "{name} to {role:?}");
        }
    }
    assert!(roles_of(NOBODY).is_empty());
}

#[test]
fn every_slice_with_records_has_its_verbs() {
    let names: Vec<&str> = all_verbs(&Asker::Console).into_iter().map(|(name, _)| name).collect();
    for slice in crate::SLICES {
        assert!(names.contains(&format!("{}.record", slice.name).as_str()), "{} has no verbs", slice.name);
        assert!(!roles_of(&format!("{}.read", slice.name)).is_empty(), "nobody sees {}", slice.name);
    }
}

#[test]
fn a_permit_holds_for_its_own_station() {
    let clock = Clock::Fixed(Moment::from_micros(1_735_617_600_000_000));
    db::testing::each(clock, |fresh| {
        let programme = |n: u8, station: u8| programmes::Programme {
            id: id(n),
            station_id: id(station),
            area_id: None,
            community_id: None,
            worker_id: None,
            code: "p".into(),
            name: "项目".into(),
            aim: "目标".into(),
            started_on: "2024-06-21".parse().unwrap(),
            ended_on: None,
        };
        let write =
            |work: &dyn Fn(&mut db::Tx<'_>) -> db::DbResult<()>| fresh.database.write(&Actor::Console, work);
        let code = |result: db::DbResult<()>| match result {
            Ok(()) => "done",
            Err(db::DbError::Problem(problem)) => problem.code,
            Err(_) => "database",
        };
        let enter = permit::<Enter<programmes::Programmes>>(&Asker::Console, id(1)).unwrap();
        let correct = permit::<Correct<programmes::Programmes>>(&Asker::Console, id(1)).unwrap();
        let withdraw = permit::<Withdraw<programmes::Programmes>>(&Asker::Console, id(1)).unwrap();
        crate::testing::station(&fresh.database, id(1), "one");
        crate::testing::station(&fresh.database, id(2), "two");
        assert_eq!(code(write(&|tx| enter.append(tx, &[programme(11, 1)]))), "done");
        assert_eq!(code(write(&|tx| enter.append(tx, &[programme(12, 2)]))), "out_of_scope");
        let other = permit::<Enter<programmes::Programmes>>(&Asker::Console, id(2)).unwrap();
        assert_eq!(code(write(&|tx| other.append(tx, &[programme(12, 2)]))), "done");
        assert_eq!(code(write(&|tx| correct.correct(tx, &programme(11, 1)))), "done");
        assert_eq!(code(write(&|tx| correct.correct(tx, &programme(12, 1)))), "out_of_scope");
        assert_eq!(
            code(write(&|tx| withdraw.withdraw::<programmes::Programme>(tx, id(12), "误记"))),
            "out_of_scope"
        );
        assert_eq!(code(write(&|tx| withdraw.withdraw::<programmes::Programme>(tx, id(11), "误记"))), "done");
    });
}

//! Every verb is refused to whoever may not, and a permit holds for its own station only.

use kernel::{Actor, Clock, Id, Moment, Problem};

use super::{Correct, Enter, Part, Verb, Withdraw, permit};
use crate::{
    activities, aid, areas, casework, clients, contracts, evaluation, groups, hotline, indicators, partners,
};
use crate::{programmes, publicity, rectification, regulations, staff, surveys, visits, volunteers};

fn id(n: u8) -> Id {
    Id::derived(0, &[&[n]])
}

/// Every verb of a part, as somebody.
fn verbs<P: Part>(actor: &Actor) -> [(&'static str, Option<Problem>); 3] {
    [
        (Enter::<P>::NAME, permit::<Enter<P>>(actor, id(1)).err()),
        (Correct::<P>::NAME, permit::<Correct<P>>(actor, id(1)).err()),
        (Withdraw::<P>::NAME, permit::<Withdraw<P>>(actor, id(1)).err()),
    ]
}

fn all_verbs(actor: &Actor) -> Vec<(&'static str, Option<Problem>)> {
    [
        verbs::<areas::Areas>(actor),
        verbs::<contracts::Contracts>(actor),
        verbs::<regulations::Regulations>(actor),
        verbs::<staff::Staff>(actor),
        verbs::<clients::Clients>(actor),
        verbs::<volunteers::Volunteers>(actor),
        verbs::<partners::Partners>(actor),
        verbs::<programmes::Programmes>(actor),
        verbs::<visits::Visits>(actor),
        verbs::<casework::Casework>(actor),
        verbs::<groups::Groups>(actor),
        verbs::<activities::Activities>(actor),
        verbs::<hotline::Hotline>(actor),
        verbs::<aid::Aid>(actor),
        verbs::<publicity::Publicity>(actor),
        verbs::<indicators::Indicators>(actor),
        verbs::<surveys::Surveys>(actor),
        verbs::<evaluation::Evaluation>(actor),
        verbs::<rectification::Rectification>(actor),
    ]
    .concat()
}

#[test]
fn whoever_may_not_is_refused_every_verb() {
    for actor in [Actor::Visitor, Actor::User(id(9))] {
        for (name, refusal) in all_verbs(&actor) {
            let problem = refusal.unwrap_or_else(|| panic!("{name} was allowed to {actor:?}"));
            assert_eq!(problem.code, "forbidden");
            assert!(problem.to_string().contains(name), "{problem}");
        }
    }
    assert!(all_verbs(&Actor::Console).iter().all(|(_, refusal)| refusal.is_none()));
}

#[test]
fn every_slice_with_records_has_its_verbs() {
    let names: Vec<&str> = all_verbs(&Actor::Console).into_iter().map(|(name, _)| name).collect();
    for slice in crate::SLICES {
        assert!(names.contains(&format!("{}.record", slice.name).as_str()), "{} has no verbs", slice.name);
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
            Err(db::DbError::Diesel(_)) => "database",
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

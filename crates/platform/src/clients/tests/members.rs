//! One person of a household: closed while the others stay, moved to another household, withdrawn where entered wrongly.

use super::merged::{all, case, enter, id_of, persons_of, promise, standing, visit};
use super::*;
use crate::casework::{Case, Casework};
use crate::clients::{Consent, Household, LevelPeriod, Need, Person, PersonCategory};
use crate::visits::{FollowState, FollowUp, Visit, Visits};

const CHILD: &str = "44010519800101104X";
const THIRD: &str = "440105194912311010";

/// Adds somebody to a household.
fn added(who: &Somebody, fresh: &Fresh, file: &str, name: &str, number: &str) -> Person {
    let fields = [
        ("name", name),
        ("relation", "daughter"),
        ("id_number", number),
        ("categories", "minimum_living"),
        ("signed_on", "2024-07-01"),
    ];
    let answer = who.post(&format!("{file}/persons/new"), name, &fields);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    persons_of(fresh, id_of(file)).into_iter().find(|one| one.name == name).unwrap()
}

fn version(who: &Somebody, path: &str) -> String {
    let form = who.good(path);
    form.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[test]
fn one_person_is_closed_and_the_household_with_the_last() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let file = made(&who, id(11), "示例东-0001", NUMBER);
        let (head, other) =
            (persons_of(fresh, id_of(&file))[0].clone(), added(&who, fresh, &file, "样本乙", CHILD));
        let path = |one: &Person| format!("{file}/persons/{}/close", one.id);
        let close = |one: &Person, key: &str, day: &str, reason: &str| {
            let version = version(&who, &path(one));
            let fields = [("version", version.as_str()), ("closed_on", day), ("reason", reason)];
            who.post(&path(one), key, &fields)
        };
        assert!(who.good(&path(&head)).contains("这户其余的人照旧"));
        let without = close(&head, "1", "2024-12-01", "");
        assert!(without.body.contains("选原因"), "{}", without.body);
        let early = close(&head, "2", "2024-06-01", "deceased");
        assert!(early.body.contains("销档不能在建档"), "{}", early.body);
        let closed = close(&head, "3", "2024-12-01", "deceased");
        assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
        let body = who.good(&file);
        assert!(body.contains("2024-12-01 死亡，已销档") && !body.contains("整户销档</b>"), "{body}");
        assert!(standing::<Household>(fresh, id_of(&file)).unwrap().closed_on.is_none());
        assert!(who.good("/clients").contains("示例东-0001"), "the household goes on");
        assert_eq!(who.client.get(&path(&head)).status, StatusCode::CONFLICT, "it is closed");
        // The last one takes the household along, and its level.
        assert!(who.good(&path(&other)).contains("整户一起销档"));
        assert_eq!(close(&other, "4", "2024-12-20", "moved_out").status, StatusCode::SEE_OTHER);
        let household = standing::<Household>(fresh, id_of(&file)).unwrap();
        assert_eq!(household.closed_on.map(|day| day.to_string()).as_deref(), Some("2024-12-20"));
        let head = standing::<Person>(fresh, head.id).unwrap();
        assert_eq!(head.closed_on.map(|day| day.to_string()).as_deref(), Some("2024-12-01"));
        assert!(all::<LevelPeriod>(fresh).iter().all(|level| level.to_on.is_some()));
        assert_eq!(manager(fresh, 2).client.get(&path(&other)).status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn somebody_moves_to_another_household_with_what_is_theirs() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let (from, to) =
            (made(&who, id(12), "示例西-0001", NUMBER), made(&who, id(11), "示例东-0001", THIRD));
        let one = added(&who, fresh, &from, "样本乙", CHILD);
        let (old, new) = (id_of(&from), id_of(&to));
        let need =
            [("person", one.id.as_str()), ("need", "助浴"), ("urgency", "month"), ("found_on", "2024-11-01")];
        assert_eq!(who.post(&format!("{from}/need"), "need", &need).status, StatusCode::SEE_OTHER);
        enter::<Visits, _>(fresh, &[visit(101, old, one.id, "2024-11-05")]);
        let promises =
            [promise(102, old, one.id, FollowState::Open), promise(103, old, one.id, FollowState::Done)];
        enter::<Visits, _>(fresh, &promises);
        enter::<Casework, _>(fresh, &[case(104, old, one.id)]);
        let path = format!("{from}/persons/{}/move", one.id);
        let go = |key: &str, other: &str, relation: &str| {
            let version = version(&who, &path);
            who.post(&path, key, &[("version", &version), ("other", other), ("relation", relation)])
        };
        for (other, relation, part) in [
            ("", "daughter", "填那一户的档案号"),
            ("没有", "daughter", "本站没有这个档案号"),
            ("示例西-0001", "daughter", "这就是现在这一户"),
            ("示例东-0001", "", "选与那户户主的关系"),
        ] {
            let wrong = go(part, other, relation);
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{part}: {}", wrong.body);
            assert!(wrong.body.contains(part), "{part} in {}", wrong.body);
        }
        let moved = go("1", "示例东-0001", "grandchild");
        assert_eq!(
            (moved.status, moved.header("location")),
            (StatusCode::SEE_OTHER, to.as_str()),
            "{}",
            moved.body
        );
        let there = standing::<Person>(fresh, one.id).unwrap();
        assert_eq!((there.household_id, there.community_id), (new, Some(id(11))));
        assert_eq!(there.relation.as_deref(), Some("grandchild"));
        let held = all::<PersonCategory>(fresh);
        let theirs = held.iter().filter(|row| row.person_id == one.id);
        assert!(theirs.clone().count() == 1 && theirs.clone().all(|row| row.household_id == new), "{held:?}");
        assert!(held.iter().any(|row| row.household_id == old), "those of the others stay");
        assert!(
            all::<Need>(fresh).iter().all(|row| row.household_id == new && row.community_id == Some(id(11)))
        );
        let agreed = all::<Consent>(fresh);
        assert!(agreed.iter().filter(|row| row.person_id == one.id).all(|row| row.household_id == new));
        assert_eq!(
            standing::<FollowUp>(fresh, id(102)).unwrap().household_id,
            new,
            "what is open goes along"
        );
        assert_eq!(standing::<FollowUp>(fresh, id(103)).unwrap().household_id, old, "what is settled stays");
        assert_eq!(standing::<Case>(fresh, id(104)).unwrap().household_id, new);
        assert_eq!(standing::<Visit>(fresh, id(101)).unwrap().household_id, old, "who was visited then");
        assert!(!who.good(&from).contains("样本乙 移到另一户") && who.good(&to).contains("样本乙"));
        assert!(who.good("/clients?q=样本乙").contains("示例东-0001"));
        // Nobody leaves an empty file behind.
        let head = &persons_of(fresh, old)[0];
        let path = format!("{from}/persons/{}/move", head.id);
        let version = version(&who, &path);
        let fields = [("version", version.as_str()), ("other", "示例东-0001"), ("relation", "spouse")];
        let last = who.post(&path, "2", &fields);
        assert!(last.body.contains("最后一个在档的人"), "{}", last.body);
    });
}

#[test]
fn nobody_is_moved_where_one_may_not_write_or_to_a_closed_file() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let here = NewGrant {
            role: Role::Worker,
            reach: Reach::Community,
            place: Some(id(12)),
            ..in_station(Role::Worker, id(1))
        };
        let worker = somebody(fresh, "worker", &[here]);
        let (from, to) =
            (made(&who, id(12), "示例西-0001", NUMBER), made(&who, id(11), "示例东-0001", THIRD));
        let one = added(&who, fresh, &from, "样本乙", CHILD);
        let path = format!("{from}/persons/{}/move", one.id);
        let fields = |version: &'static str| {
            [("version", version), ("other", "示例东-0001"), ("relation", "daughter")]
        };
        let refused = worker.post(&path, "1", &fields("1"));
        assert!(refused.body.contains("不在您可以办理的范围内"), "{}", refused.body);
        let stale = who.post(&path, "2", &fields("7"));
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.body);
        let close = [("closed_on", "2024-12-02"), ("reason", "moved_out")];
        assert_eq!(who.post(&format!("{to}/close"), "3", &close).status, StatusCode::SEE_OTHER);
        let closed = who.post(&path, "4", &fields("1"));
        assert!(closed.body.contains("那一户 2024-12-02 已销档"), "{}", closed.body);
        assert_eq!(standing::<Person>(fresh, one.id).unwrap().household_id, id_of(&from));
    });
}

#[test]
fn somebody_entered_wrongly_is_withdrawn_unless_records_refer_to_them() {
    each(NOW, |fresh| {
        ground(fresh);
        let (who, worker) =
            (manager(fresh, 1), somebody(fresh, "worker", &[in_station(Role::Worker, id(1))]));
        let file = made(&who, id(11), "示例东-0001", NUMBER);
        let one = added(&who, fresh, &file, "样本乙", CHILD);
        let path = format!("{file}/persons/{}/withdraw", one.id);
        who.good(&path);
        let reason = [("reason", "登记错了人")];
        assert_eq!(
            worker.post(&path, "1", &reason).status,
            StatusCode::FORBIDDEN,
            "a worker withdraws nothing"
        );
        assert!(who.post(&path, "2", &[]).body.contains("填作废的理由"));
        enter::<Visits, _>(fresh, &[visit(101, id_of(&file), one.id, "2024-11-05")]);
        let used = who.post(&path, "3", &reason);
        assert_eq!(used.status, StatusCode::CONFLICT, "{}", used.body);
        assert!(used.body.contains("还有记录属于它：探访 1 条"), "{}", used.body);
        let withdraw = |tx: &mut db::Tx<'_>| {
            permit::<crate::access::Withdraw<Visits>>(&Asker::Console, id(1))?.withdraw::<Visit>(
                tx,
                id(101),
                "误",
            )
        };
        fresh.database.write(&Actor::Console, withdraw).unwrap();
        let gone = who.post(&path, "4", &reason);
        assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.body);
        assert!(standing::<Person>(fresh, one.id).is_none());
        assert!(all::<PersonCategory>(fresh).iter().all(|row| row.person_id != one.id));
        assert!(all::<Consent>(fresh).iter().all(|row| row.person_id != one.id));
        assert!(who.good("/clients?q=样本乙").contains("：0 户") && who.good(&file).contains("1 人"));
        let lines = fresh.database.read(|tx| tx.audit_lines(id(1))).unwrap().0;
        let withdrawn = lines.iter().filter(|line| line.verb == "clients.withdraw");
        assert_eq!(withdrawn.filter(|line| line.reason.as_deref() == Some("登记错了人")).count(), 3);
        // The only one left is withdrawn with the file.
        let head = format!("{file}/persons/{}/withdraw", persons_of(fresh, id_of(&file))[0].id);
        assert!(who.post(&head, "5", &reason).body.contains("这一户只有这一个人"));
        // The number may be used again, and a file that was worked with is not withdrawn.
        added(&who, fresh, &file, "样本丙", CHILD);
        let head = persons_of(fresh, id_of(&file))[0].id;
        enter::<Visits, _>(fresh, &[visit(105, id_of(&file), head, "2024-11-05")]);
        let used = who.post(&format!("{file}/withdraw"), "6", &[("reason", "误建")]);
        assert_eq!(used.status, StatusCode::CONFLICT, "{}", used.body);
        assert!(used.body.contains("探访 1 条") && used.body.contains("把另一份并进来"), "{}", used.body);
    });
}

//! Children under 14: a guardian agrees for them, on every way into a file, and where nobody has, it is said.

use super::merged::{all, id_of, persons_of};
use super::*;
use crate::clients::Consent;

/// Nine years old on the day of the site.
const CHILD: &str = "440105201506011023";

/// What the form of a new household of a child sends, with these of the consent.
fn household<'a>(community: &'a str, consent: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = new_household(community, "示例东-0001", CHILD);
    fields.retain(|(name, value)| *name != "categories" || *value == "minimum_living");
    fields.extend_from_slice(consent);
    fields
}

const GUARDIAN: [(&str, &str); 2] = [("guardian", "样本母"), ("guardian_relation", "母亲")];

#[test]
fn a_new_household_of_a_child_takes_a_guardians_consent() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let community = id(11);
        let without = who.post("/clients/new", "1", &household(community.as_str(), &[]));
        assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(without.body.contains("本人不满 14 岁：填签字的监护人姓名"), "{}", without.body);
        let half = who.post("/clients/new", "2", &household(community.as_str(), &GUARDIAN[..1]));
        assert!(half.body.contains("填监护人是本人的什么人"), "{}", half.body);
        assert!(who.good("/clients").contains("0 户"));
        let made = who.post("/clients/new", "3", &household(community.as_str(), &GUARDIAN));
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let body = who.good(made.header("location"));
        assert!(body.contains("2024-07-01 签（母亲签）") && !body.contains("缺监护人"), "{body}");
        assert!(!body.contains("样本母") && !who.good("/").contains("14 岁以下缺监护人同意"));
    });
}

#[test]
fn a_child_who_comes_later_takes_a_guardians_consent_too() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let file = made(&who, id(11), "示例东-0001", NUMBER);
        let fields = [
            ("name", "样本童"),
            ("relation", "grandchild"),
            ("id_number", CHILD),
            ("signed_on", "2024-08-01"),
        ];
        let without = who.post(&format!("{file}/persons/new"), "1", &fields);
        assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(without.body.contains("本人不满 14 岁"), "{}", without.body);
        let with = [&fields[..], &GUARDIAN].concat();
        assert_eq!(who.post(&format!("{file}/persons/new"), "2", &with).status, StatusCode::SEE_OTHER);
        let child = persons_of(fresh, id_of(&file)).into_iter().find(|one| one.name == "样本童").unwrap();
        let path = format!("{file}/persons/{}/consent", child.id);
        who.good(&path);
        let without = who.post(&path, "3", &[("signed_on", "2024-12-01")]);
        assert!(without.body.contains("本人不满 14 岁"), "{}", without.body);
        // The guardian takes it back: that is said, and asked for at home.
        let consent = all::<Consent>(fresh).into_iter().find(|one| one.person_id == child.id).unwrap();
        let revoke = [("version", "1"), ("revoked_on", "2024-12-30")];
        let path = format!("{file}/consents/{}/revoke", consent.id);
        assert_eq!(who.post(&path, "4", &revoke).status, StatusCode::SEE_OTHER);
        let body = who.good(&file);
        assert!(body.contains("监护人的同意书已过期或撤回"), "{body}");
        assert!(body.contains("样本童 不满 14 岁，缺监护人的同意书"), "{body}");
        let home = who.good("/");
        assert!(home.contains("14 岁以下缺监护人同意") && home.contains("样本童"), "{home}");
        let there = manager(fresh, 2);
        assert!(!there.good("/").contains("14 岁以下缺监护人同意"), "another station");
    });
}

#[test]
fn a_consent_without_a_guardian_is_not_called_expired() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let community = id(11);
        let made = who.post("/clients/new", "1", &household(community.as_str(), &GUARDIAN));
        let file = made.header("location").to_owned();
        let one = all::<Consent>(fresh)[0].clone();
        let alone = Consent { guardian: None, guardian_relation: None, ..one.clone() };
        let write = |tx: &mut db::Tx<'_>| {
            permit::<crate::access::Correct<crate::clients::Clients>>(&Asker::Console, id(1))?
                .correct(tx, &alone)
        };
        fresh.database.write(&Actor::Console, write).unwrap();
        let body = who.good(&file);
        assert!(
            body.contains("缺监护人同意：不满 14 岁，要由监护人签") && !body.contains("已过期"),
            "{body}"
        );
        assert!(who.good("/").contains("14 岁以下缺监护人同意"));
        // Of two that hold, the guardian's counts, whichever was signed later.
        let path = format!("{file}/persons/{}/consent", one.person_id);
        let fields = [&[("signed_on", "2024-01-01")], &GUARDIAN[..]].concat();
        assert_eq!(who.post(&path, "2", &fields).status, StatusCode::SEE_OTHER);
        let body = who.good(&file);
        assert!(
            body.contains("2024-01-01 签（母亲签）") && !who.good("/").contains("缺监护人同意"),
            "{body}"
        );
    });
}

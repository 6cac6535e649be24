//! A case for each tie that counts, and for each that does not.

use chrono::NaiveDate;

use super::{Conflict, Evaluated, Expert, Tie, TieKind, conflicts, same_organisation};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn station() -> Evaluated {
    Evaluated {
        organisations: vec![
            ("承办机构".into(), "广州市示例社会工作服务中心".into()),
            ("镇街".into(), "示例区示例街道办事处".into()),
        ],
        supervisors: vec![("钱督导".into(), day("2024-09-01")), ("旧督导".into(), day("2020-01-01"))],
        phones: vec!["p1".into()],
        addresses: vec!["a1".into()],
    }
}

fn tie(kind: TieKind, organisation: &str, until: Option<&str>) -> Tie {
    Tie { kind, organisation: organisation.into(), from: Some(day("2018-03-01")), until: until.map(day) }
}

/// Kinds of conflict of an expert with these ties, on 25 March 2025 and three years back.
#[track_caller]
fn check(expert: &Expert, expected: &[TieKind]) {
    let found = conflicts(expert, &station(), day("2025-03-25"), 3);
    assert_eq!(found.iter().map(|one| one.kind).collect::<Vec<_>>(), expected, "{found:?}");
}

fn with(ties: Vec<Tie>) -> Expert {
    Expert { name: "赵专家".into(), organisation: "示例大学".into(), ties, ..Expert::default() }
}

#[test]
fn ties_that_count_and_ties_that_do_not() {
    let operator = "广州市示例社会工作服务中心";
    check(&with(vec![]), &[]);
    check(&Expert { organisation: operator.into(), ..with(vec![]) }, &[TieKind::Employer]);
    check(&Expert { organisation: "示例社会工作服务中心".into(), ..with(vec![]) }, &[TieKind::Employer]);
    check(&with(vec![tie(TieKind::Employer, operator, None)]), &[TieKind::Employer]);
    check(&with(vec![tie(TieKind::Employer, operator, Some("2022-03-26"))]), &[TieKind::Employer]);
    check(&with(vec![tie(TieKind::Employer, operator, Some("2022-03-25"))]), &[]);
    check(&with(vec![tie(TieKind::Relative, "示例街道办事处", None)]), &[TieKind::Relative]);
    check(&with(vec![tie(TieKind::Contract, "别的社会工作服务中心", None)]), &[]);
    check(&Expert { name: "钱督导".into(), ..with(vec![]) }, &[TieKind::Supervision]);
    check(&Expert { name: "旧督导".into(), ..with(vec![]) }, &[]);
    check(&Expert { phone: "p1".into(), ..with(vec![]) }, &[TieKind::Shared]);
    check(&Expert { phone: "p2".into(), address: "a1".into(), ..with(vec![]) }, &[TieKind::Shared]);
    check(&Expert { name: String::new(), organisation: String::new(), ..with(vec![]) }, &[]);
}

#[test]
fn a_conflict_says_with_whom_and_when() {
    let expert = with(vec![tie(TieKind::Supervision, "广州市示例社会工作服务中心", Some("2024-06-30"))]);
    let found = conflicts(&expert, &station(), day("2025-03-25"), 3);
    let ground = "与承办机构“广州市示例社会工作服务中心”有督导关系，2018年3月1日起，2024年6月30日止";
    assert_eq!(found, [Conflict { kind: TieKind::Supervision, ground: ground.into() }]);
}

#[test]
fn the_order_of_ties_is_of_no_account_and_each_is_said_once() {
    let one = tie(TieKind::Training, "示例区示例街道办事处", None);
    let other = tie(TieKind::Employer, "广州市示例社会工作服务中心", None);
    let forth = with(vec![one.clone(), other.clone(), one.clone()]);
    let back = with(vec![other, one]);
    let of = |expert| conflicts(&expert, &station(), day("2025-03-25"), 3);
    assert_eq!(of(forth).len(), 2);
    assert_eq!(of(with(vec![])), []);
    assert_eq!(of(back.clone()), of(back));
}

#[test]
fn names_are_compared_as_people_write_them() {
    for (one, other, same) in [
        ("广州市穗星中心", "广州市穗星中心", true),
        ("广州市穗星中心", "广州市 穗星中心", true),
        ("穗星（广州）中心", "穗星(广州)中心", true),
        ("服务中心", "广州市穗星服务中心", false),
        ("穗星服务中心", "广州市穗星服务中心", true),
        ("", "", false),
    ] {
        assert_eq!(same_organisation(one, other), same, "{one} / {other}");
    }
}

//! Every kind of difference, and coverage.

use super::super::{
    CellProblem, Coverage, Difference, Faulty, Field, FilePerson, Kind, MatchedBy, Roster, Row, State,
    coverage, reconcile,
};
use super::{codes, day, file, id, keys, row, today};
use crate::codes::List;
use crate::identity::Phone;

fn differences(rows: &[Row], files: &[FilePerson]) -> Vec<Difference> {
    let roster = Roster { rows: rows.to_vec(), ..Roster::default() };
    reconcile(&roster, files, &codes(), keys(), today())
}

/// One row against its file, both changed; the kinds that come of it with a part of the sentence.
fn check(change_row: impl Fn(&mut Row), change_file: impl Fn(&mut FilePerson), expected: &[(&str, &str)]) {
    let mut row = row(1, "示例甲");
    let mut file = file(&row, 1);
    change_row(&mut row);
    change_file(&mut file);
    let found = differences(&[row], &[file]);
    let kinds: Vec<&str> = found.iter().map(|difference| difference.kind.code()).collect();
    let wanted: Vec<&str> = expected.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, wanted, "{expected:?} {found:#?}");
    for (difference, (_, part)) in found.iter().zip(expected) {
        let said = format!("{}｜{}", difference.sentence, difference.on_apply);
        assert!(said.contains(part), "{part}: {said}");
        assert!(said.contains("示例") && !difference.on_apply.is_empty());
        assert!(!said.contains("1380000") && !said.contains("19500308"), "no number in full: {said}");
    }
}

fn set(row: &mut Row, list: List, codes: &[&str]) {
    row.codes.insert(list, codes.iter().map(|code| (*code).to_owned()).collect());
}

#[test]
fn what_is_no_difference() {
    let no_file = |_: &mut FilePerson| {};
    check(|_| {}, no_file, &[]);
    check(|row| row.community = Some("示例东社区居委会".into()), no_file, &[]);
    check(|row| row.name = "示例 甲".into(), no_file, &[]);
    check(|row| row.file_number = Some("cg00001".into()), no_file, &[]);
    check(|row| row.codes.clear(), no_file, &[]);
    check(
        |row| (row.phone, row.community, row.file_number, row.platform_id) = (None, None, None, None),
        no_file,
        &[],
    );
    check(|row| row.id_number = None, no_file, &[]);
    check(|row| row.state = State::Deceased, |file| file.closed = true, &[]);
    check(|row| row.state = State::Removed, |file| file.closed = true, &[]);
}

#[test]
fn every_kind_of_difference() {
    let same_row = |_: &mut Row| {};
    let same = |_: &mut FilePerson| {};
    check(
        |row| row.community = Some("示例西".into()),
        same,
        &[("moved", "社区：档案为示例东，名册为示例西（按平台编号对应）｜社区改为示例西")],
    );
    check(same_row, |file| file.community = None, &[("moved", "档案为空白，名册为示例东社区")]);
    check(
        |row| row.state = State::Deceased,
        same,
        &[("deceased", "名册登记为死亡，档案未销（按平台编号对应）｜以死亡为由销档")],
    );
    check(|row| row.state = State::MovedOut, same, &[("left", "名册登记为迁出，档案未销")]);
    check(|row| row.state = State::Removed, same, &[("left", "名册登记为退出，档案未销")]);
    check(same_row, |file| file.closed = true, &[("file_closed", "在名册上，档案已销")]);
    check(
        |row| set(row, List::ServiceLevels, &["one"]),
        same,
        &[("level_changed", "服务等级：档案为二级，名册为一级（按平台编号对应）｜该户服务等级改为一级")],
    );
    check(same_row, |file| file.level = None, &[("level_changed", "档案为空白，名册为二级")]);
    check(
        |row| set(row, List::Categories, &["disabled", "minimum_living"]),
        same,
        &[(
            "category_changed",
            "类别：名册多出残疾人、低保对象，档案多出独居老年人（按平台编号对应）｜增加残疾人、低保对象，终止独居老年人",
        )],
    );
    check(same_row, |file| file.name = "示例假".into(), &[("conflict", "姓名：档案为示例假，名册为示例甲")]);
    check(
        same_row,
        |file| file.platform_id = None,
        &[("conflict", "平台编号：档案为空白，名册为P00001（按身份证号对应）")],
    );
    check(
        same_row,
        |file| file.file_number = Some("CG-9".into()),
        &[("conflict", "档案号：档案为CG-9，名册为CG-00001")],
    );
    check(
        |row| set(row, List::Residence, &["resident_only"]),
        same,
        &[("conflict", "人户情况：档案为户在人在，名册为户不在人在")],
    );
    check(
        |row| row.id_number = Some(id(7)),
        same,
        &[("conflict", "身份证号：档案为另一个号码，名册为4401**********0")],
    );
    check(
        same_row,
        |file| file.id_key = None,
        &[("conflict", "身份证号：档案为空白，名册为4401**********0")],
    );
    check(
        |row| row.phone = Some(Phone::parse("020-84321234").unwrap()),
        same,
        &[("conflict", "联系电话：档案为另一个号码，名册为020****1234")],
    );
    check(
        |row| {
            row.community = Some("示例西".into());
            set(row, List::ServiceLevels, &["three"]);
            set(row, List::Categories, &["elder_alone", "disabled"]);
        },
        |file| file.name = "示例".into(),
        &[("moved", ""), ("level_changed", ""), ("category_changed", "增加残疾人"), ("conflict", "姓名")],
    );
}

#[test]
fn with_no_counterpart() {
    let new = differences(&[row(1, "示例甲")], &[]);
    assert_eq!(new[0].kind, Kind::New);
    assert_eq!(new[0].sentence, "示例甲（示例东社区）在名册上，没有档案");
    assert_eq!(new[0].on_apply, "新建档案：类别 独居老年人，等级 二级");
    let mut gone = row(1, "示例甲");
    gone.state = State::Deceased;
    assert_eq!(differences(&[gone], &[]), [], "nothing to do for who has died without a file");

    let other = row(2, "样本乙");
    let left = differences(&[row(1, "示例甲")], &[file(&row(1, "示例甲"), 1), file(&other, 2)]);
    assert_eq!(left[0].kind, Kind::Left { state: None, community_listed: true });
    assert_eq!((left.len(), left[0].sentence.as_str()), (1, "样本乙（示例东）有档案，不在名册上"));
    let mut elsewhere = file(&other, 2);
    elsewhere.community = Some("示例西".into());
    let left = differences(&[row(1, "示例甲")], &[file(&row(1, "示例甲"), 1), elsewhere.clone()]);
    assert_eq!(left[0].kind, Kind::Left { state: None, community_listed: false });
    assert!(left[0].sentence.contains("请先确认名册是否包含该社区"));
    elsewhere.closed = true;
    assert_eq!(differences(&[row(1, "示例甲")], &[file(&row(1, "示例甲"), 1), elsewhere]), []);
}

#[test]
fn a_new_member_joins_the_household_of_the_file_number() {
    let (known, mut new) = (row(1, "示例甲"), row(2, "示例乙"));
    new.file_number.clone_from(&known.file_number);
    let found = differences(&[known.clone(), new], &[file(&known, 1)]);
    assert_eq!((found.len(), &found[0].kind), (1, &Kind::New));
    assert_eq!(found[0].household.as_deref(), Some("household 1"));
    assert!(found[0].on_apply.starts_with("在档案 CG-00001 的家庭中新增成员"), "{}", found[0].on_apply);
}

#[test]
fn by_which_key_a_row_is_matched() {
    let check = |change: &dyn Fn(&mut Row), files: &[FilePerson], expected: Option<(MatchedBy, usize)>| {
        let mut row = row(1, "示例甲");
        set(&mut row, List::ServiceLevels, &["one"]);
        change(&mut row);
        let found = differences(&[row], files);
        let by = found.iter().find_map(|difference| {
            let persons = if let Kind::Ambiguous { persons } = &difference.kind { persons.len() } else { 1 };
            difference.matched_by.map(|by| (by, persons))
        });
        assert_eq!(by, expected, "{found:#?}");
    };
    let own = file(&row(1, "示例甲"), 1);
    let with = |change: &dyn Fn(&mut FilePerson)| {
        let mut file = own.clone();
        change(&mut file);
        file
    };
    let same = |_: &mut Row| {};
    check(&same, std::slice::from_ref(&own), Some((MatchedBy::PlatformId, 1)));
    check(&|row| row.platform_id = None, std::slice::from_ref(&own), Some((MatchedBy::IdNumber, 1)));
    check(
        &|row| (row.platform_id, row.id_number) = (None, None),
        std::slice::from_ref(&own),
        Some((MatchedBy::FileNumber, 1)),
    );
    let nothing = |row: &mut Row| (row.platform_id, row.id_number, row.file_number) = (None, None, None);
    check(&nothing, std::slice::from_ref(&own), Some((MatchedBy::NameAndCommunity, 1)));
    check(
        &|row: &mut Row| {
            nothing(row);
            row.community = None;
        },
        std::slice::from_ref(&own),
        None,
    );
    let renamed = |row: &mut Row| {
        (row.platform_id, row.id_number, row.name) = (None, None, "示例假".into());
    };
    check(&renamed, std::slice::from_ref(&own), Some((MatchedBy::FileNumberAlone, 1)));
    // Two files: the platform's id means one, the identity number the other.
    let a = with(&|file| file.id_key = None);
    let b = with(&|file| (file.person, file.platform_id) = ("person 2".into(), None));
    check(&same, &[a, b], Some((MatchedBy::PlatformId, 2)));
    // The same number twice: the open file, or none when both are open.
    let twin = with(&|file| file.person = "person 2".into());
    let closed = with(&|file| (file.person, file.closed) = ("person 2".into(), true));
    check(&same, &[own.clone(), twin], Some((MatchedBy::PlatformId, 2)));
    check(&same, &[closed, own.clone()], Some((MatchedBy::PlatformId, 1)));
    // Identity numbers that differ speak against the same name and community.
    let namesake = with(&|file| {
        (file.platform_id, file.file_number, file.id_key) = (None, None, Some("key of another".into()));
    });
    check(&|row| row.platform_id = None, &[namesake], None);
}

#[test]
fn two_rows_for_one_file_are_for_a_person_to_decide() {
    let one = row(1, "示例甲");
    let mut other = row(1, "示例甲");
    (other.id_number, other.platform_id, other.at.number) = (None, None, 9);
    let found = differences(&[one.clone(), other], &[file(&one, 1)]);
    assert_eq!(found.len(), 2, "{found:#?}");
    for difference in &found {
        assert_eq!(difference.kind, Kind::Ambiguous { persons: vec!["person 1".into()] });
        assert!(!difference.kind.applicable() && difference.on_apply.contains("不能直接应用"));
    }
    assert_ne!(found[0].key, found[1].key);
}

#[test]
fn a_faulty_row_does_not_make_anybody_leave() {
    let mut row = row(1, "示例甲");
    let file = file(&row, 1);
    (row.id_number, row.platform_id, row.file_number) = (None, None, None);
    let problems = Vec::<CellProblem>::new();
    let roster = Roster { faulty: vec![Faulty { row, problems }], ..Roster::default() };
    assert_eq!(reconcile(&roster, &[file], &codes(), keys(), today()), []);
}

#[test]
fn a_household_has_one_level() {
    let check = |levels: [&str; 2], expected: &[&str]| {
        let mut rows = [row(1, "示例甲"), row(2, "示例乙")];
        let mut files = [file(&rows[0], 1), file(&rows[1], 2)];
        files[1].household = files[0].household.clone();
        for (row, level) in rows.iter_mut().zip(levels) {
            set(row, List::ServiceLevels, &[level]);
        }
        let found = differences(&rows, &files);
        let kinds: Vec<&str> = found.iter().map(|difference| difference.kind.code()).collect();
        assert_eq!(kinds, expected, "{found:#?}");
    };
    check(["one", "one"], &["level_changed"]);
    check(["one", "three"], &["conflict", "conflict"]);
    check(["two", "three"], &["conflict"]);
    check(["two", "two"], &[]);
}

#[test]
fn a_key_holds_for_the_same_difference_only() {
    let key = |level: &str, number: u32| {
        let mut row = row(1, "示例甲");
        let file = file(&row, 1);
        set(&mut row, List::ServiceLevels, &[level]);
        row.at.number = number;
        differences(&[row], &[file]).remove(0).key
    };
    assert_eq!(key("one", 2), key("one", 77), "a row may move");
    assert_ne!(key("one", 2), key("three", 2), "another value is another difference");
    assert_eq!(key("one", 2).len(), 16);
    let phone = |number: &str| {
        let mut row = row(1, "示例甲");
        let file = file(&row, 1);
        row.phone = Some(Phone::parse(number).unwrap());
        let found = differences(&[row], &[file]).remove(0);
        assert!(matches!(found.kind, Kind::Conflict { field: Field::Phone, .. }));
        found.key
    };
    assert_ne!(phone("13912345678"), phone("13999995678"), "though both are shown alike");
}

#[test]
fn a_difference_holds_from_the_roster_s_date() {
    let on = |changed_on| {
        let mut row = row(1, "示例甲");
        let file = file(&row, 1);
        (row.state, row.changed_on) = (State::Deceased, changed_on);
        differences(&[row], &[file])[0].effective_on
    };
    assert_eq!(on(Some(day("2024-06-21"))), day("2024-06-21"));
    assert_eq!(on(None), today());
}

#[test]
fn coverage_counts_households_and_persons_once() {
    // Two members of one household in three categories, a household of one, one without a file, one with a closed file,
    // one who has died, and a file that the roster does not know.
    let mut rows: Vec<Row> = (0..6).map(|n| row(n, &format!("示例{n}"))).collect();
    let mut files: Vec<FilePerson> = [0, 1, 2, 4, 5].map(|n: usize| file(&rows[n], n)).into();
    for member in &mut rows[..2] {
        member.household_number = Some("H1".into());
    }
    set(&mut rows[0], List::Categories, &["elder_alone", "disabled", "minimum_living"]);
    for elsewhere in &mut rows[2..4] {
        elsewhere.community = Some("示例西".into());
    }
    files[3].closed = true;
    rows[5].state = State::Deceased;
    files.push(file(&row(9, "示例九"), 9));
    let roster = Roster { rows, ..Roster::default() };
    let counted = coverage(&roster, &files, keys());
    let of = |coverage: &Coverage| -> Vec<(String, [usize; 4], Option<String>)> {
        let places = coverage.communities.iter().chain([&coverage.total]);
        places
            .map(|place| {
                let counts =
                    [place.households_due, place.households_made, place.persons_due, place.persons_made];
                (
                    place.community.clone(),
                    counts,
                    place.households_percent().map(|rate| rate.normalize().to_string()),
                )
            })
            .collect()
    };
    let expected = [
        ("示例东社区", [2, 1, 3, 2], Some("50")),
        ("示例西", [2, 1, 2, 1], Some("50")),
        ("", [4, 2, 5, 3], Some("50")),
    ];
    let expected: Vec<_> =
        expected.map(|(place, counts, rate)| (place.to_owned(), counts, rate.map(str::to_owned))).into();
    assert_eq!(of(&counted), expected);
    assert_eq!((counted.beyond, counted.undecided), (1, 0));
    assert_eq!(counted.total.persons_percent().unwrap().to_string(), "60.00".trim_end_matches(".00"));
    let none = coverage(&Roster::default(), &[], keys());
    assert_eq!((none.total.households_percent(), none.communities.len()), (None, 0), "no share of nothing");
}

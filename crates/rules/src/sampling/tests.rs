//! Who belongs, how many are drawn, that everybody is as likely, and that a replay finds what was changed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A seed of a number, as a system's chance would give it.
fn seed(number: u32) -> Seed {
    Seed::of(Sha256::digest(number.to_be_bytes()).into())
}

fn hex_of(number: u32) -> String {
    Sha256::digest(number.to_be_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// So many members of a stratum.
fn members(stratum: &str, number: usize) -> Vec<Member> {
    (0..number).map(|n| Member { id: format!("{stratum}{n:04}"), stratum: stratum.into() }).collect()
}

fn strata(sizes: &[(&str, usize)]) -> BTreeMap<String, usize> {
    sizes.iter().map(|(name, number)| ((*name).to_owned(), *number)).collect()
}

#[test]
fn who_belongs_on_the_day() {
    let someone = Standing {
        born_on: day("1950-01-01"),
        filed_on: day("2020-01-01"),
        closed_on: None,
        died: false,
        moved: false,
        household_closed_on: None,
        delisted_on: None,
    };
    let check = |person: Standing, expected: Belongs| {
        assert_eq!(belongs(&person, day("2024-12-31")), expected, "{person:?}");
    };
    let on = |text: &str| Some(day(text));
    check(someone, Belongs::Yes);
    check(Standing { closed_on: on("2024-12-31"), died: true, ..someone }, Belongs::No("已故"));
    check(Standing { closed_on: on("2024-06-01"), moved: true, ..someone }, Belongs::No("已迁出"));
    check(Standing { closed_on: on("2024-06-01"), ..someone }, Belongs::No("已销档"));
    check(Standing { closed_on: on("2025-01-01"), died: true, ..someone }, Belongs::Yes);
    check(Standing { household_closed_on: on("2024-12-31"), ..someone }, Belongs::No("户已销档"));
    check(Standing { household_closed_on: on("2025-01-01"), ..someone }, Belongs::Yes);
    check(Standing { delisted_on: on("2024-12-01"), ..someone }, Belongs::No("已不在名册"));
    check(Standing { delisted_on: on("2025-02-01"), ..someone }, Belongs::Yes);
    check(Standing { filed_on: day("2024-12-31"), ..someone }, Belongs::Yes);
    check(Standing { filed_on: day("2025-01-01"), ..someone }, Belongs::No("截止日以后建档"));
    // Fourteen on the day itself is fourteen; the day after is not yet.
    check(Standing { born_on: day("2010-12-31"), ..someone }, Belongs::Yes);
    check(Standing { born_on: day("2011-01-01"), ..someone }, Belongs::ThroughGuardian);
    check(
        Standing { born_on: day("2020-01-01"), closed_on: on("2024-01-01"), ..someone },
        Belongs::No("已销档"),
    );
}

#[test]
fn how_many_are_drawn() {
    for (frame, wanted, expected) in [
        (0, 100, 0),
        (1, 0, 1),
        (99, 100, 99),
        (99, 500, 99),
        (100, 100, 100),
        (101, 100, 100),
        (101, 50, 100),
        (101, 101, 101),
        (3000, 0, 100),
        (3000, 150, 150),
    ] {
        assert_eq!(size(frame, wanted), expected, "{frame} {wanted}");
    }
}

#[test]
fn how_many_of_each_stratum() {
    let check = |there: &[(&str, usize)], wanted: usize, expected: &[usize]| {
        let found = allocate(&strata(there), wanted, &Allocation::Proportional).unwrap();
        assert_eq!(found.values().copied().collect::<Vec<_>>(), expected, "{there:?} {wanted}");
    };
    check(&[("", 250)], 100, &[100]);
    check(&[("a", 200), ("b", 100)], 100, &[67, 33]);
    // Fewer than a sample has at least: everyone of each.
    check(&[("a", 60), ("b", 39)], 100, &[60, 39]);
    check(&[("a", 60), ("b", 40)], 100, &[60, 40]);
    check(&[("a", 60), ("b", 41)], 100, &[59, 41]);
    // A tie of remainders goes to the first by name.
    check(&[("a", 101), ("b", 101)], 101, &[51, 50]);
    // A small stratum gets one, from the one that has most.
    check(&[("a", 5000), ("b", 3), ("c", 2500)], 100, &[66, 1, 33]);
    check(&[("a", 1000), ("b", 1), ("c", 1), ("d", 1)], 100, &[97, 1, 1, 1]);
    // A stratum with nobody gets nobody.
    check(&[("a", 300), ("b", 0)], 100, &[100, 0]);
    check(&[], 100, &[]);
    // More strata than persons drawn: nobody can give, and the first by name are drawn.
    let many: Vec<String> = (0..150).map(|n| format!("{n:03}")).collect();
    let many: BTreeMap<String, usize> = many.into_iter().map(|name| (name, 2)).collect();
    let found = allocate(&many, 100, &Allocation::Proportional).unwrap();
    assert_eq!(found.values().sum::<usize>(), 100);
    assert!(found.values().all(|number| *number <= 1));
}

#[test]
fn fixed_numbers_are_taken_as_given_or_everyone() {
    let there = strata(&[("a", 200), ("b", 10)]);
    let check = |given: &[(&str, usize)]| allocate(&there, 0, &Allocation::Fixed(strata(given)));
    assert_eq!(check(&[("a", 90), ("b", 10)]).unwrap(), strata(&[("a", 90), ("b", 10)]));
    assert_eq!(check(&[("a", 95), ("b", 40)]).unwrap(), strata(&[("a", 95), ("b", 10)]));
    for (given, words) in [
        (&[("a", 60), ("b", 40)][..], "合计只能抽 70 人，至少要 100 人"),
        (&[("a", 100)], "“b”这一层没有写"),
        (&[("a", 100), ("b", 0), ("c", 5)], "没有“c”这一层"),
    ] {
        let problem = check(given).unwrap_err().to_string();
        assert!(problem.contains(words), "{problem}");
    }
    let few = strata(&[("a", 7), ("b", 10)]);
    let all = allocate(&few, 0, &Allocation::Fixed(strata(&[("a", 7), ("b", 99)]))).unwrap();
    assert_eq!(all, few, "everyone where there are fewer than a sample has");
}

proptest! {
    #[test]
    fn an_allocation_adds_up_and_asks_no_stratum_for_more_than_it_has(
        sizes in prop::collection::vec(0_usize..400, 1..12), wanted in 0_usize..600,
    ) {
        let there: BTreeMap<String, usize> =
            sizes.iter().enumerate().map(|(n, number)| (n.to_string(), *number)).collect();
        let frame = sizes.iter().sum();
        let found = allocate(&there, wanted, &Allocation::Proportional).unwrap();
        prop_assert_eq!(found.values().sum::<usize>(), size(frame, wanted));
        for (name, number) in &found {
            prop_assert!(*number <= there[name]);
            prop_assert!(there[name] == 0 || *number > 0, "twelve strata and a hundred drawn: each has one");
        }
    }

    #[test]
    fn the_order_of_the_frame_changes_nothing(
        number in any::<u32>(), shuffled in Just(members("x", 130)).prop_shuffle(),
    ) {
        let sorted = members("x", 130);
        let sizes = strata(&[("x", 100)]);
        prop_assert_eq!(frame_digest(&shuffled), frame_digest(&sorted));
        prop_assert_eq!(drawn(&seed(number), &shuffled, &sizes), drawn(&seed(number), &sorted, &sizes));
        prop_assert_eq!(order(&seed(number), &shuffled), order(&seed(number), &sorted));
    }
}

/// Worked out with Python's `hmac` and `hashlib`, so that what others are told to do gives the same.
#[test]
fn the_order_is_the_one_that_is_documented() {
    let seed = Seed::parse(&"00".repeat(31).chars().chain("01".chars()).collect::<String>()).unwrap();
    assert_eq!(commitment(&seed), "ec4916dd28fc4c10d78e287ca5d9cc51ee1ae73cbfde08c6b37324cbfaac8bc5");
    let frame: Vec<Member> =
        ["a", "b", "c", "d"].map(|id| Member { id: id.into(), stratum: String::new() }).into_iter().collect();
    let ids: Vec<&str> = order(&seed, &frame).iter().map(|member| member.id.as_str()).collect();
    assert_eq!(ids, BY_HAND);
    assert_eq!(frame_digest(&frame), DIGEST_BY_HAND);
}
const BY_HAND: [&str; 4] = ["a", "b", "d", "c"];
const DIGEST_BY_HAND: &str = "e0ec461694ced8a442536c94aebed330cf80f89382fe25abb48684cde9c8247b";

/// Each of a small frame is drawn as often as the others over 20,000 seeds: within five standard deviations of the
/// binomial, which one of the eighteen exceeds by chance once in some 97,000 runs; and the seeds are always the same.
#[test]
fn everybody_is_as_likely_over_20_000_seeds() {
    const SEEDS: u32 = 20_000;
    let frame: Vec<Member> = [members("a", 12), members("b", 6)].concat();
    for sizes in [strata(&[("a", 5), ("b", 2)]), strata(&[("a", 1), ("b", 5)])] {
        let (mut times, mut first): (BTreeMap<&str, u32>, BTreeMap<&str, u32>) = Default::default();
        let mut pairs = 0;
        for number in 0..SEEDS {
            let found = drawn(&seed(number), &frame, &sizes);
            for member in &found {
                *times.entry(&member.id).or_default() += 1;
            }
            *first.entry(order(&seed(number), &frame)[0].id.as_str()).or_default() += 1;
            let has = |id: &str| found.iter().any(|member| member.id == id);
            pairs += u32::from(has("a0000") && has("a0001"));
        }
        let within = |found: u32, p: f64, what: &str| {
            let (n, found) = (f64::from(SEEDS), f64::from(found));
            let limit = 5.0 * (n * p * (1.0 - p)).sqrt();
            assert!((found - n * p).abs() <= limit, "{what}: {found}, not {} ± {limit}", n * p);
        };
        for Member { id, stratum } in &frame {
            let there = if stratum == "a" { 12.0 } else { 6.0 };
            let p = f64::from(u32::try_from(sizes[stratum]).unwrap()) / there;
            within(times.get(id.as_str()).copied().unwrap_or_default(), p, id);
            within(first.get(id.as_str()).copied().unwrap_or_default(), 1.0 / 18.0, id);
        }
        // Two together as often as without putting back.
        let k = f64::from(u32::try_from(sizes["a"]).unwrap());
        within(pairs, k * (k - 1.0) / (12.0 * 11.0), "a0000 with a0001");
    }
}

/// What was drawn says nothing of a seed that is not known: with other seeds the same person stands anywhere, and each half
/// of the first ten places of one seed is no better guessed from another seed than by chance.
#[test]
fn another_seed_says_nothing_of_this_one() {
    let frame = members("a", 40);
    let sizes = strata(&[("a", 20)]);
    let mut together = 0_u32;
    for number in 0..2_000 {
        let one: BTreeSet<_> = drawn(&seed(number), &frame, &sizes).into_iter().collect();
        let next: BTreeSet<_> = drawn(&seed(number + 1), &frame, &sizes).into_iter().collect();
        together += u32::try_from(one.intersection(&next).count()).unwrap();
    }
    // Hypergeometric: mean 10, variance 20 · ½ · ½ · 20/39 for each pair of seeds.
    let (mean, deviation) = (20_000.0, (2_000.0_f64 * 20.0 * 0.25 * 20.0 / 39.0).sqrt());
    assert!((f64::from(together) - mean).abs() < 5.0 * deviation, "{together}");
}

/// A whole file with two strata and three replacements, one of them of somebody who came in another's place.
fn file() -> Published {
    let frame = [members("东", 150), members("西", 45)].concat();
    let secret = seed(7);
    let there = strata(&[("东", 150), ("西", 45)]);
    let sizes = allocate(&there, 100, &Allocation::Proportional).unwrap();
    let found: Vec<String> =
        drawn(&secret, &frame, &sizes).into_iter().map(|member| member.id.clone()).collect();
    let mut used: BTreeSet<String> = found.iter().cloned().collect();
    let mut replacements = Vec::new();
    let mut last = found[0].clone();
    for of in [found[3].clone(), found[0].clone(), String::new()] {
        let of = if of.is_empty() { last.clone() } else { of };
        let stratum = frame.iter().find(|member| member.id == of).unwrap().stratum.clone();
        let known: BTreeSet<&str> = used.iter().map(String::as_str).collect();
        let by = replacement(&secret, &frame, &known, &stratum).unwrap().id.clone();
        used.insert(by.clone());
        last.clone_from(&by);
        replacements.push(Replacement { of, by });
    }
    Published {
        format: FORMAT.into(),
        round: "yizhan-mid".into(),
        station: "示例社工站".into(),
        cut_off: day("2024-12-31"),
        committed_at: "2025-03-01 09:00".into(),
        frozen_at: "2025-03-10 09:00".into(),
        drawn_at: "2025-03-10 09:05".into(),
        published_at: "2025-03-31 17:00".into(),
        strata_by: "area".into(),
        wanted: 100,
        allocation: Allocation::Proportional,
        strata: there
            .iter()
            .map(|(name, persons)| Stratum { name: name.clone(), persons: *persons, drawn: sizes[name] })
            .collect(),
        commitment: commitment(&secret),
        seed: hex_of(7),
        frame_digest: frame_digest(&frame),
        frame,
        drawn: found,
        replacements,
    }
}

/// What of a replay differs.
fn differs(file: &Published) -> Vec<&'static str> {
    replay(file, None, None).into_iter().filter(|one| !one.agrees).map(|one| one.what).collect()
}

#[test]
fn a_replay_is_the_draw() {
    let file = file();
    assert_eq!(differs(&file), [""; 0]);
    let again = Published::parse(&file.text()).unwrap();
    assert_eq!(again, file);
    assert_eq!(again.text(), file.text());
    let noted = replay(&file, Some(&file.commitment.to_uppercase()), Some(&file.frame_digest));
    assert!(noted.iter().all(|one| one.agrees) && noted.len() == 7, "{noted:?}");
    let other = replay(&file, Some("ab"), Some("cd"));
    assert_eq!(other.iter().filter(|one| !one.agrees).count(), 2);
}

#[test]
fn a_replay_finds_what_was_changed() {
    let mut wrong = Vec::new();
    let mut check = |change: &dyn Fn(&mut Published), expected: &[&str]| {
        let mut changed = file();
        change(&mut changed);
        let found = differs(&changed);
        if found != expected {
            wrong.push(format!("{found:?}, not {expected:?}"));
        }
    };
    check(&|file| file.seed = hex_of(8), &["种子与承诺", "抽中的人", "替补"]);
    check(&|file| file.seed = "zz".into(), &["种子与承诺"]);
    check(&|file| file.seed = "é".repeat(32), &["种子与承诺"]);
    // Another seed with its own commitment: only who noted the first one sees that.
    let swapped = |file: &mut Published| {
        file.seed = hex_of(8);
        file.commitment = commitment(&seed(8));
    };
    check(&swapped, &["抽中的人", "替补"]);
    check(&|file| file.frame.swap(0, 9), &[]);
    check(&|file| drop(file.frame.remove(9)), &["抽样名单", "样本量与分层", "抽中的人"]);
    check(&|file| file.frame.push(file.frame[0].clone()), &["抽样名单", "样本量与分层"]);
    check(&|file| file.frame[9].stratum = "西".into(), &["抽样名单", "样本量与分层"]);
    check(&|file| file.drawn.swap(4, 5), &["抽中的人"]);
    check(&|file| drop(file.drawn.pop()), &["抽中的人", "替补"]);
    check(&|file| file.wanted = 120, &["样本量与分层", "抽中的人"]);
    check(&|file| file.strata[0].drawn += 1, &["样本量与分层"]);
    check(&|file| drop(file.strata.pop()), &["样本量与分层"]);
    check(&|file| file.strata.push(file.strata[0].clone()), &["样本量与分层"]);
    check(&|file| file.allocation = Allocation::Fixed(strata(&[("东", 1)])), &["样本量与分层", "抽中的人"]);
    check(&|file| file.replacements.swap(1, 2), &["替补"]);
    check(&|file| file.replacements[0].of = "没有".into(), &["替补"]);
    check(&|file| file.replacements[1].of = file.replacements[0].of.clone(), &["替补"]);
    check(&|file| file.replacements[0].by = file.frame[0].id.clone(), &["替补"]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn once_a_stratum_is_used_up_nobody_comes_in_a_place() {
    let frame = members("a", 3);
    let used: BTreeSet<&str> = ["a0000", "a0001", "a0002"].into();
    assert_eq!(replacement(&seed(1), &frame, &used, "a"), None);
    assert_eq!(replacement(&seed(1), &frame, &BTreeSet::new(), "b"), None);
}

#[test]
fn what_is_no_file_of_a_sample_is_refused_in_words() {
    for (text, words) in [
        ("", "读不懂"),
        ("{}", "读不懂"),
        ("[1, 2", "读不懂"),
        (&file().text().replace("kapok-sample-1", "kapok-sample-9"), "kapok-sample-9"),
        (&file().text().replacen("\"seed\"", "\"sead\"", 1), "sead"),
    ] {
        let problem = Published::parse(text).unwrap_err().to_string();
        assert!(problem.contains(words), "{problem}");
    }
    assert_eq!(format!("{:?}", seed(1)), "Seed(…)");
}

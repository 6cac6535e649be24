//! Questionnaires read and refused, what is skipped, what answers come to, intervals against known values.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::*;

const SHIPPED: &str = include_str!("../../../../schemes/satisfaction-2024.toml");

fn shipped() -> Questionnaire {
    Questionnaire::parse("satisfaction-2024.toml", SHIPPED).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[test]
fn the_shipped_questionnaire_asks_for_all_three_dimensions() {
    let read = shipped();
    assert_eq!((read.scale.most(), read.scale.least(), read.scale.satisfied), (5, 1, 4));
    for dimension in Dimension::ALL {
        let own = read.questions.iter().filter(|one| one.asks == Asks::Dimension(*dimension));
        assert_eq!(own.count(), 2, "{dimension:?}");
    }
    assert_eq!(read.questions.iter().filter(|one| one.asks == Asks::Care).count(), 1);
}

#[test]
fn every_mistake_is_told_with_its_line_and_remedy() {
    let check = |from: &str, to: &str, code: &str, words: &str| {
        assert!(SHIPPED.contains(from), "{from}");
        let wrong = SHIPPED.replacen(from, to, 1);
        let problems = Questionnaire::parse("q.toml", &wrong).expect_err(to);
        let told: Vec<String> =
            problems.iter().map(|problem| format!("{} {problem}", problem.code)).collect();
        assert!(
            told.iter().any(|one| one.starts_with(code) && one.contains(words)),
            "{code} {words}: {told:#?}"
        );
        assert!(told.iter().all(|one| one.contains("q.toml 第 ")), "{told:#?}");
    };
    let knows = "when = { question = \"knows_station\", is = [\"yes\"] }";
    let when = |question: &str, is: &str| format!("when = {{ question = \"{question}\", is = [{is}] }}");
    check(knows, &when("knows_statoin", "\"yes\""), "skip_unknown_question", "是不是“knows_station”");
    check(knows, &when("nowhere_at_all", "\"yes\""), "skip_unknown_question", "没有的题");
    check(knows, &when("knows_station", "\"maybe\""), "skip_unknown_answer", "可以写：yes、no");
    check(knows, &when("knows_station", ""), "skip_without_answers", "没有写哪些答案");
    check(knows, &when("contacted", "\"often\""), "skip_later_question", "后面的题");
    check(knows, &when("knows_hotline", "\"yes\""), "skip_cycle", "knows_hotline → knows_hotline");
    check("satisfied = 4", "satisfied = 6", "unknown_points", "不是量表里的分数");
    check("{ value = 3,", "{ value = 4,", "duplicate_points", "写了两次");
    check("dimension = \"abilities\"", "dimension = \"ability\"", "unknown_dimension", "没有“ability”");
    check("code = \"listened\"", "code = \"helped\"", "duplicate_question", "用了两次");
    check("code = \"listened\"", "code = \"Listened\"", "bad_code", "小写字母");
    check("care = true\n", "", "question_asks", "三者取一");
    check("care = true\n", "care = true\ndimension = \"abilities\"\n", "question_asks", "三者取一");
    check("care = true\n", "options = []\n", "question_without_options", "不足两个");
    check(
        "{ code = \"no\", label = \"不知道\" }",
        "{ code = \"unknown\", label = \"x\" }",
        "duplicate_option",
        "相同",
    );
    check("text = \"社工了解您家的困难，肯听您说。\"", "text = \"\"", "question_without_text", "没有题目");
}

/// The dimension that is asked for by nothing, the scale that has nothing, and a circle of two.
#[test]
fn what_is_missing_as_a_whole_is_told_too() {
    let check = |text: &str, code: &str, words: &str| {
        let problems = Questionnaire::parse("q.toml", text).expect_err(code);
        let told: Vec<String> =
            problems.iter().map(|problem| format!("{} {problem}", problem.code)).collect();
        assert!(
            told.iter().any(|one| one.starts_with(code) && one.contains(words)),
            "{code} {words}: {told:#?}"
        );
    };
    let no_network = SHIPPED.replace("dimension = \"support_network\"", "dimension = \"abilities\"");
    check(&no_network, "dimension_without_question", "“支持网络”这个方面没有题目");
    let (from, to) = (SHIPPED.find("points = [").unwrap(), SHIPPED.find("\n]\n").unwrap());
    let no_points = format!("{}points = []{}", &SHIPPED[..from], &SHIPPED[to + 2..]);
    check(&no_points, "scale_without_points", "量表没有分数");
    let circle = SHIPPED.replacen(
        "options = [{ code = \"yes\", label = \"知道\" }, { code = \"no\", label = \"不知道\" }]\n\n[[question]]\ncode = \"knows_hotline\"",
        "options = [{ code = \"yes\", label = \"知道\" }, { code = \"no\", label = \"不知道\" }]\nwhen = { question = \"knows_hotline\", is = [\"yes\"] }\n\n[[question]]\ncode = \"knows_hotline\"",
        1,
    );
    assert_ne!(circle, SHIPPED);
    check(&circle, "skip_cycle", "knows_station → knows_hotline → knows_station");
    check("code = \"x\"\nversion = 1", "wrong_type", "类型不对");
    check(&format!("{SHIPPED}\nfurther = 1"), "unknown_key", "further");
}

fn given<'g>(answers: &'g [(&'g str, &'g str)]) -> impl Fn(&str) -> &'g str {
    |code| answers.iter().find(|(known, _)| *known == code).map_or("", |(_, answer)| answer)
}

/// Everything answered by this many points, and these instead.
fn all<'g>(points: &'g str, instead: &[(&'g str, &'g str)]) -> Vec<(&'g str, &'g str)> {
    let mut answers = vec![
        ("knows_station", "yes"),
        ("knows_hotline", "no"),
        ("contacted", "often"),
        ("listened", points),
        ("helped", points),
        ("knows_ways", points),
        ("manages", points),
        ("somebody_there", points),
        ("neighbours", points),
        ("more_care", "no"),
    ];
    for (code, answer) in instead {
        for known in answers.iter_mut().filter(|(known, _)| known == code) {
            known.1 = answer;
        }
    }
    answers
}

#[test]
fn what_is_skipped_is_dropped_and_what_is_required_is_asked_for() {
    let read = shipped();
    let check = |instead: &[(&str, &str)], expected: Result<&[(&str, Option<&str>)], &[&str]>| {
        let answers = all("4", instead);
        match (read.fill(given(&answers)), expected) {
            (Ok(filled), Ok(kept)) => {
                for (code, answer) in kept {
                    assert_eq!(filled.answer(code), *answer, "{code} of {instead:?}");
                }
            }
            (Err(wrong), Err(fields)) => {
                let told: Vec<&str> = wrong.iter().map(|(code, _)| code.as_str()).collect();
                assert_eq!(told, fields, "{instead:?}");
            }
            (got, _) => panic!("{instead:?}: {got:?}"),
        }
    };
    check(&[], Ok(&[("knows_hotline", Some("no")), ("manages", Some("4"))]));
    check(&[("knows_station", "no")], Ok(&[("knows_hotline", None)]));
    check(
        &[("knows_station", "unknown")],
        Ok(&[("knows_station", Some("unknown")), ("knows_hotline", None)]),
    );
    check(&[("contacted", "never")], Ok(&[("manages", None), ("neighbours", None)]));
    check(&[("contacted", "never"), ("manages", "")], Ok(&[("manages", None)]));
    check(&[("contacted", "never"), ("manages", "nonsense")], Ok(&[("manages", None)]));
    check(&[("listened", "declined")], Ok(&[("listened", Some("declined"))]));
    check(&[("manages", "")], Err(&["manages"]));
    check(&[("listened", "6"), ("more_care", "")], Err(&["listened", "more_care"]));
    // What a question that was skipped decides is skipped with it.
    let chained = SHIPPED.replacen(
        "text = \"您提出的困难，社工帮着解决了，或者告诉了您该找谁。\"",
        "text = \"x\"\nwhen = { question = \"knows_hotline\", is = [\"no\"] }",
        1,
    );
    let chained = Questionnaire::parse("q.toml", &chained).unwrap();
    let answers = all("4", &[("knows_station", "no")]);
    assert_eq!(chained.fill(given(&answers)).unwrap().answer("helped"), None);
    let optional = SHIPPED.replacen("code = \"listened\"\n", "code = \"listened\"\nrequired = false\n", 1);
    let optional = Questionnaire::parse("q.toml", &optional).unwrap();
    assert_eq!(optional.fill(given(&all("4", &[("listened", "")]))).unwrap().answer("listened"), None);
}

#[test]
fn points_count_what_was_answered_alone() {
    let read = shipped();
    let check = |instead: &[(&str, &str)],
                 dimension: Option<Dimension>,
                 (given_points, possible): (u32, u32)| {
        let filled = read.fill(given(&all("4", instead))).unwrap();
        let points = read.points(&filled, dimension);
        assert_eq!((points.given, points.possible), (given_points, possible), "{instead:?} {dimension:?}");
    };
    check(&[], None, (24, 30));
    check(&[("listened", "unknown")], None, (20, 25));
    check(&[("contacted", "never")], Some(Dimension::Abilities), (4, 5));
    check(&[("listened", "1")], Some(Dimension::ProblemSolved), (5, 10));
    check(&[("listened", "declined"), ("helped", "unknown")], Some(Dimension::ProblemSolved), (0, 0));
    let wanting = read.fill(given(&all("4", &[("more_care", "yes")]))).unwrap();
    assert!(read.wants_care(&wanting));
    assert!(!read.wants_care(&read.fill(given(&all("4", &[]))).unwrap()));
}

#[test]
fn no_area_is_told_apart_that_a_guess_could_reach() {
    let check = |numbers: &[(&str, usize)], without: usize, expected: &[&str]| {
        let answers: BTreeMap<String, usize> =
            numbers.iter().map(|(area, number)| ((*area).to_owned(), *number)).collect();
        let told: Vec<String> = shown(&answers, without).into_iter().collect();
        assert_eq!(told, expected, "{numbers:?} {without}");
    };
    check(&[], 0, &[]);
    check(&[("a", 5), ("b", 9)], 0, &["a", "b"]);
    check(&[("a", 4), ("b", 9)], 0, &[]);
    check(&[("a", 4), ("b", 9), ("c", 6)], 0, &["b"]);
    check(&[("a", 4), ("b", 9), ("c", 1)], 0, &["b"]);
    check(&[("a", 5), ("b", 9)], 1, &["b"]);
    check(&[("a", 5), ("b", 5), ("c", 5)], 2, &["a", "b"]);
    check(&[("a", 5), ("b", 9)], 5, &["a", "b"]);
    check(&[("a", 1)], 0, &[]);
}

/// Points for every question, what is answered instead, and the area.
type Said<'s> = (&'s str, &'s [(&'s str, &'s str)], Option<&'s str>);

fn entries(read: &Questionnaire, all_of: &[Said<'_>]) -> Vec<Entry> {
    let entry = |(points, instead, area): &Said<'_>| Entry {
        area: area.map(str::to_owned),
        filled: read.fill(given(&all(points, instead))).unwrap(),
    };
    all_of.iter().map(entry).collect()
}

#[test]
fn what_all_answers_come_to_is_sums_alone_in_any_order() {
    let read = shipped();
    let mut some: Vec<Said<'_>> = vec![
        ("5", &[("more_care", "yes")], Some("east")),
        ("5", &[], Some("east")),
        ("4", &[("listened", "3"), ("knows_station", "no")], Some("east")),
        ("3", &[("listened", "unknown"), ("helped", "declined")], Some("east")),
        ("4", &[("contacted", "never")], Some("east")),
    ];
    some.extend([("5", &[] as &[(&str, &str)], Some("west")), ("1", &[], None)].repeat(3));
    let mut all = entries(&read, &some);
    let result = closed(&read, &all);
    assert_eq!((result.answers, result.care), (11, 1));
    // 5, 5, 23/6, 3, 4 | three fives and three ones.
    let tenths = 50_000 + 50_000 + 38_333 + 30_000 + 40_000;
    assert_eq!(result.whole.sum, tenths + 3 * 50_000 + 3 * 10_000);
    assert_eq!((result.whole.answers, result.whole.satisfied), (11, 6));
    let solved = result.dimensions["problem_solved"];
    assert_eq!(
        (solved.answers, solved.satisfied, solved.sum),
        (10, 6, 50_000 * 5 + 35_000 + 40_000 + 30_000)
    );
    let areas: Vec<_> = result.areas.iter().map(|area| (area.area.as_deref(), area.answers)).collect();
    assert_eq!(areas, [(Some("east"), 5), (None, 6)]);
    let of = |code: &str| result.questions.iter().find(|one| one.code == code).unwrap();
    assert_eq!(of("knows_hotline").asked, 10);
    assert_eq!(of("manages").asked, 10);
    assert!(of("listened").answers.contains(&("unknown".to_owned(), 1)));
    all.reverse();
    assert_eq!(closed(&read, &all), result);
    assert_eq!(closed(&read, &[]).answers, 0);
    let text = serde_json::to_string(&result).unwrap();
    assert_eq!(serde_json::from_str::<Closed>(&text).unwrap(), result);
}

/// R. G. Newcombe, “Two-sided confidence intervals for the single proportion”, Statistics in Medicine 17, 1998, 857–872,
/// table I, method 3.
#[test]
fn wilsons_interval_is_the_published_one() {
    let check = |part: u32, answers: u32, low: &str, high: &str| {
        let bounds = of_share(part, answers, None).unwrap().bounds.unwrap();
        let expected: (Decimal, Decimal) = (low.parse().unwrap(), high.parse().unwrap());
        assert_eq!(bounds, expected, "{part} of {answers}");
    };
    check(81, 263, "25.53", "36.62");
    check(15, 148, "6.24", "16.05");
    check(0, 20, "0.00", "16.11");
    check(1, 29, "0.61", "17.18");
    check(20, 20, "83.89", "100.00");
    assert_eq!(of_share(0, 0, None), None);
    let census = of_share(3, 4, Some(4)).unwrap();
    assert_eq!(census.bounds, Some((census.value, census.value)));
}

#[test]
fn the_interval_of_a_mean_narrows_with_the_frame() {
    let check = |points: &[i64], frame: Option<u32>, value: &str, bounds: Option<(&str, &str)>| {
        let points: Vec<i64> = points.iter().map(|one| one * 10_000).collect();
        let stats = Stats {
            answers: u32::try_from(points.len()).unwrap(),
            sum: points.iter().sum(),
            squares: points.iter().map(|one| one * one).sum(),
            satisfied: 0,
        };
        let got = mean(&stats, frame, (1, 5)).unwrap();
        let bounds = bounds.map(|(low, high)| (low.parse().unwrap(), high.parse().unwrap()));
        assert_eq!((got.value, got.bounds), (value.parse().unwrap(), bounds), "{points:?} {frame:?}");
    };
    // s = 0.836660, s/√5 = 0.374166, t(4) = 2.776: half 1.038684; with half of the frame asked times √½.
    check(&[5, 4, 4, 3, 5], None, "4.20", Some(("3.16", "5")));
    check(&[5, 4, 4, 3, 5], Some(10), "4.20", Some(("3.47", "4.93")));
    check(&[5, 4, 4, 3, 5], Some(5), "4.20", Some(("4.20", "4.20")));
    check(&[4, 4, 4, 4], Some(100), "4.00", Some(("4.00", "4.00")));
    check(&[4], Some(100), "4.00", None);
    // s = 1.010153, s/√50 = 0.142857, t(40) = 2.021 for 49: half 0.288714.
    let fifty: Vec<i64> = [2, 4].repeat(25);
    check(&fifty, None, "3.00", Some(("2.71", "3.29")));
    assert_eq!(mean(&Stats::default(), None, (1, 5)), None);
}

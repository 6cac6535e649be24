//! The public example scheme and the sample's scores: they give the published total and grade.

use rust_decimal::Decimal;

use super::dec;
use crate::scoring::{Outcome, RuleName, Scheme, ScoreSheet, aggregate, severity};

const SCHEME: &str = include_str!("../../../../../schemes/guangzhou-2024.toml");
const SCORES: &str = include_str!("../../../../../examples/changgang/scores.toml");
const FIGURES: [&str; 5] = [
    "staff.certified_share_of_agreed_percent",
    "staff.retention_percent",
    "registry.coverage_percent",
    "monitoring.satisfaction_percent",
    "outcome.inbound_answer_percent",
];

fn scheme() -> Scheme {
    Scheme::parse("schemes/guangzhou-2024.toml", SCHEME, &FIGURES).expect("a good scheme")
}

fn sheet() -> ScoreSheet {
    ScoreSheet::parse("examples/changgang/scores.toml", SCORES).expect("a good sheet")
}

fn outcome() -> Outcome {
    aggregate(&scheme(), &sheet().inputs).expect("a result")
}

#[test]
fn the_sample_gives_the_published_result() {
    let outcome = outcome();
    let parties: Vec<_> = outcome
        .parties
        .iter()
        .map(|party| (party.code.as_str(), party.weight, party.score, party.weighted))
        .collect();
    assert_eq!(
        parties,
        [
            ("third_party", dec("55"), dec("84"), dec("46.2")),
            ("purchaser", dec("20"), dec("86"), dec("17.2")),
            ("supervision_centre", dec("15"), dec("85.2"), dec("12.78")),
            ("supervisor", dec("10"), dec("83"), dec("8.3")),
        ]
    );
    assert_eq!((outcome.total, outcome.grade.as_str()), (dec("84.48"), "良好"));
}

#[test]
fn the_third_party_is_exactly_84_before_any_rounding() {
    let sum: Decimal = outcome().sections.iter().map(|section| section.score).sum();
    assert_eq!(sum, dec("84"));
}

#[test]
fn the_scheme_has_the_published_parties_sections_and_grades() {
    let scheme = scheme();
    let sections: Vec<_> = scheme.sections.iter().map(|section| section.name.as_str()).collect();
    assert_eq!(sections, ["项目管理", "服务质量", "服务监测", "服务成效"]);
    let grades: Vec<_> = scheme.grades.iter().map(|grade| (grade.name.as_str(), grade.from)).collect();
    assert_eq!(grades, [("优秀", dec("90")), ("良好", dec("80")), ("合格", dec("60")), ("不合格", dec("0"))]);
    assert!(scheme.items().count() >= 16);
    assert!(scheme.items().all(|(_, item)| !item.levels.is_empty() && !item.evidence.is_empty()));
    for rule in RuleName::ALL {
        assert!(scheme.items().any(|(_, item)| item.rule.name() == *rule), "{rule}");
    }
    assert!(scheme.note.contains("示例"));
}

#[test]
fn the_experts_are_plausible() {
    let (scheme, sheet) = (scheme(), sheet());
    let outcome = outcome();
    assert_eq!(sheet.experts.len(), 5);
    for expert in &sheet.experts {
        assert!(expert.name.starts_with("示例") && expert.organisation.starts_with("示例"));
        let own = outcome
            .items
            .iter()
            .flat_map(|item| item.scores.iter().filter(|score| score.expert == expert.code));
        let total: Decimal = own.map(|score| score.score).sum();
        assert!(dec("82") <= total && total <= dec("86"), "{} {total}", expert.code);
    }
    // Nobody is more than 15 % of an item's points from anybody else, so nothing is up for discussion.
    for item in &outcome.items {
        let low = item.scores.iter().map(|score| score.score).min().expect("scores");
        let high = item.scores.iter().map(|score| score.score).max().expect("scores");
        assert!((high - low) * Decimal::ONE_HUNDRED <= item.points * dec("15"), "{}", item.code);
    }
    assert_eq!(severity(&scheme, &sheet.inputs).expect("a report").discussions, []);
}

#[test]
fn the_json_is_enough_to_recompute_by_hand() {
    let text = serde_json::to_string(&outcome()).expect("JSON");
    assert!(
        text.contains(r#""weighted":46.2}"#) && text.contains(r#""total":84.48,"grade":"良好""#),
        "{text}"
    );
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let number = |value: &serde_json::Value| value.to_string().parse::<Decimal>().expect("a number");
    let list = |value: &serde_json::Value| value.as_array().expect("a list").clone();
    let mut total = Decimal::ZERO;
    for item in list(&json["items"]) {
        let scores: Vec<_> = list(&item["scores"]).iter().map(|score| number(&score["score"])).collect();
        let mean = scores.iter().sum::<Decimal>() / Decimal::from(scores.len());
        assert_eq!(
            (item["aggregation"].as_str(), mean),
            (Some("mean"), number(&item["aggregate"])),
            "{item}"
        );
        total += mean;
    }
    assert_eq!(total, number(&json["parties"][0]["score"]));
    assert_eq!(json["scheme"]["code"], "guangzhou-2024");
}

#[test]
fn numbers_without_end_keep_their_digits_in_json() {
    let outcome = aggregate(&super::small(&[]), &super::three()).expect("a result");
    let text = serde_json::to_string(&outcome).expect("JSON");
    assert!(text.contains(r#""aggregate":33.666666666666666666666666667}"#), "{text}");
}

#[test]
fn a_sheet_that_cannot_be_read_says_where() {
    let check = |from: &str, to: &str, code: &str, words: &str| {
        let problems = ScoreSheet::parse("scores.toml", &SCORES.replacen(from, to, 1)).expect_err(code);
        assert_eq!(problems[0].code, code);
        assert!(problems[0].to_string().contains(words), "{words} in {}", problems[0]);
    };
    check("score = 86.00", "score = nan", "not_a_number", "nan");
    check("skill = ", "skills = ", "unknown_key", "skills");
    check("pm_staffing = ", "pm_staffing = \"高\" # ", "wrong_type", "第 16 行");
}

#[test]
fn the_other_parties_are_those_of_the_scheme() {
    let given: Vec<_> = sheet().inputs.parties.into_iter().map(|given| given.party).collect();
    let scheme = scheme();
    assert_eq!(given, scheme.others().map(|party| party.code.as_str()).collect::<Vec<_>>());
}

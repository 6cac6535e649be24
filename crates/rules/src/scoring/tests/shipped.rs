//! The other schemes as shipped: three levels and a thousand points, and residents' committees as a party.

use super::dec;
use crate::scoring::{Added, Inputs, ItemScore, PartyScore, Scheme, ScoredBy, Vetoed, aggregate};

const THREE_LEVELS: &str = include_str!("../../../../../schemes/guangzhou-2019.toml");
const COMMITTEES: &str = include_str!("../../../../../schemes/committees-2024.toml");
const FIGURES: [&str; 6] = [
    "staff.certified_share_of_agreed_percent",
    "staff.two_years_share_of_agreed_percent",
    "staff.retention_percent",
    "registry.coverage_percent",
    "monitoring.satisfaction_percent",
    "outcome.inbound_answer_percent",
];

fn read(text: &str) -> Scheme {
    Scheme::parse("shipped.toml", text, &FIGURES).expect("a good scheme")
}

/// Three experts who give every item this percentage of its points, and the parties these scores.
fn given(scheme: &Scheme, percent: [&str; 3], parties: &[(&str, &str)]) -> Inputs {
    let mut inputs = Inputs { areas: vec!["east".to_owned()], ..Inputs::default() };
    for (code, percent) in ["a", "b", "c"].into_iter().zip(percent) {
        inputs.experts.push(code.to_owned());
        for (_, item) in scheme.items() {
            let cell = if item.per_area { format!("{}@east", item.code) } else { item.code.clone() };
            let score = item.points * dec(percent) / dec("100");
            inputs.scores.push(ItemScore { expert: code.to_owned(), item: cell, score });
        }
    }
    let party = |(party, score): &(&str, &str)| PartyScore { party: (*party).to_owned(), score: dec(score) };
    inputs.parties = parties.iter().map(party).collect();
    inputs
}

#[test]
fn three_levels_have_9_25_and_90_indicators_and_1000_points() {
    let scheme = read(THREE_LEVELS);
    let groups: usize = scheme.sections.iter().map(|section| section.groups.len()).sum();
    assert_eq!((scheme.sections.len(), groups, scheme.items().count()), (9, 25, 90));
    assert_eq!(scheme.full, dec("1000"));
    let parties: Vec<_> = scheme.parties.iter().map(|party| (party.by, party.weight, party.out_of)).collect();
    assert_eq!(
        parties,
        [
            (ScoredBy::Panel, dec("700"), dec("700")),
            (ScoredBy::StreetOffice, dec("200"), dec("200")),
            (ScoredBy::DistrictBureau, dec("100"), dec("100")),
        ]
    );
    assert!(scheme.vetoes.iter().any(|veto| veto.code == "finance") && scheme.note.contains("示例"));
}

#[test]
fn a_thousand_points_are_added_as_they_are_given() {
    let scheme = read(THREE_LEVELS);
    // The trimmed mean of 80, 90 and 100 percent is 90: 630 of 700.
    let mut inputs = given(&scheme, ["80", "90", "100"], &[("purchaser", "180"), ("supervisor", "88.5")]);
    let outcome = aggregate(&scheme, &inputs).expect("a result");
    let weighted: Vec<_> = outcome.parties.iter().map(|party| party.weighted).collect();
    assert_eq!(weighted, [dec("630"), dec("180"), dec("88.5")]);
    assert_eq!((outcome.total, outcome.grade_code.as_str()), (dec("898.5"), "good"));
    let team: Vec<_> = outcome.groups.iter().filter(|group| group.section == "team").collect();
    let scores: Vec<_> = team.iter().map(|group| (group.points, group.score)).collect();
    assert_eq!(scores, [(dec("40"), dec("36")), (dec("25"), dec("22.5")), (dec("25"), dec("22.5"))]);
    let sum: rust_decimal::Decimal = team.iter().map(|group| group.score).sum();
    assert_eq!(sum, outcome.sections[0].score);
    // A bonus twice over its most adds its most; finance takes the grade whatever the total.
    let bonus = Added { code: "commended".to_owned(), times: 4, note: "示例".to_owned() };
    inputs.bonuses.push(bonus);
    let outcome = aggregate(&scheme, &inputs).expect("a result");
    assert_eq!((outcome.bonuses[0].added, outcome.total), (dec("10"), dec("908.5")));
    assert_eq!(outcome.grade_code, "excellent");
    inputs.vetoes.push(Vetoed { code: "finance".to_owned(), note: "示例".to_owned() });
    let outcome = aggregate(&scheme, &inputs).expect("a result");
    assert_eq!((outcome.total, outcome.grade_code.as_str()), (dec("908.5"), "unqualified"));
}

#[test]
fn a_bonus_never_lifts_the_total_above_the_full_marks() {
    let scheme = read(THREE_LEVELS);
    let mut inputs = given(&scheme, ["100", "100", "100"], &[("purchaser", "200"), ("supervisor", "99")]);
    inputs.bonuses.push(Added { code: "commended".to_owned(), times: 1, note: "示例".to_owned() });
    let outcome = aggregate(&scheme, &inputs).expect("a result");
    assert_eq!((outcome.weighted_total, outcome.total), (dec("999"), dec("1000")));
}

#[test]
fn committees_score_through_the_evaluators_staff_and_may_be_missing() {
    let scheme = read(COMMITTEES);
    let committees = scheme.parties.iter().find(|party| party.code == "committees").expect("a party");
    assert_eq!((committees.by, committees.weight), (ScoredBy::EvaluatorStaff, dec("20")));
    assert!(scheme.items().count() >= 16 && scheme.sections.iter().all(|section| section.groups.is_empty()));
    let all = [("purchaser", "90"), ("committees", "80"), ("supervisor", "70")];
    let outcome = aggregate(&scheme, &given(&scheme, ["80", "85", "100"], &all)).expect("a result");
    // 85 × 50 % + 90 × 20 % + 80 × 20 % + 70 × 10 %
    assert_eq!((outcome.total, outcome.grade_code.as_str()), (dec("83.5"), "good"));
    let without: Vec<_> = all.into_iter().filter(|(party, _)| *party != "committees").collect();
    let outcome = aggregate(&scheme, &given(&scheme, ["80", "85", "100"], &without)).expect("a result");
    // (42.5 + 18 + 7) ÷ 80 %
    assert_eq!((outcome.scheme.weight_base, outcome.total), (dec("80"), dec("84.38")));
}

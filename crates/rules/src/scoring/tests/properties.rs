//! What holds for any scores: order is of no account, the printed parts are the printed total.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{changed, dec, inputs, small};
use crate::scoring::{Deducted, Inputs, Scheme, aggregate, severity};

const CODES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// 3 to 6 experts with any scores of two decimals, a party's score, deductions, and a shuffled copy.
fn rounds() -> impl Strategy<Value = (Inputs, Inputs)> {
    let cells = (0..=4000_u32, 0..=3000_u32, 0..=3000_u32, 0..=2000_u32, 0..=1000_u32);
    let scores = prop::collection::vec(cells, 3..=6);
    (scores, 0..=10_000_u32, prop::collection::vec(0..4_u32, 0..3)).prop_flat_map(
        |(scores, party, deducted)| {
            let given = round(&scores, party, &deducted);
            shuffled(given.clone()).prop_map(move |other| (given.clone(), other))
        },
    )
}

fn round(scores: &[(u32, u32, u32, u32, u32)], party: u32, deducted: &[u32]) -> Inputs {
    let text = |hundredths: u32| Decimal::new(hundredths.into(), 2).to_string();
    let rows: Vec<_> = scores.iter().map(|(a, b, c, d, e)| [*a, *b, *c, *d, *e].map(text)).collect();
    let experts: Vec<_> =
        CODES.into_iter().zip(&rows).map(|(code, row)| (code, row.each_ref().map(String::as_str))).collect();
    let mut given = inputs(&experts, &text(party));
    let late = |times: &u32| Deducted { code: "late".to_owned(), times: *times, note: String::new() };
    given.deductions = deducted.iter().map(late).collect();
    given
}

fn shuffled(given: Inputs) -> impl Strategy<Value = Inputs> {
    let lists = (
        Just(given.experts.clone()).prop_shuffle(),
        Just(given.areas.clone()).prop_shuffle(),
        Just(given.scores.clone()).prop_shuffle(),
    );
    lists.prop_map(move |(experts, areas, scores)| Inputs { experts, areas, scores, ..given.clone() })
}

fn schemes() -> impl Strategy<Value = Scheme> {
    let rule = prop::sample::select(vec!["mean", "trimmed_mean", "median"]);
    let at = prop::sample::select(vec![
        "[]",
        "[\"item\"]",
        "[\"party\", \"weighted\", \"total\"]",
        "[\"item\", \"section\", \"party\", \"weighted\", \"total\"]",
        "[\"weighted\", \"total\"]",
    ]);
    (rule, at).prop_map(|(rule, at)| {
        small(&[
            ("rule = \"mean\"", &format!("rule = \"{rule}\"")),
            ("quorum = 2", "quorum = 3"),
            ("[\"party\", \"weighted\", \"total\"]", at),
        ])
    })
}

/// The scheme with its sections, items and parties in the opposite order.
fn reversed(mut scheme: Scheme) -> Scheme {
    scheme.sections.reverse();
    scheme.sections.iter_mut().for_each(|section| section.items.reverse());
    scheme.parties.reverse();
    scheme
}

proptest! {
    #[test]
    fn the_order_of_inputs_changes_nothing(scheme in schemes(), (given, other) in rounds()) {
        prop_assert_eq!(aggregate(&scheme, &given), aggregate(&scheme, &other));
        prop_assert_eq!(severity(&scheme, &given), severity(&scheme, &other));
    }

    #[test]
    fn the_order_of_the_scheme_changes_no_sum(scheme in schemes(), (given, _) in rounds()) {
        let one = aggregate(&scheme, &given).expect("a result");
        let other = aggregate(&reversed(scheme), &given).expect("a result");
        prop_assert_eq!((one.total, one.grade), (other.total, other.grade));
        for section in &one.sections {
            prop_assert!(other.sections.contains(section));
        }
    }

    #[test]
    fn printed_weighted_scores_sum_to_the_printed_total((given, _) in rounds()) {
        let outcome = aggregate(&small(&[]), &given).expect("a result");
        let sum: Decimal = outcome.parties.iter().map(|party| party.weighted).sum();
        let taken: Decimal = outcome.deductions.iter().map(|deduction| deduction.taken).sum();
        prop_assert_eq!(sum, outcome.weighted_total);
        prop_assert_eq!((sum - taken).max(Decimal::ZERO), outcome.total);
        for printed in outcome.parties.iter().map(|party| party.weighted).chain([outcome.total]) {
            prop_assert!(printed.scale() <= 2, "{}", printed);
        }
    }

    #[test]
    fn a_mean_stays_between_its_scores(scheme in schemes(), (given, _) in rounds()) {
        let outcome = aggregate(&scheme, &given).expect("a result");
        for item in &outcome.items {
            let low = item.scores.iter().map(|score| score.score).min().expect("scores");
            let high = item.scores.iter().map(|score| score.score).max().expect("scores");
            let slack = dec("0.005");
            prop_assert!(low - slack <= item.aggregate && item.aggregate <= high + slack);
            prop_assert!(item.aggregate <= item.points);
        }
    }

    /// Whatever a file says, the answer is a scheme or a message, never a crash.
    #[test]
    fn any_number_in_a_scheme_is_answered(number in "-?[0-9_]{1,30}(\\.[0-9]{1,30})?(e[0-9]{1,3})?") {
        let text = changed(&[("points = 40", &format!("points = {number}"))]);
        let problems = Scheme::parse("小样.toml", &text, &super::FIGURES);
        prop_assert!(problems.is_ok() || problems.is_err_and(|found| !found.is_empty()));
    }
}

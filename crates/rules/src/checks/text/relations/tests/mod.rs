//! One case table per relation: a text and the findings it must give, as "rule: part of the message"; an empty list
//! means silence. Texts that hold stand beside texts that do not.

mod beside;
mod blind;
mod bound;
mod by_name;
mod dates;
mod dense;
mod derived;
mod elsewhere;
mod exceptions;
mod chains;
mod changes;
mod lists;
mod meant;
mod middles;
mod numbers;
mod outside;
mod plain_facts;
mod ordinary;
mod plainly;
mod scores;
mod stations;
mod reckoned;
mod reports;
mod silent;
mod slips;
mod tables;
mod talk;
mod together;
mod told;
mod wholes;

use crate::checks::text::{Text, check};

/// The findings of `text` are exactly the expected ones, in order.
fn expect(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        let found: Vec<String> = check(&Text::from_plain(text))
            .findings
            .iter()
            .map(|f| format!("{}: {}", f.rule, f.message))
            .collect();
        let fits = found.len() == expected.len()
            && found.iter().zip(*expected).all(|(f, e)| {
                let (rule, part) = e.split_once(": ").unwrap();
                f.starts_with(&format!("{rule}: ")) && f.contains(part)
            });
        assert!(fits, "{text}\nfound {found:#?}\nexpected {expected:#?}");
    }
}

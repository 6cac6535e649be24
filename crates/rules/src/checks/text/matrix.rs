//! One relation in the many shapes in which it is told: other units and nouns, another clause between, signs, words of counting. Each line of
//! `fixtures/matrix.txt` is a text of its own, marked as in `marked.rs`, that must be silent, and loud when a mark breaks.

use std::collections::BTreeMap;

use super::marked::{pieces, plain, try_marks};
use super::{Text, check};

const CASES: &str = include_str!("fixtures/matrix.txt");
/// The least share of the breaks that must be found, in percent.
const FOUND: usize = 90;

/// Found and all breaks, and lines of which every break is found and all lines, by pattern; what is missed; what is said of a line unbroken.
fn tried(cases: &str) -> (BTreeMap<String, [usize; 4]>, Vec<String>, Vec<String>) {
    let (mut sums, mut missed, mut wrong) = (BTreeMap::<String, [usize; 4]>::new(), Vec::new(), Vec::new());
    let mut pattern = "";
    for line in cases.lines().filter(|l| !l.is_empty()) {
        if let Some(name) = line.strip_prefix("# ") {
            pattern = name;
            continue;
        }
        let found = check(&Text::from_plain(&plain(&pieces(line), None))).findings;
        wrong.extend(found.iter().map(|f| format!("{line} {}: {}", f.rule, f.message)));
        let own = try_marks(line, 1);
        let (found, of) = own.sum();
        let sum = sums.entry(pattern.to_owned()).or_default();
        *sum = [sum[0] + found, sum[1] + of, sum[2] + usize::from(found == of), sum[3] + 1];
        missed.extend(own.missed);
    }
    (sums, missed, wrong)
}

#[test]
fn told_in_many_shapes() {
    let (sums, missed, wrong) = tried(CASES);
    assert_eq!(wrong, Vec::<String>::new());
    for (pattern, [found, of, ..]) in sums {
        assert!(found * 100 >= of * FOUND, "{pattern}: {found} of {of}\n{}", missed.join("\n"));
    }
}

/// The same of a file of one's own (`MATRIX=/a/file`), with what is missed.
#[test]
#[ignore = "prints"]
fn matrix_by_pattern() {
    let own = std::env::var("MATRIX").map(|file| std::fs::read_to_string(file).unwrap());
    let (sums, missed, wrong) = tried(own.as_deref().unwrap_or(CASES));
    println!(
        "{}\n{}",
        missed.join("\n"),
        wrong.iter().map(|w| format!("FALSE {w}")).collect::<Vec<_>>().join("\n")
    );
    for (pattern, sum) in sums {
        println!("{pattern}: breaks {} of {}, lines {} of {}", sum[0], sum[1], sum[2], sum[3]);
    }
}

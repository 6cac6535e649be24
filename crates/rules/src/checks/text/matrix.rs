//! One pattern in the many shapes in which it is told: other units and nouns, another clause between, signs, words of counting. Each line of
//! `fixtures/matrix.txt` is a text of its own (⏎ parts its paragraphs and rows), marked as in `marked.rs`, that must be silent, and loud when a
//! mark breaks. The heading of a pattern says what share of its breaks must be found at least.

use std::collections::BTreeMap;

use super::marked::{pieces, plain, try_marks};
use super::{Text, check};

const CASES: &str = include_str!("fixtures/matrix.txt");
/// Found and all breaks, and lines of which every break is found and all lines, by heading; what is missed; what is said of a line unbroken.
fn tried(cases: &str) -> (BTreeMap<&str, [usize; 4]>, Vec<String>, Vec<String>) {
    let (mut sums, mut missed, mut wrong) = (BTreeMap::<&str, [usize; 4]>::new(), Vec::new(), Vec::new());
    let mut pattern = "";
    for line in cases.lines().filter(|l| !l.is_empty()) {
        if let Some(heading) = line.strip_prefix("§ ") {
            pattern = heading;
            continue;
        }
        let text = line.replace('⏎', "\n\n").replace("|\n\n|", "|\n|");
        let found = check(&Text::from_plain(&plain(&pieces(&text), None))).findings;
        wrong.extend(found.iter().map(|f| format!("{line} {}: {}", f.rule, f.message)));
        let own = try_marks(&text, 1);
        let (found, of) = own.sum();
        let sum = sums.entry(pattern).or_default();
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
        let least: usize = pattern.rsplit_once(" >= ").unwrap().1.parse().unwrap();
        assert!(found * 100 >= of * least, "{pattern}: {found} of {of}\n{}", missed.join("\n"));
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

//! Reports as other people write them, and beside each the breaks that a reader could detect, judged by hand. A line of
//! a `.breaks` file is `rule,rule: words → words`: the rules any of which should speak, the words of the report (they
//! stand in it once), and what they become. Kept apart from the mechanical breaks of `mutation.rs`, because these ask
//! what a person sees and not what a pattern can change.

use super::{Text, check};

/// A report, and its breaks.
type Judged = (&'static str, &'static str, &'static str);

macro_rules! judged {
    ($($name:literal, $ending:literal;)*) => {
        &[$((
            concat!($name, ".", $ending),
            include_str!(concat!("fixtures/judged/", $name, ".", $ending)),
            include_str!(concat!("fixtures/judged/", $name, ".breaks")),
        )),*]
    };
}

const JUDGED: &[Judged] = judged![
    "guitang", "md"; "longping", "md"; "yanglao", "md"; "jindu", "txt";
    "wuyang", "md"; "hengli", "txt"; "hubei", "md";
    "shunde", "md"; "shekou", "md"; "qingshaonian", "txt";
    "taizhou", "md"; "chancheng", "md"; "zhengzhou", "txt";
    "guangzhou", "md"; "school", "md"; "hefei", "txt";
    "kunming", "md"; "xiamen", "txt"; "dalian", "md"; "baoding", "txt";
];

/// Reports that only have to stay silent.
const SILENT: &[(&str, &str)] = &[
    ("jinan.md", include_str!("fixtures/judged/jinan.md")),
    ("nanning.txt", include_str!("fixtures/judged/nanning.txt")),
    ("weifang.txt", include_str!("fixtures/judged/weifang.txt")),
    ("shaoxing.md", include_str!("fixtures/judged/shaoxing.md")),
    ("suzhou.md", include_str!("fixtures/judged/suzhou.md")),
    ("changshou.txt", include_str!("fixtures/judged/changshou.txt")),
];

/// The least share of the judged breaks that must be found, and found by one of the rules named, in percent. Of all 769
/// breaks 574 are found (74.6 %), 496 by a rule named (64.5 %).
const FOUND: usize = 73;
const BY_RULE: usize = 62;
/// Every how manieth break is tried here; 1 takes a minute in a debug build.
const EVERY: usize = 2;

#[test]
fn unbroken_reports_are_silent() {
    let all = JUDGED.iter().map(|j| (j.0, j.1)).chain(SILENT.iter().copied());
    for (name, text) in all {
        let found = check(&Text::from_plain(text)).findings;
        let said: Vec<String> = found.iter().map(|f| format!("{}: {}", f.rule, f.message)).collect();
        assert_eq!(said, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn judged_breaks_are_found() {
    let (mut all, mut found, mut by_rule) = (0, 0, 0);
    let mut missed = Vec::new();
    for (name, text, breaks) in JUDGED {
        for line in breaks.lines().filter(|l| !l.is_empty()).step_by(EVERY) {
            let (rules, words) = line.split_once(": ").unwrap();
            let (before, after) = words.split_once(" → ").unwrap();
            assert_eq!(text.matches(before).count(), 1, "{name}: {line}");
            let findings = check(&Text::from_plain(&text.replacen(before, after, 1))).findings;
            all += 1;
            found += usize::from(!findings.is_empty());
            by_rule += usize::from(findings.iter().any(|f| rules.split(',').any(|r| r == f.rule)));
            if findings.is_empty() {
                missed.push(format!("{name}: {line}"));
            }
        }
    }
    println!("{found} of {all} found, {by_rule} by a rule named\n{}", missed.join("\n"));
    assert!(found * 100 >= all * FOUND, "{found} of {all}");
    assert!(by_rule * 100 >= all * BY_RULE, "{by_rule} of {all}");
}

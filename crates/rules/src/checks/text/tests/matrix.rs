//! One case for every surface of a pattern: whole it must be silent, with one word broken it must be found.

use super::*;

/// The least share that must bind, in percent.
const BOUND: usize = 85;

/// Pattern, whole text, broken text.
fn cases() -> Vec<(String, String, String)> {
    let file = include_str!("matrix.txt");
    let mut out = Vec::new();
    for line in file.lines().filter(|l| !l.starts_with('#')) {
        let (pattern, text) = line.split_once(": ").unwrap();
        let text = text.replace('⏎', "\n\n").replace("|\n\n|", "|\n|");
        let plain = |at: Option<usize>| {
            let mut words = String::new();
            for (n, part) in text.split('⟦').enumerate() {
                let Some((mark, rest)) = part.split_once('⟧') else {
                    words.push_str(part);
                    continue;
                };
                let (right, wrong) = mark.split_once('→').unwrap();
                words.push_str(if at == Some(n) { wrong } else { right });
                words.push_str(rest);
            }
            words
        };
        for n in 1..text.split('⟦').count() {
            out.push((pattern.to_owned(), plain(None), plain(Some(n))));
        }
    }
    out
}

#[test]
fn every_surface_binds() {
    let mut bound = std::collections::BTreeMap::<String, (usize, usize)>::new();
    let mut missed = String::new();
    for (pattern, whole, broken) in cases() {
        let said = rules_of(&whole);
        let found = !rules_of(&broken).is_empty();
        let entry = bound.entry(pattern.clone()).or_default();
        *entry = (entry.0 + usize::from(found && said.is_empty()), entry.1 + 1);
        if !said.is_empty() {
            let _ = writeln!(missed, "FALSE {pattern}: {whole} {said:?}");
        } else if !found {
            let _ = writeln!(missed, "MISSED {pattern}: {broken}");
        }
    }
    let (hit, of) = bound.values().fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    println!("{bound:?}\n{missed}");
    assert!(hit * 100 >= of * BOUND && !missed.contains("FALSE"), "{hit} of {of}\n{missed}");
}

//! The wording of a finding: figures are named, never typed. Pure.

use kernel::Problem;
use rules::counting::RuleSet;
use rules::wording::{Segment, parse, typed_number};

/// Words beside figures that a finding may name.
const DATES: [&str; 4] = ["round.records_until", "round.evaluated_on", "contract.start", "contract.end"];

/// What is wrong with the wording of a finding, in words.
pub(super) fn wrong(text: &str, known: &RuleSet) -> Option<String> {
    let said = |problem: Problem| format!("{}：{}", problem.what, problem.remedy);
    let segments = match parse(text) {
        Ok(segments) => segments,
        Err(problem) => return Some(said(problem)),
    };
    segments.iter().find_map(|segment| match segment {
        Segment::Text(words) => {
            let number = typed_number(words)?;
            Some(format!("“{number}”是手写的数字：写成 {{代码}}，由系统填入"))
        }
        Segment::Figure { code, .. } if DATES.contains(&code.as_str()) || known.get(code).is_some() => None,
        Segment::Figure { code, .. } => Some(format!("没有代码为“{code}”的数字：从“数字与记录”里抄代码")),
    })
}

#[cfg(test)]
mod tests {
    use super::wrong;
    use crate::library::Library;

    #[test]
    fn figures_are_named_and_never_typed() {
        let rules = Library::load(None).unwrap().rules;
        for (text, expected) in [
            ("探访{home_visits}次，截至{round.records_until}", None),
            ("探访{home_visits@xiaogang}次", None),
            ("没有数字", None),
            ("探访949次", Some("手写的数字")),
            ("接听率55.2%", Some("“55.2%”")),
            ("探访９次", Some("“９”")),
            ("探访{none}次", Some("没有代码")),
            ("探访{home_visits次", Some("没有配上")),
        ] {
            let found = wrong(text, &rules);
            match expected {
                None => assert_eq!(found, None, "{text}"),
                Some(words) => {
                    assert!(found.clone().is_some_and(|found| found.contains(words)), "{text}: {found:?}")
                }
            }
        }
    }
}

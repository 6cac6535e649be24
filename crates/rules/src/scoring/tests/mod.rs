//! Case tables and properties of the scoring arithmetic. The small scheme here has round numbers, so that every
//! expected value can be checked by eye; the sample's scheme and scores are in `example`.

mod bounds;
mod compare;
mod example;
mod grades;
mod properties;
mod scheme;
mod severity;
mod shipped;
mod sums;

use rust_decimal::Decimal;

use super::{Inputs, ItemScore, PartyScore, Scheme};

/// Two parties 60/40; two sections 70/30; `talk` is scored by area.
const SMALL: &str = r#"code = "small"
version = "1"
name = "小样"
note = "测试用"
[rounding]
decimals = 2
at = ["party", "weighted", "total"]
entry_decimals = 2
[aggregation]
rule = "mean"
quorum = 2
missing_party = "refuse"
discuss_above_percent = 20
[[party]]
code = "third_party"
by = "panel"
name = "评估机构"
weight = 60
[[party]]
code = "purchaser"
by = "street_office"
name = "街道"
weight = 40
[[section]]
code = "work"
name = "工作"
points = 70
[[section.item]]
code = "files"
name = "档案"
points = 40
asks = "齐不齐"
levels = ["齐"]
evidence = ["档案"]
rule = "measured"
figure = "registry.coverage_percent"
steps = [{ from = 0, share = 0 }, { from = 80, share = 50 }, { from = 100, share = 100 }]
[[section.item]]
code = "talk"
name = "探访"
points = 30
per_area = true
asks = "深不深"
levels = ["深"]
evidence = ["记录"]
rule = "expert"
[[section]]
code = "effect"
name = "成效"
points = 30
[[section.item]]
code = "liked"
name = "满意"
points = 20
asks = "满意度"
levels = ["满意"]
evidence = ["问卷"]
rule = "survey"
figure = "monitoring.satisfaction_percent"
[[section.item]]
code = "list"
name = "清单"
points = 10
asks = "有没有"
levels = ["有"]
evidence = ["清单"]
rule = "checklist"
entries = ["一", "二", "三"]
[[grade]]
code = "excellent"
name = "优秀"
from = 90
[[grade]]
code = "good"
name = "良好"
from = 80
[[grade]]
code = "qualified"
name = "合格"
from = 60
[[grade]]
code = "unqualified"
name = "不合格"
from = 0
[[veto]]
code = "false_records"
name = "弄虚作假"
ground = "查实"
grade = "unqualified"
[[deduction]]
code = "late"
name = "逾期"
ground = "每次"
points = 0.5
"#;

const FIGURES: [&str; 2] = ["registry.coverage_percent", "monitoring.satisfaction_percent"];

/// The small scheme with replacements made in its text.
fn small(changes: &[(&str, &str)]) -> Scheme {
    Scheme::parse("小样.toml", &changed(changes), &FIGURES).expect("the small scheme is good")
}

fn changed(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(SMALL.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "nothing to replace: {from}");
        text.replacen(from, to, 1)
    })
}

fn dec(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

/// Inputs of the small scheme: per expert `files`, `talk` in areas north and south, `liked`, `list`.
fn inputs(experts: &[(&str, [&str; 5])], purchaser: &str) -> Inputs {
    let cells = ["files", "talk@north", "talk@south", "liked", "list"];
    let score = |expert: &str, (item, score): (&str, &&str)| ItemScore {
        expert: expert.to_owned(),
        item: item.to_owned(),
        score: dec(score),
    };
    Inputs {
        experts: experts.iter().map(|(code, _)| (*code).to_owned()).collect(),
        areas: vec!["north".to_owned(), "south".to_owned()],
        scores: experts
            .iter()
            .flat_map(|(code, given)| cells.into_iter().zip(given).map(|cell| score(code, cell)))
            .collect(),
        parties: vec![PartyScore { party: "purchaser".to_owned(), score: dec(purchaser) }],
        ..Inputs::default()
    }
}

/// Three experts with 80, 82 and 85.
fn three() -> Inputs {
    inputs(
        &[
            ("a", ["32", "24", "26", "16", "7"]),
            ("b", ["34", "24", "25", "15.5", "8"]),
            ("c", ["35", "26", "26", "16", "8"]),
        ],
        "88.5",
    )
}

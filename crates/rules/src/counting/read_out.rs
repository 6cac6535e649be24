//! A rule in plain Chinese, so that whoever signs for it knows what is counted.

use super::rule::{Condition, Count, Rule, Test, Window};
use super::{Derivation, Figure, Operand};
use super::{FieldType, RuleSet};

/// The figure in one sentence: 统计“探访记录”的条数，条件：方式为“入户探访”；按“探访日期”计入合同期内至截止日的记录。
#[must_use]
pub fn read_out(set: &RuleSet, figure: &Figure) -> String {
    match figure {
        Figure::Counted(rule) => counted(rule),
        Figure::Derived { derivation, .. } => derived(set, derivation),
    }
}

fn counted(rule: &Rule) -> String {
    let label = rule.kind.label;
    let what = match rule.count {
        Count::Records => format!("统计“{label}”的条数"),
        Count::Sum(field) => format!("把“{label}”的“{}”相加", field.label),
        Count::Distinct(field) => format!("统计“{label}”中不同的“{}”，重复的只算一次", field.label),
        Count::YearsSince(field) => format!("“{label}”的“{}”到截止日的整年数", field.label),
    };
    let conditions: Vec<String> = rule.conditions.iter().map(condition).collect();
    let conditions = if conditions.is_empty() {
        String::new()
    } else {
        format!("，条件：{}", conditions.join("，且"))
    };
    let window = match rule.window {
        Window::During(field) => format!("；按“{}”计入合同期首日至截止日的记录", field.label),
        Window::Until(field) => format!("；计入“{}”不晚于截止日的记录", field.label),
        Window::At(from, to) => format!("；计入截止日仍有效的记录（“{}”至“{}”）", from.label, to.label),
        Window::Always => String::new(),
    };
    let note = if rule.note.is_empty() {
        String::new()
    } else {
        format!("{}。", rule.note.trim_end_matches('。'))
    };
    format!("{what}{conditions}{window}。{note}")
}

fn condition(condition: &Condition) -> String {
    let label = condition.field.label;
    match &condition.test {
        Test::OneOf(values) => {
            let words: Vec<String> =
                values.iter().map(|value| format!("“{}”", word(condition.field.holds, value))).collect();
            format!("{label}为{}", words.join("或"))
        }
        Test::Is(true) => format!("{label}为“是”"),
        Test::Is(false) => format!("{label}为“否”"),
        Test::AtLeast(least) => format!("{label}不少于 {least}"),
        Test::Missing => format!("{label}未填"),
        Test::Present => format!("{label}已填"),
        Test::ByStart => format!("{label}不晚于合同期首日"),
        Test::ThisRound => format!("{label}为本轮次"),
        Test::PreviousRound => format!("{label}为上一轮次"),
        Test::YearsBefore(years) => format!("{label}到截止日已满 {years} 年"),
    }
}

fn word(holds: FieldType, value: &str) -> String {
    match holds {
        FieldType::Word(words) => {
            words().into_iter().find(|(word, _)| *word == value).map_or(value, |(_, label)| label).to_owned()
        }
        _ => value.to_owned(),
    }
}

fn derived(set: &RuleSet, derivation: &Derivation) -> String {
    let name = |operand: &Operand| match operand {
        Operand::Figure(code) => format!("“{}”", set.get(code).map_or(code.as_str(), Figure::name)),
        Operand::Number(number) => number.to_string(),
    };
    match derivation {
        Derivation::Percent(of, whole) => {
            format!("{} ÷ {} × 100%，四舍五入到两位小数。", name(of), name(whole))
        }
        Derivation::Ratio(of, whole, 0) => format!("{} ÷ {}，四舍五入到个位。", name(of), name(whole)),
        Derivation::Ratio(of, whole, decimals) => {
            format!("{} ÷ {}，四舍五入到 {decimals} 位小数。", name(of), name(whole))
        }
        Derivation::Sum(all) => format!("{}。", all.iter().map(name).collect::<Vec<_>>().join(" + ")),
    }
}

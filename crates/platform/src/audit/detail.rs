//! What a line says changed, field by field, with what is personal left out: that it changed is said, not what it is.
//! Pure.

use serde_json::Value;

use super::words;

/// Stands for a value that is not shown.
const HIDDEN: &str = "•••";
/// The longest value that is shown whole.
const LONGEST: usize = 120;

/// Kinds of record that tell of things and places. Records of all other kinds tell of people.
const THINGS: &[&str] = &[
    "station",
    "area",
    "community",
    "service_point",
    "contract",
    "contract_category",
    "regulation",
    "activity",
    "group",
    "programme",
    "partner",
    "community_fund",
    "fund_drive",
    "publicity_post",
    "media_report",
    "recognition",
    "brochure_round",
    "indicator_target",
    "round",
    "past_figure",
    "rectification",
    "attendance_due",
    "volunteer_team",
];
/// Whether records of a kind tell of people.
pub(crate) fn of_people(kind: &str) -> bool {
    !THINGS.contains(&kind)
}

/// Fields that are personal in whatever record they stand.
const PERSONAL: &[&str] =
    &["phone", "id_number", "birth", "contact", "door", "tail", "hash", "file_number", "display_name", "key"];

/// A field that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Changed {
    /// The field in words.
    pub(super) field: String,
    /// What stood there.
    pub(super) before: String,
    /// What stands there now.
    pub(super) after: String,
}

/// The fields of a line's detail.
pub(super) fn changed(kind: &str, detail: &Value) -> Vec<Changed> {
    let Value::Object(fields) = detail else { return Vec::new() };
    let one = |(name, value): (&String, &Value)| {
        let field = words::field(kind, name);
        let (before, after) = match value {
            Value::Array(pair) if pair.len() == 2 => (&pair[0], &pair[1]),
            other => (&Value::Null, other),
        };
        Changed { field, before: shown(kind, name, before), after: shown(kind, name, after) }
    };
    fields.iter().map(one).collect()
}

fn shown(kind: &str, field: &str, value: &Value) -> String {
    let text = match value {
        Value::Null => return "空".to_owned(),
        Value::Bool(truth) => return if *truth { "是" } else { "否" }.to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if text.is_empty() {
        return "空".to_owned();
    }
    let thing = !of_people(kind);
    // In a record about somebody only what cannot be words about them is shown: codes, days, numbers.
    let personal = PERSONAL.iter().any(|part| field.contains(part))
        || !thing && (field == "name" && kind != "user" || !text.is_ascii() || text.contains(' '));
    if personal {
        return HIDDEN.to_owned();
    }
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

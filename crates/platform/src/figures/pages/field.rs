//! A record's field as people read it.

use rules::counting::{Field, FieldType, scaled};
use web::number::grouped;

/// How many characters of a pseudonym are shown: enough to tell two records apart.
const SHOWN: usize = 10;

/// One field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// As printed.
    pub text: String,
    /// How it stands: `num`, `id`, `muted` or nothing.
    pub class: &'static str,
    /// The header of its column.
    pub label: &'static str,
}

/// A field's value; references are pseudonyms already and are shortened.
#[must_use]
pub fn cell(field: &'static Field, value: Option<&str>) -> Cell {
    let (text, class) = match value {
        None => ("未填".to_owned(), "muted"),
        Some(value) => printed(field.holds, value),
    };
    Cell { text, class, label: field.label }
}

/// A pseudonym, shortened.
#[must_use]
pub fn short(pseudonym: &str) -> String {
    pseudonym.chars().take(SHOWN).collect()
}

/// How the column of a field stands.
#[must_use]
pub fn class(field: &Field) -> &'static str {
    match field.holds {
        FieldType::Whole | FieldType::Money | FieldType::Halves | FieldType::Hundredths => "num",
        _ => "",
    }
}

fn printed(holds: FieldType, value: &str) -> (String, &'static str) {
    match holds {
        FieldType::Word(words) => {
            let found = words().into_iter().find(|(word, _)| *word == value);
            (found.map_or(value, |(_, label)| label).to_owned(), "")
        }
        FieldType::Flag => (if value == "true" { "是" } else { "否" }.to_owned(), ""),
        FieldType::Reference => (short(value), "id"),
        FieldType::Date => (value.to_owned(), "nw"),
        FieldType::Text => (value.to_owned(), ""),
        FieldType::Whole | FieldType::Money | FieldType::Halves | FieldType::Hundredths => {
            let number = value.parse().map(|whole: i64| grouped(scaled(whole, holds)));
            (number.unwrap_or_else(|_| value.to_owned()), "num")
        }
    }
}

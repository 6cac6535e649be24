//! What is known of the files, as plain values: whoever compares gives keys in place of sealed numbers.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use crate::identity::{IdNumber, Phone};

/// A person who has, or had, a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilePerson {
    /// The person.
    pub person: String,
    /// The household.
    pub household: String,
    /// The id on the city's platform.
    pub platform_id: Option<String>,
    /// The key of the identity number, as [`Keys::id_number`] makes it.
    pub id_key: Option<String>,
    /// The number on the household's file.
    pub file_number: Option<String>,
    /// The name.
    pub name: String,
    /// The community's name.
    pub community: Option<String>,
    /// The code of the household's service level today.
    pub level: Option<String>,
    /// The codes of the categories today.
    pub categories: BTreeSet<String>,
    /// The code of the residence.
    pub residence: Option<String>,
    /// The key of the telephone number, as [`Keys::phone`] makes it.
    pub phone_key: Option<String>,
    /// Whether the file is closed.
    pub closed: bool,
}

/// How the caller makes the keys that files are compared by: a keyed hash, so that files need not be opened.
#[derive(Clone, Copy)]
pub struct Keys<'k> {
    /// The key of an identity number.
    pub id_number: &'k dyn Fn(&IdNumber) -> String,
    /// The key of a telephone number.
    pub phone: &'k dyn Fn(&Phone) -> String,
}

/// A community's name without what one list writes and another does not: 示例东社区居委会 and 示例东 are one.
#[must_use]
pub fn community_key(name: &str) -> String {
    let mut name = plain(name);
    for ending in ["居民委员会", "村民委员会", "居委会", "村委会", "居委", "社区"] {
        if let Some(shorter) = name.strip_suffix(ending).filter(|shorter| !shorter.is_empty()) {
            name = shorter.to_owned();
        }
    }
    name
}

/// A name or number as it is compared: full-width forms made narrow, no spaces or marks, small letters.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    // Ideographs and ASCII are regular already, and nearly everything is made of them.
    let regular = text.chars().all(|letter| letter.is_ascii() || ('\u{4e00}'..='\u{9fff}').contains(&letter));
    let mut push = |letter: char| match letter {
        '\u{4e00}'..='\u{9fff}' => plain.push(letter),
        _ if letter.is_ascii_alphanumeric() => plain.push(letter.to_ascii_lowercase()),
        _ if letter.is_alphanumeric() => plain.extend(letter.to_lowercase()),
        _ => {}
    };
    if regular {
        text.chars().for_each(&mut push)
    } else {
        text.nfkc().for_each(&mut push)
    }
    plain
}

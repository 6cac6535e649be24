//! Code lists of household files, as data: categories, levels, residence, care, housing, relations, reasons.
//!
//! Finds the code for the word that a form or a roster writes. Not here: which words a person's file has (clients),
//! and how categories are counted (`counting`).

mod parse;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use kernel::Problem;
use unicode_normalization::UnicodeNormalization;

/// Which list a code is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// 兜底, 适度普惠: what categories belong to.
    Groups,
    /// The 17 categories of people, and what a place adds to them.
    Categories,
    /// How closely a household is followed; the codes are fixed.
    ServiceLevels,
    /// Whether people live where they are registered; the codes are fixed.
    Residence,
    /// What a roster says of a person; the codes are fixed.
    RosterStates,
    /// Whether a person can care for themselves.
    SelfCare,
    /// Where a person lives.
    Housing,
    /// Marital status.
    Marriage,
    /// Regular payments and services.
    Subsidies,
    /// Relation to the head of the household.
    Relations,
    /// Why a file is closed.
    ClosingReasons,
}

/// One entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// What is stored.
    pub code: String,
    /// What is shown.
    pub label: String,
    /// Other words for the same.
    pub also: Vec<String>,
    /// The group of a category.
    pub group: Option<String>,
    /// The age in whole years that a category needs.
    pub min_age: Option<u32>,
    /// The age in whole years that a category must lie under.
    pub under_age: Option<u32>,
}

/// All lists of a file.
#[derive(Debug, Clone)]
pub struct Codes {
    /// The name of the file's contents.
    pub name: String,
    /// Its version.
    pub version: String,
    lists: BTreeMap<List, Vec<Code>>,
    words: BTreeMap<(List, String), usize>,
}

impl List {
    /// Every list, in the order of the file.
    pub const ALL: [Self; 11] = [
        Self::Groups,
        Self::Categories,
        Self::ServiceLevels,
        Self::Residence,
        Self::RosterStates,
        Self::SelfCare,
        Self::Housing,
        Self::Marriage,
        Self::Subsidies,
        Self::Relations,
        Self::ClosingReasons,
    ];

    /// Its name in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.names().0
    }

    /// Its name for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.names().1
    }

    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Groups => ("groups", "对象分组"),
            Self::Categories => ("categories", "对象类别"),
            Self::ServiceLevels => ("service_levels", "服务等级"),
            Self::Residence => ("residence", "人户情况"),
            Self::RosterStates => ("roster_states", "名册状态"),
            Self::SelfCare => ("self_care", "自理能力"),
            Self::Housing => ("housing", "住房情况"),
            Self::Marriage => ("marriage", "婚姻状况"),
            Self::Subsidies => ("subsidies", "补贴待遇"),
            Self::Relations => ("relations", "与户主关系"),
            Self::ClosingReasons => ("closing_reasons", "销档原因"),
        }
    }

    /// The codes that the program itself knows; empty where a place may choose its own.
    fn fixed(self) -> &'static [&'static str] {
        match self {
            Self::ServiceLevels => &["one", "two", "three", "four", "five", "six"],
            Self::Residence => &["present", "registered_absent", "resident_only"],
            Self::RosterStates => &["active", "deceased", "moved_out", "removed"],
            _ => &[],
        }
    }
}

impl Code {
    /// Whether a category is one of elders: it needs an age of 60 or more.
    #[must_use]
    pub fn elder(&self) -> bool {
        self.min_age.is_some_and(|age| age >= 60)
    }

    /// Whether a person of this age, in whole years, can be in the category.
    #[must_use]
    pub fn fits_age(&self, age: u32) -> bool {
        self.min_age.is_none_or(|least| age >= least) && self.under_age.is_none_or(|under| age < under)
    }
}

impl Codes {
    /// Reads a file of code lists (TOML; the form is described in `schemes/README.md`).
    ///
    /// # Errors
    /// Every problem of the file at once, each with file and line: an unknown list or key, a code written otherwise
    /// than in small letters, a code or a word twice in one list, an unknown group, a code that the program does not
    /// know in a list of fixed codes, a list left out.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Problem>> {
        parse::codes(file, text)
    }

    /// The entries of a list, in the order of the file.
    #[must_use]
    pub fn list(&self, list: List) -> &[Code] {
        self.lists.get(&list).map_or(&[], Vec::as_slice)
    }

    /// The entry with this code.
    #[must_use]
    pub fn get(&self, list: List, code: &str) -> Option<&Code> {
        self.list(list).iter().find(|entry| entry.code == code)
    }

    /// What is shown for a code; the code itself where the list does not have it (any more).
    #[must_use]
    pub fn label<'c>(&'c self, list: List, code: &'c str) -> &'c str {
        self.get(list, code).map_or(code, |entry| entry.label.as_str())
    }

    /// The entry that a word stands for: its label, its code or one of its other words. Spaces, punctuation and
    /// full-width forms make no difference.
    #[must_use]
    pub fn find(&self, list: List, word: &str) -> Option<&Code> {
        let at = self.words.get(&(list, plain(word)))?;
        self.list(list).get(*at)
    }

    /// The labels that a word was probably meant to be, closest first.
    #[must_use]
    pub fn similar(&self, list: List, word: &str) -> Vec<&str> {
        let labels = self.list(list).iter().map(|entry| entry.label.as_str());
        let mut alike: Vec<(f64, &str)> =
            labels.map(|label| (strsim::normalized_levenshtein(word, label), label)).collect();
        alike.sort_by(|a, b| b.0.total_cmp(&a.0));
        alike.into_iter().take(6).map(|(_, label)| label).collect()
    }
}

/// A word without what people leave out or type otherwise.
fn plain(word: &str) -> String {
    word.nfkc()
        .filter(|letter| letter.is_alphanumeric() || *letter == '_')
        .flat_map(char::to_lowercase)
        .collect()
}

//! Names for a search index: what a name is stored as, and what a person types is looked up as, in the same tokens.
//!
//! Pure: nothing is searched here. The index (db) keeps the tokens of [`terms`] in order and answers each [`Word`] of
//! [`query`]: a phrase by tokens that follow one another, a prefix by any token that begins so; all words must be found.

use std::collections::BTreeSet;

use pinyin::ToPinyin;
use unicode_normalization::UnicodeNormalization;

mod readings;
#[cfg(test)]
mod tests;

/// One thing to look up. Several in a query are joined by “and”.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Word {
    /// These tokens, one directly after the other; never empty.
    Phrase(Vec<String>),
    /// A token that begins like this; never empty.
    Prefix(String),
}

/// At most so many readings of one name are kept, the likeliest first.
const READINGS: usize = 8;

/// The tokens of a name, to be indexed in this order:
/// each character (a word of Latin letters or digits is one token, in small letters); then, for every reading,
/// the syllables; then, from every character to the end, the syllables joined, the initials, and the first syllable
/// with the initials of the rest. 周小明 gives 周 小 明 zhou xiao ming zhouxiaoming zxm zhouxm xiaoming xm ming m.
///
/// A surname is read as a surname first (单 shan, 区 ou, 尉迟 yuchi), other readings follow. ü is v, as it is typed, and yu, as passports print it.
/// One token may stand twice; phrases need the order.
#[must_use]
pub fn terms(name: &str) -> Vec<String> {
    let runs = runs(name);
    let mut terms: Vec<String> = runs.iter().flat_map(Run::tokens).collect();
    let mut joined = BTreeSet::new();
    for syllables in readings(&runs) {
        if runs.iter().any(|run| matches!(run, Run::Han(_))) {
            terms.extend(syllables.iter().cloned());
        }
        for from in 0..syllables.len() {
            for term in short_forms(&syllables[from..]) {
                if !terms.contains(&term) && joined.insert(term.clone()) {
                    terms.push(term);
                }
            }
        }
    }
    terms
}

/// What a person typed, as words over the tokens of [`terms`]: Chinese characters in a row are a phrase, letters or
/// digits in a row (pinyin, initials, part of a number) a prefix. Empty when nothing can be looked up.
///
/// `小明` finds 周小明, so do `zhou`, `zhouxiaom`, `zxm`, `xm`, `zhou xm` and `周xm`.
#[must_use]
pub fn query(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for run in runs(text) {
        let word = match run {
            Run::Han(_) => Word::Phrase(run.tokens()),
            Run::Latin(letters) => Word::Prefix(letters),
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// Letters of one kind in a row.
enum Run {
    Han(String),
    Latin(String),
}

impl Run {
    fn tokens(&self) -> Vec<String> {
        match self {
            Self::Han(letters) => letters.chars().map(String::from).collect(),
            Self::Latin(letters) => vec![letters.clone()],
        }
    }
}

/// A text in runs: compatibility forms made regular, accents off, letters small, an apostrophe joins (xi'an), every
/// other mark and space divides.
fn runs(text: &str) -> Vec<Run> {
    let regular = text.nfkc().collect::<String>().to_lowercase().replace(['ü', 'ǖ', 'ǘ', 'ǚ', 'ǜ'], "v");
    let mut runs: Vec<Run> = Vec::new();
    let mut joins = false;
    for letter in regular.nfd() {
        let han = letter.to_pinyin().is_some()
            || ('\u{3400}'..='\u{9fff}').contains(&letter)
            || letter >= '\u{20000}';
        match runs.last_mut() {
            Some(Run::Han(row)) if joins && han => row.push(letter),
            Some(Run::Latin(row)) if joins && !han && letter.is_alphanumeric() => row.push(letter),
            _ if han => runs.push(Run::Han(letter.into())),
            _ if letter.is_alphanumeric() => runs.push(Run::Latin(letter.into())),
            _ => {}
        }
        let accent = ('\u{300}'..='\u{36f}').contains(&letter);
        joins = han || letter.is_alphanumeric() || accent || matches!(letter, '\'' | '’');
    }
    runs
}

/// The whole, the initials, and the first syllable with the initials of the rest.
fn short_forms(syllables: &[String]) -> [String; 3] {
    let initials =
        |of: &[String]| of.iter().filter_map(|syllable| syllable.chars().next()).collect::<String>();
    let first = syllables.first().map_or("", String::as_str);
    [
        syllables.concat(),
        initials(syllables),
        format!("{first}{}", initials(syllables.get(1..).unwrap_or_default())),
    ]
}

/// Every reading of the name, syllable by syllable, the likeliest first.
fn readings(runs: &[Run]) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = vec![Vec::new()];
    for (at, run) in runs.iter().enumerate() {
        let choices: Vec<Vec<String>> = match run {
            Run::Latin(letters) => vec![vec![letters.clone()]],
            Run::Han(letters) => choices(letters, at == 0),
        };
        for choice in choices {
            let longer = |so_far: &Vec<String>, next: &String| {
                [so_far.as_slice(), std::slice::from_ref(next)].concat()
            };
            // The first choice goes with every reading so far before the second does: the likeliest stay in front.
            all = choice.iter().flat_map(|next| all.iter().map(move |so_far| longer(so_far, next))).collect();
            all.truncate(READINGS);
        }
    }
    all.retain(|syllables| !syllables.is_empty());
    all
}

/// What each character may be read as; the first character as a surname when it begins the name.
fn choices(letters: &str, begins: bool) -> Vec<Vec<String>> {
    let mut choices: Vec<Vec<String>> = letters.chars().map(sounds).collect();
    let surname = if begins { readings::surname(letters) } else { &[] };
    for (choice, sound) in choices.iter_mut().zip(surname) {
        choice.retain(|other| other != sound);
        choice.insert(0, (*sound).to_owned());
    }
    choices
}

/// The readings of a character: the usual one, and the second one where people's names have both. A character without
/// any stands for itself.
fn sounds(letter: char) -> Vec<String> {
    let usual = letter.to_pinyin().map(|reading| reading.plain().replace('ü', "v"));
    let mut sounds: Vec<String> = usual.into_iter().collect();
    let passport =
        sounds.first().and_then(|sound| sound.strip_suffix('v')).map(|initial| format!("{initial}yu"));
    sounds.extend(passport);
    for sound in readings::second_readings(letter) {
        if !sounds.iter().any(|known| known == sound) {
            sounds.push((*sound).to_owned());
        }
    }
    if sounds.is_empty() { vec![letter.to_string()] } else { sounds }
}

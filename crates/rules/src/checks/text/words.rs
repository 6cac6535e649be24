//! Which of several words a text holds: asked of nearly every claim by nearly every relation.
//!
//! The standard search compares a short text with a word at every byte, for each word again. Here one pass notes which
//! characters the text may hold, so that nearly every word is refused by its first and its last character.

/// Longest text whose characters are noted, in bytes: of a longer one nearly every note is set.
const SHORT: usize = 900;
const NOTES: usize = 512;

/// Which characters a text may hold.
struct Notes([u64; NOTES / 64]);

impl Notes {
    fn of(text: &str) -> Self {
        let mut notes = [0; NOTES / 64];
        if text.len() > SHORT {
            return Self([u64::MAX; NOTES / 64]);
        }
        for c in text.chars() {
            notes[note(c) / 64] |= 1 << (note(c) % 64);
        }
        Self(notes)
    }

    fn allow(&self, word: &str) -> bool {
        let noted = |c: Option<char>| c.is_none_or(|c| self.0[note(c) / 64] & 1 << (note(c) % 64) != 0);
        noted(word.chars().next()) && noted(word.chars().next_back())
    }
}

/// The note of a character, by the bits that differ most between Han characters.
fn note(c: char) -> usize {
    c as usize % NOTES
}

/// Whether the text holds one of the words.
pub(super) fn has_any(text: &str, words: &[&str]) -> bool {
    held(text, words).next().is_some()
}

/// The words that the text holds.
pub(super) fn held<'a>(text: &str, words: &[&'a str]) -> impl Iterator<Item = &'a str> {
    let notes = Notes::of(text);
    words.iter().copied().filter(move |word| notes.allow(word) && text.contains(word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::has_any;

    #[test]
    fn words_are_found_at_either_end_and_between() {
        let words = ["合计", "共", "a", "é", "𠮷"];
        for (text, holds) in [
            ("", false),
            ("计合", false),
            ("本站合计", true),
            ("合计本站", true),
            ("公共服务", true),
            ("cat", true),
            ("café", true),
            ("𠮷野", true),
            ("吉野", false),
        ] {
            assert_eq!(has_any(text, &words), holds, "{text}");
        }
        assert!(!has_any("合计", &[]));
        assert!(has_any("合计", &["", "无"]));
    }

    proptest! {
        #[test]
        fn it_says_what_the_standard_search_says(text in "[合计共次a1，é𠮷]{0,40}", words in proptest::collection::vec("[合计共次a1，é𠮷]{0,3}", 0..6)) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            prop_assert_eq!(has_any(&text, &words), words.iter().any(|w| text.contains(w)));
        }
    }
}

//! Identity numbers and telephone numbers as people type them: made regular, refused with the remedy, masked.
//!
//! Not here: how they are sealed, hashed or searched (db, clients), and names (`names`).

mod id_number;
mod mask;
mod phone;
#[cfg(test)]
mod tests;

pub use id_number::{IdNumber, Sex, check_digit};
pub use mask::{masked, masked_id_number, masked_phone, masked_within};
pub use phone::Phone;

use unicode_normalization::UnicodeNormalization;

/// The text with full-width letters and digits made narrow and all white space, visible or not, taken out.
pub(crate) fn narrow(text: &str) -> String {
    text.nfkc()
        .filter(|letter| !letter.is_whitespace() && !letter.is_control() && !is_invisible(*letter))
        .collect()
}

/// Marks without width that word processors and chat programs leave in copied numbers.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

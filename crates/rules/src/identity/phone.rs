//! Telephone numbers of the mainland: mobile numbers of 11 places, and fixed lines with their area code.
//!
//! Not here: whether the number answers.

use std::fmt;

use kernel::Problem;

use super::mask::masked_phone;
use super::narrow;

/// A telephone number in one form: `13800138000`, `020-84321234`, `020-84321234-802`. Printed with `{:?}` it is masked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone {
    area: String,
    number: String,
    extension: String,
}

impl Phone {
    /// Reads a number as people type it: spaces, dashes, brackets, full-width digits and a leading +86 are allowed.
    ///
    /// # Errors
    /// `phone_empty`, `phone_letters`, `phone_area_code` (a fixed line without its area code), `phone_mobile` (begins
    /// like a mobile number and has not 11 places) or `phone_shape`, in Chinese with the remedy. The number itself is
    /// never in the message.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text: String = narrow(text).replace('转', "-").chars().map(dash).collect();
        if text.is_empty() {
            return Err(Problem::new("phone_empty", "没有填电话", REMEDY));
        }
        if let Some(letter) =
            text.chars().find(|letter| !letter.is_ascii_digit() && !"-()+".contains(*letter))
        {
            return Err(Problem::new("phone_letters", format!("电话里有“{letter}”"), REMEDY));
        }
        let text = text.strip_prefix("+86").or_else(|| text.strip_prefix("0086")).unwrap_or(&text);
        let digits = only_digits(text);
        if let Some(mobile) = mobile(digits.strip_prefix("86").unwrap_or(&digits)) {
            return Ok(mobile);
        }
        let split = text.rsplit_once('-').and_then(|(line, extension)| {
            let line = fixed(&only_digits(line))?;
            (1..=5).contains(&extension.len()).then(|| Self { extension: extension.to_owned(), ..line })
        });
        split.or_else(|| fixed(&digits)).ok_or_else(|| wrong(&digits))
    }

    /// Whether it is a mobile number.
    #[must_use]
    pub fn is_mobile(&self) -> bool {
        self.area.is_empty()
    }

    /// The digits alone, the same however the number was typed: for comparing and hashing.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}{}{}", self.area, self.number, self.extension)
    }

    /// Three and four places of its digits: `138****8000`.
    #[must_use]
    pub fn masked(&self) -> String {
        masked_phone(&self.key())
    }
}

/// The number in full, as it is dialled and stored.
impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [&self.area, &self.number, &self.extension].map(String::as_str);
        f.write_str(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-"))
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}

const REMEDY: &str = "请填 11 位手机号，如 13800138000，或带区号的固定电话，如 020-84321234。";

/// Every dash is one dash.
fn dash(letter: char) -> char {
    if matches!(letter, '‐'..='―' | '−' | '_' | '~' | '·') { '-' } else { letter }
}

fn only_digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn mobile(digits: &str) -> Option<Phone> {
    let fits = digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes()[1], b'3'..=b'9');
    fits.then(|| Phone { area: String::new(), number: digits.to_owned(), extension: String::new() })
}

/// Area codes 010 and 02x have three places and eight follow; the others have four, and seven or eight follow.
fn fixed(digits: &str) -> Option<Phone> {
    let area = match digits.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => 3,
        [b'0', b'3'..=b'9', ..] => 4,
        _ => return None,
    };
    let number = digits.get(area..)?;
    let fits = number.len() == 8 || (area == 4 && number.len() == 7);
    (fits && !number.starts_with(['0', '1'])).then(|| Phone {
        area: digits[..area].to_owned(),
        number: number.to_owned(),
        extension: String::new(),
    })
}

/// Why these digits are no telephone number.
fn wrong(digits: &str) -> Problem {
    let places = digits.len();
    if matches!(places, 7 | 8) && !digits.starts_with('0') {
        return Problem::new("phone_area_code", "固定电话没有写区号", "请在前面加上区号，如 020-84321234。");
    }
    if digits.starts_with('1') {
        let what = format!("手机号应有 11 位并以 13 至 19 开头，这里有 {places} 位");
        return Problem::new("phone_mobile", what, "请核对是否漏位、多位或输错，如 13800138000。");
    }
    Problem::new("phone_shape", format!("{places} 位数字不像电话号码"), REMEDY)
}

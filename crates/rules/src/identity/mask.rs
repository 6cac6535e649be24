//! Personal numbers and names as they may be shown: some signs at both ends, a star for each of the others. The one
//! form for pages, exports, differences and logs.
//!
//! Not here: who may see them whole, and for how long (clients).

/// A run of digits in a text that is at least so long is taken for a personal number.
const NUMBER: usize = 7;

/// A text of which the first and the last so many signs are shown: `1101**********002X` is `(4, 4)`, `138****8000`
/// `(3, 4)`. Where that would leave nothing hidden, all of it is.
#[must_use]
pub fn masked(text: &str, first: usize, last: usize) -> String {
    let signs = text.chars().count();
    let hidden = |at: &usize| signs <= first + last || (*at >= first && *at < signs - last);
    text.chars().enumerate().map(|(at, sign)| if hidden(&at) { '*' } else { sign }).collect()
}

/// An identity number, or what somebody typed for one.
#[must_use]
pub fn masked_id_number(number: &str) -> String {
    masked(number, 4, 4)
}

/// A telephone number as digits.
#[must_use]
pub fn masked_phone(digits: &str) -> String {
    masked(digits, 3, 4)
}

/// A text of somebody's own with every number in it masked that may be personal: seven places or more.
#[must_use]
pub fn masked_within(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut number = String::new();
    let end = |number: &mut String, shown: &mut String| {
        match number.len() {
            0..NUMBER => shown.push_str(number),
            NUMBER..15 => shown.push_str(&masked_phone(number)),
            _ => shown.push_str(&masked_id_number(number)),
        }
        number.clear();
    };
    for sign in text.chars() {
        if sign.is_ascii_digit() || matches!(sign, 'X' | 'x') {
            number.push(sign);
        } else {
            end(&mut number, &mut shown);
            shown.push(sign);
        }
    }
    end(&mut number, &mut shown);
    shown
}

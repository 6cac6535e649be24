//! Identity numbers for tests: valid in form, of nobody.
//!
//! Eighteen places: area code, date of birth, a running number whose last digit is odd for men, and the check
//! character of GB 11643-1999.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use platform::clients::Sex;

use crate::dice::Dice;

/// 海珠区.
const AREA: &str = "440105";
/// Weights of the first 17 digits.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check character by the weighted sum's remainder of 11.
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// Gives numbers out, each once.
#[derive(Default)]
pub(crate) struct IdNumbers(BTreeSet<String>);

impl IdNumbers {
    /// A number for someone born on that day.
    pub(crate) fn next(&mut self, born_on: NaiveDate, sex: Sex, dice: &mut Dice) -> String {
        loop {
            let running = dice.below(490) * 2 + usize::from(sex == Sex::Male);
            let digits = format!("{AREA}{}{running:03}", born_on.format("%Y%m%d"));
            let number = format!("{digits}{}", check(&digits));
            if self.0.insert(number.clone()) {
                return number;
            }
        }
    }
}

/// The check character of seventeen digits.
pub(crate) fn check(digits: &str) -> char {
    let sum: u32 =
        digits.chars().filter_map(|digit| digit.to_digit(10)).zip(WEIGHTS).map(|(d, w)| d * w).sum();
    CHECKS[usize::try_from(sum % 11).unwrap_or(0)]
}

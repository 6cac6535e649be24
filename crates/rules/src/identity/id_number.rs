//! The citizen identity number of GB 11643-1999: six places of region, eight of birth, three of order, one check digit.
//!
//! Not here: whether the number was ever issued; no public list says so.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use kernel::Problem;

use super::mask::masked_id_number;
use super::narrow;

kernel::words! {
    /// As in the identity number.
    pub enum Sex {
        /// Even seventeenth digit.
        Female = "female" "女",
        /// Odd seventeenth digit.
        Male = "male" "男",
    }
}

/// An identity number of 18 places whose birth date and check digit are right. Printed with `{:?}` it is masked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdNumber {
    text: String,
    born_on: NaiveDate,
}

/// An example for messages: the one of the standard.
const EXAMPLE: &str = "11010519491231002X";

impl IdNumber {
    /// Reads a number as people type it: full-width digits, spaces and a small x are made regular.
    ///
    /// # Errors
    /// The first thing wrong, in Chinese with the remedy: `id_empty`, `id_scientific` (a spreadsheet has rounded it),
    /// `id_15` (the old number), `id_length`, `id_not_digits`, `id_date`, `id_before_1900`, `id_future` (born after
    /// `today`) or `id_check_digit`. The number itself is never in the message.
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, Problem> {
        let text = narrow(text).replace('-', "").to_uppercase();
        shape(&text)?;
        let born_on = birth(&text[6..14], today)?;
        let due = check_digit(&text[..17]);
        if due.is_none_or(|due| !text.ends_with(due)) {
            let due = due.unwrap_or_default();
            return Err(Problem::new(
                "id_check_digit",
                format!("身份证号的校验位不对：按前 17 位推算，末位应当是 {due}"),
                format!("多半是其中一位输错或颠倒了，请对照证件逐位核对，如 {EXAMPLE}。"),
            ));
        }
        Ok(Self { text, born_on })
    }

    /// The 18 places, the check digit X as a capital.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The day of birth.
    #[must_use]
    pub fn born_on(&self) -> NaiveDate {
        self.born_on
    }

    /// The sex: an odd 17th digit is male.
    #[must_use]
    pub fn sex(&self) -> Sex {
        if self.text.as_bytes()[16] % 2 == 1 { Sex::Male } else { Sex::Female }
    }

    /// The first six places: the county where the number was first given, not where the person lives.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.text[..6]
    }

    /// Four and four places: `1101**********002X`.
    #[must_use]
    pub fn masked(&self) -> String {
        masked_id_number(&self.text)
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdNumber({})", self.masked())
    }
}

/// The check digit that follows 17 digits: weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2, sum modulo 11 →
/// 1 0 X 9 8 7 6 5 4 3 2 (GB 11643-1999, ISO 7064 MOD 11-2). `None` for anything but 17 digits.
#[must_use]
pub fn check_digit(first: &str) -> Option<char> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits: Vec<u32> = first.chars().map(|letter| letter.to_digit(10)).collect::<Option<_>>()?;
    let sum: u32 = (digits.len() == 17)
        .then(|| digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum())?;
    "10X98765432".chars().nth(sum as usize % 11)
}

/// Whether it has the places of a number.
fn shape(text: &str) -> Result<(), Problem> {
    let places = text.chars().count();
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if text.is_empty() {
        return Err(Problem::new(
            "id_empty",
            "没有填身份证号",
            format!("请填 18 位身份证号，如 {EXAMPLE}。"),
        ));
    }
    if text.contains('.') && text.contains("E+") {
        return Err(Problem::new(
            "id_scientific",
            "身份证号被表格软件改成了科学计数，后几位已经丢失",
            format!("请把这一列设为“文本”格式，再从证件重新填写，如 {EXAMPLE}。"),
        ));
    }
    if places == 15 && digits(text) {
        return Err(Problem::new(
            "id_15",
            "这是 15 位的第一代身份证号，2013 年起已停用",
            format!("请向本人或社区索取第二代身份证上的 18 位号码，如 {EXAMPLE}。"),
        ));
    }
    if places != 18 {
        let remedy = format!("请对照证件补全或删去多余的字，如 {EXAMPLE}。");
        return Err(Problem::new("id_length", format!("身份证号应有 18 位，这里有 {places} 位"), remedy));
    }
    match text.chars().position(|letter| !letter.is_ascii_digit()) {
        None => Ok(()),
        Some(17) if text.ends_with('X') => Ok(()),
        Some(at) => {
            let what = format!("身份证号第 {} 位不是数字", at + 1);
            let remedy = format!("前 17 位只能是数字，末位是数字或 X，如 {EXAMPLE}。");
            Err(Problem::new("id_not_digits", what, remedy))
        }
    }
}

/// The birth date in places 7 to 14.
fn birth(text: &str, today: NaiveDate) -> Result<NaiveDate, Problem> {
    let place = "第 7 至 14 位是出生年月日";
    let remedy = format!("{place}，请对照证件核对，如 {EXAMPLE} 是 1949 年 12 月 31 日。");
    let Ok(born_on) = NaiveDate::parse_from_str(text, "%Y%m%d") else {
        return Err(Problem::new("id_date", format!("身份证号里的出生日期 {text} 不存在"), remedy));
    };
    if born_on.year() < 1900 {
        return Err(Problem::new(
            "id_before_1900",
            format!("身份证号里的出生日期 {text} 早于 1900 年"),
            remedy,
        ));
    }
    if born_on > today {
        return Err(Problem::new("id_future", format!("身份证号里的出生日期 {text} 还没有到"), remedy));
    }
    Ok(born_on)
}

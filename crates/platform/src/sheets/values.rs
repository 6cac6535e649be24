//! Values as people write and read them, and as they are kept: the same for forms and workbooks. Pure.

use kernel::Fen;
use rules::book::date;
use rules::counting::WordList;
use rules::identity::Phone;
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization as _;

use super::column::{Holds, LONGEST};

/// A text with full-width signs narrowed and without spaces around it.
#[must_use]
pub fn tidied(text: &str) -> String {
    text.nfkc().collect::<String>().trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_owned()
}

/// What somebody wrote, as it is kept; nothing for an empty text. References are found elsewhere.
///
/// # Errors
/// What is wrong with it and what to write instead, to follow the column's word.
pub fn kept(holds: Holds, text: &str) -> Result<Option<String>, String> {
    let narrow = tidied(text);
    if narrow.is_empty() {
        return Ok(None);
    }
    match holds {
        Holds::Text(longest) => line(text.trim(), longest),
        Holds::Long => line(text.trim(), LONGEST),
        Holds::Whole(most) => whole(&narrow, most).map(|number| number.to_string()),
        Holds::Money => money(&narrow).map(|fen| fen.0.to_string()),
        Holds::Date => match date(&narrow) {
            Ok(day) => Ok(day.to_string()),
            Err(problem) => Err(format!("{}：要写成年-月-日，例如 2025-01-10", problem.what)),
        },
        Holds::Flag => flag(&narrow).map(|yes| if yes { "yes" } else { "no" }.to_owned()),
        Holds::Word(words) => word(&narrow, words),
        Holds::Phone => match Phone::parse(&narrow) {
            Ok(phone) => Ok(phone.to_string()),
            Err(problem) => Err(format!("{}：{}", problem.what, problem.remedy)),
        },
        Holds::Refers(_) | Holds::AsCounted => Ok(narrow),
    }
    .map(Some)
}

fn line(text: &str, longest: usize) -> Result<String, String> {
    let length = text.chars().count();
    if length > longest {
        return Err(format!("最多 {longest} 字，现有 {length} 字"));
    }
    Ok(text.replace('\0', ""))
}

/// `1,234` and `1234.0` are whole numbers, `12人` is the number 12.
fn whole(text: &str, most: i64) -> Result<i64, String> {
    let said = || format!("要填 0 到 {most} 的整数");
    let digits = text.replace([',', '，', ' '], "");
    let digits = digits.trim_end_matches(|c: char| !c.is_ascii_digit() && c != '.');
    let number: Decimal = digits.parse().map_err(|_| said())?;
    let number =
        i64::try_from(number.normalize()).ok().filter(|_| number.fract().is_zero()).ok_or_else(said)?;
    Some(number).filter(|number| (0..=most).contains(number)).ok_or_else(said)
}

fn money(text: &str) -> Result<Fen, String> {
    let said = || "要填金额，单位元，最多两位小数，例如 1234.50".to_owned();
    let digits = text.replace([',', '，', ' ', '¥'], "");
    let yuan: Decimal = digits.trim_end_matches('元').parse().map_err(|_| said())?;
    let fen = yuan.checked_mul(Decimal::ONE_HUNDRED).filter(|fen| fen.fract().is_zero()).ok_or_else(said)?;
    let fen = i64::try_from(fen.normalize()).map_err(|_| said())?;
    Some(Fen(fen)).filter(|fen| (0..=MOST_FEN).contains(&fen.0)).ok_or_else(said)
}

/// Ten thousand million yuan: more than any station has.
const MOST_FEN: i64 = 1_000_000_000_000;

fn flag(text: &str) -> Result<bool, String> {
    match text {
        "yes" | "是" | "√" | "✓" | "✔" | "有" | "1" | "Y" | "y" | "TRUE" | "true" => Ok(true),
        "no" | "否" | "×" | "✗" | "无" | "0" | "N" | "n" | "FALSE" | "false" | "-" | "/" => Ok(false),
        _ => Err("要填“是”或“否”".to_owned()),
    }
}

fn word(text: &str, words: WordList) -> Result<String, String> {
    let words = words();
    let known = words.iter().find(|(code, label)| *code == text || tidied(label) == text);
    known.map(|(code, _)| (*code).to_owned()).ok_or_else(|| {
        let labels: Vec<&str> = words.iter().map(|(_, label)| *label).collect();
        format!("没有“{}”这一项，可以填：{}", text.chars().take(20).collect::<String>(), labels.join("、"))
    })
}

/// What stands in place of something sealed.
pub const COVERED: &str = "已登记";

/// What is kept, as people read it. What is sealed stays covered, and references are named elsewhere.
#[must_use]
pub fn shown(holds: Holds, kept: &str) -> String {
    match holds {
        Holds::Money => kept.parse().map_or_else(|_| kept.to_owned(), |fen| Fen(fen).to_string()),
        Holds::Flag => if kept == "yes" { "是" } else { "否" }.to_owned(),
        Holds::Word(words) => {
            let found = words().into_iter().find(|(code, _)| *code == kept);
            found.map_or_else(|| kept.to_owned(), |(_, label)| label.to_owned())
        }
        Holds::Phone if !kept.is_empty() => COVERED.to_owned(),
        _ => kept.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Vec<(&'static str, &'static str)> {
        vec![("large", "大型"), ("small", "中小型")]
    }

    #[test]
    fn what_people_write() {
        let cases: &[(Holds, &str, Option<&str>)] = &[
            (Holds::Text(5), "　长岗　", Some("长岗")),
            (Holds::Text(5), "   ", None),
            (Holds::Whole(500), "１２０", Some("120")),
            (Holds::Whole(5000), "1,200人", Some("1200")),
            (Holds::Whole(500), "12.0", Some("12")),
            (Holds::Money, "1,234.5元", Some("123450")),
            (Holds::Money, "¥0.01", Some("1")),
            (Holds::Date, "2024.6.21", Some("2024-06-21")),
            (Holds::Date, "２０２４年６月２１日", Some("2024-06-21")),
            (Holds::Date, "20240621", Some("2024-06-21")),
            (Holds::Flag, "√", Some("yes")),
            (Holds::Flag, "否", Some("no")),
            (Holds::Word(words), "大型", Some("large")),
            (Holds::Word(words), "small", Some("small")),
        ];
        for (holds, text, want) in cases {
            assert_eq!(kept(*holds, text).unwrap().as_deref(), *want, "{text:?}");
        }
    }

    #[test]
    fn what_nobody_can_mean() {
        let cases: &[(Holds, &str, &str)] = &[
            (Holds::Text(2), "三个字", "最多 2 字"),
            (Holds::Whole(500), "501", "0 到 500"),
            (Holds::Whole(500), "-1", "0 到 500"),
            (Holds::Whole(500), "1.5", "整数"),
            (Holds::Money, "1.234", "两位小数"),
            (Holds::Money, "很多", "单位元"),
            (Holds::Date, "2024-02-30", "年-月-日"),
            (Holds::Date, "上周三", "年-月-日"),
            (Holds::Flag, "也许", "“是”或“否”"),
            (Holds::Word(words), "特大", "大型、中小型"),
            (Holds::Phone, "12", "11 位"),
        ];
        for (holds, text, want) in cases {
            let said = kept(*holds, text).unwrap_err();
            assert!(said.contains(want), "{text}: {said}");
        }
    }

    #[test]
    fn what_is_kept_is_shown_as_it_was_meant() {
        assert_eq!(shown(Holds::Money, "123450"), "1234.50");
        assert_eq!(shown(Holds::Word(words), "large"), "大型");
        assert_eq!(shown(Holds::Flag, "no"), "否");
        assert_eq!(shown(Holds::Phone, "a1b2"), "已登记", "no digit of it");
    }
}

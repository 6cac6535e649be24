//! Dates as rosters write them: 2024.6.21, 2024年6月21日, 20240621, or a spreadsheet's day number.
//!
//! Not here: moments with a zone; a time of day after the date is passed over.

use chrono::{Days, NaiveDate};
use kernel::Problem;
use unicode_normalization::UnicodeNormalization;

/// The date that a text means.
///
/// # Errors
/// `date_two_digit_year`, `date_without_day`, `date_impossible` or `date_unreadable`, in Chinese with the remedy.
pub fn date(text: &str) -> Result<NaiveDate, Problem> {
    let text: String = text.nfkc().collect::<String>().trim().replace(['年', '月', '/', '.', '-', '、'], " ");
    let text = text.replace(['日', '号'], " ").replace('T', " ");
    let words: Vec<&str> = text.split_whitespace().filter(|word| !word.contains(':')).collect();
    let numbers: Option<Vec<u32>> = words.iter().map(|word| word.parse().ok()).collect();
    match numbers.as_deref() {
        Some([packed]) if words[0].len() == 8 => day(packed / 10_000, packed / 100 % 100, packed % 100),
        Some([serial]) if words[0].len() == 5 => serial_day(f64::from(*serial)),
        Some([_, _]) | Some([_]) if words[0].len() == 4 || words[0].len() == 6 => {
            Err(Problem::new("date_without_day", "日期只写到年月", REMEDY))
        }
        Some([year, _, _]) if *year < 100 => Err(Problem::new("date_two_digit_year", "年份只有两位", REMEDY)),
        Some([year, month, date]) => day(*year, *month, *date),
        _ => Err(unreadable()),
    }
}

/// The date of a number in a date column: a spreadsheet's day number, or eight digits.
///
/// # Errors
/// As of [`date`].
pub fn number(number: f64) -> Result<NaiveDate, Problem> {
    if (19_000_101.0..=21_001_231.0).contains(&number) {
        date(&number.to_string())
    } else {
        serial_day(number)
    }
}

const REMEDY: &str = "请写全年月日，如 2024-06-21 或 2024年6月21日。";

/// Day 1 is 1900-01-01 and spreadsheets count a 29 February 1900 that was none, so from March 1900 the days run from
/// 1899-12-30 (ECMA-376 part 1, 18.17.4.1). Read only where a roster's dates can lie: 1927 to 2119.
fn serial_day(serial: f64) -> Result<NaiveDate, Problem> {
    if !(10_000.0..80_300.0).contains(&serial) {
        return Err(unreadable());
    }
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held between 10000 and 80300 above"
    )]
    let days = Days::new(serial as u64);
    epoch.and_then(|epoch| epoch.checked_add_days(days)).ok_or_else(unreadable)
}

fn day(year: u32, month: u32, day: u32) -> Result<NaiveDate, Problem> {
    i32::try_from(year)
        .ok()
        .filter(|year| (1900..=2119).contains(year))
        .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        .ok_or_else(|| Problem::new("date_impossible", "没有这一天", REMEDY))
}

fn unreadable() -> Problem {
    Problem::new("date_unreadable", "读不出日期", REMEDY)
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn dates_in_words() {
        let check = |text: &str, expected: Result<&str, &str>| {
            let read = date(text);
            let read = read.as_ref().map(ToString::to_string).map_err(|problem| problem.code);
            assert_eq!(read, expected.map(str::to_owned), "{text}");
        };
        for text in [
            "2024.6.21",
            "2024-06-21",
            "2024/6/21",
            "2024年6月21日",
            "2024 年 6 月 21 日",
            "２０２４．６．２１",
            "20240621",
        ] {
            check(text, Ok("2024-06-21"));
        }
        check("2024-06-21 00:00:00", Ok("2024-06-21"));
        check("2024-06-21T08:30:00", Ok("2024-06-21"));
        check("2024年6月21号", Ok("2024-06-21"));
        check("45464", Ok("2024-06-21"));
        check("2024.6", Err("date_without_day"));
        check("2024年6月", Err("date_without_day"));
        check("202406", Err("date_without_day"));
        check("24.6.21", Err("date_two_digit_year"));
        check("2024.6.31", Err("date_impossible"));
        check("20241301", Err("date_impossible"));
        check("1024.6.21", Err("date_impossible"));
        check("上周", Err("date_unreadable"));
        check("12", Err("date_unreadable"));
        check("", Err("date_unreadable"));
    }
}

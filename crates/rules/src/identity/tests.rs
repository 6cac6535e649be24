//! Case tables of identity and telephone numbers. The valid numbers are the standard's own examples or made with
//! its formula.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::{IdNumber, Phone, Sex, check_digit, masked, masked_within};

fn today() -> NaiveDate {
    "2024-12-31".parse().unwrap()
}

fn made(first: &str) -> String {
    format!("{first}{}", check_digit(first).unwrap())
}

#[test]
fn numbers_that_are_right() {
    let check = |text: &str, born: &str, sex: Sex, region: &str, masked: &str| {
        let number = IdNumber::parse(text, today()).unwrap_or_else(|problem| panic!("{text}: {problem}"));
        assert_eq!(number.born_on().to_string(), born, "{text}");
        assert_eq!((number.sex(), number.region()), (sex, region), "{text}");
        assert_eq!(number.masked(), masked);
        assert_eq!(format!("{number:?}"), format!("IdNumber({masked})"), "never in full in a log");
        assert_eq!(number.as_str().len(), 18);
    };
    check("11010519491231002X", "1949-12-31", Sex::Female, "110105", "1101**********002X");
    check("11010519491231002x", "1949-12-31", Sex::Female, "110105", "1101**********002X");
    check("１１０１０５１９４９１２３１００２Ｘ", "1949-12-31", Sex::Female, "110105", "1101**********002X");
    check(
        " 110105 19491231\u{3000}002X\u{200b}\t",
        "1949-12-31",
        Sex::Female,
        "110105",
        "1101**********002X",
    );
    check("110105-19491231-002X", "1949-12-31", Sex::Female, "110105", "1101**********002X");
    check(&made("44010520000229123"), "2000-02-29", Sex::Male, "440105", "4401**********1231");
    check(&made("44010520241231124"), "2024-12-31", Sex::Female, "440105", "4401**********1249");
}

#[test]
fn numbers_that_are_wrong() {
    let check = |text: &str, code: &str, says: &str| {
        let problem = IdNumber::parse(text, today()).expect_err(text);
        assert_eq!(problem.code, code, "{text}");
        assert!(problem.to_string().contains(says), "{problem}");
        assert!(problem.remedy.contains("11010519491231002X"), "an example: {problem}");
    };
    check("", "id_empty", "没有填");
    check("　 ", "id_empty", "没有填");
    check("110105491231002", "id_15", "18 位号码");
    check("1101051949123100", "id_length", "这里有 16 位");
    check("11010519491231002XX", "id_length", "这里有 19 位");
    check("1.10105194912310E+17", "id_scientific", "文本");
    check("11010519491231O02X", "id_not_digits", "第 15 位");
    check("X1010519491231002X", "id_not_digits", "第 1 位");
    check("11010519491231002A", "id_not_digits", "第 18 位");
    check("110105194912310020", "id_check_digit", "末位应当是 X");
    check("110105194912310021", "id_check_digit", "末位应当是 X");
    check("440524188001010014", "id_before_1900", "早于 1900");
    check("110105194913310021", "id_date", "19491331");
    check("110105190002290021", "id_date", "19000229");
    check(&made("44010520250101123"), "id_future", "还没有到");
    check("身份证号码未提供给我们的服务站点所以空", "id_length", "19 位");
    check("身份证号码未提供给我们的服务站点所以", "id_not_digits", "第 1 位");
}

#[test]
fn telephone_numbers() {
    let check = |text: &str, whole: &str, masked: &str| {
        let phone = Phone::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
        assert_eq!((phone.to_string().as_str(), phone.masked().as_str()), (whole, masked), "{text}");
        assert_eq!(phone.is_mobile(), !whole.contains('-'));
        assert_eq!(phone.key(), whole.replace('-', ""));
    };
    check("13800138000", "13800138000", "138****8000");
    check("138 0013 8000", "13800138000", "138****8000");
    check("138-0013-8000", "13800138000", "138****8000");
    check("＋86 １３８００１３８０００", "13800138000", "138****8000");
    check("8613800138000", "13800138000", "138****8000");
    check("020-84321234", "020-84321234", "020****1234");
    check("(020) 8432 1234", "020-84321234", "020****1234");
    check("（020）84321234", "020-84321234", "020****1234");
    check("020－8432—1234", "020-84321234", "020****1234");
    check("02084321234", "020-84321234", "020****1234");
    check("010-62345678", "010-62345678", "010****5678");
    check("0763-3312345", "0763-3312345", "076****2345");
    check("0755-25123456", "0755-25123456", "075*****3456");
    check("020-84321234-802", "020-84321234-802", "020*******4802");
    check("020-84321234转802", "020-84321234-802", "020*******4802");
}

#[test]
fn what_is_no_telephone_number() {
    let check = |text: &str, code: &str| {
        let problem = Phone::parse(text).expect_err(text);
        assert_eq!(problem.code, code, "{text}");
        assert!(problem.remedy.contains("84321234") || problem.remedy.contains("13800138000"), "{problem}");
    };
    check("", "phone_empty");
    check("无", "phone_letters");
    check("1380013800a", "phone_letters");
    check("84321234", "phone_area_code");
    check("1380013800", "phone_mobile");
    check("138001380000", "phone_mobile");
    check("12345678901", "phone_mobile");
    check("020-8432123", "phone_shape");
    check("020-04321234", "phone_shape");
    check("+86", "phone_shape");
}

proptest! {
    #[test]
    fn any_one_wrong_digit_is_found(at in 0usize..17, other in 0u8..10) {
        let right = "110105194912310021";
        let mut wrong = made(&right[..17]).into_bytes();
        prop_assume!(wrong[at] != b'0' + other);
        wrong[at] = b'0' + other;
        prop_assert!(IdNumber::parse(std::str::from_utf8(&wrong).unwrap(), today()).is_err());
    }

    #[test]
    fn nothing_typed_makes_it_fall_over(text in "\\PC{0,24}") {
        let _ = IdNumber::parse(&text, today());
        let _ = Phone::parse(&text);
    }
}

#[test]
fn what_is_personal_is_masked_in_one_form() {
    let check = |text: &str, first: usize, last: usize, shown: &str| {
        assert_eq!(masked(text, first, last), shown, "{text}");
    };
    check("44010519491231001X", 4, 4, "4401**********001X");
    check("示例甲", 1, 0, "示**");
    check("甲", 1, 0, "*");
    check("1234567", 3, 4, "*******");
    check("12", 3, 4, "**");
    check("", 3, 4, "");
    let within = |text: &str, shown: &str| assert_eq!(masked_within(text), shown, "{text}");
    within("110105194912310021", "1101**********0021");
    within("11010519491231002X", "1101**********002X");
    within("电话 13800138000 转 802", "电话 138****8000 转 802");
    within("电话13812345678，证号110105491231002", "电话138****5678，证号1101*******1002");
    within("1234567", "*******");
    within("2024-12-31", "2024-12-31");
    within("CG-00123", "CG-00123");
}

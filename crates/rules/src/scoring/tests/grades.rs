//! Where one grade ends and the next begins.

use super::{dec, small};

#[test]
fn the_grade_follows_the_printed_total() {
    // The small scheme, like guangzhou-2024, rounds the total to two decimals: what is printed decides.
    let scheme = small(&[]);
    let check = |total: &str, grade: Option<&str>| {
        assert_eq!(scheme.grade_of(dec(total)).map(|grade| grade.code.as_str()), grade, "{total}");
    };
    check("100", Some("excellent"));
    check("90", Some("excellent"));
    check("89.995", Some("excellent"));
    check("89.9949999", Some("good"));
    check("89.99", Some("good"));
    check("84.48", Some("good"));
    check("80", Some("good"));
    check("79.995", Some("good"));
    check("79.99", Some("qualified"));
    check("60", Some("qualified"));
    check("59.995", Some("qualified"));
    check("59.99", Some("unqualified"));
    check("0", Some("unqualified"));
    check("-0.01", None);
    check("100.01", None);
}

#[test]
fn without_rounding_the_exact_total_decides() {
    let scheme = small(&[("[\"party\", \"weighted\", \"total\"]", "[]")]);
    let check = |total: &str, grade: &str| {
        assert_eq!(scheme.grade_of(dec(total)).map(|grade| grade.code.as_str()), Some(grade), "{total}");
    };
    check("89.995", "good");
    check("89.9999999999", "good");
    check("90", "excellent");
    check("79.999", "qualified");
    check("59.999", "unqualified");
}

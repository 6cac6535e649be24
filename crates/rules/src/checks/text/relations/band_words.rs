//! The numbers in the words of a grade band, with 含 and 不含.

use rust_decimal::Decimal;

use crate::checks::text::lex::chinese;

/// Of numbers in words.
const HAN: &[char] = &['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百'];

/// Numbers of a range, each with 含/不含 said for it; numbers inside （不含90分） only say which.
pub(super) fn plain_numbers(words: &str) -> Vec<(Decimal, Option<bool>)> {
    let mut out: Vec<(Decimal, Option<bool>)> = Vec::new();
    let mut rest = words;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit() || c == '含' || HAN.contains(&c)) {
        if rest[start..].starts_with('含') {
            let said = !rest[..start].ends_with('不');
            let close = rest[start..].find('）').map_or(rest.len(), |i| start + i);
            let inside = rest[start..close].trim_matches(|c: char| !c.is_ascii_digit() && c != '.');
            let figures = inside.split('分').next().unwrap_or_default();
            let named: Option<Decimal> = figures.parse().ok();
            let target = match named {
                Some(n) => out.iter_mut().rev().find(|o| o.0 == n),
                None => out.last_mut(),
            };
            match (target, named) {
                (Some(target), _) => target.1 = Some(said),
                (None, Some(n)) => out.push((n, None)),
                _ => {}
            }
            rest = &rest[close..];
            continue;
        }
        if rest[start..].starts_with(HAN) {
            let length = rest[start..].find(|c: char| !HAN.contains(&c)).unwrap_or(rest.len() - start);
            out.extend(chinese(&rest[start..start + length]).map(|n| (n, None)));
            rest = &rest[start + length..];
            continue;
        }
        let length =
            rest[start..].find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len() - start);
        if let Ok(n) = rest[start..start + length].trim_end_matches('.').parse() {
            out.push((n, None));
        }
        rest = &rest[start + length..];
    }
    out
}

//! The numbers in the words of a grade band, with 含 and 不含.

use rust_decimal::Decimal;

/// Numbers of a range, each with 含/不含 said for it; numbers inside （不含90分） only say which.
pub(super) fn plain_numbers(words: &str) -> Vec<(Decimal, Option<bool>)> {
    let mut out: Vec<(Decimal, Option<bool>)> = Vec::new();
    let mut rest = words;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit() || c == '含') {
        if rest[start..].starts_with('含') {
            let said = !rest[..start].ends_with('不');
            let close = rest[start..].find('）').map_or(rest.len(), |i| start + i);
            let named: Option<Decimal> =
                rest[start..close].trim_matches(|c: char| !c.is_ascii_digit() && c != '.').parse().ok();
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
        let length =
            rest[start..].find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len() - start);
        if let Ok(n) = rest[start..start + length].trim_end_matches('.').parse() {
            out.push((n, None));
        }
        rest = &rest[start + length..];
    }
    out
}

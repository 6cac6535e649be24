//! A place on the map: degrees as people write them, millionths of a degree as they are kept. Pure, and exact.

use rust_decimal::Decimal;

/// Degrees north of the south and the north end of the country, and degrees east of its west and east end.
pub(super) const LATITUDES: (i32, i32) = (3, 54);
pub(super) const LONGITUDES: (i32, i32) = (73, 136);

/// Millionths of a degree, from degrees with at most six digits behind the point; `None` where it is no such number or
/// lies outside the country.
pub(super) fn parse(text: &str, (least, most): (i32, i32)) -> Option<i32> {
    let plain = text.bytes().all(|sign| sign.is_ascii_digit() || sign == b'.');
    let degrees = text.parse::<Decimal>().ok().filter(|degrees| plain && degrees.normalize().scale() <= 6)?;
    let inside = degrees >= Decimal::from(least) && degrees <= Decimal::from(most);
    if !inside {
        return None;
    }
    i32::try_from((degrees * Decimal::from(1_000_000)).normalize()).ok()
}

/// Degrees with six digits: `23.098765`.
pub(super) fn shown(micro: i32) -> String {
    Decimal::new(i64::from(micro), 6).to_string()
}

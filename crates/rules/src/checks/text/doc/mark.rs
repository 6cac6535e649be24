//! List and heading marks: 一、（一）1. （1）① 1.1 第一章. A mark of the same kind closes what the last one opened.

/// Kind of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    kind: u8,
    level: u8,
}

/// Marks in the order in which official papers nest them.
const CHAPTER: u8 = 1;
const HAN: u8 = 2;
const HAN_ROUND: u8 = 3;
const DIGIT: u8 = 4;
const DIGIT_ROUND: u8 = 5;
const DIGIT_HALF: u8 = 6;
const CIRCLED: u8 = 7;
const DECIMAL: u8 = 8;
const BARE: u8 = 9;

impl Mark {
    pub(super) fn same_rank(&self, other: &Self) -> bool {
        self == other
    }

    /// The number of a mark 3. or 3、 that the words begin with.
    pub(super) fn number(&self, words: &str) -> Option<u32> {
        let digits = words.bytes().take_while(u8::is_ascii_digit).count();
        words[..digits].parse().ok().filter(|_| self.kind == DIGIT)
    }

    /// Whether a new mark `other`, not seen yet, still closes this one.
    pub(super) fn deeper_than(&self, other: &Self) -> bool {
        if self.kind == DECIMAL || self.kind == BARE && other.kind == BARE {
            return other.kind == self.kind && self.level > other.level || other.kind == CHAPTER;
        }
        if other.kind == BARE {
            return self.kind > HAN_ROUND || other.level <= 1;
        }
        matches!(other.kind, CHAPTER | HAN) && self.kind != BARE && self.kind > other.kind
    }
}

/// The mark at the start of a normalised line and its length in bytes; `level` is a heading's level, if it is one, and `next`
/// the number of the next mark 3. of an open list.
pub(super) fn mark_of(words: &str, level: Option<u8>, next: u32) -> Option<(Mark, usize)> {
    let mark = |kind, length| Some((Mark { kind, level: 0 }, length));
    let han = |s: &str| s.len() - s.trim_start_matches(|c: char| "一二三四五六七八九十百".contains(c)).len();
    let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    if let Some(rest) = words.strip_prefix('第') {
        let n = han(rest).max(digits(rest));
        if n > 0 && (rest[n..].starts_with(['章', '节', '编']) || rest[n..].starts_with("部分")) {
            return mark(CHAPTER, 3 + n + if rest[n..].starts_with("部分") { 6 } else { 3 });
        }
    }
    let n = han(words);
    if n > 0 && words[n..].starts_with(['、', '.']) {
        let sign = words[n..].chars().next().map_or(0, char::len_utf8);
        return mark(HAN, n + sign);
    }
    if let Some(rest) = words.strip_prefix('（') {
        let (h, d) = (han(rest), digits(rest));
        if h > 0 && rest[h..].starts_with('）') {
            return mark(HAN_ROUND, 3 + h + 3);
        }
        if (1..=2).contains(&d) && rest[d..].starts_with('）') {
            return mark(DIGIT_ROUND, 3 + d + 3);
        }
    }
    if let Some(c) = words.chars().next().filter(|c| ('①'..='⑳').contains(c)) {
        return mark(CIRCLED, c.len_utf8());
    }
    numbered(words, next).or(level.map(|level| (Mark { kind: BARE, level }, 0)))
}

/// 1、 1. 1） 1.1 1.2.3
fn numbered(words: &str, next: u32) -> Option<(Mark, usize)> {
    let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let n = digits(words);
    if !(1..=2).contains(&n) {
        return None;
    }
    let rest = &words[n..];
    let sign = rest.chars().next()?;
    let after = &rest[sign.len_utf8()..];
    match sign {
        '）' => Some((Mark { kind: DIGIT_HALF, level: 0 }, n + 3)),
        '、' => Some((Mark { kind: DIGIT, level: 0 }, n + 3)),
        '.' if digits(after) == 0 => Some((Mark { kind: DIGIT, level: 0 }, n + 1)),
        '.' => {
            let mut end = n;
            let mut level = 1;
            while words[end..].starts_with('.') && (1..=2).contains(&digits(&words[end + 1..])) {
                end += 1 + digits(&words[end + 1..]);
                level += 1;
            }
            let sign = words[end..].chars().next()?;
            let heading =
                sign == '、' || sign == ' ' || sign == '.' || !sign.is_ascii() && !starts_unit(&words[end..]);
            if heading && (sign == '、' || words.chars().count() < 40) {
                let length = end + if sign == '、' { '、'.len_utf8() } else { 0 };
                return Some((Mark { kind: DECIMAL, level }, length));
            }
            // 4.5个站点 behind 3.…: the fourth of a list, for nothing has half a station.
            let whole = super::super::unit::unit_at(&words[end..])
                .is_some_and(|unit| matches!(unit.class, "个" | "人" | "户" | "次" | "场" | "件" | "份"));
            let fits = whole && next > 1 && words[..n].parse() == Ok(next);
            fits.then_some((Mark { kind: DIGIT, level: 0 }, n + 1))
        }
        _ => None,
    }
}

fn starts_unit(text: &str) -> bool {
    text.starts_with(['万', '亿', '-', '，', '）', '。']) || super::super::unit::unit_at(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_behind_a_mark_is_told_from_a_number_with_decimals() {
        let kind = |words: &str, next| mark_of(words, None, next).map(|(mark, length)| (mark.kind, length));
        assert_eq!(kind("4.5个站点均已挂牌", 4), Some((DIGIT, 2)));
        assert_eq!(kind("4.5个站点均已挂牌", 0), None);
        assert_eq!(kind("4.5万元用于活动", 4), None);
        assert_eq!(kind("4.5建档情况", 4), Some((DECIMAL, 3)));
        assert_eq!(kind("4.建档情况", 4), Some((DIGIT, 2)));
    }
}

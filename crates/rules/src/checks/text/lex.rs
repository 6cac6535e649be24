//! Lexing: numbers with their units in normalised text: 8,642个, 414.29%, 240万元, 二十二个, 百分之九十, 约1000余份.
//! Marks of lists, dates, house numbers, document numbers and set phrases (一户一档, 五社联动) are no numbers here.

use std::ops::Range;
use std::sync::LazyLock;

use chinese_number::{ChineseCountMethod, ChineseToNumber};
use regex::Regex;
use rust_decimal::Decimal;

use super::unit::{Unit, unit_at};

/// A number in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Digits, multiplier, unit.
    pub(super) span: Range<usize>,
    /// Where the digits end and the unit begins.
    pub(super) unit_at: usize,
    /// Value in the unit's own size (240万元 is 2,400,000).
    pub(super) value: Decimal,
    /// Printed digits behind the point.
    pub(super) decimals: u32,
    /// What one printed last digit is worth (万 makes it larger).
    pub(super) scale: Decimal,
    pub(super) percent: bool,
    pub(super) unit: Option<Unit>,
    /// 约, 余, 超过, 不少于…: not an exact count.
    pub(super) vague: bool,
    /// Written in Chinese numerals.
    pub(super) chinese: bool,
}

static NUMBERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<a>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<x>万亿|亿|万|千|百)?",
        r"|百分之(?P<p>[零〇一二两三四五六七八九十百点]+)",
        r"|(?P<c>[零〇一二两三四五六七八九十百千万亿]+)",
    ))
    .ok()
});

/// Numbers of `text`, which begins at byte `base`; `taken` are spans of dates and list marks (sorted).
pub(super) fn numbers(text: &str, base: usize, taken: &[Range<usize>]) -> Vec<Number> {
    let Some(pattern) = NUMBERS.as_ref() else { return Vec::new() };
    let mut out = Vec::new();
    let mut taken = taken.iter().peekable();
    for found in pattern.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        let at = base + whole.start();
        while taken.peek().is_some_and(|t| t.end <= at) {
            taken.next();
        }
        if taken.peek().is_some_and(|t| t.start < at + whole.len() && at < t.end) {
            continue;
        }
        let number = if let Some(digits) = found.name("a") {
            arabic(text, digits.range(), found.name("x").map(|m| m.as_str()))
        } else if let Some(digits) = found.name("p") {
            chinese(digits.as_str()).map(|v| plain(whole.range(), v, true))
        } else {
            counted_in_chinese(text, whole.range())
        };
        if let Some(mut n) = number {
            n.span = n.span.start + base..n.span.end + base;
            n.unit_at += base;
            out.push(n);
        }
    }
    ranges(text, base, &mut out);
    share_units(text, base, &mut out);
    out
}

/// 18、13.5和24.5人月: the unit behind the last of a row of numbers is that of all.
fn share_units(text: &str, base: usize, all: &mut [Number]) {
    for i in (1..all.len()).rev() {
        let (head, tail) = all.split_at_mut(i);
        let (Some(bare), Some(next)) = (head.last_mut(), tail.first()) else { continue };
        let joined = next.span.start >= bare.span.end
            && matches!(
                &text[bare.span.end - base..next.span.start - base],
                "、" | "和" | "及" | "与" | "、和"
            );
        if joined && !bare.chinese && !bare.percent && bare.unit.is_none() {
            (bare.unit, bare.percent) = (next.unit, next.percent);
            // 75.00、84.30万元: ten thousand of each.
            let factor = next.scale.checked_div(Decimal::new(1, next.decimals)).unwrap_or(Decimal::ONE);
            if factor > Decimal::ONE
                && let Some(value) = bare.value.checked_mul(factor).filter(can_be_counted)
            {
                (bare.value, bare.scale) = (value, bare.scale * factor);
            }
        }
    }
}

/// 3000元到8000元不等, 60分至不足80分: either end of a range counts nothing.
fn ranges(text: &str, base: usize, all: &mut [Number]) {
    for i in 1..all.len() {
        let (head, tail) = all.split_at_mut(i);
        let (Some(a), Some(b)) = (head.last_mut(), tail.first_mut()) else { continue };
        if b.span.start < a.span.end {
            continue;
        }
        let gap = &text[a.span.end - base..b.span.start - base];
        let (joined, open) = match gap.strip_suffix("不足").or_else(|| gap.strip_suffix("未满")) {
            Some(gap) => (gap, true),
            None => (gap, false),
        };
        let joined = matches!(joined, "到" | "至" | "—" | "-" | "~");
        let unequal =
            text[b.span.end - base..].starts_with("不等") || text[b.span.end - base..].starts_with("之间");
        if joined && (unequal || open) {
            (a.vague, b.vague) = (true, true);
        }
    }
}

fn plain(span: Range<usize>, value: Decimal, percent: bool) -> Number {
    let decimals = value.scale();
    Number {
        unit_at: span.end,
        span,
        value,
        decimals,
        scale: Decimal::new(1, decimals),
        percent,
        unit: None,
        vague: false,
        chinese: true,
    }
}

/// No report counts further: of two such numbers product, quotient and percent can still be worked out.
const LARGEST: Decimal = Decimal::from_parts(1_316_134_912, 2328, 0, false, 0); // 10^13
/// Nor finer.
const MOST_DECIMALS: u32 = 6;

/// Whether a number is such that its products and quotients can still be worked out.
pub(super) fn can_be_counted(value: &Decimal) -> bool {
    value.abs() <= LARGEST && value.scale() <= MOST_DECIMALS
}

fn arabic(text: &str, digits: Range<usize>, multiplier: Option<&str>) -> Option<Number> {
    let before = &text[..digits.start];
    let written = text[digits.clone()].replace(',', "");
    if written.len() > 15 || is_label(before, &text[digits.end..], &written) {
        return None;
    }
    let value: Decimal = written.parse().ok()?;
    let decimals = value.scale();
    if decimals > MOST_DECIMALS {
        return None;
    }
    let factor: i64 = match multiplier {
        Some("万亿") => 1_000_000_000_000,
        Some("亿") => 100_000_000,
        Some("万") => 10_000,
        Some("千") => 1_000,
        Some("百") => 100,
        _ => 1,
    };
    let value = value.checked_mul(Decimal::from(factor)).filter(|value| *value <= LARGEST)?;
    let mut end = digits.end + multiplier.map_or(0, str::len);
    let rest = &text[end..];
    let percent = rest.starts_with('%') && multiplier.is_none();
    let unit_at_byte = end;
    let mut unit = None;
    let mut vague = vague_before(before);
    if percent {
        end += 1;
    } else {
        let rest = rest.trim_start_matches(['多', '余', '来', '+']);
        vague |= rest.len() < text.len() - end;
        unit = unit_at(rest);
        let skipped = text.len() - end - rest.len();
        end += skipped + unit.map_or(0, |u| u.word.len());
    }
    let after = &text[end..];
    let more = after.strip_prefix('多').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
    vague |= !more
        && ["以上", "以下", "以内", "左右", "余", "多", "及以上", "（含）以上"]
            .iter()
            .any(|w| after.starts_with(w));
    Some(Number {
        span: digits.start..end,
        unit_at: unit_at_byte,
        value,
        decimals,
        scale: Decimal::new(1, decimals).checked_mul(Decimal::from(factor))?,
        percent,
        unit,
        vague,
        chinese: false,
    })
}

/// A number that names something and counts nothing: 第3, No.5, 4-7号, 〔2023〕7号, 110105…, 2.1.3, A4.
fn is_label(before: &str, after: &str, written: &str) -> bool {
    let last = before.chars().next_back();
    let named = ["第", "附件", "附表", "表", "图", "序号", "编号", "〔", "[", "no.", "No.", "版本", "v", "V"];
    let numbered = after.starts_with(['号', '〕', ']'])
        || after.starts_with("-")
            && after[1..].trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('号');
    let ratio =
        before.strip_suffix([':', '∶', '：']).is_some_and(|b| b.ends_with(|c: char| c.is_ascii_digit()));
    let counted = ["表", "图", "附件"].iter().any(|w| before.ends_with(w))
        && (unit_at(after).is_some() || after.starts_with('%'));
    named.iter().any(|w| before.ends_with(w)) && !counted
        || numbered
        || ratio && unit_at(after).is_none()
        || last.is_some_and(|c| c.is_ascii_alphabetic())
        || after.starts_with(|c: char| c.is_ascii_alphabetic() && !matches!(c, 'X' | 'x'))
        || (written.len() >= 7
            && !written.contains('.')
            && unit_at(after).is_none()
            && !after.starts_with(['万', '%']))
        || (last == Some('.')
            && before.len() > 1
            && before[..before.len() - 1].ends_with(|c: char| c.is_ascii_digit()))
}

fn vague_before(before: &str) -> bool {
    [
        "约",
        "近",
        "超",
        "超过",
        "不少于",
        "不低于",
        "至少",
        "逾",
        "大约",
        "不足",
        "达到或超过",
        "不超过",
        "最多",
        "多于",
        "少于",
        "低于",
        "高于",
        "大于",
        "小于",
        "将近",
        "≥",
        "≤",
        ">",
        "<",
        "上限",
        "下限",
        "大概",
        "接近",
        "平均约",
    ]
    .iter()
    .any(|w| before.ends_with(w))
        // 服务预约8通.
        && !["预约", "签约", "节约", "履约", "邀约", "违约", "最近", "附近", "就近"].iter().any(|w| before.ends_with(w))
}

/// Chinese numerals count only before a measure word and outside set phrases.
fn counted_in_chinese(text: &str, span: Range<usize>) -> Option<Number> {
    let written = &text[span.clone()];
    let before = text[..span.start].chars().next_back();
    let rest = &text[span.end..];
    let few = rest.trim_start_matches(['多', '余', '来']);
    let unit = unit_at(few)?;
    let bare = !written.contains(|c: char| "零〇一二两三四五六七八九十".contains(c));
    let after = few[unit.word.len()..].chars().next();
    let set_phrase = matches!(
        before,
        Some('第' | '同' | '统' | '唯' | '万' | '逐' | '单' | '之' | '周' | '任' | '几' | '数')
    ) || after == Some('一') && written.starts_with('一')
        || matches!(
            (written, unit.word),
            ("十", "分") | ("一", "部" | "组" | "面" | "对" | "处" | "起" | "方面" | "人")
        )
        || (unit.word == "节" && written.len() > 3 && !written.contains('十'))
        || written == "一" && !matches!(unit.class, "年" | "天" | "月" | "季" | "周");
    if bare || set_phrase {
        return None;
    }
    let value = chinese(written)?;
    let mut number = plain(span.clone(), value, false);
    number.unit = Some(unit);
    number.span.end = span.end + (rest.len() - few.len()) + unit.word.len();
    let limit =
        ["以上", "以下", "以内", "左右", "及以上"].iter().any(|w| text[number.span.end..].starts_with(w));
    // 八个多百分点.
    let more =
        ["多百分点", "多月", "多小时", "多星期"].iter().any(|w| text[number.span.end..].starts_with(w));
    number.vague = few.len() < rest.len() || limit || more || vague_before(&text[..span.start]);
    Some(number)
}

/// 二十二 → 22, 九十三点四 → 93.4; `None` for what is no well-formed numeral.
pub(super) fn chinese(text: &str) -> Option<Decimal> {
    let text = text.replace('〇', "零").replace('两', "二");
    if text.len() > 60 {
        return None;
    }
    if let Some((whole, part)) = text.split_once('点') {
        let digits: Option<String> = part
            .chars()
            .map(|c| "零一二三四五六七八九".chars().position(|d| d == c).map(|p| p.to_string()))
            .collect();
        let whole: i64 = whole.to_number(ChineseCountMethod::TenThousand).ok()?;
        return format!("{whole}.{}", digits?).parse().ok();
    }
    let simple = text.chars().count();
    if simple > 1 && !text.contains(['十', '百', '千', '万', '亿', '拾', '佰', '仟']) {
        return None;
    }
    let value: i64 = text.to_number(ChineseCountMethod::TenThousand).ok()?;
    Some(Decimal::from(value))
}

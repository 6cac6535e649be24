//! What is said of a row of numbers right behind it: its mean, how far its ends lie apart and how many times one is the other, what all, the first
//! or the last of it make, and the growth from each to the next: 分别为312名、274名、251名，平均每街道249.20名，最多者比最少者多126名.

use rust_decimal::{Decimal, RoundingStrategy};

use super::one_slip::{Quotient, rows, sum, sum_slips};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::lex::Number;
use crate::checks::text::math::{mistaken, prints_as, show, show_sum};
use crate::checks::text::words::has_any;

/// Numbers behind a row that may speak of it.
const NEAR: usize = 8;
/// Words of a mean over the items of a row.
const MEANS: &[&str] = &["平均每", "季均", "月均", "周均", "站均", "次平均", "平均"];
/// Words of a mean over something else.
const OTHER: &[&str] = &[
    "每人",
    "人均",
    "每名",
    "户均",
    "每户",
    "场均",
    "节均",
    "每场",
    "每节",
    "每次",
    "次均",
    "每小时",
    "日均",
];
/// Words of another time.
const EARLIER: &[&str] = &["上年", "上一", "去年", "上轮", "上期", "同期", "较"];
/// Words of a whole.
const ALL: &[&str] =
    &["合计", "共", "共计", "总计", "总共", "总分", "合成", "总得分", "综合得分", "合计得分", "合计为"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        let here = claims.within(&(block.body..block.span.end));
        for row in rows(doc, here, 3) {
            let last = &row[row.len() - 1];
            let at = here.partition_point(|c| c.number.span.start <= last.number.span.start);
            if row[0].number.percent {
                if let Some(from) = here[..at - row.len()].len().checked_sub(1) {
                    chain(doc, &here[..=from], row, sink);
                }
                continue;
            }
            whole_before(doc, here, row, sink);
            // Up to the next row of the same unit.
            let until = |c: &&Claim| {
                let gap = doc.slice(&(last.number.span.end..c.number.span.start.max(last.number.span.end)));
                gap.matches('。').count() <= 1 && gap.chars().count() <= 90
            };
            let behind: Vec<&Claim> = here[at..].iter().take(NEAR).take_while(until).collect();
            for told in behind {
                fact(doc, row, told, sink);
            }
        }
    }
}

fn free(sink: &Sink<'_>, row: &[Claim], told: &Claim) -> bool {
    let starts = row.iter().chain([told]).flat_map(|c| [c.wide().start, c.span().start]);
    !sink.said(&starts.collect::<Vec<_>>())
}

fn fact(doc: &Doc, row: &[Claim], told: &Claim, sink: &mut Sink<'_>) {
    let left = doc.slice(&told.left);
    let lead = doc.slice(&(told.segment.start..told.number.span.start));
    let clause = lead.rsplit(['，', '；', '。', '、']).next().unwrap_or_default();
    let from = row[row.len() - 1].number.span.end;
    let between = doc.slice(&(from..told.number.span.start.max(from)));
    let kin = told.exact() && told.class() == row[0].class();
    if doc.text[told.number.span.end..].starts_with('倍')
        && told.exact()
        && between.matches('最').count() >= 2
    {
        times(doc, row, told, sink);
    } else if !kin || has_any(clause, EARLIER) {
    } else if has_any(clause, MEANS) && !has_any(clause, OTHER) {
        mean(doc, row, told, sink);
    } else if between.matches('最').count() >= 2
        && ["多", "高", "相差", "高出", "多出"].iter().any(|w| left.ends_with(w))
    {
        spread(doc, row, told, sink);
    } else if told.sentence == row[0].sentence && between.chars().count() <= left.chars().count() + 2 {
        total(doc, row, told, left, sink);
    }
}

fn mean(doc: &Doc, row: &[Claim], told: &Claim, sink: &mut Sink<'_>) {
    let n = Decimal::from(row.len());
    let (all, v) = (sum(row), told.number.value);
    let values = || row.iter().map(|c| c.number.value);
    let inside = values().min().is_some_and(|m| m <= v * Decimal::TWO)
        && values().max().is_some_and(|m| m * Decimal::TWO >= v);
    let mut over = row[0].number.clone();
    over.value = n;
    let whole = Number { value: all, ..row[0].number.clone() };
    let quotient = Quotient { of: &whole, over: &over, printed: &told.number, times: Decimal::ONE };
    sink.tried();
    // Means of scores are weighed as often as not.
    if !inside || told.class() == "分" || quotient.fits() || !free(sink, row, told) {
        return;
    }
    // The one item whose slip would explain it, or the mean's own.
    let half = told.number.scale / Decimal::TWO;
    let item = row.iter().find_map(|c| {
        let rest = all - c.number.value;
        let (low, high) = ((v - half) * n - rest, (v + half) * n - rest);
        let right = ((low + high) / Decimal::TWO).round_dp(c.number.decimals);
        let slip = low <= right && right <= high && mistaken(right.normalize(), c.number.value.normalize());
        (slip && right > Decimal::ZERO).then_some((c, right))
    });
    let Some(right) = quotient.shown() else { return };
    let values: Vec<Decimal> = values().collect();
    let message =
        format!("（{}）÷{}={}，文中为“{}”", show_sum(&values), show(n), show(right), doc.slice(&told.wide()));
    if quotient.is_misprinted() {
        say(sink, "average", message, told, right, row);
    } else if let Some((c, right)) = item {
        let message = format!("{message}；“{}”应为{}", doc.slice(&c.wide()), show(right));
        say(sink, "total", message, c, right, row);
    }
}

fn say(
    sink: &mut Sink<'_>,
    rule: &'static str,
    message: String,
    told: &Claim,
    right: Decimal,
    row: &[Claim],
) {
    let spans: Vec<_> = std::iter::once(told.wide()).chain(row.iter().map(|c| c.wide())).collect();
    sink.add(rule, Severity::Warning, message, (show(told.number.value), show(right)), &spans);
}

fn ends(row: &[Claim]) -> Option<(&Claim, &Claim)> {
    Some((row.iter().max_by_key(|c| c.number.value)?, row.iter().min_by_key(|c| c.number.value)?))
}

fn spread(doc: &Doc, row: &[Claim], told: &Claim, sink: &mut Sink<'_>) {
    let Some((most, least)) = ends(row) else { return };
    let (a, b, v) = (most.number.value, least.number.value, told.number.value);
    sink.tried();
    let slip = mistaken((a - b).normalize(), v.normalize());
    if a - b != v && slip && free(sink, row, told) {
        let message = format!("{}-{}={}，文中为“{}”", show(a), show(b), show(a - b), doc.slice(&told.wide()));
        say(sink, "difference", message, told, a - b, &[most.clone(), least.clone()]);
    }
}

fn times(doc: &Doc, row: &[Claim], told: &Claim, sink: &mut Sink<'_>) {
    let Some((most, least)) = ends(row) else { return };
    let quotient =
        Quotient { of: &most.number, over: &least.number, printed: &told.number, times: Decimal::ONE };
    sink.tried();
    if told.number.decimals == 0 || quotient.fits() || !free(sink, row, told) {
        return;
    }
    if let Some(right) = quotient.shown().filter(|_| quotient.is_misprinted()) {
        let (a, b) = (show(most.number.value), show(least.number.value));
        let message = format!("{a}÷{b}={}，文中为“{}”", show(right), doc.slice(&told.wide()));
        say(sink, "ratio", message, told, right, &[most.clone(), least.clone()]);
    }
}

/// 合计, 上半期合计, 前两项合计.
fn total(doc: &Doc, row: &[Claim], told: &Claim, left: &str, sink: &mut Sink<'_>) {
    let n = row.len();
    let own =
        left.trim_end_matches(['为', '达', '计']).trim_end_matches("合计").trim_end_matches(['共', '合']);
    let half = n.is_multiple_of(2);
    let part = match own {
        "上半期" | "上半年" | "前半年" | "前半期" if half => &row[..n / 2],
        "下半期" | "下半年" | "后半年" | "后半期" if half => &row[n / 2..],
        "前两项" | "前两类" | "前两期" | "前两档" | "前两季度" | "前二者" => &row[..2],
        "后两项" | "后两类" | "后两期" | "后两季度" => &row[n - 2..],
        "前三项" | "前三类" | "前三季度" if n > 3 => &row[..3],
        _ if ALL.contains(&left) => row,
        _ => return,
    };
    let (all, v) = (sum(part), told.number.value);
    sink.tried();
    if all != v && sum_slips(part, v) && free(sink, row, told) {
        let values: Vec<Decimal> = part.iter().map(|c| c.number.value).collect();
        let message = format!("{}，文中为“{}”", show_sum(&values), doc.slice(&told.wide()));
        let rule = if told.class() == "分" { "score-parts" } else { "total" };
        say(sink, rule, message, told, all, part);
    }
}

/// 评估满分100分，分为服务成效40分、服务完成25分…: the weights of all parts make it.
fn whole_before(doc: &Doc, here: &[Claim], row: &[Claim], sink: &mut Sink<'_>) {
    let at = here.partition_point(|c| c.number.span.start < row[0].number.span.start);
    let Some(whole) = at.checked_sub(1).map(|k| &here[k]) else { return };
    let lead = doc.slice(&(whole.number.span.end..row[0].number.span.start.max(whole.number.span.end)));
    let full = has_any(doc.slice(&whole.left), &["满分", "总分", "共", "百分制"]);
    let split =
        ["，分为", "，其中", "，由", "，包括", "：", "，分设", "，分"].iter().any(|w| lead.starts_with(w));
    let open = doc.text[row[row.len() - 1].number.span.end..].starts_with(['等', '、']);
    if whole.class() != "分"
        || row[0].class() != "分"
        || !full
        || !split
        || open
        || whole.sentence != row[0].sentence
    {
        return;
    }
    let (all, v) = (sum(row), whole.number.value);
    sink.tried();
    let near = (all - v).abs() <= Decimal::from(20);
    if all != v && near && free(sink, row, whole) {
        let values: Vec<Decimal> = row.iter().map(|c| c.number.value).collect();
        let message = format!("{}，文中为“{}”", show_sum(&values), doc.slice(&whole.wide()));
        say(sink, "weights", message, whole, all, row);
    }
}

/// 依次为36120、38475、39980、40425人次，…环比增幅依次为6.52%、3.91%、1.11%.
fn chain(doc: &Doc, before: &[Claim], percents: &[Claim], sink: &mut Sink<'_>) {
    let lead = doc.slice(&(percents[0].left.clone()));
    let all = rows(doc, before, 3);
    let Some(row) = all.last().filter(|r| r.len() == percents.len() + 1 && !r[0].number.percent) else {
        return;
    };
    if !lead.contains("环比") || row[0].sentence != percents[0].sentence {
        return;
    }
    let growth = |k: usize| {
        let (a, b) = (row[k].number.value, row[k + 1].number.value);
        ((b - a).abs() * Decimal::ONE_HUNDRED).checked_div(a)
    };
    let odd: Vec<usize> = (0..percents.len())
        .filter(|k| {
            let p = &percents[*k].number;
            growth(*k).is_none_or(|g| !prints_as(g, p.value, p.decimals))
        })
        .collect();
    sink.tried();
    let [k] = odd.as_slice() else { return };
    let (p, Some(right)) = (&percents[*k], growth(*k)) else { return };
    let right = right.round_dp_with_strategy(p.number.decimals, RoundingStrategy::MidpointAwayFromZero);
    if free(sink, &row[*k..*k + 2], p) {
        let (a, b) = (show(row[*k].number.value), show(row[*k + 1].number.value));
        let message = format!("由{a}到{b}，增长{}%，文中为{}%", show(right), show(p.number.value));
        let said = (format!("{}%", show(p.number.value)), format!("{}%", show(right)));
        let spans = [p.wide(), row[*k].wide(), row[*k + 1].wide()];
        sink.add("difference", Severity::Warning, message, said, &spans);
    }
}

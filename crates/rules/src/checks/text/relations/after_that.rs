//! Days that the words put after another: 公示：5月6日-12日…打卡日5月19日，公示期满后一次付清; 4月25日接手；同年11月9日结案; and one day of a visit told with two years
//! (2024年4月16日-18日驻村 and 2023年4月18日驻村).

use std::sync::LazyLock;

use chrono::Datelike as _;
use regex::Regex;

use super::sentence::{Sentence, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::date::Date;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;

const ORDER: &str = "date-order";
const DIFFERS: &str = "date-differs";
/// What a posting is followed by.
static AFTER: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"公[示告](?:期)?(?:满|结束|完毕|期满|无异议)(?:之)?后"));
/// What ends a case that was taken up before.
const ENDS: &[&str] = &["结案", "结束", "结项", "完成", "验收", "办结", "销号", "期满", "结业"];
/// What is done once, on days that a report tells more than once.
const VISITS: &[&str] = &["驻村", "进场", "入驻", "进驻", "现场", "到站", "签约", "签订", "实地", "驻点"];
/// Paragraphs that a posting and what follows it may lie apart.
const BACK: usize = 4;
/// Most days of a report that are looked at.
const MOST: usize = 200;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    if claims.dates.len() < 2 {
        return;
    }
    for here in Sentence::all(doc, claims) {
        if here.holds(&["公示", "公告"]) {
            posted(&here, sink);
        }
        if here.holds(&["同年", "当年"]) {
            same_year(&here, sink);
        }
    }
    two_years(doc, claims, sink);
}

fn days<'a>(claims: &'a Claims, span: &std::ops::Range<usize>) -> &'a [Date] {
    let from = claims.dates.partition_point(|d| d.span.start < span.start);
    let to = claims.dates.partition_point(|d| d.span.start < span.end);
    &claims.dates[from..to.max(from)]
}

/// The day that follows a posting must not lie before its last.
fn posted(here: &Sentence<'_>, sink: &mut Sink<'_>) {
    let doc = here.doc;
    for found in AFTER.iter().flat_map(|p| p.find_iter(doc.slice(&here.block.span))) {
        let at = here.block.span.start + found.start();
        let sentence = doc.sentences(here.block).into_iter().find(|s| s.contains(&at));
        let Some(sentence) = sentence else { continue };
        let [then] = days(here.claims, &sentence) else { continue };
        let own = doc.block_of(at);
        let from = doc.blocks[own.saturating_sub(BACK)].span.start;
        let before = days(here.claims, &(from..then.span.start));
        // 公示：A-B: the last two days told before it, of a posting.
        let [.., start, end] = before else { continue };
        let lead = doc.tail(from..start.span.start, 36);
        let between = doc.slice(&(start.span.end..end.span.start.max(start.span.end)));
        let range = matches!(between, "至" | "到" | "-" | "--") || start.span.end == end.span.start;
        let lead = lead.rsplit(['\n', '。']).next().unwrap_or_default();
        let (Some(last), Some(day)) = (end.first(), then.first()) else { continue };
        if range && lead.contains("公") && lead.contains(['示', '告']) && then.day.is_some() && day < last
        {
            let message = format!("公示至{}，其后的日期为{}", end.text(), then.text());
            here.warn(sink, ORDER, message, (then.text(), String::new()), then.span.clone());
        }
    }
}

/// 同年11月9日结案: behind the days told before it in its sentence or clause.
fn same_year(here: &Sentence<'_>, sink: &mut Sink<'_>) {
    let doc = here.doc;
    let list = days(here.claims, &here.block.span);
    for pair in list.windows(2) {
        let [before, then] = pair else { continue };
        let lead = doc.tail(before.span.end..then.span.start.max(before.span.end), 6);
        let behind: String = doc.text[then.span.end..].chars().take(10).collect();
        let behind = behind.split(['，', '。', '；']).next().unwrap_or_default();
        let near = then.span.start.saturating_sub(before.span.end) <= 240;
        let led = matches!(lead, "同年" | "当年") && near && ENDS.iter().any(|w| behind.contains(w));
        let day = |d: &Date| d.day.and(d.first());
        if led && day(before).zip(day(then)).is_some_and(|(a, b)| a.year() == b.year() && b < a) {
            let message = format!("{}在前，其后的“{}”反而更早", before.text(), then.text());
            here.warn(sink, ORDER, message, (then.text(), String::new()), then.span.clone());
        }
    }
}

/// One day of one visit, with two years.
fn two_years(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let visit = |d: &Date| {
        let behind: String = doc.text[d.span.end..].chars().take(6).collect();
        VISITS.iter().copied().find(|w| behind.starts_with(w))
    };
    let told: Vec<(&Date, &str)> = claims
        .dates
        .iter()
        .take(MOST)
        .filter(|d| d.day.is_some())
        .filter_map(|d| Some((d, visit(d)?)))
        .collect();
    for (i, (date, what)) in told.iter().enumerate() {
        let kin = told.iter().enumerate().find(|(j, (d, w))| {
            *j != i
                && w == what
                && d.day == date.day
                && d.month == date.month
                && d.year.abs_diff(date.year) == 1
        });
        let Some((j, (other, _))) = kin.filter(|_| date.whole) else { continue };
        // The later of two is spoken of, and one that is told whole.
        if i > j || !other.whole {
            let block = &doc.blocks[doc.block_of(date.span.start)];
            let here = Sentence::of(doc, claims, block);
            let message = format!("同一天{what}，一处为{}，另一处为{}", other.text(), date.text());
            here.warn(sink, DIFFERS, message, (date.text(), other.text()), date.span.clone());
        }
    }
}

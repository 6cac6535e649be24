//! Rows of a table with two days and how many lie between them (约定时限, 实际到账, 逾期天数), and rows with a share and an amount of one whole (第二批 | 30% | 120,000.00): the shares
//! of all but one row give the same whole.

use rust_decimal::Decimal;

use super::grid::value_of;
use crate::checks::text::claim::Claims;
use crate::checks::text::date::Date;
use crate::checks::text::doc::{Doc, Table};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{percent_of, show, show_percent};
use crate::checks::text::words::has_any;

const LATE: &[&str] =
    &["逾期天数", "延迟天数", "超期天数", "延期天数", "滞后天数", "逾期（天）", "延迟（天）", "超期（天）"];
const SHARES: &[&str] = &["比例", "拨付比例", "支付比例", "占比", "比重"];
const AMOUNTS: &[&str] = &["金额", "拨付金额", "支付金额", "数额", "应付金额"];
/// Fewest rows.
const LEAST: usize = 3;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for table in &doc.tables {
        let Some((head, rows)) = table.rows.split_first() else { continue };
        let named = |words: &[&str]| head.iter().position(|h| words.contains(&doc.slice(h)));
        if let Some(late) = named(LATE) {
            days(doc, claims, (table, late), sink);
        }
        if let (Some(share), Some(amount)) = (named(SHARES), named(AMOUNTS)) {
            let names = || rows.iter().filter_map(|r| r.first()).map(|c| doc.slice(c));
            if rows.len() >= LEAST && !names().any(|n| has_any(n, &["计", "总"])) {
                shares(doc, claims, (table, share, amount), sink);
            }
        }
    }
}

fn days(doc: &Doc, claims: &Claims, (table, late): (&Table, usize), sink: &mut Sink<'_>) {
    for row in &table.rows[1..] {
        let day = |cell: &std::ops::Range<usize>| -> Option<&Date> {
            let from = claims.dates.partition_point(|d| d.span.start < cell.start);
            claims.dates.get(from).filter(|d| d.span.start < cell.end && d.day.is_some())
        };
        let days: Vec<&Date> = row.iter().take(late).filter_map(day).collect();
        let ([due, done], Some(cell)) = (days.as_slice(), row.get(late)) else { continue };
        let (Some(from), Some(to), Some(told)) = (due.first(), done.first(), value_of(doc, claims, cell))
        else {
            continue;
        };
        let right = Decimal::from((to - from).num_days().max(0));
        sink.tried();
        if told.value != right && !sink.said(&[told.span.start]) {
            let message = format!(
                "{}至{}相差{}天，表格“{}”为{}",
                due.text(),
                done.text(),
                show(right),
                doc.slice(&table.rows[0][late]),
                show(told.value)
            );
            sink.add("duration", Severity::Warning, message, (show(told.value), show(right)), &[told.span]);
        }
    }
}

fn shares(doc: &Doc, claims: &Claims, (table, share, amount): (&Table, usize, usize), sink: &mut Sink<'_>) {
    let rows: Option<Vec<_>> = table.rows[1..]
        .iter()
        .map(|r| Some((value_of(doc, claims, r.get(share)?)?, value_of(doc, claims, r.get(amount)?)?)))
        .collect();
    let Some(rows) = rows.filter(|r| r.iter().all(|(p, _)| p.percent && !p.value.is_zero())) else { return };
    let whole = |(p, a): &(super::grid::Value, super::grid::Value)| {
        a.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(p.value).map(|w| w.round_dp(2))
    };
    let wholes: Vec<Decimal> = rows.iter().filter_map(whole).collect();
    let told = |w: &Decimal| claims.values.binary_search(w).is_ok();
    let most = wholes.iter().find(|w| told(w) && wholes.iter().filter(|o| o == w).count() + 1 == rows.len());
    sink.tried();
    let (Some(most), true) = (most.copied(), wholes.len() == rows.len()) else { return };
    let Some(odd) = wholes.iter().position(|w| *w != most) else { return };
    let (p, a) = &rows[odd];
    if sink.said(&[p.span.start]) || sink.said(&[a.span.start]) {
        return;
    }
    let Some(right) = percent_of(a.value, most) else { return };
    let message =
        format!("{}÷{}={}，表格中为{}%", show(a.value), show(most), show_percent(right), show(p.value));
    let said = (format!("{}%", show(p.value)), show_percent(right));
    sink.add("table-percent", Severity::Warning, message, said, &[p.span.clone(), a.span.clone()]);
}

//! Annex one: every indicator of the contract against its target and against time.
//! Not here: what that amounts to (progress).

use kernel::{chinese_date, trimmed};
use paper::model::{Cell, Column, Document, Table};
use rules::pace::Status;

use crate::indicators::Indicator;
use crate::reports::compose::desk::{Desk, numbered};
use crate::reports::compose::numbers::{MISSING, grouped};

/// 指标完成情况统计表.
pub(super) fn annex(document: &mut Document, desk: &Desk<'_>) {
    let board = &desk.facts.board;
    let columns = vec![
        Column::text("指标", 22),
        Column::centre("单位", 7),
        Column::number("实际", 8),
        Column::number("指标量", 8),
        Column::number("完成率", 10),
        Column::number("时间进度", 10),
        Column::number("预计期末", 10),
        Column::centre("状态", 10),
    ];
    let caption = format!("协议指标完成情况（截至{}）", chinese_date(board.as_of));
    let mut table = numbered(document, "indicators", &caption, columns);
    for group in board.indicators.chunk_by(|one, next| one.heading == next.heading) {
        table.group(group.first().map_or("", |first| first.heading.as_str()));
        for indicator in group {
            push(&mut table, desk, indicator);
        }
    }
    table.note("预计期末按已过天数的平均速度推算，只作提醒。");
    document.table(table);
}

fn push(table: &mut Table, desk: &Desk<'_>, indicator: &Indicator) {
    let (code, pace) = (&indicator.code, &indicator.pace);
    let forecast = match (pace.status, pace.forecast) {
        (Status::Done | Status::DoneCheck, _) => Cell::text("已达标"),
        (_, Some(forecast)) => Cell::number(forecast, grouped(forecast)),
        (_, None) => Cell::text(MISSING),
    };
    table.sub(vec![
        Cell::text(indicator.name.as_str()),
        Cell::text(indicator.unit.as_str()),
        desk.cell(code, None),
        desk.cell(&format!("{code}.target"), None),
        desk.cell(&format!("{code}.completion"), None),
        Cell::percent(pace.elapsed, format!("{}%", trimmed(pace.elapsed))),
        forecast,
        Cell::text(pace.status.label()),
    ]);
}

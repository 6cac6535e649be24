//! Annex one: every indicator of the contract against its target and against time.
//! Not here: what that amounts to (progress).

use kernel::{chinese_date, trimmed};
use paper::model::{Cell, Column, Document, Table};
use rules::pace::Status;

use crate::indicators::Indicator;
use crate::reports::compose::desk::{Desk, numbered};
use crate::reports::compose::numbers::{MISSING, grouped};
use crate::reports::compose::progress::elapsed;

/// 指标完成情况统计表.
pub(super) fn annex(document: &mut Document, desk: &Desk<'_>) {
    let board = &desk.facts.board;
    document.note(format!(
        "合同期：{}至{}。统计截至{}，时间进度为已过天数{}天 ÷ 合同期{}天 = {}%。",
        chinese_date(board.period.start()),
        chinese_date(board.period.end()),
        chinese_date(board.as_of),
        board.period.elapsed(board.as_of),
        board.period.days(),
        trimmed(elapsed(board)),
    ));
    let columns = vec![
        Column::text("指标", 11),
        Column::centre("单位", 3),
        Column::number("实际", 3),
        Column::number("指标量", 3),
        Column::number("完成率", 4),
        Column::number("时间进度", 5),
        Column::number("预计期末", 5),
        Column::centre("状态", 5),
    ];
    let mut table = numbered(document, "indicators", "协议指标完成情况", columns);
    for group in board.indicators.chunk_by(|one, next| one.heading == next.heading) {
        table.group(group.first().map_or("", |first| first.heading.as_str()));
        for indicator in group {
            push(&mut table, desk, indicator);
        }
    }
    table.note(
        "完成率 = 实际 ÷ 指标量，四舍五入到两位小数。预计期末 = 实际 ÷ 已过天数 × 合同期天数，只作提醒，不是承诺；已完成的不再推算。",
    );
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

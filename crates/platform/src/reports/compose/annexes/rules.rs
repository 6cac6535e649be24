//! Annex three: every figure of the report with its counting rule, value, number of records and digest.
//! Not here: what a rule means (rules::counting) and the whole list with full digests (the manifest).

use std::collections::BTreeSet;

use kernel::chinese_date;
use paper::model::{Cell, Column, Document, Table};
use rules::counting::{Figure, read_out};
use rust_decimal::Decimal;

use crate::reports::compose::desk::{Desk, numbered};
use crate::reports::compose::numbers::grouped;
use crate::reports::compose::printed::in_order;

/// Letters of a digest that are printed.
const DIGEST: usize = 8;

/// 数字与计数规则.
pub(super) fn annex(document: &mut Document, desk: &Desk<'_>) {
    let basis = desk.facts.book.basis();
    document.note(format!(
        "统计期间：{}至{}；按{}已经登记的记录统计，此后的更正不改变本报告的数字。",
        chinese_date(basis.start),
        chinese_date(basis.cut_off),
        chinese_date(desk.facts.at.known_at.day()),
    ));
    document.note(
        "各项指标的“指标量”取自服务协议，“完成率”均为实际占指标量的百分比，四舍五入到两位小数，不再逐项列出。由其他数字推出的数，没有自己的记录，\
         所依据的数字也列在表中。校验码由所数的记录算得，记录有任何增减或改动，校验码即不同；表中只印开头几位，社区的数和完整的校验码见随报告提供的清单文件。",
    );
    let table = figures(document, desk);
    document.table(table);
}

fn figures(document: &Document, desk: &Desk<'_>) -> Table {
    let columns = vec![
        Column::text("数字", 7),
        Column::number("数值", 6),
        Column::number("记录数", 3),
        Column::centre("校验码", 5),
        Column::text("计数规则", 15),
    ];
    let mut table = numbered(document, "rules", "报告所用数字的计数规则", columns);
    let printed = in_order(document);
    let whole: BTreeSet<&str> =
        printed.iter().filter(|(_, place)| place.is_none()).map(|(code, _)| code.as_str()).collect();
    for code in with_operands(desk, printed.iter().map(|(code, _)| code.as_str())) {
        let Some(figure) = desk.facts.book.set().get(code) else { continue };
        let places = printed.iter().filter(|(own, _)| own == code).filter_map(|(_, place)| place.as_deref());
        let areas: BTreeSet<&str> = places.clone().collect();
        let elsewhere = !whole.contains(code) && places.count() > 0;
        let mut cells = if elsewhere { vec![Cell::Empty; 3] } else { values(desk, figure, None) };
        cells.insert(0, Cell::text(figure.name()));
        cells.push(Cell::text(read_out(desk.facts.book.set(), figure)));
        table.row(cells);
        for area in desk.facts.areas.iter().filter(|area| areas.contains(area.code.as_str())) {
            let mut cells = values(desk, figure, Some(&area.code));
            cells.insert(0, Cell::text(area.name.as_str()));
            table.sub(cells);
        }
    }
    table
}

/// Value with its unit, number of records and the beginning of the digest.
fn values(desk: &Desk<'_>, figure: &Figure, place: Option<&str>) -> Vec<Cell> {
    let code = figure.code();
    let mut cells = vec![with_unit(desk.cell(code, place), figure.unit())];
    match desk.facts.book.tally(code, place) {
        Some(tally) => {
            let records = Decimal::from(tally.records);
            cells.push(Cell::number(records, grouped(records)));
            cells.push(Cell::text(tally.digest.get(..DIGEST).unwrap_or_default()));
        }
        None => cells.extend([Cell::Empty, Cell::Empty]),
    }
    cells
}

/// The same number with its unit behind it; percentages carry their sign already.
fn with_unit(cell: Cell, unit: &str) -> Cell {
    match cell {
        Cell::Number { value, text, figure } => {
            Cell::Number { value, text: format!("{text} {unit}"), figure }
        }
        other => other,
    }
}

/// Codes in the order of their first mention, each with the figures it follows from behind it; targets and
/// completions left out.
fn with_operands<'d>(desk: &'d Desk<'_>, mentioned: impl Iterator<Item = &'d str>) -> Vec<&'d str> {
    let mut codes: Vec<&str> = Vec::new();
    for code in mentioned {
        if !of_a_target(desk, code) {
            follow(desk, code, &mut codes);
        }
    }
    codes
}

fn follow<'d>(desk: &'d Desk<'_>, code: &'d str, codes: &mut Vec<&'d str>) {
    if codes.contains(&code) {
        return;
    }
    codes.push(code);
    if let Some(Figure::Derived { derivation, .. }) = desk.facts.book.set().get(code) {
        for need in derivation.needs() {
            follow(desk, need, codes);
        }
    }
}

fn of_a_target(desk: &Desk<'_>, code: &str) -> bool {
    let indicator = code.strip_suffix(".target").or_else(|| code.strip_suffix(".completion"));
    indicator.is_some_and(|indicator| desk.facts.board.indicators.iter().any(|own| own.code == indicator))
}

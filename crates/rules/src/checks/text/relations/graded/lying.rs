//! A table that lies: what is graded in its head, scores and grades in rows (总得分|93.0|89.3, 等级|优秀|良好).

use super::super::bands::{Band, band_of, is_grade};
use super::super::grid::Grid;
use crate::checks::text::doc::{Doc, Table};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;

pub(in crate::checks::text::relations) fn check(
    doc: &Doc,
    table: &Table,
    grid: &Grid,
    bands: &[Band],
    sink: &mut Sink<'_>,
) {
    let Some(scores) = grid.rows.iter().find(|r| r.total) else { return };
    let graded = |cells: &&Vec<std::ops::Range<usize>>| {
        cells
            .first()
            .is_some_and(|c| ["等级", "等次", "评定等级", "评估等级", "评价等级"].contains(&doc.slice(c)))
    };
    let Some(grades) = table.rows.iter().rfind(graded).filter(|_| bands.len() >= 2) else { return };
    for (column, at) in grades.iter().enumerate().skip(1).take(14) {
        let grade = doc.slice(at);
        let Some(score) = scores.cells.get(column).and_then(Option::as_ref) else { continue };
        if !is_grade(grade, bands) {
            continue;
        }
        sink.tried();
        let Some(right) = band_of(score.value, grade, bands).filter(|g| *g != grade) else { continue };
        let message = format!(
            "表格“{}”一列：得分{}按文中分数段为“{right}”，表中等级为“{grade}”",
            grid.header(column),
            show(score.value)
        );
        let said = (grade.to_owned(), right.to_owned());
        sink.add("grade-score", Severity::Error, message, said, &[at.clone(), score.span.clone()]);
    }
}

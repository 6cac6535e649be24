//! The self-review as a document. Pure.

use std::collections::BTreeMap;

use paper::model::{Cell, Column, Cover, Document, Meta, Table};
use rules::scoring::Scheme;
use rust_decimal::Decimal;

use super::pages::said;
use super::store::Row;
use crate::areas::Station;
use crate::evaluation::Round;
use crate::evaluation::scoring::measured::Measured;

/// The document: each section with its items, and a table of the station's own scores.
pub(super) fn document(
    round: &Round,
    station: &Station,
    scheme: &Scheme,
    rows: &[Row],
    figures: &BTreeMap<String, Measured>,
    sample_notice: Option<String>,
) -> Document {
    let kind = format!("{}评估自评报告", round.kind.label());
    let meta = Meta {
        title: format!("{} {kind}", station.name),
        subject: kind.clone(),
        author: station.name.clone(),
        language: "zh-CN".to_owned(),
        date: round.records_until,
        identifier: format!("{}-self", round.code),
        sample_notice: sample_notice.clone(),
    };
    let fact = |name: &str, value: String| (name.to_owned(), value);
    let cover = Cover {
        title_lines: vec![station.name.clone(), kind],
        facts: vec![
            fact("指标体系", format!("{}（{} 版）", scheme.name, scheme.version)),
            fact("数据截止日", kernel::chinese_date(round.records_until)),
        ],
        notice: sample_notice,
        contents: false,
    };
    let mut document = Document::new(meta, cover);
    let columns = vec![Column::text("评分项", 6), Column::number("分值", 2), Column::number("自评", 2)];
    let mut table = Table::new("self-scores", "自评分", columns);
    for section in &scheme.sections {
        document.section(1, section.name.as_str());
        table.group(section.name.as_str());
        for item in &section.items {
            let row = rows.iter().find(|row| row.item == item.code);
            document.section(2, item.name.as_str());
            if let Some(figure) = figures.get(&item.code) {
                document.paragraph(format!("{}。", said(figure)));
            }
            let answer = row.map(Row::shown);
            match &answer {
                Some(answer) => document.paragraph(answer.answer.as_str()),
                None => document.paragraph("（未作答）"),
            };
            let evidence = answer.map(|answer| answer.evidence).unwrap_or_default();
            if !evidence.is_empty() {
                let labels: Vec<String> = evidence.into_iter().map(|(label, _)| label).collect();
                document.paragraph(format!("证据：{}。", labels.join("、")));
            }
            let points = |value: Decimal| Cell::number(value, kernel::trimmed(value));
            let own =
                row.and_then(|row| row.score).map_or(Cell::Empty, |score| points(Decimal::new(score, 2)));
            table.row(vec![Cell::text(item.name.as_str()), points(item.points), own]);
        }
    }
    document.section(1, "自评分一览");
    document.table(table);
    document
}

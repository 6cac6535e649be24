//! The first page and the properties of the files. Not here: the body.

use chrono::Datelike;
use kernel::chinese_date;
use paper::model::{Cover, Document, Meta};

use super::desk::Desk;

/// The document with its first page and no body yet.
pub(super) fn document(desk: &Desk<'_>) -> Document {
    let facts = desk.facts;
    let (station, kind) = (title_station(desk), format!("{}评估报告", facts.round.kind.label()));
    let meta = Meta {
        title: format!("{station} {kind}"),
        subject: format!("{}{}评估", facts.station.name, facts.round.kind.label()),
        author: facts.round.evaluator.clone(),
        language: "zh-CN".to_owned(),
        date: desk.signed_on(),
        identifier: facts.round.code.clone(),
        sample_notice: facts.sample_notice.clone(),
    };
    let fact = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let cover = Cover {
        title_lines: vec![station, kind],
        facts: vec![
            fact("项目监督方", &facts.contract.supervisor),
            fact("项目购买方", &facts.contract.purchaser),
            fact("项目承办方", &facts.contract.operator),
            fact("项目评估方", &facts.round.evaluator),
            fact("评估日期", &chinese_date(facts.round.evaluated_on)),
        ],
        notice: facts.sample_notice.clone(),
        contents: true,
    };
    Document::new(meta, cover)
}

/// 2024—2025 年度海珠区昌岗街社工服务站, from the contract's years and the station's place.
fn title_station(desk: &Desk<'_>) -> String {
    let (station, contract) = (&desk.facts.station, &desk.facts.contract);
    let (first, last) = (contract.starts_on.year(), contract.ends_on.year());
    let years = if first == last { first.to_string() } else { format!("{first}—{last}") };
    let street = if station.name.starts_with(&station.street) { "" } else { &station.street };
    let district = if station.name.starts_with(&station.district) { "" } else { &station.district };
    format!("{years} 年度{district}{street}{}", station.name)
}

//! How the records of this slice are listed, entered and exchanged.

use chrono::NaiveDate;
use web::form::Wrong;

use super::fields::KINDS;
use super::store::Opinion;
use crate::sheets::{Column, Row, Sheet};

/// The sheets.
pub const SHEETS: &[Sheet] = &[Sheet {
    note: "对服务的意见和投诉，写清怎样答复、哪天答复",
    counted: Some(&KINDS[0]),
    dated: Some("given_on"),
    titled: &["content"],
    check: Some(answered),
    like: &["content", "given_on"],
    ..Sheet::of::<Opinion>(
        "opinions",
        "意见",
        &[
            Column::long("content", "意见内容").listed().hint("不写身份证号和电话"),
            Column::counted("given_on").today().past(),
            Column::counted("channel").with("visit"),
            Column::counted("complaint").with("no"),
            Column::long("answer", "答复").blank(),
            Column::counted("answered_on").past().since("given_on"),
        ],
    )
}];

/// An answer and its day stand together.
fn answered(row: &Row, _: NaiveDate) -> Vec<Wrong> {
    let wrong = |field: &str, what: &str| vec![Wrong { field: field.into(), what: what.into() }];
    match (row.text("answer").is_empty(), row.text("answered_on").is_empty()) {
        (false, true) => wrong("answered_on", "写了答复，要填答复日期"),
        (true, false) => wrong("answer", "填了答复日期，要写怎样答复"),
        _ => Vec::new(),
    }
}

//! How the records of this slice are listed, entered and exchanged.

use super::fields::KINDS;
use super::store::Regulation;
use crate::sheets::{Column, Placed, Sheet, Whose};

/// The sheets.
pub const SHEETS: &[Sheet] = &[Sheet {
    note: "站内的管理制度，一版一条",
    counted: Some(&KINDS[0]),
    dated: Some("adopted_on"),
    titled: &["name", "edition"],
    placed: Placed::Station,
    whose: Whose::Nobody,
    like: &["name", "edition"],
    ..Sheet::of::<Regulation>(
        "regulations",
        "管理制度",
        &[
            Column::text("name", "名称").listed(),
            Column::text("edition", "版本").listed().with("第一版"),
            Column::date("adopted_on", "通过日期").today().past().listed(),
            Column::date("repealed_on", "废止日期").since("adopted_on").listed(),
        ],
    )
}];

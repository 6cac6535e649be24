//! How the records of this slice are listed, entered and exchanged.

use super::fields::KINDS;
use super::store::Activity;
use crate::sheets::{Column, Sheet};

/// The sheets.
pub const SHEETS: &[Sheet] = &[Sheet {
    note: "大型、中小型按协议的规模填；人次以签到表为准",
    counted: Some(&KINDS[0]),
    dated: Some("held_on"),
    titled: &["name"],
    ..Sheet::of::<Activity>(
        "events",
        "社区活动",
        &[
            Column::text("name", "活动名称").listed(),
            Column::counted("size"),
            Column::counted("held_on").today(),
            Column::text("place", "地点"),
            Column::counted("status").with("held"),
            Column::counted("attendances").hint("来了多少人次；没有办的填 0"),
            Column::counted("basis").with("sign_in").unlisted(),
            Column::counted("programme").unlisted().hint("服务项目的代码"),
            Column::long("summary", "小结").blank(),
        ],
    )
}];

//! How the records of this slice are listed, entered and exchanged.

use super::fields::KINDS;
use super::store::JointWork;
use crate::sheets::{Column, Sheet};

/// The sheets.
pub const SHEETS: &[Sheet] = &[Sheet {
    note: "社工和社区的事务性社工一起做的事，按社工点登记",
    counted: Some(&KINDS[0]),
    dated: Some("done_on"),
    titled: &["what"],
    like: &["what", "done_on"],
    ..Sheet::of::<JointWork>(
        "ledger",
        "双工联动",
        &[
            Column::text("what", "一起做了什么").listed(),
            Column::counted("kind"),
            Column::counted("done_on").today().past(),
            Column::counted("administrative_workers").with("1"),
            Column::counted("households_visited").with("0").hint("没有走访的填 0"),
        ],
    )
}];

//! How the records of this slice are listed, entered and exchanged.

use super::fields::KINDS;
use super::store::{Call, Ticket};
use crate::sheets::{Column, Placed, Sheet};

/// The sheets.
pub const SHEETS: &[Sheet] = &[
    Sheet {
        note: "呼入、外呼都记；每通电话要有一张工单",
        counted: Some(&KINDS[0]),
        dated: Some("called_on"),
        titled: &["called_on", "direction"],
        like: &["person_id", "called_on", "direction"],
        ..Sheet::of::<Call>(
            "calls",
            "热线通话",
            &[
                Column::counted("direction").with("inbound"),
                Column::counted("called_on").today().past(),
                Column::counted("answered").with("yes"),
                Column::whole("seconds", "通话秒数", 36_000).with("0").listed(),
                Column::refers("person_id", "来电人", "person").hint("有档案的写姓名或档案号；没有的留空"),
                Column::refers("household_id", "来电人的户", "household")
                    .follows("person_id", "household_id"),
            ],
        )
    },
    Sheet {
        note: "写清来电事由和处理，填好那天计为已填",
        counted: Some(&KINDS[1]),
        dated: Some("opened_on"),
        titled: &["opened_on", "reason"],
        placed: Placed::With("call_id"),
        like: &["call_id"],
        ..Sheet::of::<Ticket>(
            "tickets",
            "热线工单",
            &[
                Column::refers("call_id", "通话", "call").hint("从通话的页面登记最快"),
                Column::text("reason", "事由").listed(),
                Column::long("action", "处理"),
                Column::counted("filled_on").today().past().since("opened_on"),
                Column::counted("direction").follows("call_id", "direction"),
                Column::counted("opened_on").follows("call_id", "called_on").listed(),
            ],
        )
    },
];

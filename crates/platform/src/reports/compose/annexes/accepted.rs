//! The annex of what the checks of the text found and somebody let stand, with the reason.
//! Not here: what is found (rules::checks::text).

use kernel::chinese_date;
use paper::model::{Cell, Column, Document};

use crate::reports::compose::desk::{Desk, numbered};

/// 文字核验中保留的问题.
pub(super) fn annex(document: &mut Document, desk: &Desk<'_>) {
    document.note(
        "出具前，报告的文字逐句核验，不能同时成立的话须改正；确有缘由的可以保留，缘由和决定的人列在下面。",
    );
    let columns = vec![
        Column::text("核验所见", 8),
        Column::text("保留的理由", 6),
        Column::text("决定的人", 3),
        Column::centre("日期", 4),
    ];
    let mut table = numbered(document, "accepted", "保留的问题", columns);
    for one in &desk.facts.accepted {
        table.row(vec![
            Cell::text(one.message.as_str()),
            Cell::text(one.reason.as_str()),
            Cell::text(one.accepter.as_str()),
            Cell::text(chinese_date(one.accepted_on)),
        ]);
    }
    document.table(table);
}

//! How the records of this slice are listed, entered and exchanged.

use super::fields::KINDS;
use super::store::Visit;
use crate::sheets::{Column, Placed, Sheet};

/// The sheets.
pub const SHEETS: &[Sheet] = &[Sheet {
    note: "入户和电话访问，一次一条",
    counted: Some(&KINDS[0]),
    dated: Some("visited_on"),
    titled: &["visited_on", "person_id"],
    placed: Placed::With("person_id"),
    like: &["person_id", "visited_on"],
    ..Sheet::of::<Visit>(
        "visits",
        "探访",
        &[
            Column::counted("person_id").of_kind("person"),
            Column::counted("kind").with("home"),
            Column::counted("visited_on").today().past(),
            Column::whole("minutes", "分钟", 600).with("30").listed(),
            Column::long("physical", "身体情况").blank(),
            Column::long("psychological", "心理情况").blank(),
            Column::long("social", "社会支持").blank(),
            Column::long("follow_up", "约定的跟进"),
            Column::counted("greeting_only").unlisted(),
            Column::refers("household_id", "户", "household").follows("person_id", "household_id"),
        ],
    )
}];

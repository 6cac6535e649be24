//! How the records of this slice are listed, entered and exchanged.

use super::fields::KINDS;
use super::find;
use super::store::{Group, GroupAttendance, GroupSession};
use crate::sheets::{Column, Placed, Sheet};

/// The sheets.
pub const SHEETS: &[Sheet] = &[
    Sheet {
        note: "有固定组员、分节开展的小组",
        counted: Some(&KINDS[0]),
        dated: Some("started_on"),
        titled: &["name"],
        few: true,
        like: &["name"],
        ..Sheet::of::<Group>(
            "groups",
            "小组",
            &[
                Column::text("name", "小组名称").listed(),
                Column::counted("started_on").today(),
                Column::long("aim", "目标"),
                Column::counted("programme_id").of_kind("programme"),
            ],
        )
    },
    Sheet {
        note: "每开一节记一条，再登记出席的组员",
        counted: Some(&KINDS[1]),
        dated: Some("held_on"),
        titled: &["group_id", "number"],
        find: Some(find::sessions),
        one_link: Some(("登记出席", "/attend")),
        placed: Placed::With("group_id"),
        like: &["group_id", "held_on"],
        ..Sheet::of::<GroupSession>(
            "sessions",
            "小组节次",
            &[
                Column::counted("group_id").of_kind("group"),
                Column::counted("number").hint("第几节"),
                Column::counted("held_on").today().past().since_of("group_id", "started_on"),
                Column::counted("stage").with("mature"),
                Column::long("note", "过程记录"),
            ],
        )
    },
    Sheet {
        note: "同一人每出席一节计一人次",
        counted: Some(&KINDS[2]),
        dated: Some("held_on"),
        titled: &["person_id"],
        placed: Placed::With("session_id"),
        like: &["session_id", "person_id"],
        ..Sheet::of::<GroupAttendance>(
            "attendances",
            "小组出席",
            &[
                Column::counted("session_id").of_kind("group_session").hint("写小组名称和第几节"),
                Column::counted("person_id").of_kind("person"),
                Column::counted("held_on").follows("session_id", "held_on").listed(),
            ],
        )
    },
];

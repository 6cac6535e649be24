//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

use super::model::GroupStage;

/// What can be counted here.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "group",
        table: "groups",
        label: "小组",
        fields: &[
            Field::new("programme_id", "服务项目", FieldType::Reference),
            Field::new("started_on", "开组日期", FieldType::Date),
        ],
    },
    Kind {
        name: "group_session",
        table: "group_sessions",
        label: "小组节次",
        fields: &[
            Field::new("group_id", "小组", FieldType::Reference),
            Field::new("held_on", "日期", FieldType::Date),
            Field::new("number", "节次", FieldType::Whole),
            Field::new("stage", "阶段", FieldType::Word(GroupStage::list)),
        ],
    },
    Kind {
        name: "group_attendance",
        table: "group_attendances",
        label: "小组出席",
        fields: &[
            Field::new("session_id", "节次", FieldType::Reference),
            Field::new("person_id", "组员", FieldType::Reference),
            Field::new("held_on", "日期", FieldType::Date),
        ],
    },
];

//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

use super::model::Outcome;

/// What can be counted here.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "case",
        table: "cases",
        label: "个案",
        fields: &[
            Field::new("person_id", "服务对象", FieldType::Reference),
            Field::new("household_id", "户", FieldType::Reference),
            Field::new("number", "个案编号", FieldType::Text),
            Field::new("opened_on", "接案日期", FieldType::Date),
            Field::new("one_to_one", "一对一政策辅导", FieldType::Flag),
        ],
    },
    Kind {
        name: "case_session",
        table: "case_sessions",
        label: "个案服务",
        fields: &[
            Field::new("case_id", "个案", FieldType::Reference),
            Field::new("held_on", "服务日期", FieldType::Date),
            Field::new("minutes", "分钟", FieldType::Whole),
        ],
    },
    Kind {
        name: "case_closure",
        table: "case_closures",
        label: "个案结案",
        fields: &[
            Field::new("case_id", "个案", FieldType::Reference),
            Field::new("closed_on", "结案日期", FieldType::Date),
            Field::new("outcome", "成效", FieldType::Word(Outcome::list)),
        ],
    },
];

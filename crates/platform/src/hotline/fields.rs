//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

use super::model::Direction;

/// What can be counted here.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "call",
        table: "calls",
        label: "热线通话",
        fields: &[
            Field::new("direction", "方向", FieldType::Word(Direction::list)),
            Field::new("called_on", "通话日期", FieldType::Date),
            Field::new("answered", "接通", FieldType::Flag),
            Field::new("seconds", "时长（秒）", FieldType::Whole),
            Field::new("household_id", "户", FieldType::Reference),
            Field::new("person_id", "服务对象", FieldType::Reference),
        ],
    },
    Kind {
        name: "ticket",
        table: "tickets",
        label: "热线工单",
        fields: &[
            Field::new("call_id", "通话", FieldType::Reference),
            Field::new("direction", "方向", FieldType::Word(Direction::list)),
            Field::new("opened_on", "产生日期", FieldType::Date),
            Field::new("filled_on", "填写日期", FieldType::Date),
        ],
    },
];

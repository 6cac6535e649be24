//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

use super::model::{ActivitySize, ActivityStatus, CountBasis};

/// What can be counted here.
pub const KINDS: &[Kind] = &[Kind {
    name: "activity",
    table: "activities",
    label: "社区活动",
    fields: &[
        Field::new("programme", "服务项目", FieldType::Text),
        Field::new("size", "规模", FieldType::Word(ActivitySize::list)),
        Field::new("status", "状态", FieldType::Word(ActivityStatus::list)),
        Field::new("held_on", "举办日期", FieldType::Date),
        Field::new("attendances", "参加人次", FieldType::Whole),
        Field::new("basis", "点算依据", FieldType::Word(CountBasis::list)),
    ],
}];

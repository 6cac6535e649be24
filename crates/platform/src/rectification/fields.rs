//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

use super::model::RectificationStatus;

/// What can be counted here.
pub const KINDS: &[Kind] = &[Kind {
    name: "rectification",
    table: "rectifications",
    label: "整改事项",
    fields: &[
        Field::new("round", "轮次", FieldType::Text),
        Field::new("code", "代码", FieldType::Text),
        Field::new("section", "部分", FieldType::Text),
        Field::new("area_code", "片区", FieldType::Text),
        Field::new("status", "状态", FieldType::Word(RectificationStatus::list)),
    ],
}];

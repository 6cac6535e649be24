//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

/// What can be counted here.
pub const KINDS: &[Kind] = &[Kind {
    name: "regulation",
    table: "regulations",
    label: "管理制度",
    fields: &[
        Field::new("adopted_on", "通过日期", FieldType::Date),
        Field::new("repealed_on", "废止日期", FieldType::Date),
    ],
}];

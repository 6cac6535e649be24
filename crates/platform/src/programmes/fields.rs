//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

/// What can be counted here.
pub const KINDS: &[Kind] = &[Kind {
    name: "programme",
    table: "programmes",
    label: "服务项目",
    fields: &[
        Field::new("code", "代码", FieldType::Text),
        Field::new("started_on", "开始日期", FieldType::Date),
        Field::new("ended_on", "结束日期", FieldType::Date),
    ],
}];

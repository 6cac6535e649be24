//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

use super::model::Channel;

/// What can be counted here.
pub const KINDS: &[Kind] = &[Kind {
    name: "opinion",
    table: "opinions",
    label: "意见",
    fields: &[
        Field::new("given_on", "收到日期", FieldType::Date),
        Field::new("channel", "来源", FieldType::Word(Channel::list)),
        Field::new("complaint", "投诉", FieldType::Flag),
        Field::new("answered_on", "答复日期", FieldType::Date),
    ],
}];

//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

/// What can be counted here.
pub const KINDS: &[Kind] = &[Kind {
    name: "indicator_target",
    table: "indicator_targets",
    label: "协议指标",
    fields: &[
        Field::new("contract_id", "协议", FieldType::Reference),
        Field::new("code", "代码", FieldType::Text),
        Field::new("target", "指标量", FieldType::Whole),
        Field::new("position", "次序", FieldType::Whole),
    ],
}];

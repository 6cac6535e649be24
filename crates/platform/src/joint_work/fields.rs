//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

use super::model::JointKind;

/// What can be counted here.
pub const KINDS: &[Kind] = &[Kind {
    name: "joint_work",
    table: "joint_works",
    label: "双工联动",
    fields: &[
        Field::new("done_on", "日期", FieldType::Date),
        Field::new("kind", "类型", FieldType::Word(JointKind::list)),
        Field::new("administrative_workers", "事务性社工人数", FieldType::Whole),
        Field::new("households_visited", "走访户数", FieldType::Whole),
    ],
}];

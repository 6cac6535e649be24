//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

use super::model::VisitKind;

/// What can be counted here.
pub const KINDS: &[Kind] = &[Kind {
    name: "visit",
    table: "visits",
    label: "探访记录",
    fields: &[
        Field::new("household_id", "户", FieldType::Reference),
        Field::new("person_id", "服务对象", FieldType::Reference),
        Field::new("kind", "方式", FieldType::Word(VisitKind::list)),
        Field::new("visited_on", "探访日期", FieldType::Date),
        Field::new("minutes", "分钟", FieldType::Whole),
        Field::new("greeting_only", "仅问候", FieldType::Flag),
    ],
}];

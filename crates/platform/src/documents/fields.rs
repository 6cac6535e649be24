//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

use super::model::DocumentKind;

/// What can be counted here.
pub const KINDS: &[Kind] = &[Kind {
    name: "document",
    table: "documents",
    label: "文件",
    fields: &[
        Field::new("subject_kind", "附在哪种记录上", FieldType::Text),
        Field::new("subject_id", "附在哪条记录上", FieldType::Reference),
        Field::new("kind", "种类", FieldType::Word(DocumentKind::list)),
        Field::new("signed", "有签名", FieldType::Flag),
        Field::new("signed_on", "签名日期", FieldType::Date),
        Field::new("uploaded_on", "上传日期", FieldType::Date),
    ],
}];

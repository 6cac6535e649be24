//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

use super::model::{Residence, ServiceLevel, Sex};

/// What can be counted here.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "household",
        table: "households",
        label: "一户一档",
        fields: &[
            Field::new("file_number", "档案号", FieldType::Text),
            Field::new("residence", "人户情况", FieldType::Word(Residence::list)),
            Field::new("opened_on", "建档日期", FieldType::Date),
            Field::new("closed_on", "销档日期", FieldType::Date),
        ],
    },
    Kind {
        name: "person",
        table: "persons",
        label: "服务对象",
        fields: &[
            Field::new("household_id", "户", FieldType::Reference),
            Field::new("sex", "性别", FieldType::Word(Sex::list)),
            Field::new("born_on", "出生日期", FieldType::Date),
            Field::new("filed_on", "建档日期", FieldType::Date),
            Field::new("closed_on", "销档日期", FieldType::Date),
        ],
    },
    Kind {
        name: "person_category",
        table: "person_categories",
        label: "对象类别",
        fields: &[
            Field::new("person_id", "服务对象", FieldType::Reference),
            Field::new("household_id", "户", FieldType::Reference),
            Field::new("category", "类别", FieldType::Text),
            Field::new("from_on", "开始日期", FieldType::Date),
            Field::new("to_on", "结束日期", FieldType::Date),
        ],
    },
    Kind {
        name: "service_level",
        table: "service_levels",
        label: "服务等级",
        fields: &[
            Field::new("household_id", "户", FieldType::Reference),
            Field::new("level", "等级", FieldType::Word(ServiceLevel::list)),
            Field::new("from_on", "开始日期", FieldType::Date),
            Field::new("to_on", "结束日期", FieldType::Date),
            Field::new("regrade_due_on", "复评日期", FieldType::Date),
        ],
    },
    Kind {
        name: "personal_plan",
        table: "personal_plans",
        label: "一人一案",
        fields: &[
            Field::new("person_id", "服务对象", FieldType::Reference),
            Field::new("made_on", "制定日期", FieldType::Date),
            Field::new("review_on", "检视日期", FieldType::Date),
        ],
    },
    Kind {
        name: "roster_entry",
        table: "roster_entries",
        label: "应建档名册",
        fields: &[
            Field::new("household_id", "户", FieldType::Reference),
            Field::new("file_number", "档案号", FieldType::Text),
            Field::new("listed_on", "列入日期", FieldType::Date),
            Field::new("delisted_on", "移出日期", FieldType::Date),
        ],
    },
];

//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

use super::model::{AdaptationKind, AidKind};

/// What can be counted here.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "aid",
        table: "aids",
        label: "物资援助",
        fields: &[
            Field::new("programme", "服务项目", FieldType::Text),
            Field::new("given_on", "日期", FieldType::Date),
            Field::new("kind", "种类", FieldType::Word(AidKind::list)),
            Field::new("attendances", "受助人次", FieldType::Whole),
            Field::new("value", "价值", FieldType::Money),
        ],
    },
    Kind {
        name: "home_adaptation",
        table: "home_adaptations",
        label: "居家安全改造",
        fields: &[
            Field::new("household_id", "户", FieldType::Reference),
            Field::new("kind", "种类", FieldType::Word(AdaptationKind::list)),
            Field::new("found_on", "排查日期", FieldType::Date),
            Field::new("done_on", "完成日期", FieldType::Date),
            Field::new("buildings", "楼栋数", FieldType::Whole),
            Field::new("elders", "受益长者", FieldType::Whole),
        ],
    },
];

//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

/// What can be counted here.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "contract",
        table: "contracts",
        label: "服务协议",
        fields: &[
            Field::new("code", "代码", FieldType::Text),
            Field::new("signed_on", "签订日期", FieldType::Date),
            Field::new("starts_on", "开始日期", FieldType::Date),
            Field::new("ends_on", "结束日期", FieldType::Date),
            Field::new("funding", "服务经费", FieldType::Money),
            Field::new("agreed_workers", "协议社工人数", FieldType::Whole),
            Field::new("agreed_certified", "协议持证人数", FieldType::Whole),
        ],
    },
    Kind {
        name: "contract_category",
        table: "contract_categories",
        label: "协议服务类别",
        fields: &[
            Field::new("contract_id", "协议", FieldType::Reference),
            Field::new("code", "代码", FieldType::Text),
            Field::new("elder", "老年类别", FieldType::Flag),
        ],
    },
];

//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

/// What can be counted here.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "station",
        table: "stations",
        label: "社工服务站",
        fields: &[
            Field::new("code", "代码", FieldType::Text),
            Field::new("operated_since", "开始运营日期", FieldType::Date),
        ],
    },
    Kind {
        name: "area",
        table: "areas",
        label: "片区",
        fields: &[
            Field::new("code", "代码", FieldType::Text),
            Field::new("position", "次序", FieldType::Whole),
        ],
    },
    Kind {
        name: "community",
        table: "communities",
        label: "社区",
        fields: &[
            Field::new("code", "代码", FieldType::Text),
            Field::new("position", "次序", FieldType::Whole),
            Field::new("region_code", "区划代码", FieldType::Text),
        ],
    },
    Kind {
        name: "service_point",
        table: "service_points",
        label: "社工点",
        fields: &[
            Field::new("opened_on", "设立日期", FieldType::Date),
            Field::new("closed_on", "撤销日期", FieldType::Date),
        ],
    },
];

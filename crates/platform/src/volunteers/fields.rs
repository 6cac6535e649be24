//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

/// What can be counted here.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "volunteer",
        table: "volunteers",
        label: "志愿者",
        fields: &[Field::new("registered_on", "登记日期", FieldType::Date)],
    },
    Kind {
        name: "volunteer_team",
        table: "volunteer_teams",
        label: "志愿队伍",
        fields: &[
            Field::new("founded_on", "成立日期", FieldType::Date),
            Field::new("active", "活跃", FieldType::Flag),
        ],
    },
    Kind {
        name: "volunteer_backbone",
        table: "volunteer_backbones",
        label: "志愿者骨干",
        fields: &[
            Field::new("volunteer_id", "志愿者", FieldType::Reference),
            Field::new("assessed_on", "评定日期", FieldType::Date),
            Field::new("followed_up_on", "跟进日期", FieldType::Date),
        ],
    },
    Kind {
        name: "volunteer_service",
        table: "volunteer_services",
        label: "志愿服务",
        fields: &[
            Field::new("team_id", "队伍", FieldType::Reference),
            Field::new("held_on", "日期", FieldType::Date),
            Field::new("attendances", "人次", FieldType::Whole),
            Field::new("hours", "时数", FieldType::Whole),
        ],
    },
];

//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

use super::model::Tier;

/// What can be counted here.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "partner",
        table: "partners",
        label: "公益合伙人",
        fields: &[
            Field::new("tier", "层级", FieldType::Word(Tier::list)),
            Field::new("joined_on", "加入日期", FieldType::Date),
            Field::new("left_on", "退出日期", FieldType::Date),
        ],
    },
    Kind {
        name: "community_fund",
        table: "community_funds",
        label: "社区慈善基金",
        fields: &[
            Field::new("founded_on", "设立日期", FieldType::Date),
            Field::new("dissolved_on", "终止日期", FieldType::Date),
            Field::new("worker_on_committee", "社工任管委会成员", FieldType::Flag),
        ],
    },
    Kind {
        name: "fund_drive",
        table: "fund_drives",
        label: "社区筹款活动",
        fields: &[
            Field::new("fund_id", "基金", FieldType::Reference),
            Field::new("held_on", "日期", FieldType::Date),
        ],
    },
    Kind {
        name: "fund_income",
        table: "fund_incomes",
        label: "筹集资金",
        fields: &[
            Field::new("fund_id", "基金", FieldType::Reference),
            Field::new("received_on", "日期", FieldType::Date),
            Field::new("amount", "金额", FieldType::Money),
        ],
    },
];

//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

use super::model::{Certificate, Role};

/// What can be counted here.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "worker",
        table: "workers",
        label: "社工",
        fields: &[
            Field::new("role", "岗位", FieldType::Word(Role::list)),
            Field::new("in_field_since", "从业起始日期", FieldType::Date),
            Field::new("joined_on", "到岗日期", FieldType::Date),
            Field::new("left_on", "离岗日期", FieldType::Date),
            Field::new("party_member", "党员", FieldType::Flag),
        ],
    },
    Kind {
        name: "certificate",
        table: "certificates",
        label: "持证记录",
        fields: &[
            Field::new("level", "级别", FieldType::Word(Certificate::list)),
            Field::new("obtained_on", "取得日期", FieldType::Date),
            Field::new("expires_on", "登记到期日", FieldType::Date),
        ],
    },
    Kind {
        name: "post",
        table: "posts",
        label: "岗位安排",
        fields: &[
            Field::new("role", "岗位", FieldType::Word(Role::list)),
            Field::new("from_on", "开始日期", FieldType::Date),
            Field::new("to_on", "结束日期", FieldType::Date),
        ],
    },
    Kind {
        name: "attendance",
        table: "attendances",
        label: "到岗记录",
        fields: &[
            Field::new("half_ends_on", "半月截止日", FieldType::Date),
            Field::new("halves", "实到半月数", FieldType::Halves),
            Field::new("level", "持证级别", FieldType::Word(Certificate::list)),
        ],
    },
    Kind {
        name: "attendance_due",
        table: "attendance_dues",
        label: "应到记录",
        fields: &[
            Field::new("half_ends_on", "半月截止日", FieldType::Date),
            Field::new("halves", "合同半月数", FieldType::Halves),
            Field::new("due", "应到半月数", FieldType::Halves),
            Field::new("certified_due", "持证应到半月数", FieldType::Halves),
        ],
    },
    Kind {
        name: "training",
        table: "trainings",
        label: "继续教育",
        fields: &[
            Field::new("held_on", "日期", FieldType::Date),
            Field::new("hours", "学时", FieldType::Whole),
        ],
    },
    Kind {
        name: "supervision",
        table: "supervisions",
        label: "督导记录",
        fields: &[
            Field::new("held_on", "日期", FieldType::Date),
            Field::new("external", "外部督导", FieldType::Flag),
            Field::new("hours", "时数", FieldType::Whole),
            Field::new("attendances", "参加人次", FieldType::Whole),
        ],
    },
];

//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

use super::model::{AlarmKind, EventKind, FollowState, VisitKind, WeatherKind};

const HOUSEHOLD: Field = Field::new("household_id", "户", FieldType::Reference);
const PERSON: Field = Field::new("person_id", "服务对象", FieldType::Reference);

/// What can be counted here.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "visit",
        table: "visits",
        label: "探访记录",
        fields: &[
            HOUSEHOLD,
            PERSON,
            Field::new("kind", "方式", FieldType::Word(VisitKind::list)),
            Field::new("visited_on", "探访日期", FieldType::Date),
            Field::new("minutes", "分钟", FieldType::Whole),
            Field::new("greeting_only", "仅问候", FieldType::Flag),
        ],
    },
    Kind {
        name: "follow_up",
        table: "follow_ups",
        label: "跟进事项",
        fields: &[
            HOUSEHOLD,
            PERSON,
            Field::new("due_on", "完成日期", FieldType::Date),
            Field::new("state", "结果", FieldType::Word(FollowState::list)),
            Field::new("settled_on", "办结日期", FieldType::Date),
        ],
    },
    Kind {
        name: "major_event",
        table: "major_events",
        label: "重大变故",
        fields: &[
            HOUSEHOLD,
            PERSON,
            Field::new("kind", "类别", FieldType::Word(EventKind::list)),
            Field::new("happened_on", "发生日期", FieldType::Date),
            Field::new("known_on", "得知日期", FieldType::Date),
        ],
    },
    Kind {
        name: "hospital_stay",
        table: "hospital_stays",
        label: "住院",
        fields: &[
            HOUSEHOLD,
            PERSON,
            Field::new("admitted_on", "入院日期", FieldType::Date),
            Field::new("discharged_on", "出院日期", FieldType::Date),
        ],
    },
    Kind {
        name: "weather_warning",
        table: "weather_warnings",
        label: "天气预警",
        fields: &[
            Field::new("kind", "天气", FieldType::Word(WeatherKind::list)),
            Field::new("issued_on", "发布日期", FieldType::Date),
            Field::new("lifted_on", "解除日期", FieldType::Date),
        ],
    },
    Kind {
        name: "escalation",
        table: "escalations",
        label: "紧急上报",
        fields: &[
            HOUSEHOLD,
            PERSON,
            Field::new("kind", "缘由", FieldType::Word(AlarmKind::list)),
            Field::new("raised_on", "上报日期", FieldType::Date),
            Field::new("handled_on", "处置日期", FieldType::Date),
        ],
    },
];

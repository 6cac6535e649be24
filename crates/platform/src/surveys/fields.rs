//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

use super::model::ContactOutcome;

/// What can be counted here.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "sampled_person",
        table: "sampled_persons",
        label: "抽中对象",
        fields: &[
            Field::new("person_id", "服务对象", FieldType::Reference),
            Field::new("round", "轮次", FieldType::Text),
            Field::new("called_on", "致电日期", FieldType::Date),
            Field::new("attempts", "致电次数", FieldType::Whole),
            Field::new("outcome", "结果", FieldType::Word(ContactOutcome::list)),
        ],
    },
    Kind {
        name: "survey_answer",
        table: "survey_answers",
        label: "问卷",
        fields: &[
            Field::new("round", "轮次", FieldType::Text),
            Field::new("answered_on", "作答日期", FieldType::Date),
            Field::new("problem_solved", "问题解决（分）", FieldType::Whole),
            Field::new("abilities", "能力提升（分）", FieldType::Whole),
            Field::new("support_network", "支持网络（分）", FieldType::Whole),
            Field::new("points", "得分", FieldType::Whole),
            Field::new("points_possible", "满分", FieldType::Whole),
            Field::new("wants_more_care", "希望多关心", FieldType::Flag),
        ],
    },
];

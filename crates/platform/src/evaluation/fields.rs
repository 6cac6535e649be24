//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

use super::model::{FeedbackAnswer, FeedbackStep, FindingKind, PanelRole, RoundKind, Stage};

/// What can be counted here.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "round",
        table: "rounds",
        label: "评估轮次",
        fields: &[
            Field::new("code", "代码", FieldType::Text),
            Field::new("contract_id", "协议", FieldType::Reference),
            Field::new("kind", "种类", FieldType::Word(RoundKind::list)),
            Field::new("stage", "阶段", FieldType::Word(Stage::list)),
            Field::new("scheme", "评估指标体系", FieldType::Text),
            Field::new("previous", "上一轮次", FieldType::Text),
            Field::new("records_until", "数据截止日", FieldType::Date),
            Field::new("evaluated_on", "评估日期", FieldType::Date),
            Field::new("known_at", "采信时点", FieldType::Hundredths),
        ],
    },
    Kind {
        name: "panel_member",
        table: "panel_members",
        label: "评估组成员",
        fields: &[
            Field::new("round", "轮次", FieldType::Text),
            Field::new("code", "代码", FieldType::Text),
            Field::new("role", "职责", FieldType::Word(PanelRole::list)),
        ],
    },
    Kind {
        name: "on_site_day",
        table: "on_site_days",
        label: "实地评估日",
        fields: &[
            Field::new("round", "轮次", FieldType::Text),
            Field::new("held_on", "日期", FieldType::Date),
        ],
    },
    Kind {
        name: "expert_score",
        table: "expert_scores",
        label: "专家评分",
        fields: &[
            Field::new("round", "轮次", FieldType::Text),
            Field::new("expert", "专家", FieldType::Text),
            Field::new("item", "指标项", FieldType::Text),
            Field::new("score", "得分", FieldType::Hundredths),
            Field::new("sealed_on", "封存日期", FieldType::Date),
        ],
    },
    Kind {
        name: "party_score",
        table: "party_scores",
        label: "评分方评分",
        fields: &[
            Field::new("round", "轮次", FieldType::Text),
            Field::new("party", "评分方", FieldType::Text),
            Field::new("score", "得分", FieldType::Hundredths),
            Field::new("sealed_on", "封存日期", FieldType::Date),
        ],
    },
    Kind {
        name: "finding",
        table: "findings",
        label: "评估意见",
        fields: &[
            Field::new("round", "轮次", FieldType::Text),
            Field::new("code", "代码", FieldType::Text),
            Field::new("kind", "种类", FieldType::Word(FindingKind::list)),
            Field::new("section", "部分", FieldType::Text),
            Field::new("area_code", "片区", FieldType::Text),
            Field::new("position", "次序", FieldType::Whole),
        ],
    },
    Kind {
        name: "feedback",
        table: "feedbacks",
        label: "反馈",
        fields: &[
            Field::new("round", "轮次", FieldType::Text),
            Field::new("step", "环节", FieldType::Word(FeedbackStep::list)),
            Field::new("answer", "答复", FieldType::Word(FeedbackAnswer::list)),
            Field::new("answered_on", "日期", FieldType::Date),
        ],
    },
    Kind {
        name: "past_figure",
        table: "past_figures",
        label: "上期数字",
        fields: &[
            Field::new("round", "轮次", FieldType::Text),
            Field::new("figure", "数字", FieldType::Text),
            Field::new("value", "数值", FieldType::Hundredths),
        ],
    },
    Kind {
        name: "report_wording",
        table: "report_wordings",
        label: "报告用语",
        fields: &[
            Field::new("round", "轮次", FieldType::Text),
            Field::new("passage", "段落", FieldType::Text),
        ],
    },
    Kind {
        name: "accepted_error",
        table: "accepted_errors",
        label: "保留的核验问题",
        fields: &[
            Field::new("round", "轮次", FieldType::Text),
            Field::new("rule", "规则", FieldType::Text),
            Field::new("accepted_on", "日期", FieldType::Date),
        ],
    },
];

//! The fields that counting rules may use.

use rules::counting::{Field, FieldType, Kind};

use super::model::{MediaLevel, RecognitionKind};

/// What can be counted here.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "publicity_post",
        table: "publicity_posts",
        label: "推送",
        fields: &[
            Field::new("posted_on", "日期", FieldType::Date),
            Field::new("views", "浏览量", FieldType::Whole),
        ],
    },
    Kind {
        name: "media_report",
        table: "media_reports",
        label: "媒体报道",
        fields: &[
            Field::new("published_on", "日期", FieldType::Date),
            Field::new("level", "级别", FieldType::Word(MediaLevel::list)),
        ],
    },
    Kind {
        name: "recognition",
        table: "recognitions",
        label: "表扬与感谢",
        fields: &[
            Field::new("received_on", "日期", FieldType::Date),
            Field::new("kind", "种类", FieldType::Word(RecognitionKind::list)),
        ],
    },
    Kind {
        name: "brochure_round",
        table: "brochure_rounds",
        label: "派发宣传册",
        fields: &[
            Field::new("given_on", "日期", FieldType::Date),
            Field::new("copies", "份数", FieldType::Whole),
        ],
    },
];

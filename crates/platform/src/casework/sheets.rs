//! How the records of this slice are listed, entered and exchanged.

use super::fields::KINDS;
use super::store::{Case, CaseClosure, CaseSession};
use crate::sheets::{Column, Placed, Sheet};

/// The sheets.
pub const SHEETS: &[Sheet] = &[
    Sheet {
        note: "接案时登记；上一合同期的个案仍在跟进，也照原来的接案日期登记",
        counted: Some(&KINDS[0]),
        dated: Some("opened_on"),
        titled: &["number", "person_id"],
        placed: Placed::With("person_id"),
        like: &["person_id", "opened_on"],
        ..Sheet::of::<Case>(
            "cases",
            "个案",
            &[
                Column::text("number", "个案编号").listed(),
                Column::counted("person_id").of_kind("person"),
                Column::counted("opened_on").today().past(),
                Column::counted("one_to_one"),
                Column::long("problem", "预估：问题与需要"),
                Column::long("plan", "服务计划").blank(),
                Column::refers("household_id", "户", "household").follows("person_id", "household_id"),
            ],
        )
    },
    Sheet {
        note: "每次面谈或介入记一节",
        counted: Some(&KINDS[1]),
        dated: Some("held_on"),
        titled: &["held_on", "case_id"],
        placed: Placed::With("case_id"),
        like: &["case_id", "held_on"],
        ..Sheet::of::<CaseSession>(
            "sessions",
            "个案节次",
            &[
                Column::counted("case_id").of_kind("case").hint("写个案编号"),
                Column::counted("held_on").today().past().since_of("case_id", "opened_on"),
                Column::whole("minutes", "分钟", 600).with("45").listed(),
                Column::long("note", "过程记录"),
            ],
        )
    },
    Sheet {
        note: "结案写成效评估",
        counted: Some(&KINDS[2]),
        dated: Some("closed_on"),
        titled: &["closed_on", "case_id"],
        placed: Placed::With("case_id"),
        like: &["case_id"],
        ..Sheet::of::<CaseClosure>(
            "closures",
            "结案",
            &[
                Column::counted("case_id").of_kind("case").hint("写个案编号"),
                Column::counted("closed_on").today().past().since_of("case_id", "opened_on"),
                Column::counted("outcome"),
                Column::long("note", "成效评估"),
            ],
        )
    },
];

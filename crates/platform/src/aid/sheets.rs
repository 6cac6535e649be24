//! How the records of this slice are listed, entered and exchanged.

use super::fields::KINDS;
use super::store::{AidGiven, HomeAdaptation};
use crate::sheets::{Column, Sheet};

/// The sheets.
pub const SHEETS: &[Sheet] = &[
    Sheet {
        note: "物资和链接的资源，按天、按社区登记",
        counted: Some(&KINDS[0]),
        dated: Some("given_on"),
        titled: &["what"],
        like: &["what", "given_on"],
        ..Sheet::of::<AidGiven>(
            "aids",
            "资源链接",
            &[
                Column::text("what", "给了什么").listed(),
                Column::counted("kind").with("supplies"),
                Column::counted("given_on").today().past(),
                Column::counted("attendances").hint("受助多少人次"),
                Column::counted("value").hint("元"),
                Column::counted("programme").unlisted().hint("服务项目的代码"),
            ],
        )
    },
    Sheet {
        note: "居家安全改造：发现需求时登记，做完补上完成日期",
        counted: Some(&KINDS[1]),
        dated: Some("found_on"),
        titled: &["need"],
        like: &["household_id", "found_on"],
        ..Sheet::of::<HomeAdaptation>(
            "adaptations",
            "居家安全改造",
            &[
                Column::long("need", "需要改什么").listed(),
                Column::counted("kind"),
                Column::counted("found_on").today().past(),
                Column::counted("done_on").past().since("found_on"),
                Column::refers("household_id", "哪一户", "household").hint("写档案号；楼道改造不填"),
                Column::counted("buildings").with("0").unlisted(),
                Column::counted("elders").with("0").unlisted(),
            ],
        )
    },
];

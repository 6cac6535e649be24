//! How the records of this slice are listed, entered and exchanged.

use super::fields::KINDS;
use super::store::{CommunityFund, FundDrive, FundIncome, Partner};
use crate::sheets::{Column, Placed, Sheet};

/// The sheets.
pub const SHEETS: &[Sheet] = &[
    Sheet {
        note: "出资源、出场地、出力的单位",
        counted: Some(&KINDS[0]),
        dated: Some("joined_on"),
        titled: &["name"],
        placed: Placed::Station,
        like: &["name"],
        ..Sheet::of::<Partner>(
            "partners",
            "公益合伙人",
            &[
                Column::text("name", "名称").listed(),
                Column::counted("tier"),
                Column::counted("joined_on").today().past(),
                Column::counted("left_on").since("joined_on").unlisted(),
            ],
        )
    },
    Sheet {
        note: "一个社区一个基金",
        counted: Some(&KINDS[1]),
        dated: Some("founded_on"),
        titled: &["name"],
        few: true,
        like: &["name"],
        ..Sheet::of::<CommunityFund>(
            "funds",
            "社区慈善基金",
            &[
                Column::text("name", "基金名称").listed(),
                Column::counted("founded_on").today().past(),
                Column::counted("worker_on_committee"),
                Column::counted("dissolved_on").since("founded_on").unlisted(),
            ],
        )
    },
    Sheet {
        note: "为基金办的募捐活动",
        counted: Some(&KINDS[2]),
        dated: Some("held_on"),
        titled: &["name"],
        placed: Placed::With("fund_id"),
        like: &["name", "held_on"],
        ..Sheet::of::<FundDrive>(
            "drives",
            "募捐活动",
            &[
                Column::text("name", "活动名称").listed(),
                Column::refers("fund_id", "基金", "community_fund").listed(),
                Column::counted("held_on").today().past().since_of("fund_id", "founded_on"),
            ],
        )
    },
    Sheet {
        note: "基金收到的每一笔钱",
        counted: Some(&KINDS[3]),
        dated: Some("received_on"),
        titled: &["source"],
        placed: Placed::With("fund_id"),
        like: &["fund_id", "source", "received_on"],
        ..Sheet::of::<FundIncome>(
            "incomes",
            "基金收入",
            &[
                Column::text("source", "来源").listed(),
                Column::refers("fund_id", "基金", "community_fund").listed(),
                Column::counted("amount").hint("元"),
                Column::counted("received_on").today().past().since_of("fund_id", "founded_on"),
            ],
        )
    },
];

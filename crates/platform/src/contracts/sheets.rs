//! How the records of this slice are listed, entered and exchanged.

use super::fields::KINDS;
use super::store::{Contract, ContractCategory};
use crate::sheets::{Column, Placed, Sheet, Whose};

/// The sheets.
pub const SHEETS: &[Sheet] = &[
    Sheet {
        note: "社工站的服务协议；指标在“指标”里定",
        counted: Some(&KINDS[0]),
        dated: Some("starts_on"),
        titled: &["code"],
        placed: Placed::Station,
        whose: Whose::Nobody,
        few: true,
        like: &["code"],
        ..Sheet::of::<Contract>(
            "contracts",
            "服务协议",
            &[
                Column::text("code", "代码").hint("小写拼音加年份，例如 changgang-2024").listed(),
                Column::text("operator", "承办机构").listed(),
                Column::text("purchaser", "购买方").hint("街道办事处或镇政府").listed(),
                Column::text("supervisor", "监督方").hint("区民政局"),
                Column::date("signed_on", "签订日期"),
                Column::date("starts_on", "开始日期").listed(),
                Column::date("ends_on", "结束日期").since("starts_on").hint("最后一天").listed(),
                Column::money("funding", "服务经费").listed(),
                Column::whole("agreed_workers", "协议社工人数", 1_000),
                Column::whole("agreed_certified", "协议持证社工人数", 1_000),
            ],
        )
    },
    Sheet {
        note: "协议点名的困难群众和特殊群体",
        counted: Some(&KINDS[1]),
        titled: &["name"],
        placed: Placed::Station,
        whose: Whose::Nobody,
        like: &["contract_id", "name"],
        ..Sheet::of::<ContractCategory>(
            "categories",
            "服务对象类别",
            &[
                Column::refers("contract_id", "协议", "contract").listed(),
                Column::text("name", "类别名称").listed(),
                Column::text("code", "代码").listed(),
                Column::flag("elder", "须满 60 岁").listed(),
            ],
        )
    },
];

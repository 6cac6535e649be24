//! How the records of this slice are listed, entered and exchanged.

use super::fields::KINDS;
use super::store::Programme;
use crate::sheets::{Column, Placed, Sheet, Whose};

/// The sheets.
pub const SHEETS: &[Sheet] = &[Sheet {
    note: "年度计划里的服务项目，活动和小组可以归到项目下",
    counted: Some(&KINDS[0]),
    dated: Some("started_on"),
    titled: &["name"],
    placed: Placed::Station,
    whose: Whose::Nobody,
    few: true,
    like: &["code"],
    ..Sheet::of::<Programme>(
        "programmes",
        "服务项目",
        &[
            Column::text("name", "名称").listed(),
            Column::text("code", "代码").listed().hint("小写拼音，例如 nuanxin_anju"),
            Column::long("aim", "为了什么"),
            Column::date("started_on", "开始日期").today().listed(),
            Column::date("ended_on", "结束日期").since("started_on").listed(),
        ],
    )
}];

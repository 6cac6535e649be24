//! How the records of this slice are listed, entered and exchanged.

use chrono::NaiveDate;
use web::form::Wrong;

use super::fields::KINDS;
use super::model::ActivityStatus;
use super::store::Activity;
use crate::sheets::{Column, Row, Sheet};

/// The sheets.
pub const SHEETS: &[Sheet] = &[Sheet {
    note: "大型、中小型按协议的规模填；人次以签到表为准",
    counted: Some(&KINDS[0]),
    dated: Some("held_on"),
    titled: &["name"],
    check: Some(held),
    like: &["name", "held_on"],
    ..Sheet::of::<Activity>(
        "events",
        "社区活动",
        &[
            Column::text("name", "活动名称").listed(),
            Column::counted("size"),
            Column::counted("held_on").today(),
            Column::text("place", "地点"),
            Column::counted("status").with("held"),
            Column::counted("attendances").hint("来了多少人次；没有办的填 0"),
            Column::counted("basis").with("sign_in").unlisted(),
            Column::counted("programme").unlisted().hint("服务项目的代码"),
            Column::long("summary", "小结").blank(),
        ],
    )
}];

/// What was held lies behind us; who came is counted only then.
fn held(row: &Row, today: NaiveDate) -> Vec<Wrong> {
    let held = row.text("status") == ActivityStatus::Held.as_str();
    let later = row.text("held_on").parse::<NaiveDate>().is_ok_and(|day| day > today);
    let mut wrong = Vec::new();
    if held && later {
        let what = format!("已举办的活动，举办日期不能在今天（{today}）之后：还没有办的，状态选“计划中”");
        wrong.push(Wrong { field: "held_on".into(), what });
    }
    if !held && row.text("attendances") != "0" {
        let what = "还没有办或取消了的活动，参加人次填 0".to_owned();
        wrong.push(Wrong { field: "attendances".into(), what });
    }
    wrong
}

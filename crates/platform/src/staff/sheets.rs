//! How the records of this slice are listed, entered and exchanged.

use chrono::NaiveDate;
use web::form::Wrong;

use super::fields::KINDS;
use super::half::Half;
use super::model::{Certificate, Role};
use super::store::{Attendance, AttendanceDue, Post, Supervision, Training, Worker, WorkerCertificate};
use crate::sheets::{Column, Placed, Row, Sheet, Whose};

/// The sheets.
pub const SHEETS: &[Sheet] = &[
    Sheet {
        note: "站里的社工；账号在“账号与角色”里开",
        counted: Some(&KINDS[0]),
        dated: Some("joined_on"),
        titled: &["name"],
        placed: Placed::Area,
        whose: Whose::Its,
        few: true,
        list_link: Some(("电话和住址", "/staff/contacts")),
        like: &["name"],
        ..Sheet::of::<Worker>(
            "workers",
            "社工",
            &[
                Column::text("name", "姓名").listed(),
                Column::word("role", "岗位", Role::list).with("worker").listed(),
                Column::date("in_field_since", "从业起始日期").past(),
                Column::date("joined_on", "到站日期").today().listed(),
                Column::date("left_on", "离站日期").since("joined_on").listed(),
                Column::flag("party_member", "党员"),
            ],
        )
    },
    Sheet {
        note: "社工持有的职业水平证书",
        counted: Some(&KINDS[1]),
        dated: Some("obtained_on"),
        titled: &["level"],
        placed: Placed::Area,
        whose: Whose::About,
        like: &["worker_id", "level"],
        ..Sheet::of::<WorkerCertificate>(
            "certificates",
            "证书",
            &[
                Column::word("level", "证书", Certificate::list).listed(),
                Column::date("obtained_on", "取得日期").past().listed(),
                Column::date("expires_on", "登记到期").since("obtained_on").listed(),
            ],
        )
    },
    Sheet {
        note: "谁在哪里任什么岗位，从哪天到哪天",
        counted: Some(&KINDS[2]),
        dated: Some("from_on"),
        titled: &["role"],
        placed: Placed::Area,
        whose: Whose::About,
        like: &["worker_id", "role"],
        ..Sheet::of::<Post>(
            "posts",
            "任职",
            &[
                Column::word("role", "岗位", Role::list).with("worker").listed(),
                Column::date("from_on", "开始日期").today().listed(),
                Column::date("to_on", "结束日期").since("from_on").hint("不再在岗的第一天").listed(),
            ],
        )
    },
    Sheet {
        note: "社工参加的培训",
        counted: Some(&KINDS[5]),
        dated: Some("held_on"),
        titled: &["topic"],
        placed: Placed::Area,
        whose: Whose::About,
        like: &["worker_id", "topic", "held_on"],
        ..Sheet::of::<Training>(
            "trainings",
            "继续教育",
            &[
                Column::text("topic", "主题").listed(),
                Column::date("held_on", "日期").today().past().listed(),
                Column::text("organiser", "主办").listed(),
                Column::whole("hours", "学时", 500).listed(),
            ],
        )
    },
    Sheet {
        note: "内部和外部的专业督导",
        counted: Some(&KINDS[6]),
        dated: Some("held_on"),
        titled: &["topic"],
        placed: Placed::Area,
        whose: Whose::Nobody,
        like: &["topic", "held_on"],
        ..Sheet::of::<Supervision>(
            "supervisions",
            "专业督导",
            &[
                Column::text("topic", "主题").listed(),
                Column::date("held_on", "日期").today().past().listed(),
                Column::text("supervisor_of_practice", "督导").listed(),
                Column::flag("external", "外部督导").listed(),
                Column::whole("hours", "小时", 100).listed(),
                Column::whole("attendances", "人次", 500).listed(),
            ],
        )
    },
    Sheet {
        note: "一人、半个月一条；整站一起填用“考勤表”",
        counted: Some(&KINDS[3]),
        dated: Some("half_ends_on"),
        titled: &["half_ends_on"],
        placed: Placed::Area,
        whose: Whose::About,
        check: Some(begun),
        list_link: Some(("考勤表", "/staff/grid")),
        like: &["worker_id", "half_ends_on"],
        ..Sheet::of::<Attendance>(
            "attendances",
            "到岗",
            &[
                Column::date("half_ends_on", "半月的最后一天").hint("15 日，或当月最后一天").listed(),
                Column::word("level", "当时的证书", Certificate::list).with("none").listed(),
                Column::whole("halves", "半月数", 1).always("1"),
            ],
        )
    },
    Sheet {
        note: "协议每半个月应到的人数",
        counted: Some(&KINDS[4]),
        dated: Some("half_ends_on"),
        titled: &["half_ends_on"],
        placed: Placed::Station,
        whose: Whose::Nobody,
        check: Some(a_half),
        like: &["half_ends_on"],
        ..Sheet::of::<AttendanceDue>(
            "dues",
            "应到人数",
            &[
                Column::date("half_ends_on", "半月的最后一天").listed(),
                Column::whole("due", "应到社工", 1_000).listed(),
                Column::whole("certified_due", "应到持证社工", 1_000).listed(),
                Column::whole("halves", "半月数", 1).always("1"),
            ],
        )
    },
];

/// The day ends a half of a month.
fn a_half(row: &Row, _: NaiveDate) -> Vec<Wrong> {
    let half = row.text("half_ends_on").parse().ok().and_then(Half::ending);
    let what = "半月的最后一天要填 15 日，或当月最后一天".to_owned();
    half.is_none().then(|| Wrong { field: "half_ends_on".into(), what }).into_iter().collect()
}

/// The day ends a half of a month that has begun.
fn begun(row: &Row, today: NaiveDate) -> Vec<Wrong> {
    let half = row.text("half_ends_on").parse().ok().and_then(Half::ending);
    if half.is_some_and(|half| half.first > today) {
        let what = format!("这半个月还没有开始（今天是 {today}）：到了再登记");
        return vec![Wrong { field: "half_ends_on".into(), what }];
    }
    a_half(row, today)
}

//! How the records of this slice are listed, entered and exchanged.

use db::{DbResult, Tx};
use web::form::Wrong;

use super::fields::KINDS;
use super::model::{Standing, Unmet, VisitKind, VisitPlace};
use super::record;
use super::store::{Escalation, FollowUp, HospitalStay, MajorEvent, Visit, VisitAttempt, WeatherWarning};
use crate::clients::RiskLevel;
use crate::sheets::{Column, Placed, Row, Sheet, Whose};

/// What must be told and reported at once is entered where that is asked for.
fn not_raised(tx: &mut Tx<'_>, row: &Row, before: Option<&Row>) -> DbResult<Vec<Wrong>> {
    let (risk, kinds) = (row.text("risk"), row.text("risk_kinds"));
    if before.is_some_and(|before| (before.text("risk"), before.text("risk_kinds")) == (risk, kinds)) {
        return Ok(Vec::new());
    }
    let today = tx.at().day();
    let person = row.text("person_id").parse().ok();
    if record::owed(tx, (row.base.id, person), (risk, kinds), today)?.is_none() {
        return Ok(Vec::new());
    }
    let what = match before {
        None => {
            "高风险和未成年人疑似受侵害要同时写明告知了谁、向哪里报告：请打开这一户的档案，点“记录入户”或“记录电访”填写"
        }
        Some(_) => "这次探访还没有紧急上报：请先在“探访 › 紧急上报”里登记（选这次探访），再来更正",
    };
    Ok(vec![Wrong { field: "risk".into(), what: what.into() }])
}

/// The household of the person.
const HOUSEHOLD: Column =
    Column::refers("household_id", "户", "household").follows("person_id", "household_id");
const PERSON: Column = Column::counted("person_id").of_kind("person");

/// The sheets.
pub const SHEETS: &[Sheet] = &[
    Sheet {
        note: "入户和电话访问，一次一条",
        counted: Some(&KINDS[0]),
        dated: Some("visited_on"),
        titled: &["visited_on", "person_id"],
        placed: Placed::With("person_id"),
        list_link: Some(("该联系的家户", "/today")),
        like: &["person_id", "visited_on", "kind"],
        refuse: Some(not_raised),
        ..Sheet::of::<Visit>("visits", "探访", VISIT)
    },
    Sheet {
        note: "去过或打过、没见到人的；不算探访，也不计入任何数字",
        dated: Some("tried_on"),
        titled: &["tried_on", "household_id"],
        placed: Placed::With("household_id"),
        like: &["household_id", "tried_on", "started_at"],
        ..Sheet::of::<VisitAttempt>(
            "attempts",
            "没见到人",
            &[
                Column::refers("household_id", "户", "household").listed(),
                Column::word("kind", "方式", VisitKind::list).with("home").listed(),
                Column::date("tried_on", "日期").today().past().listed(),
                Column::text("started_at", "几点").hint("例如：14:05"),
                Column::word("unmet", "怎么没见到", Unmet::list).listed(),
                Column::text("note", "备注"),
            ],
        )
    },
    Sheet {
        note: "探访时约定的事，到日子会出现在今日名单里",
        counted: Some(&KINDS[1]),
        dated: Some("due_on"),
        titled: &["what", "due_on"],
        placed: Placed::With("person_id"),
        like: &["person_id", "what"],
        ..Sheet::of::<FollowUp>(
            "follow_ups",
            "跟进事项",
            &[
                PERSON,
                Column::text("what", "做什么").listed(),
                Column::counted("due_on"),
                Column::counted("state").with("open"),
                Column::counted("settled_on").past(),
                Column::long("outcome", "办得怎样"),
                Column::refers("visit_id", "哪次探访约定的", "visit").hint("不是探访时约定的留空"),
                HOUSEHOLD,
            ],
        )
    },
    Sheet {
        note: "得知后 24 小时内要联系",
        counted: Some(&KINDS[2]),
        dated: Some("known_on"),
        titled: &["known_on", "person_id"],
        placed: Placed::With("person_id"),
        like: &["person_id", "happened_on"],
        ..Sheet::of::<MajorEvent>(
            "events",
            "重大变故",
            &[
                PERSON,
                Column::counted("kind"),
                Column::text("what", "出了什么事").listed(),
                Column::counted("happened_on").today().past(),
                Column::counted("known_on").today().past().since("happened_on"),
                HOUSEHOLD,
            ],
        )
    },
    Sheet {
        note: "住院期间改为电访，出院后 3 天内入户",
        counted: Some(&KINDS[3]),
        dated: Some("admitted_on"),
        titled: &["admitted_on", "person_id"],
        placed: Placed::With("person_id"),
        like: &["person_id", "admitted_on"],
        ..Sheet::of::<HospitalStay>(
            "stays",
            "住院",
            &[
                PERSON,
                Column::text("hospital", "哪家医院").listed(),
                Column::text("cause", "因为什么").blank(),
                Column::counted("admitted_on").today().past(),
                Column::counted("discharged_on").past().since("admitted_on"),
                HOUSEHOLD,
            ],
        )
    },
    Sheet {
        note: "发布后，等级高的家户要逐户联系；解除了就填解除日期",
        counted: Some(&KINDS[4]),
        dated: Some("issued_on"),
        titled: &["what"],
        placed: Placed::Station,
        whose: Whose::Nobody,
        like: &["what", "issued_on"],
        ..Sheet::of::<WeatherWarning>(
            "warnings",
            "天气预警",
            &[
                Column::counted("kind"),
                Column::text("what", "什么预警").hint("例如：寒冷橙色预警").listed(),
                Column::counted("issued_on").today().past(),
                Column::counted("lifted_on").past().since("issued_on"),
            ],
        )
    },
    Sheet {
        note: "高风险和未成年人疑似受侵害：立即告知、依法报告，24 小时内写处置",
        counted: Some(&KINDS[5]),
        dated: Some("raised_on"),
        titled: &["raised_on", "person_id"],
        placed: Placed::With("person_id"),
        like: &["person_id", "raised_on"],
        ..Sheet::of::<Escalation>(
            "escalations",
            "紧急上报",
            &[
                PERSON,
                Column::counted("kind"),
                Column::long("what", "发现了什么"),
                Column::counted("raised_on").today().past(),
                Column::text("told", "告知了站里谁").listed(),
                Column::text("reported_to", "向哪里报告")
                    .hint("未成年人疑似受侵害：公安机关、民政部门或教育部门（未成年人保护法第十一条）"),
                Column::counted("handled_on").past().since("raised_on"),
                Column::long("handled", "怎么处置的"),
                Column::refers("visit_id", "哪次探访发现的", "visit"),
                HOUSEHOLD,
            ],
        )
    },
];

const VISIT: &[Column] = &[
    PERSON,
    Column::counted("kind").with("home"),
    Column::counted("visited_on").today().past(),
    Column::whole("minutes", "分钟", 600).with("30").listed(),
    Column::long("physical", "身体情况").blank(),
    Column::long("psychological", "心理情况").blank(),
    Column::long("social", "社会支持").blank(),
    Column::long("follow_up", "约定的跟进"),
    Column::counted("greeting_only").unlisted(),
    Column::text("started_at", "几点开始").hint("例如：14:05"),
    Column::word("place", "在哪里", VisitPlace::list),
    Column::text("met", "见到了谁"),
    Column::word("physical_state", "身体总体", Standing::list),
    Column::word("psychological_state", "心理总体", Standing::list),
    Column::word("social_state", "社会总体", Standing::list),
    Column::text("seen", "看到或问到的"),
    Column::long("explained", "讲解的政策和资源"),
    Column::word("risk", "风险", RiskLevel::list),
    Column::text("risk_kinds", "风险类别"),
    Column::refers("joint_work_id", "双工联动", "joint_work").hint("和事务性社工一起去的，选那次联合探访"),
    HOUSEHOLD,
];

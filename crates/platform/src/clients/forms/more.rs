//! The smaller forms of a file: level, contact, need, risk, consent, closing.

use chrono::NaiveDate;
use kernel::Id;
use rules::codes::{Codes, List};
use web::Form;
use web::form::Reading;

use super::super::model::{RISKS, RiskLevel, ServiceLevel, Urgency};
use super::super::store::{Need, RiskAssessment};
use super::household::code;
use super::offered;
use crate::shell::{Field, Group, Kind};

/// A level, why, and when it is looked at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct LevelForm {
    pub(in super::super) level: ServiceLevel,
    pub(in super::super) from_on: NaiveDate,
    pub(in super::super) reason: String,
    pub(in super::super) regrade_due_on: Option<NaiveDate>,
}

pub(in super::super) fn level_fields(today: NaiveDate, level: &str) -> Vec<Group> {
    vec![Group::new(
        "服务等级",
        [
            Field::radio("level", "等级", &ServiceLevel::list()).value(level),
            Field::date("level_from", "从哪天起").value(today.to_string()),
            Field::text("level_reason", "依据").hint("例如：独居加重度残疾"),
            Field::date("regrade_due_on", "复评日期").hint("到时候系统会提醒重新评定"),
        ],
    )]
}

impl LevelForm {
    pub(in super::super) fn read(reading: &mut Reading<'_>) -> Option<Self> {
        let level: Option<ServiceLevel> = reading.word("level", "等级");
        let from_on = reading.date("level_from", "起始日期");
        let reason = reading.text("level_reason", "依据", 200);
        let regrade_due_on = reading.optional_date("regrade_due_on", "复评日期");
        if let (Some(from), Some(due)) = (from_on, regrade_due_on)
            && due <= from
        {
            reading.wrong("regrade_due_on", "复评日期要在起始日期之后");
        }
        Some(Self { level: level?, from_on: from_on?, reason: reason?, regrade_due_on })
    }
}

/// Somebody to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct ContactForm {
    /// `None` when it stays as it is.
    pub(in super::super) name: Option<String>,
    pub(in super::super) relation: String,
    /// `None` when it stays as it is.
    pub(in super::super) phone: Option<String>,
}

/// The fields; `now`: relation, and name and number masked, where there is somebody yet.
pub(in super::super) fn contact_fields(now: Option<(&str, String, String)>) -> Vec<Group> {
    let (relation, masked) =
        now.map_or(("", None), |(relation, name, phone)| (relation, Some((name, phone))));
    let hint = if masked.is_some() { "加密保存；不改就留空" } else { "加密保存" };
    let (mut name, mut phone) =
        (Field::text("name", "姓名").hint(hint), Field::text("phone", "电话").hint(hint));
    if let Some((masked_name, masked_phone)) = masked {
        (name, phone) = (name.sealed(masked_name), phone.sealed(masked_phone));
    }
    let relation = Field::text("relation", "是这户的什么人").value(relation).hint("例如：侄女、邻居");
    vec![Group::new("紧急联系人", [name, relation, phone])]
}

impl ContactForm {
    /// `new`: then name and number are asked for.
    pub(in super::super) fn read(form: &Form, reading: &mut Reading<'_>, new: bool) -> Option<Self> {
        let name =
            if new { reading.text("name", "姓名", 40) } else { reading.optional("name", "姓名", 40) };
        let relation = reading.text("relation", "关系", 20);
        let phone = match rules::identity::Phone::parse(form.text("phone")) {
            _ if !new && form.text("phone").is_empty() => None,
            Ok(phone) => Some(phone.key()),
            Err(problem) => {
                reading
                    .wrong("phone", format!("{}。{}", problem.what, problem.remedy.trim_end_matches('。')));
                None
            }
        };
        Some(Self { name, relation: relation?, phone })
    }
}

/// A need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct NeedForm {
    pub(in super::super) person: Id,
    pub(in super::super) found_on: NaiveDate,
    pub(in super::super) need: String,
    pub(in super::super) urgency: Urgency,
    /// Asked for in corrections only.
    pub(in super::super) met_on: Option<NaiveDate>,
}

pub(in super::super) fn need_fields(
    persons: Vec<(String, String)>,
    today: NaiveDate,
    now: Option<&Need>,
) -> Vec<Group> {
    let person = now.map(|need| need.person_id.to_string()).unwrap_or_default();
    let found_on = now.map_or(today, |need| need.found_on);
    let mut fields = vec![
        Field::new("person", "谁的", Kind::Pick(persons)).value(person),
        Field::text("need", "需要什么")
            .value(now.map(|need| need.need.as_str()).unwrap_or_default())
            .hint("例如：浴室装扶手"),
        Field::radio("urgency", "多急", &Urgency::list())
            .value(now.map(|need| need.urgency.as_str()).unwrap_or_default()),
        Field::date("found_on", "什么时候发现").value(found_on.to_string()),
    ];
    if let Some(need) = now {
        let met_on = need.met_on.map(|day| day.to_string()).unwrap_or_default();
        fields.push(Field::date("met_on", "什么时候解决").value(met_on).hint("还没解决就留空"));
    }
    vec![Group::new("需求", fields)]
}

impl NeedForm {
    pub(in super::super) fn read(reading: &mut Reading<'_>) -> Option<Self> {
        let person: Option<Id> = reading.word("person", "谁的需求");
        let need = reading.text("need", "需要什么", 200);
        let urgency: Option<Urgency> = reading.word("urgency", "多急");
        let found_on = reading.date("found_on", "发现日期");
        let met_on = reading.optional_date("met_on", "解决日期");
        if let (Some(found), Some(met)) = (found_on, met_on)
            && met < found
        {
            reading.wrong("met_on", "解决日期不能在发现日期之前");
        }
        Some(Self { person: person?, found_on: found_on?, need: need?, urgency: urgency?, met_on })
    }
}

/// An assessment of risk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct RiskForm {
    pub(in super::super) person: Id,
    pub(in super::super) assessed_on: NaiveDate,
    pub(in super::super) level: RiskLevel,
    pub(in super::super) kinds: String,
    pub(in super::super) note: String,
    pub(in super::super) review_on: Option<NaiveDate>,
}

pub(in super::super) fn risk_fields(
    persons: Vec<(String, String)>,
    today: NaiveDate,
    now: Option<&RiskAssessment>,
) -> Vec<Group> {
    let text = |get: fn(&RiskAssessment) -> String| now.map(get).unwrap_or_default();
    let kinds = RISKS.iter().map(|(word, label)| ((*word).to_owned(), (*label).to_owned())).collect();
    vec![Group::new(
        "风险评估",
        [
            Field::new("person", "评估谁", Kind::Pick(persons))
                .value(text(|risk| risk.person_id.to_string())),
            Field::date("assessed_on", "评估日期")
                .value(now.map_or(today, |risk| risk.assessed_on).to_string()),
            Field::radio("risk", "风险", &RiskLevel::list())
                .value(text(|risk| risk.level.as_str().to_owned()))
                .hint("选“高”：24 小时内要有处置记录"),
            Field::new("kinds", "哪一类", Kind::Ticks(kinds)).value(text(|risk| risk.kinds.clone())),
            Field::long("note", "依据")
                .value(text(|risk| risk.note.clone()))
                .hint("看到的、量到的、本人说的"),
            Field::date("review_on", "下次评估")
                .value(text(|risk| risk.review_on.map(|day| day.to_string()).unwrap_or_default())),
        ],
    )]
}

impl RiskForm {
    pub(in super::super) fn read(form: &Form, reading: &mut Reading<'_>) -> Option<Self> {
        let person: Option<Id> = reading.word("person", "评估谁");
        let assessed_on = reading.date("assessed_on", "评估日期");
        let level: Option<RiskLevel> = reading.word("risk", "风险");
        let note = reading.text("note", "依据", 1000);
        let review_on = reading.optional_date("review_on", "下次评估日期");
        let known = |kind: &&str| RISKS.iter().any(|(word, _)| word == kind);
        let kinds: Vec<&str> = form.all("kinds").into_iter().filter(known).collect();
        if kinds.is_empty() && level.is_some_and(|level| level != RiskLevel::None) {
            reading.wrong("kinds", "选是哪一类风险");
        }
        if let (Some(assessed), Some(review)) = (assessed_on, review_on)
            && review <= assessed
        {
            reading.wrong("review_on", "下次评估要在这次之后");
        }
        Some(Self {
            person: person?,
            assessed_on: assessed_on?,
            level: level?,
            kinds: kinds.join(","),
            note: note?,
            review_on,
        })
    }
}

/// A consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct ConsentForm {
    pub(in super::super) signed_on: NaiveDate,
    pub(in super::super) until_on: Option<NaiveDate>,
    pub(in super::super) guardian: Option<(String, String)>,
}

pub(in super::super) fn consent_fields(today: NaiveDate) -> Vec<Group> {
    let hint = "不满 14 岁的，由监护人同意（个人信息保护法第 31 条）";
    vec![Group::new(
        "信息收集同意",
        [
            Field::date("signed_on", "签字日期").value(today.to_string()),
            Field::date("until_on", "有效至").hint("这一天起不再有效；不填就一直有效"),
            Field::text("guardian", "监护人姓名").hint(hint),
            Field::text("guardian_relation", "监护人是什么人").hint("例如：母亲"),
        ],
    )]
}

impl ConsentForm {
    /// `under_14`: then the guardian signs.
    pub(in super::super) fn read(reading: &mut Reading<'_>, under_14: bool) -> Option<Self> {
        let signed_on = reading.date("signed_on", "签字日期");
        let until_on = reading.optional_date("until_on", "有效期");
        let guardian = reading.optional("guardian", "监护人姓名", 40);
        let relation = reading.optional("guardian_relation", "监护人关系", 20);
        if under_14 && guardian.is_none() {
            reading.wrong("guardian", "本人不满 14 岁：填签字的监护人姓名");
        }
        if guardian.is_some() && relation.is_none() {
            reading.wrong("guardian_relation", "填监护人是本人的什么人，例如：母亲");
        }
        if let (Some(signed), Some(until)) = (signed_on, until_on)
            && until <= signed
        {
            reading.wrong("until_on", "有效期要在签字日期之后");
        }
        Some(Self { signed_on: signed_on?, until_on, guardian: guardian.zip(relation) })
    }
}

pub(in super::super) fn revoking(today: NaiveDate) -> Vec<Group> {
    let day = Field::date("revoked_on", "哪天起撤回").value(today.to_string());
    vec![Group::new("撤回同意", [day.hint("这一天起不再有效；同意书留在历史里")])]
}

/// The day from which a consent that was signed on another holds no longer.
pub(in super::super) fn read_revoking(
    reading: &mut Reading<'_>,
    signed_on: NaiveDate,
    today: NaiveDate,
) -> Option<NaiveDate> {
    let day = reading.date("revoked_on", "撤回日期");
    if day.is_some_and(|day| day <= signed_on) {
        reading.wrong("revoked_on", format!("撤回要在签字（{signed_on}）之后"));
    }
    if day.is_some_and(|day| day > today) {
        reading.wrong("revoked_on", format!("撤回日期不能在今天（{today}）之后"));
    }
    day
}

pub(in super::super) fn closing(codes: &Codes, today: NaiveDate) -> Vec<Group> {
    vec![Group::new(
        "销档",
        [
            Field::date("closed_on", "哪天起").value(today.to_string()),
            Field::new("reason", "原因", Kind::Pick(offered(codes, List::ClosingReasons))),
        ],
    )]
}

/// The day and the reason of a closing.
pub(in super::super) fn read_closing(
    reading: &mut Reading<'_>,
    codes: &Codes,
    opened_on: NaiveDate,
) -> Option<(NaiveDate, String)> {
    let closed_on = reading.date("closed_on", "销档日期");
    if closed_on.is_some_and(|day| day < opened_on) {
        reading.wrong("closed_on", format!("销档不能在建档（{opened_on}）之前"));
    }
    let reason = code(reading, codes, List::ClosingReasons, "reason", "原因");
    if reason.is_none() {
        reading.wrong("reason", "选原因");
    }
    closed_on.zip(reason)
}

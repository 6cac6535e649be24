//! The forms of a personal plan: what is planned, and, when it is reviewed, what came of it.

use chrono::NaiveDate;
use kernel::Id;
use web::form::Reading;

use super::super::store::PersonalPlan;
use crate::shell::{Field, Group, Kind};

/// A personal plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct PlanForm {
    pub(in super::super) made_on: NaiveDate,
    pub(in super::super) needs: String,
    pub(in super::super) goals: String,
    pub(in super::super) measures: String,
    pub(in super::super) review_on: NaiveDate,
    pub(in super::super) worker: Option<Id>,
}

pub(in super::super) fn plan_fields(
    workers: Vec<(String, String)>,
    today: NaiveDate,
    now: Option<&PersonalPlan>,
) -> Vec<Group> {
    let text = |get: fn(&PersonalPlan) -> &str| now.map(get).unwrap_or_default().to_owned();
    let made_on = now.map_or(today, |plan| plan.made_on).to_string();
    let review_on = now.map(|plan| plan.review_on.to_string()).unwrap_or_default();
    let worker = now.and_then(|plan| plan.worker_id).map(|id| id.to_string()).unwrap_or_default();
    vec![Group::new(
        "一人一案",
        [
            Field::date("made_on", "制定日期").value(made_on),
            Field::long("needs", "需要什么").value(text(|plan| &plan.needs)),
            Field::long("goals", "目标")
                .value(text(|plan| &plan.goals))
                .hint("能看出做没做到，例如：每周出门 2 次"),
            Field::long("measures", "做法").value(text(|plan| &plan.measures)),
            Field::new("worker", "谁负责", Kind::Pick(workers)).value(worker),
            Field::date("review_on", "检视日期").value(review_on),
        ],
    )]
}

impl PlanForm {
    pub(in super::super) fn read(reading: &mut Reading<'_>) -> Option<Self> {
        let made_on = reading.date("made_on", "制定日期");
        let (needs, goals) = (reading.text("needs", "需要", 2000), reading.text("goals", "目标", 2000));
        let measures = reading.text("measures", "做法", 2000);
        let review_on = reading.date("review_on", "检视日期");
        let worker: Option<Id> = reading.optional_word("worker", "谁负责");
        if let (Some(made), Some(review)) = (made_on, review_on)
            && review <= made
        {
            reading.wrong("review_on", "检视日期要在制定日期之后");
        }
        Some(Self {
            made_on: made_on?,
            needs: needs?,
            goals: goals?,
            measures: measures?,
            review_on: review_on?,
            worker,
        })
    }
}

pub(in super::super) fn review_fields(today: NaiveDate, plan: &PersonalPlan) -> Vec<Group> {
    let day = plan.reviewed_on.unwrap_or(today);
    vec![Group::new(
        "检视",
        [
            Field::date("reviewed_on", "检视日期").value(day.to_string()),
            Field::long("outcome", "结果")
                .value(plan.outcome.clone().unwrap_or_default())
                .hint("目标达到没有，哪些做法要改"),
        ],
    )]
}

/// The day of a review, and what came of the plan.
pub(in super::super) fn read_review(
    reading: &mut Reading<'_>,
    made_on: NaiveDate,
    today: NaiveDate,
) -> Option<(NaiveDate, String)> {
    let reviewed_on = reading.date("reviewed_on", "检视日期");
    if reviewed_on.is_some_and(|day| day < made_on) {
        reading.wrong("reviewed_on", format!("检视不能在制定（{made_on}）之前"));
    }
    if reviewed_on.is_some_and(|day| day > today) {
        reading.wrong("reviewed_on", format!("检视日期不能在今天（{today}）之后"));
    }
    reviewed_on.zip(reading.text("outcome", "结果", 2000))
}

//! What the form of a visit asks, as data: for the telephone, which draws it by itself. A test holds it against the page.
//! Not here: how the answers are read (`form.rs`), and what became of earlier promises, which each household has its own of.

use serde::Serialize;
use utoipa::ToSchema;

use super::super::model::{SEEN, Standing, Unmet, VisitKind, VisitPlace};
use super::form::{ROWS, SEEN_FIELDS, SIDE_LABELS, SIDES, STATE_FIELDS};
use crate::clients::{RISKS, RiskLevel, Urgency};

/// Fields under a heading.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FormSection {
    /// Its name, for programs.
    pub name: &'static str,
    /// The heading.
    pub title: &'static str,
    /// What else there is to say.
    pub hint: &'static str,
    /// Whether it is closed until somebody opens it: it is seldom filled in.
    pub folded: bool,
    /// What is asked.
    pub fields: Vec<FormField>,
}

/// A field of a form.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct FormField {
    /// Its name.
    pub name: &'static str,
    /// What it asks for.
    pub label: &'static str,
    /// What else there is to say.
    pub hint: &'static str,
    /// `text`, `long`, `whole`, `date`, `time`, `flag`, `word`, `person`, `people` or `many`. What may be several has a comma
    /// between them.
    pub kind: &'static str,
    /// Of `word` and `many`: what there is to choose, each with its label.
    pub options: Vec<(String, String)>,
    /// Whether it must be filled in, where it is asked.
    pub must: bool,
    /// When it is asked: any of these, each of which holds where all of its fields say so; always where there is none. `*` is
    /// anything. `minor` is `yes` where a minor was met.
    pub shown: Vec<Vec<(String, String)>>,
    /// When it need not be filled in, in the same form.
    pub free: Vec<Vec<(String, String)>>,
    /// What stands in it to begin with; `today` for the day it is.
    pub initial: String,
    /// Of a number: the largest. Of a text: the most characters.
    pub most: Option<i64>,
}

/// A condition: any of lists of which all must hold.
type When<'w> = &'w [&'w [(&'w str, &'w str)]];

fn conditions(when: When<'_>) -> Vec<Vec<(String, String)>> {
    let owned = |pair: &(&str, &str)| (pair.0.to_owned(), pair.1.to_owned());
    when.iter().map(|all| all.iter().map(owned).collect()).collect()
}

impl FormField {
    /// A field of a kind.
    #[must_use]
    pub fn new(name: &'static str, label: &'static str, kind: &'static str) -> Self {
        Self { name, label, kind, ..Self::default() }
    }

    fn must(self) -> Self {
        Self { must: true, ..self }
    }

    fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    fn among<'o>(self, options: impl IntoIterator<Item = (&'o str, &'o str)>) -> Self {
        let owned = options.into_iter().map(|(word, label)| (word.to_owned(), label.to_owned()));
        Self { options: owned.collect(), ..self }
    }

    fn shown(self, when: When<'_>) -> Self {
        Self { shown: conditions(when), ..self }
    }

    fn free(self, when: When<'_>) -> Self {
        Self { free: conditions(when), ..self }
    }

    fn first(self, initial: &str) -> Self {
        Self { initial: initial.to_owned(), ..self }
    }

    fn most(self, most: i64) -> Self {
        Self { most: Some(most), ..self }
    }
}

fn section(name: &'static str, title: &'static str, fields: Vec<FormField>) -> FormSection {
    FormSection { name, title, hint: "", folded: false, fields }
}

fn folded(name: &'static str, title: &'static str, fields: Vec<FormField>) -> FormSection {
    FormSection { folded: true, ..section(name, title, fields) }
}

/// What the form of a new visit asks, in its order.
#[must_use]
pub fn sections() -> Vec<FormSection> {
    let mut all = vec![whom(), unmet(), place()];
    all.extend((0..SIDES.len()).map(side));
    all.push(section(
        "greeting",
        "只是问候",
        vec![FormField::new("greeting_only", "只是问候，没有谈别的", "flag").first("no").shown(MET)],
    ));
    all.push(risk());
    all.extend([
        promise(0),
        folded("follow_more", "再加约定的事", [promise(1).fields, promise(2).fields].concat()),
    ]);
    all.push(needs());
    all
}

/// Somebody was met.
const MET: When<'static> = &[&[("unmet", "")]];
/// Nobody was met.
const NOBODY: &[(&str, &str)] = &[("unmet", "*")];
const GREETING: &[(&str, &str)] = &[("greeting_only", "yes")];

fn whom() -> FormSection {
    section(
        "whom",
        "时间与对象",
        vec![
            FormField::new("kind", "方式", "word")
                .among(VisitKind::list().iter().copied())
                .must()
                .first("home"),
            FormField::new("met", "见到或通话的人", "people").must().shown(MET),
            FormField::new("visited_on", "日期", "date").must().first("today"),
            FormField::new("minutes", "分钟", "whole")
                .must()
                .shown(MET)
                .free(&[&[("started_at", "*"), ("ended_at", "*")]])
                .first("30")
                .most(600),
        ],
    )
}

fn unmet() -> FormSection {
    folded(
        "unmet",
        "没见到人",
        vec![
            FormField::new("unmet", "没见到人", "word")
                .among([("", "见到了")].into_iter().chain(Unmet::list().iter().copied()))
                .hint("不算一次探访，只记下去过或打过"),
            FormField::new("unmet_note", "备注", "text").shown(&[NOBODY]).most(200),
        ],
    )
}

fn place() -> FormSection {
    folded(
        "place",
        "几点、在哪里、和谁一起去",
        vec![
            FormField::new("started_at", "开始", "time"),
            FormField::new("ended_at", "结束", "time").shown(MET),
            FormField::new("place", "在哪里", "word").among(VisitPlace::list().iter().copied()).shown(MET),
            FormField::new("administrative", "一同前往的事务性社工", "whole")
                .hint("填人数；同一天同一社区只计一次联合探访")
                .shown(&[&[("kind", "home"), ("unmet", "")]])
                .most(20),
        ],
    )
}

fn side(turn: usize) -> FormSection {
    let hint = ["写看到的、量到的、本人说的", "情绪、想法、和上次比的变化", "和谁来往、谁在照料"][turn];
    let (label, name) = (SIDE_LABELS[turn], SIDES[turn]);
    let by_phone: When<'_> = match turn {
        // One of the three is enough on the telephone.
        0 => &[GREETING, &[("kind", "phone"), ("psychological", "*")], &[("kind", "phone"), ("social", "*")]],
        _ => &[GREETING, &[("kind", "phone")]],
    };
    let seen = SEEN[turn].iter().map(|word| (*word, *word));
    section(
        name,
        label,
        vec![
            FormField::new(STATE_FIELDS[turn], "总体", "word")
                .among(Standing::list().iter().copied())
                .shown(MET),
            FormField::new(name, label, "long").hint(hint).must().shown(MET).free(by_phone).most(2_000),
            FormField::new(SEEN_FIELDS[turn], "看到或问到的", "many").among(seen).shown(MET),
        ],
    )
}

fn risk() -> FormSection {
    let raised: When<'_> = &[&[("risk", "high")], &[("risk_kinds", "harm"), ("minor", "yes")]];
    let some: When<'_> = &[&[("risk", "low")], &[("risk", "middle")], &[("risk", "high")]];
    FormSection {
        hint: "选“高”：现在就打电话告知站长，24 小时内要有处置记录",
        ..section(
            "risk",
            "风险",
            vec![
                FormField::new("risk", "风险等级", "word")
                    .among(RiskLevel::list().iter().copied())
                    .shown(MET),
                FormField::new("risk_kinds", "哪一类", "many")
                    .among(RISKS.iter().copied())
                    .must()
                    .shown(some)
                    .free(&[&[("risk", "low")]]),
                told(raised).must(),
                told_at(raised).must(),
                reported_to(&[&[("risk_kinds", "harm"), ("minor", "yes")]]).must(),
            ],
        )
    }
}

fn told(when: When<'_>) -> FormField {
    FormField::new("told", "告知了站里谁", "text").shown(when).most(100)
}

fn told_at(when: When<'_>) -> FormField {
    FormField::new("told_at", "几点告知的", "time").shown(when)
}

fn reported_to(when: When<'_>) -> FormField {
    FormField::new("reported_to", "向哪里报告了", "text")
        .hint("未成年人疑似受侵害，立即向公安、民政或教育部门报告（未成年人保护法第十一条）")
        .shown(when)
        .most(100)
}

/// What a correction asks beside the fields of the record: who was told, where it makes the risk a high one.
#[must_use]
pub fn raised_fields() -> Vec<FormField> {
    let high: When<'_> = &[&[("risk", "high")]];
    vec![
        told(high).hint("刚改成高风险的要填；已经上报过的不用再填"),
        told_at(high),
        reported_to(&[&[("risk", "high"), ("minor", "yes")]]),
    ]
}

/// The fields of what is promised.
pub(in super::super) const FOLLOW: [(&str, &str); ROWS] =
    [("follow_1", "follow_1_due"), ("follow_2", "follow_2_due"), ("follow_3", "follow_3_due")];
/// The fields of what is needed.
pub(in super::super) const NEED: [(&str, &str); ROWS] =
    [("need_1", "need_1_urgency"), ("need_2", "need_2_urgency"), ("need_3", "need_3_urgency")];

fn promise(turn: usize) -> FormSection {
    let (what, due) = FOLLOW[turn];
    let labels = [("约定的事", "完成日期"), ("约定的事 2", "完成日期 2"), ("约定的事 3", "完成日期 3")][turn];
    FormSection {
        hint: "约定了什么，哪天前做；到日子会出现在今日名单里",
        ..section(
            "follow",
            "跟进事项",
            vec![
                FormField::new(what, labels.0, "text").shown(MET).most(200),
                FormField::new(due, labels.1, "date").must().shown(&[&[(what, "*"), ("unmet", "")]]),
            ],
        )
    }
}

fn needs() -> FormSection {
    let labels = [("发现的需求", "多急"), ("需求 2", "多急 2"), ("需求 3", "多急 3")];
    let mut fields = Vec::new();
    for ((need, urgency), (label, how)) in NEED.into_iter().zip(labels) {
        fields.push(FormField::new(need, label, "text").shown(MET).most(200));
        let asked: When<'_> = &[&[(need, "*"), ("unmet", "")]];
        fields.push(FormField::new(urgency, how, "word").among(Urgency::list().iter().copied()).shown(asked));
    }
    fields.push(FormField::new("explained", "讲解的政策和链接的资源", "long").shown(MET).most(500));
    folded("needs", "需求与政策", fields)
}

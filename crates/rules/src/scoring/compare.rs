//! What changed between two versions of a scheme, in plain Chinese. Adopting a version is not decided here.

use kernel::trimmed;
use rust_decimal::Decimal;
use serde::Serialize;

use super::scheme::{Item, Paper, Rule, Scheme};

/// One difference between two schemes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Where: “项目管理 · 队伍稳定”.
    pub place: String,
    /// What of it: “分值”.
    pub what: &'static str,
    /// Before; `None` for what is new.
    pub before: Option<String>,
    /// After; `None` for what is gone.
    pub after: Option<String>,
}

/// Every difference, parts in the order of `before`, then what is new. Nothing for equal schemes but their version.
#[must_use]
pub fn compare(before: &Scheme, after: &Scheme) -> Vec<Change> {
    let (one, other) = (facts(before), facts(after));
    let mut changes = Vec::new();
    for (place, what, value) in &one {
        let now = other.iter().find(|(there, of, _)| (there, of) == (place, what)).map(|(_, _, value)| value);
        if now != Some(value) {
            changes.push(Change {
                place: place.clone(),
                what,
                before: Some(value.clone()),
                after: now.cloned(),
            });
        }
    }
    let known = |place: &str, what: &str| one.iter().any(|(there, of, _)| there == place && *of == what);
    let new = other.into_iter().filter(|(place, what, _)| !known(place, what));
    changes.extend(new.map(|(place, what, value)| Change { place, what, before: None, after: Some(value) }));
    changes
}

/// A scheme as facts: where, what, value.
type Facts = Vec<(String, &'static str, String)>;

fn facts(scheme: &Scheme) -> Facts {
    let mut facts = whole(scheme);
    for party in &scheme.parties {
        let place = format!("评分方 · {}", party.name);
        facts.push((place.clone(), "权重", trimmed(party.weight)));
        facts.push((place.clone(), "满分", trimmed(party.out_of)));
        facts.push((place, "评分人", party.by.label().to_owned()));
    }
    for section in &scheme.sections {
        facts.push((section.name.clone(), "分值", trimmed(section.points)));
        for group in &section.groups {
            facts.push((format!("{} · {}", section.name, group.name), "分值", trimmed(group.points)));
        }
        for item in &section.items {
            facts.extend(of_item(format!("{} · {}", section.name, item.name), item));
        }
    }
    for grade in &scheme.grades {
        facts.push((format!("等级 · {}", grade.name), "分数线", trimmed(grade.from)));
    }
    for veto in &scheme.vetoes {
        facts.push((format!("否决 · {}", veto.name), "情形", veto.ground.clone()));
    }
    for deduction in &scheme.deductions {
        let value = format!("{}每次 {} 分", deduction.ground, trimmed(deduction.points));
        facts.push((format!("扣分 · {}", deduction.name), "情形与分值", value));
    }
    for bonus in &scheme.bonuses {
        let (points, most) = (trimmed(bonus.points), trimmed(bonus.most));
        let value = format!("{}每次 {points} 分，最多 {most} 分", bonus.ground);
        facts.push((format!("加分 · {}", bonus.name), "情形与分值", value));
    }
    facts
}

fn whole(scheme: &Scheme) -> Facts {
    let stages: Vec<_> = scheme.rounding.at.iter().map(|stage| stage.label()).collect();
    let place = || "总则".to_owned();
    vec![
        (place(), "满分", trimmed(scheme.full)),
        (place(), "取整环节", if stages.is_empty() { "不取整".to_owned() } else { stages.join("、") }),
        (place(), "保留小数", scheme.rounding.decimals.to_string()),
        (place(), "录入小数", scheme.rounding.entry_decimals.to_string()),
        (place(), "合成方法", scheme.aggregation.averaging.label().to_owned()),
        (place(), "专家最少人数", scheme.aggregation.quorum.to_string()),
        (place(), "缺方处理", scheme.aggregation.missing_party.label().to_owned()),
        (place(), "讨论线", format!("{}%", trimmed(scheme.aggregation.discuss_above_percent))),
        (place(), "专家是否对社工站实名", if scheme.experts_named { "实名" } else { "不实名" }.to_owned()),
        (place(), "答复初稿的期限", format!("送出后 {} 天", scheme.feedback_days)),
        (
            place(),
            "签收和转交的期限",
            scheme.receipt_days.map_or_else(|| "不限".to_owned(), |days| format!("{days} 天")),
        ),
        (place(), "逾期未反馈的处理", scheme.silence.label().to_owned()),
        (place(), "初稿的送达", scheme.way(Paper::Draft)),
        (place(), "终稿的送达", scheme.way(Paper::Final)),
    ]
}

fn of_item(place: String, item: &Item) -> Facts {
    let by_area = if item.per_area { "按片区逐一评分" } else { "整站评一次" };
    vec![
        (place.clone(), "分值", trimmed(item.points)),
        (place.clone(), "评分范围", by_area.to_owned()),
        (place.clone(), "评什么", item.asks.clone()),
        (place.clone(), "评分规则", item.rule.sentence(item.points)),
        (place.clone(), "档次", item.levels.join("；")),
        (place, "佐证材料", item.evidence.join("、")),
    ]
}

impl Rule {
    /// The rule in one plain sentence, for an item of so many points; figures by their code.
    #[must_use]
    pub fn sentence(&self, points: Decimal) -> String {
        match self {
            Self::Expert => format!("专家在 0 到 {} 分之间评分，对照各档描述。", trimmed(points)),
            Self::Checklist { entries } => {
                format!("逐条核对 {} 条：{}；每条分值相同。", entries.len(), entries.join("；"))
            }
            Self::Survey { figure } => format!("得分 = 分值 × 满意度（{figure}）。"),
            Self::Measured { figure, steps } => {
                let step = |step: &super::scheme::Step| {
                    let worth = points * step.share / Decimal::ONE_HUNDRED;
                    format!("达到 {} 得 {} 分", trimmed(step.from), trimmed(worth))
                };
                let steps: Vec<_> = steps.iter().map(step).collect();
                format!("按 {figure} 的数值：{}。专家可以另评，须说明理由。", steps.join("，"))
            }
        }
    }
}

//! What a file itself tells in its timeline: its levels, categories, consents, risks and plans.
//! Not here: what was done with the household, which the slices below tell through `Later`.

use kernel::Id;
use rules::codes::{Codes, List};

use super::file::{File, Happening};
use super::model::Told;

/// What happened to the file, in no order.
pub(super) fn of_file(file: &File, codes: &Codes) -> Vec<Happening> {
    let who = |id: Id| {
        let found = file.persons.iter().find(|person| person.id == id);
        found.map(|person| person.name.clone()).unwrap_or_default()
    };
    let told = |kind, on, what: &str, facts, text: String| Happening {
        kind,
        on,
        what: what.to_owned(),
        face: false,
        worker: None,
        facts,
        text: Some(("", text)).filter(|(_, text)| !text.is_empty()).into_iter().collect(),
    };
    let mut all = Vec::new();
    for level in &file.levels {
        let facts = level.level.label().to_owned();
        all.push(told(Told::Level, level.from_on, "评定服务等级", facts, level.reason.clone()));
    }
    for one in &file.categories {
        let facts = format!("{} · {}", who(one.person_id), codes.label(List::Categories, &one.category));
        all.push(told(Told::Category, one.from_on, "列入对象类别", facts.clone(), String::new()));
        all.extend(one.to_on.map(|day| told(Told::Category, day, "不再属于对象类别", facts, String::new())));
    }
    for one in &file.consents {
        let by = one.guardian_relation.as_deref().map(|who| format!(" · {who}签")).unwrap_or_default();
        let until = one.until_on.map(|day| format!(" · 到 {day} 为止")).unwrap_or_default();
        let facts = format!("{}{by}{until}", who(one.person_id));
        all.push(told(Told::Consent, one.signed_on, "签同意书", facts, String::new()));
    }
    for one in &file.risks {
        let facts = format!("{} · 风险{}", who(one.person_id), one.level.label());
        all.push(told(Told::Risk, one.assessed_on, "风险评估", facts, one.note.clone()));
    }
    for one in &file.plans {
        let name = who(one.person_id);
        all.push(told(Told::Plan, one.made_on, "订一人一案", name.clone(), one.goals.clone()));
        all.extend(
            one.approved_on.map(|day| told(Told::Plan, day, "审批一人一案", name.clone(), String::new())),
        );
        let outcome = one.outcome.clone().unwrap_or_default();
        all.extend(one.reviewed_on.map(|day| told(Told::Plan, day, "检视一人一案", name, outcome)));
    }
    all
}

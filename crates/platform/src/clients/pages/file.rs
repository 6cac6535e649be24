//! A household file as shown: numbers masked, or whole for a while.

use std::collections::BTreeMap;

use askama::Template;
use chrono::NaiveDate;
use db::{DbResult, Keys};
use kernel::{Id, Moment};
use rules::codes::{Codes, List};
use rules::contacts::Levels;

use super::super::file::{File, Happening};
use super::super::model::{RISKS, RiskLevel, Urgency};
use super::super::personal;
use super::super::store::Unmasking;
use super::super::{told, unmask};
use super::level_class;
use super::person::{PersonShown, shown};
use super::timeline::{Asked, Timeline};
use super::watch::{notices, past, regrade_on, tags};
use crate::access::{Asker, Place};
use crate::documents::DocumentsPanel;
use crate::shell::Frame;

/// `/clients/{household}`.
#[derive(Template)]
#[template(path = "clients/templates/one.html")]
pub(in super::super) struct FilePage {
    frame: Frame,
    base: String,
    title: String,
    file_number: String,
    where_from: [(String, String); 2],
    closed: Option<(NaiveDate, String)>,
    level: Option<LevelShown>,
    tags: Vec<String>,
    risk: Option<RiskLevel>,
    worker: String,
    whole_until: Option<String>,
    notices: Vec<(bool, String)>,
    persons: Vec<PersonShown>,
    facts: Vec<(&'static str, String)>,
    contacts: Vec<ContactShown>,
    /// Levels and categories from the first day on, the latest first.
    past: Vec<String>,
    needs: Vec<NeedShown>,
    risks: Vec<RiskShown>,
    timeline: Timeline,
    seen: Vec<(String, String, String)>,
    reasons: &'static [(&'static str, &'static str)],
    documents: DocumentsPanel,
    rights: Rights,
    key: String,
}

/// What somebody may do with a file.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct Rights {
    pub(in super::super) record: bool,
    pub(in super::super) correct: bool,
    pub(in super::super) withdraw: bool,
    pub(in super::super) unmask: bool,
    pub(in super::super) approve: bool,
    pub(in super::super) merge: bool,
}

impl Rights {
    /// By the one function that decides.
    pub(in super::super) fn of(asker: &Asker, place: Place) -> Self {
        let may = |verb: &str| asker.scope(verb).covers(place);
        Self {
            record: may("clients.record"),
            correct: may("clients.correct"),
            withdraw: may("clients.withdraw"),
            unmask: may("clients.unmask"),
            approve: may("clients.approve"),
            merge: may("clients.merge"),
        }
    }
}

/// With what eyes the file is looked at.
pub(in super::super) struct View<'v> {
    /// Until when the numbers are whole.
    pub(in super::super) whole: Option<Moment>,
    pub(in super::super) today: NaiveDate,
    pub(in super::super) workers: Vec<(Id, String)>,
    pub(in super::super) seen: Vec<Unmasking>,
    pub(in super::super) names: BTreeMap<Id, String>,
    pub(in super::super) rights: Rights,
    pub(in super::super) documents: DocumentsPanel,
    pub(in super::super) key: String,
    /// The plans of which whoever looks wrote something since they were last approved.
    pub(in super::super) written: Vec<Id>,
    pub(in super::super) asked: Asked,
    pub(in super::super) levels: &'v Levels,
}

struct LevelShown {
    label: &'static str,
    class: &'static str,
    reason: String,
    from_on: NaiveDate,
    regrade_due_on: Option<NaiveDate>,
}

struct ContactShown {
    href: String,
    name: String,
    relation: String,
    phone: String,
}

struct NeedShown {
    id: String,
    need: String,
    who: String,
    urgency: Urgency,
    found_on: NaiveDate,
    met_on: Option<NaiveDate>,
}

struct RiskShown {
    href: String,
    who: String,
    level: RiskLevel,
    kinds: String,
    note: String,
    assessed_on: NaiveDate,
    review_on: Option<NaiveDate>,
}

impl FilePage {
    /// The page, from the file.
    pub(in super::super) fn of(
        frame: Frame,
        keys: &Keys,
        file: &File,
        codes: &Codes,
        mut timeline: Vec<Happening>,
        view: &View<'_>,
    ) -> DbResult<Self> {
        let row = &file.household;
        let whole = view.whole.is_some();
        let worker = |id: Option<Id>| {
            let found = view.workers.iter().find(|(known, _)| Some(*known) == id);
            found.map(|(_, name)| name.clone()).unwrap_or_default()
        };
        let base = format!("/clients/{}", row.id);
        let persons = file.persons.iter().map(|person| shown(keys, file, person, codes, view, &base));
        let persons = persons.collect::<DbResult<Vec<_>>>()?;
        let contacts = file.contacts.iter().map(|one| {
            let (name, phone) = personal::contact(keys, one, whole)?;
            let href = format!("{base}/contacts/{}", one.id);
            Ok(ContactShown { href, name, relation: one.relation.clone(), phone })
        });
        timeline.extend(told::of_file(file, codes));
        let who = |id: Id| {
            let found = file.persons.iter().find(|person| person.id == id);
            found.map(|person| person.name.clone()).unwrap_or_default()
        };
        Ok(Self {
            frame,
            title: file.title(),
            file_number: row.file_number.clone(),
            where_from: [
                (
                    format!("/clients?community={}", text(row.community_id)),
                    format!("{} {}", file.area, file.community),
                ),
                ("/clients".to_owned(), file.station.clone()),
            ],
            closed: row.closed_on.map(|day| {
                let reason = row.closed_reason.as_deref().unwrap_or_default();
                (day, codes.label(List::ClosingReasons, reason).to_owned())
            }),
            level: file.level(view.today).map(|period| LevelShown {
                label: period.level.label(),
                class: level_class(period.level),
                reason: period.reason.clone(),
                from_on: period.from_on,
                regrade_due_on: regrade_on(period, view.levels),
            }),
            tags: tags(file, codes, view.today),
            risk: file.risks.first().map(|risk| risk.level).filter(|level| *level >= RiskLevel::Middle),
            worker: worker(row.worker_id),
            whole_until: view.whole.map(Moment::minute),
            notices: notices(file, view.today, view.levels),
            past: past(file, codes),
            facts: facts(keys, file, codes, whole)?,
            contacts: contacts.collect::<DbResult<Vec<_>>>()?,
            needs: file
                .needs
                .iter()
                .map(|need| NeedShown {
                    id: need.id.to_string(),
                    need: need.need.clone(),
                    who: who(need.person_id),
                    urgency: need.urgency,
                    found_on: need.found_on,
                    met_on: need.met_on,
                })
                .collect(),
            risks: file
                .risks
                .iter()
                .take(5)
                .map(|risk| RiskShown {
                    href: format!("{base}/risks/{}", risk.id),
                    who: who(risk.person_id),
                    level: risk.level,
                    kinds: kinds(&risk.kinds),
                    note: risk.note.clone(),
                    assessed_on: risk.assessed_on,
                    review_on: risk.review_on,
                })
                .collect(),
            timeline: Timeline::of(row.id, timeline, view.asked, worker),
            seen: seen(view),
            reasons: unmask::REASONS,
            documents: view.documents.clone(),
            rights: view.rights,
            key: view.key.clone(),
            persons,
            base,
        })
    }
}

fn text(id: Option<Id>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

fn seen(view: &View<'_>) -> Vec<(String, String, String)> {
    let name = |id: Id| view.names.get(&id).cloned().unwrap_or_else(|| "已注销的账号".to_owned());
    view.seen.iter().map(|one| (one.from_at.minute(), name(one.user_id), one.reason.clone())).collect()
}

fn kinds(words: &str) -> String {
    let label = |word: &str| RISKS.iter().find(|(known, _)| *known == word).map_or("", |(_, label)| label);
    words.split(',').map(label).filter(|label| !label.is_empty()).collect::<Vec<_>>().join("、")
}

fn facts(keys: &Keys, file: &File, codes: &Codes, whole: bool) -> DbResult<Vec<(&'static str, String)>> {
    let row = &file.household;
    let mut facts = vec![
        ("地址", personal::address(keys, row, whole)?),
        ("建档", row.opened_on.to_string()),
        ("人户情况", row.residence.label().to_owned()),
    ];
    if let Some(housing) = &row.housing {
        facts.push(("住房", codes.label(List::Housing, housing).to_owned()));
    }
    if let Some(number) = &row.platform_id {
        facts.push(("平台户编号", number.clone()));
    }
    Ok(facts)
}

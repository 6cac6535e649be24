//! What the pages of schemes show: one struct for each template.

use std::collections::BTreeMap;

use askama::Template;
use kernel::{Id, Moment, trimmed};
use rules::scoring::{Change, Item, Paper, Scheme, Section};
use web::Link;
use web::form::{KEY, TOKEN};

use super::store::Proposed;
use crate::library::SchemeFile;
use crate::shell::Frame;

/// What the file of a scheme stands for.
pub(super) enum Edition {
    /// Nobody proposed it.
    New,
    /// Proposed, not adopted.
    Proposed(Box<Proposed>),
    /// Adopted as it stands.
    Adopted,
    /// The file was changed after this version was proposed or adopted.
    Changed,
}

impl Edition {
    /// The colour of the tag and its word.
    fn tag(&self) -> (&'static str, &'static str) {
        match self {
            Self::New => ("t-mute", "未采用"),
            Self::Proposed(_) => ("t-warn", "待采用"),
            Self::Adopted => ("t-ok", "已采用"),
            Self::Changed => ("t-urgent", "文件改动过"),
        }
    }
}

/// A scheme in the list.
struct Line {
    href: String,
    name: String,
    version: String,
    tag: (&'static str, &'static str),
    parties: String,
    counts: String,
}

/// The schemes there are.
#[derive(Template)]
#[template(path = "evaluation/templates/schemes.html")]
pub(super) struct ListPage {
    frame: Frame,
    lines: Vec<Line>,
}

impl ListPage {
    pub(super) fn of(frame: Frame, schemes: Vec<(&Scheme, Edition)>) -> Self {
        let line = |(scheme, edition): (&Scheme, Edition)| Line {
            href: format!("/evaluation/schemes/{}", scheme.code),
            name: scheme.name.clone(),
            version: scheme.version.clone(),
            tag: edition.tag(),
            parties: parties(scheme),
            counts: counts(scheme),
        };
        Self { frame, lines: schemes.into_iter().map(line).collect() }
    }
}

fn parties(scheme: &Scheme) -> String {
    let party = |party: &rules::scoring::Party| format!("{} {}", party.name, trimmed(party.weight));
    scheme.parties.iter().map(party).collect::<Vec<_>>().join(" · ")
}

fn counts(scheme: &Scheme) -> String {
    let groups: usize = scheme.sections.iter().map(|section| section.groups.len()).sum();
    let groups = if groups == 0 { String::new() } else { format!("{groups} 个二级指标 · ") };
    let (sections, items) = (scheme.sections.len(), scheme.items().count());
    format!("满分 {} · {sections} 个板块 · {groups}{items} 项", trimmed(scheme.full))
}

/// An item as it is read.
struct ItemLine {
    name: String,
    points: String,
    by_area: bool,
    rule: &'static str,
    sentence: String,
    asks: String,
    levels: Vec<String>,
    evidence: String,
}

/// A section with its items under their groups; one group without a name where there are none.
struct SectionPart {
    code: String,
    name: String,
    points: String,
    groups: Vec<(String, Vec<ItemLine>)>,
}

/// One proposed version.
struct EditionLine {
    version: String,
    word: &'static str,
    said: String,
}

/// A scheme in plain Chinese.
#[derive(Template)]
#[template(path = "evaluation/templates/scheme.html")]
pub(super) struct SchemePage {
    frame: Frame,
    code: String,
    name: String,
    version: String,
    note: String,
    counts: String,
    file: String,
    tag: (&'static str, &'static str),
    changed: bool,
    proposal: String,
    key: String,
    may_propose: bool,
    may_adopt: bool,
    compared: Vec<Link>,
    parties: Vec<[String; 4]>,
    rules: Vec<(&'static str, String)>,
    sections: Vec<SectionPart>,
    grades: Vec<(String, String)>,
    limits: Vec<[String; 4]>,
    editions: Vec<EditionLine>,
}

impl SchemePage {
    pub(super) fn of(
        frame: Frame,
        file: &SchemeFile,
        figure: &dyn Fn(&str) -> String,
        own: &[&Proposed],
        names: &BTreeMap<Id, String>,
    ) -> Self {
        let scheme = &file.scheme;
        let party = |party: &rules::scoring::Party| {
            [party.name.clone(), trimmed(party.weight), trimmed(party.out_of), party.by.label().to_owned()]
        };
        Self {
            frame,
            code: scheme.code.clone(),
            name: scheme.name.clone(),
            version: scheme.version.clone(),
            note: scheme.note.clone(),
            counts: counts(scheme),
            file: file.file.rsplit('/').next().unwrap_or_default().to_owned(),
            tag: Edition::New.tag(),
            changed: false,
            proposal: String::new(),
            key: String::new(),
            may_propose: false,
            may_adopt: false,
            compared: Vec::new(),
            parties: scheme.parties.iter().map(party).collect(),
            rules: sums(scheme),
            sections: scheme.sections.iter().map(|section| part(section, figure)).collect(),
            grades: grades(scheme),
            limits: limits(scheme),
            editions: own.iter().map(|row| edition(row, names)).collect(),
        }
    }

    /// Where the version stands, and what whoever asks may do with it.
    pub(super) fn standing(
        mut self,
        edition: &Edition,
        compared: Vec<Link>,
        (may_propose, may_adopt): (bool, bool),
        key: String,
    ) -> Self {
        self.tag = edition.tag();
        self.changed = matches!(edition, Edition::Changed);
        if let Edition::Proposed(row) = edition {
            self.proposal = row.id.to_string();
        }
        (self.compared, self.may_propose, self.may_adopt, self.key) = (compared, may_propose, may_adopt, key);
        self
    }
}

/// How scores become a total, as a list of what and how.
fn sums(scheme: &Scheme) -> Vec<(&'static str, String)> {
    let stages: Vec<_> = scheme.rounding.at.iter().map(|stage| stage.label()).collect();
    let rounding = match stages.is_empty() {
        true => "各环节都不取整，保留精确值。".to_owned(),
        false => {
            format!("{}四舍五入到 {} 位小数，其余环节不取整。", stages.join("、"), scheme.rounding.decimals)
        }
    };
    let aggregation = &scheme.aggregation;
    vec![
        ("合成专家评分", format!("{}；至少 {} 名专家。", aggregation.averaging.label(), aggregation.quorum)),
        ("取整", rounding),
        ("录入", format!("评分最多写 {} 位小数。", scheme.rounding.entry_decimals)),
        ("缺一方时", format!("{}。", aggregation.missing_party.label())),
        (
            "要讨论的分差",
            format!("同一项专家评分相差超过分值的 {}%。", trimmed(aggregation.discuss_above_percent)),
        ),
        (
            "社工站看到的专家",
            if scheme.experts_named { "姓名和单位。" } else { "代号和单位，看不到姓名。" }.to_owned(),
        ),
        ("答复初稿的期限", format!("送出后 {} 天。", scheme.feedback_days)),
        ("逾期未反馈", format!("{}。", scheme.silence.label())),
        (
            "签收和转交的期限",
            scheme.receipt_days.map_or_else(|| "不限。".to_owned(), |days| format!("{days} 天。")),
        ),
        ("初稿的送达", format!("{}。", scheme.way(Paper::Draft))),
        ("终稿的送达", format!("{}。", scheme.way(Paper::Final))),
    ]
}

fn part(section: &Section, figure: &dyn Fn(&str) -> String) -> SectionPart {
    let of = |group: Option<&str>| {
        let own = section.items.iter().filter(|item| item.group.as_deref() == group);
        own.map(|item| line(item, figure)).collect::<Vec<_>>()
    };
    let mut groups: Vec<_> = section
        .groups
        .iter()
        .map(|group| (format!("{} {} 分", group.name, trimmed(group.points)), of(Some(&group.code))))
        .collect();
    if groups.is_empty() {
        groups.push((String::new(), of(None)));
    }
    SectionPart {
        code: section.code.clone(),
        name: section.name.clone(),
        points: trimmed(section.points),
        groups,
    }
}

fn line(item: &Item, figure: &dyn Fn(&str) -> String) -> ItemLine {
    let sentence = item.rule.sentence(item.points);
    let sentence = match &item.rule {
        rules::scoring::Rule::Measured { figure: code, .. }
        | rules::scoring::Rule::Survey { figure: code } => {
            let named = format!("“{}”", figure(code));
            sentence.replacen(&format!(" {code} "), &named, 1).replacen(code.as_str(), &named, 1)
        }
        _ => sentence,
    };
    ItemLine {
        name: item.name.clone(),
        points: trimmed(item.points),
        by_area: item.per_area,
        rule: item.rule.name().label(),
        sentence,
        asks: item.asks.clone(),
        levels: item.levels.clone(),
        evidence: item.evidence.join("、"),
    }
}

/// Each grade with its band: “80 ≤ 总分 < 90”.
fn grades(scheme: &Scheme) -> Vec<(String, String)> {
    let mut below: Option<String> = None;
    let mut bands = Vec::new();
    for grade in &scheme.grades {
        let from = trimmed(grade.from);
        let band = match &below {
            None => format!("{from} 分及以上"),
            Some(below) => format!("{from} 分及以上，不到 {below} 分"),
        };
        bands.push((grade.name.clone(), band));
        below = Some(from);
    }
    bands
}

/// Vetoes, deductions and bonuses: kind, name, ground, effect.
fn limits(scheme: &Scheme) -> Vec<[String; 4]> {
    let grade = |code: &str| {
        let known = scheme.grades.iter().find(|grade| grade.code == code);
        known.map_or_else(|| code.to_owned(), |grade| grade.name.clone())
    };
    let vetoes = scheme.vetoes.iter().map(|veto| {
        let effect = format!("等级不高于{}", grade(&veto.grade));
        ["否决".to_owned(), veto.name.clone(), veto.ground.clone(), effect]
    });
    let deductions = scheme.deductions.iter().map(|one| {
        [
            "扣分".to_owned(),
            one.name.clone(),
            one.ground.clone(),
            format!("每次扣 {} 分", trimmed(one.points)),
        ]
    });
    let bonuses = scheme.bonuses.iter().map(|one| {
        let effect = format!("每次加 {} 分，最多 {} 分", trimmed(one.points), trimmed(one.most));
        ["加分".to_owned(), one.name.clone(), one.ground.clone(), effect]
    });
    vetoes.chain(deductions).chain(bonuses).collect()
}

fn edition(row: &Proposed, names: &BTreeMap<Id, String>) -> EditionLine {
    let name = |id: Id| names.get(&id).cloned().unwrap_or_default();
    let day = |at: Moment| at.day();
    let proposed = format!("{} {} 提出", day(row.proposed_at), name(row.proposed_by));
    let said = match row.adopted_by.zip(row.adopted_at) {
        Some((by, at)) => format!("{proposed}，{} {} 采用", day(at), name(by)),
        None => proposed,
    };
    EditionLine {
        version: row.version.clone(),
        word: if row.adopted_at.is_some() { "已采用" } else { "待采用" },
        said: format!("{said} · 全文摘要 {}", row.digest.get(..16).unwrap_or_default()),
    }
}

/// What changed between two versions or schemes.
#[derive(Template)]
#[template(path = "evaluation/templates/compare.html")]
pub(super) struct ComparePage {
    frame: Frame,
    code: String,
    before: String,
    after: String,
    changes: Vec<Change>,
}

impl ComparePage {
    pub(super) fn of(frame: Frame, before: String, after: &Scheme, changes: Vec<Change>) -> Self {
        let now = format!("{}（{} 版）", after.name, after.version);
        Self { frame, code: after.code.clone(), before, after: now, changes }
    }
}

#[cfg(test)]
mod sample {
    //! One of each page, so that every template is seen by a test.

    use super::*;
    use crate::library::Library;

    #[test]
    fn every_page_is_whole() {
        let library = Library::load(None).unwrap();
        for file in &library.schemes {
            let page = SchemePage::of(
                Frame::sample("evaluation", "评估指标体系"),
                file,
                &|code| code.to_owned(),
                &[],
                &BTreeMap::new(),
            );
            let html = page.render().unwrap();
            for (section, item) in file.scheme.items() {
                assert!(html.contains(&section.name) && html.contains(&item.name), "{}", item.code);
            }
            for grade in &file.scheme.grades {
                assert!(html.contains(&grade.name), "{}", grade.code);
            }
            assert!(html.len() < 150_000, "{} is {} bytes", file.file, html.len());
        }
    }
}

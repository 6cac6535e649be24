//! What the pages of the desk show.

use askama::Template;
use kernel::{Problem, chinese_date};
use paper::model::{Block, Inline};
use rules::checks::text::{Finding, Severity};
use rules::wording::changes::How;
use web::form::{KEY, TOKEN};

use super::opened::{Opened, address, passage_address, report};
use crate::evaluation::{AcceptedError, ReportWording, Told};
use crate::reports::compose::{Token, tokens};
use crate::reports::store::Version;
use crate::reports::text::{Changed, ChangedFigure, Compared};
use crate::reports::{Passage, checked};
use crate::shell::Frame;

/// A stretch of a passage as it reads: words, or a figure with the page of its records.
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) href: String,
}

/// A passage as it reads.
pub(super) fn shown(run: &[Inline]) -> Vec<Shown> {
    let one = |inline: &Inline| Shown {
        text: inline.plain().to_owned(),
        href: match inline {
            Inline::Figure { figure, .. } => figure.href.clone(),
            Inline::Text(_) | Inline::Strong(_) | Inline::Link { .. } => String::new(),
        },
    };
    run.iter().map(one).collect()
}

/// Something that was found in the text.
pub(super) struct Found {
    pub(super) rule: &'static str,
    pub(super) word: &'static str,
    pub(super) class: &'static str,
    pub(super) message: String,
    pub(super) stated: String,
    pub(super) expected: String,
    /// Where it is mended, with its words; where it stands outside of every passage, the words alone.
    pub(super) places: Vec<(String, String)>,
    /// Why it may stand: the reason, by whom and when, and its id.
    pub(super) accepted: Option<(String, String, String)>,
    /// Whether it keeps the report from being sent.
    pub(super) open: bool,
}

/// Places of a finding that are listed.
const PLACES: usize = 4;

fn found_of(opened: &Opened, finding: &Finding) -> Found {
    let (word, class) = match finding.severity {
        Severity::Error => ("必须改", "tag t-urgent"),
        Severity::Warning => ("建议改", "tag t-warn"),
        Severity::Note => ("提示", "tag"),
    };
    let accepted = opened.facts.accepted.iter().find(|one| checked::is(one, finding));
    let passages = opened.checked.composed.passages.iter();
    let mut places: Vec<(String, String)> = passages
        .filter(|passage| opened.checked.concerns(finding, passage))
        .map(|passage| (href(&opened.round.code, passage), short(&plain(&passage.run))))
        .collect();
    if places.is_empty() {
        places.extend(finding.locations.iter().map(|place| (String::new(), place.excerpt.clone())));
    }
    places.truncate(PLACES);
    Found {
        rule: finding.rule,
        word,
        class,
        message: finding.message.clone(),
        stated: finding.stated.clone(),
        expected: finding.expected.clone(),
        places,
        open: finding.severity == Severity::Error && accepted.is_none(),
        accepted: accepted.map(|one| {
            let by = format!("{} {}", one.accepter, chinese_date(one.accepted_on));
            (one.reason.clone(), by, one.id.to_string())
        }),
    }
}

/// Where a passage is changed.
fn href(round: &str, passage: &Passage) -> String {
    match passage.finding {
        Some(finding) => format!("/evaluation/rounds/{round}/findings/{finding}"),
        None => passage_address(round, &passage.key),
    }
}

fn plain(run: &[Inline]) -> String {
    run.iter().map(Inline::plain).collect()
}

fn short(text: &str) -> String {
    const MOST: usize = 40;
    let mut short: String = text.chars().take(MOST).collect();
    if text.chars().count() > MOST {
        short.push('…');
    }
    short
}

/// A passage in the list.
pub(super) struct Row {
    pub(super) href: String,
    /// What stands before it: the headings below its part, its own title.
    pub(super) label: String,
    pub(super) shown: Vec<Shown>,
    /// 已改写, 评语; nothing where the report's own words stand.
    pub(super) state: &'static str,
    pub(super) found: Vec<Found>,
}

/// A part of the report with its passages.
pub(super) struct Part {
    pub(super) title: String,
    pub(super) rows: Vec<Row>,
}

/// The wording of a report.
#[derive(Template)]
#[template(path = "reports/templates/wording.html")]
pub(super) struct ListPage {
    frame: Frame,
    report: String,
    address: String,
    meta: String,
    open: bool,
    parts: Vec<Part>,
    found: Vec<Found>,
    minor: Vec<Found>,
    /// Wording that has lost its place: its key, its words, the report's own.
    vanished: Vec<(String, String, String)>,
    /// What was let stand and is found no longer: message and reason.
    lapsed: Vec<(String, String)>,
    key: String,
}

impl ListPage {
    pub(super) fn of(frame: Frame, opened: &Opened, accepted: &[AcceptedError], key: String) -> Self {
        let checked = &opened.checked;
        let reworded = opened.facts.wordings.len();
        let open = checked.open(&opened.facts.accepted).count();
        let meta = format!(
            "{} · {} 段可以改写，已改写 {reworded} 段 · 核验出 {} 处必须改，未处理 {open} 处",
            opened.round.stage.label(),
            checked.composed.passages.len(),
            checked.errors().count()
        );
        let of = |wanted: fn(Severity) -> bool| {
            let all = checked.findings.iter().filter(move |finding| wanted(finding.severity));
            all.map(|finding| found_of(opened, finding)).collect::<Vec<_>>()
        };
        let mut found = of(|severity| severity == Severity::Error);
        found.sort_by_key(|one| !one.open);
        let gone = |one: &ReportWording| (one.passage.clone(), one.words.clone(), one.template.clone());
        let stands = |one: &&AcceptedError| !opened.facts.accepted.iter().any(|known| known.id == one.id);
        Self {
            frame,
            report: report(&opened.round.code),
            address: address(&opened.round.code),
            meta,
            open: opened.is_open(),
            parts: parts(opened),
            found,
            minor: of(|severity| severity != Severity::Error),
            vanished: checked.vanished(&opened.facts).map(gone).collect(),
            lapsed: accepted
                .iter()
                .filter(stands)
                .map(|one| (one.message.clone(), one.reason.clone()))
                .collect(),
            key,
        }
    }
}

/// The passages by part, each under the headings it stands below.
fn parts(opened: &Opened) -> Vec<Part> {
    let composed = &opened.checked.composed;
    let mut parts: Vec<Part> = Vec::new();
    for passage in &composed.passages {
        let (title, mut label) = headings(&composed.document.blocks, passage.block);
        if let Some(own) = own_title(composed.document.blocks.get(passage.block), passage) {
            label.push(own);
        }
        let state = match (passage.finding, passage.words == passage.template) {
            (Some(_), _) => "评语",
            (None, true) => "",
            (None, false) => "已改写",
        };
        let all = opened.checked.findings.iter();
        let row = Row {
            href: href(&opened.round.code, passage),
            label: label.join(" "),
            shown: shown(&passage.run),
            state,
            found: all
                .filter(|finding| opened.checked.concerns(finding, passage))
                .map(|finding| found_of(opened, finding))
                .collect(),
        };
        match parts.last_mut() {
            Some(part) if part.title == title => part.rows.push(row),
            _ => parts.push(Part { title, rows: vec![row] }),
        }
    }
    parts
}

/// The part that a block stands in, and the headings between them.
fn headings(blocks: &[Block], place: usize) -> (String, Vec<String>) {
    let mut standing: [Option<&str>; 4] = [None; 4];
    for block in blocks.iter().take(place) {
        if let Block::Heading { level, text, .. } = block {
            let level = usize::from(*level).clamp(1, 4);
            standing[level - 1] = Some(text);
            standing[level..].fill(None);
        }
    }
    let title = standing[1].or(standing[0]).unwrap_or("开头").to_owned();
    (title, standing[2..].iter().flatten().map(|text| (*text).to_owned()).collect())
}

/// The words in bold before a passage in its list.
fn own_title(block: Option<&Block>, passage: &Passage) -> Option<String> {
    let Some(Block::List { items, .. }) = block else { return None };
    let own = plain(&passage.run);
    let item = items.iter().find(|item| plain(item).contains(&own))?;
    match item.first() {
        Some(Inline::Strong(title)) => Some(title.clone()),
        _ => None,
    }
}

/// What stands beside the form of a passage.
#[derive(Template)]
#[template(path = "reports/templates/beside.html")]
pub(super) struct BesidePage {
    own: String,
    typed: bool,
    shown: Result<Vec<Shown>, String>,
    wrong: Option<String>,
    template: Option<String>,
    tokens: Vec<Token>,
    found: Vec<Found>,
    /// The token and the number of the form that takes the wording back.
    takes_back: Option<(String, String)>,
    history: Vec<Told>,
}

impl BesidePage {
    pub(super) fn of(
        opened: &Opened,
        passage: &Passage,
        (typed, shown, wrong): (bool, Result<Vec<Shown>, Problem>, Option<String>),
        takes_back: Option<(String, String)>,
        history: Vec<Told>,
    ) -> Self {
        let all = opened.checked.findings.iter().filter(|_| !typed);
        Self {
            own: passage_address(&opened.round.code, &passage.key),
            typed,
            shown: shown.map_err(|problem| problem.to_string()),
            wrong: wrong.filter(|_| typed),
            template: (passage.words != passage.template).then(|| passage.template.clone()),
            tokens: tokens(&opened.facts, passage),
            found: all
                .filter(|finding| opened.checked.concerns(finding, passage))
                .map(|finding| found_of(opened, finding))
                .collect(),
            takes_back,
            history,
        }
    }
}

/// What was changed between two versions.
#[derive(Template)]
#[template(path = "reports/templates/changes.html")]
pub(super) struct ChangesPage {
    frame: Frame,
    report: String,
    own: String,
    /// Number, word, when and by whom.
    versions: Vec<(i32, &'static str, String)>,
    /// Whether the report as it stands now may be chosen too.
    live: bool,
    keeps: bool,
    from: i32,
    to: i32,
    lines: Vec<Changed>,
    figures: Vec<ChangedFigure>,
    key: String,
}

/// The report as it stands now, among the numbers of versions.
pub(super) const NOW: i32 = 0;

impl ChangesPage {
    pub(super) fn of(
        frame: Frame,
        code: &str,
        versions: &[Version],
        (live, keeps): (bool, bool),
        (from, to): (i32, i32),
        compared: Compared,
        key: String,
    ) -> Self {
        let version = |one: &Version| {
            (one.number, one.kind.label(), format!("{} {}", one.kept_at.minute(), one.keeper))
        };
        Self {
            frame,
            report: report(code),
            own: format!("{}/changes", report(code)),
            versions: versions.iter().map(version).collect(),
            live,
            keeps,
            from,
            to,
            lines: compared.lines,
            figures: compared.figures,
            key,
        }
    }
}

//! The pages of figures, one struct per template: words and addresses, ready to be printed.

mod breakdown;
mod field;
mod one;
#[cfg(test)]
mod sample;

use std::collections::BTreeMap;

use askama::Template;
use rules::counting::{Figure, read_out};

use super::Values;
use super::routes::Stand;
use crate::shell::Frame;

pub use one::{FigurePage, Seen, Shown};

/// The themes of figures, by the first part of their codes, in the order they are read. Those without one are the
/// contract's indicators.
const THEMES: [(&str, &str); 10] = [
    ("", "协议指标"),
    ("registry", "建档"),
    ("staff", "人员"),
    ("area", "片区服务"),
    ("publicity", "宣传与制度"),
    ("monitoring", "服务监测"),
    ("outcome", "服务成效"),
    ("station", "社工站"),
    ("contract", "服务协议"),
    ("report", "评估"),
];

/// `/figures`.
#[derive(Template)]
#[template(path = "figures/templates/index.html")]
pub struct IndexPage {
    pub(super) frame: Frame,
    pub(super) period: String,
    pub(super) choices: Choices,
    pub(super) count: usize,
    pub(super) themes: Vec<Theme>,
}

/// The form that chooses station and day, and the rounds beside it.
pub struct Choices {
    /// Where the form leads.
    pub action: String,
    /// Code, name and whether it is chosen; empty when there is one station only.
    pub stations: Vec<(String, String, bool)>,
    /// What stays as it is when the day is changed: name and value.
    pub kept: Vec<(&'static str, String)>,
    /// The station's code where it is not to be chosen.
    pub station: Option<String>,
    /// The day chosen: `2024-12-31`.
    pub as_of: String,
    /// The first and the last day of the contract.
    pub bounds: (String, String),
    /// The rounds: address, name and whether it is at hand; begins with the day itself.
    pub rounds: Vec<(String, String, bool)>,
}

pub(super) struct Theme {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) rows: Vec<IndexRow>,
}

pub(super) struct IndexRow {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) code: String,
    /// Digits and unit; `None` where there is no value.
    pub(super) value: Option<(String, String)>,
    pub(super) missing: &'static str,
    pub(super) rule: String,
}

impl IndexPage {
    /// The page, from where it stands and all values; within a theme in the order of the rules' text.
    #[must_use]
    pub fn of(frame: Frame, stand: &Stand, values: &Values, text: &str) -> Self {
        let mut themes: BTreeMap<usize, Theme> = BTreeMap::new();
        let mut figures: Vec<&Figure> =
            stand.rules.iter().filter(|figure| !of_target(figure.code())).collect();
        figures.sort_by_key(|figure| place(text, figure.code()));
        for figure in figures {
            let (place, name) = theme(figure.code());
            let theme = themes.entry(place).or_insert_with(|| Theme {
                id: format!("theme-{place}"),
                name: name.to_owned(),
                rows: Vec::new(),
            });
            theme.rows.push(row(stand, figure, values));
        }
        let themes: Vec<Theme> = themes.into_values().collect();
        Self {
            frame,
            period: stand.at.period(),
            choices: Choices::of(stand, &["figures"], vec![]),
            count: themes.iter().map(|theme| theme.rows.len()).sum(),
            themes,
        }
    }
}

impl Choices {
    /// The choices of the page at these segments of an address; `kept` stays when they are made.
    #[must_use]
    pub fn of(stand: &Stand, segments: &[&str], kept: Vec<(&'static str, String)>) -> Self {
        let mut target = web::Target::new(segments).with("station", &stand.station.code);
        for (name, value) in &kept {
            target = target.with(name, value);
        }
        let now = stand.round();
        let day = target.clone().with("as_of", stand.cut_off()).href();
        let mut rounds = vec![(day, format!("截至 {}", stand.cut_off()), now.is_none())];
        rounds.extend(stand.rounds.iter().map(|round| {
            let target = target.clone().with("as_of", round.records_until).with("round", &round.code);
            let name = format!("{}（截至 {}）", round.name, round.records_until);
            (target.href(), name, now == Some(round.code.as_str()))
        }));
        let several = stand.stations.len() > 1;
        Self {
            action: web::Target::new(segments).href(),
            kept,
            stations: if several { listed(stand) } else { vec![] },
            station: (!several).then(|| stand.station.code.clone()),
            as_of: stand.cut_off().to_string(),
            bounds: (stand.period.start().to_string(), stand.period.end().to_string()),
            rounds,
        }
    }
}

fn listed(stand: &Stand) -> Vec<(String, String, bool)> {
    let chosen = |code: &str| code == stand.station.code;
    stand.stations.iter().map(|(code, name)| (code.clone(), name.clone(), chosen(code))).collect()
}

fn row(stand: &Stand, figure: &Figure, values: &Values) -> IndexRow {
    let code = figure.code();
    IndexRow {
        href: stand.figure(code).href(),
        name: figure.name().to_owned(),
        code: code.to_owned(),
        value: stand.printed(code, values.get(code).copied().flatten()),
        missing: missing(stand, code),
        rule: read_out(&stand.rules, figure),
    }
}

/// Where the text of the rules defines a figure; at the end where it does not.
fn place(text: &str, code: &str) -> usize {
    let headings = [format!("rules.{code}]"), format!("rules.\"{code}\"]"), format!("derived.\"{code}\"]")];
    headings.iter().filter_map(|heading| text.find(heading)).min().unwrap_or(usize::MAX)
}

/// What stands in the place of a value that is not there.
pub(super) fn missing(stand: &Stand, code: &str) -> &'static str {
    if stand.lacks_round(code) { "按轮次统计" } else { "未列" }
}

/// Target and completion of an indicator are shown with it.
pub(super) fn of_target(code: &str) -> bool {
    code.ends_with(".target") || code.ends_with(".completion")
}

fn theme(code: &str) -> (usize, &str) {
    let prefix = code.split_once('.').map_or("", |(prefix, _)| prefix);
    let found = THEMES.iter().position(|(known, _)| *known == prefix);
    found.map_or((THEMES.len(), "其他"), |place| (place, THEMES[place].1))
}

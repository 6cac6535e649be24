//! One figure: its value, its rule, its parts and its records.

use std::collections::BTreeSet;

use askama::Template;
use kernel::Id;
use rules::counting::{By, Field, Figure, Rule, Window, read_out};
use rust_decimal::Decimal;
use web::{Paging, Target};

use super::super::routes::{BY, Stand};
use super::super::{At, Detail, Listed, Names};
use super::breakdown::{self, BreakdownRow};
use super::field::{self, Cell};
use super::{Choices, missing};
use crate::areas::{Area, Community};
use crate::shell::Frame;
use crate::staff::Worker;

/// `/figures/{code}`.
#[derive(Template)]
#[template(path = "figures/templates/one.html")]
pub struct FigurePage {
    pub(super) frame: Frame,
    pub(super) index: String,
    pub(super) name: String,
    pub(super) code: String,
    pub(super) place: Option<(String, String)>,
    pub(super) value: Option<(String, String)>,
    pub(super) missing: &'static str,
    pub(super) rounds: Vec<(String, String)>,
    pub(super) period: String,
    pub(super) choices: Choices,
    pub(super) rule: String,
    pub(super) source: String,
    pub(super) digest: String,
    pub(super) operands: Vec<Operand>,
    pub(super) by: Vec<(String, &'static str, bool)>,
    pub(super) by_name: &'static str,
    pub(super) parts: Vec<BreakdownRow>,
    pub(super) parts_note: &'static str,
    pub(super) records: Option<Records>,
}

/// A figure that a derived one comes from.
pub(super) struct Operand {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) value: Option<(String, String)>,
    pub(super) missing: &'static str,
}

/// A page of the records counted.
pub(super) struct Records {
    pub(super) kind: &'static str,
    pub(super) total: String,
    /// How many of them may be listed, where not all may.
    pub(super) seen: Option<String>,
    pub(super) date: Option<&'static str>,
    pub(super) columns: Vec<(&'static str, &'static str)>,
    pub(super) rows: Vec<RecordRow>,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) page: (usize, usize),
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
}

pub(super) struct RecordRow {
    pub(super) id: String,
    pub(super) date: Option<String>,
    pub(super) area: String,
    pub(super) community: String,
    pub(super) worker: String,
    pub(super) cells: Vec<Cell>,
}

/// What is shown of a figure, and the names it needs.
pub struct Shown {
    /// By what it is broken down.
    pub by: By,
    /// Which page of its records.
    pub paging: Paging,
    /// The part of the station: `area:xiaogang` and its name.
    pub place: Option<(String, String)>,
    /// The station's areas in their order.
    pub areas: Vec<Area>,
    /// Its communities in their order.
    pub communities: Vec<Community>,
    /// Its workers.
    pub workers: Vec<Worker>,
    /// The figures it comes from, with their values.
    pub operands: Vec<(String, Option<Decimal>)>,
    /// Which records may be listed.
    pub seen: Seen,
}

/// Which records whoever asks may see, by the codes of areas and communities; `None` for all of the station. The
/// figures of the whole are no secret to somebody of a part of it, the records of the other parts are.
#[derive(Debug, Clone)]
pub struct Seen(Option<BTreeSet<String>>);

impl Seen {
    /// What a scope shows of a station.
    #[must_use]
    pub fn of(scope: &crate::access::Scope, station: Id, names: &Names) -> Self {
        let within = scope.within();
        let places = within.areas.into_iter().chain(within.communities);
        Self((!scope.whole(station)).then(|| places.filter_map(|id| names.code(id)).collect()))
    }

    /// Whether a record may be listed.
    #[must_use]
    pub fn has(&self, one: &Listed) -> bool {
        let Some(codes) = &self.0 else { return true };
        [&one.row.area, &one.row.community].into_iter().flatten().any(|code| codes.contains(code))
    }
}

impl Shown {
    pub(super) fn worker(&self, id: &str) -> Option<&str> {
        self.workers.iter().find(|worker| worker.id.as_str() == id).map(|worker| worker.name.as_str())
    }
}

impl FigurePage {
    /// The page, from what was counted.
    #[must_use]
    pub fn of(frame: Frame, stand: &Stand, at: &At, detail: &Detail, names: &Names, shown: &Shown) -> Self {
        let figure = stand.rules.get(&detail.code);
        let whole = stand.figure(&detail.code);
        let scope = shown.place.as_ref().map(|(code, _)| code.clone());
        let here = whole.clone().with_some("scope", scope.clone());
        let counted = detail.records.first().filter(|_| matches!(figure, Some(Figure::Counted(_))));
        Self {
            frame,
            index: stand.on_basis(Target::new(&["figures"])).href(),
            name: detail.name.clone(),
            code: detail.code.clone(),
            place: shown.place.as_ref().map(|(_, name)| (name.clone(), whole.href())),
            value: stand.printed(&detail.code, detail.value),
            missing: missing(stand, &detail.code),
            rounds: rounds(stand, &detail.code),
            period: at.period(),
            choices: Choices::of(stand, &["figures", &detail.code], kept(scope, shown)),
            rule: figure.map(|figure| read_out(&stand.rules, figure)).unwrap_or_default(),
            source: source(stand),
            digest: detail.digest.clone(),
            operands: operands(stand, shown),
            by: by(shown, &here),
            by_name: label(shown.by),
            parts: breakdown::rows(stand, at, detail, shown, &whole),
            parts_note: note(figure),
            records: counted.map(|(rule, listed)| records(rule, listed, names, shown, &here)),
        }
    }
}

/// Part of the station and breakdown stay when another day is chosen.
fn kept(scope: Option<String>, shown: &Shown) -> Vec<(&'static str, String)> {
    let by = BY.into_iter().find(|(_, by)| *by == shown.by).map(|(word, _)| ("by", word.to_owned()));
    scope.map(|scope| ("scope", scope)).into_iter().chain(by).collect()
}

/// Where a figure of rounds can be seen, when none is at hand.
fn rounds(stand: &Stand, code: &str) -> Vec<(String, String)> {
    if !stand.lacks_round(code) {
        return vec![];
    }
    let link = |round: &super::super::routes::RoundLink| {
        let target = stand.figure(code).with("as_of", round.records_until).with("round", &round.code);
        (target.href(), round.name.clone())
    };
    stand.rounds.iter().map(link).collect()
}

/// By which rules and as known when.
fn source(stand: &Stand) -> String {
    match stand.round() {
        Some(round) => {
            format!("按轮次 {round} 采信的记录（{} 时所知）", stand.at.known_at.minute())
        }
        None => "按现在所知的记录；协议指标用签订时定下的规则".to_owned(),
    }
}

fn operands(stand: &Stand, shown: &Shown) -> Vec<Operand> {
    let scope = shown.place.as_ref().map(|(code, _)| code.as_str());
    let one = |(code, value): &(String, Option<Decimal>)| Operand {
        href: stand.figure(code).with_some("scope", scope).href(),
        name: stand.rules.get(code).map_or_else(|| code.clone(), |figure| figure.name().to_owned()),
        value: stand.printed(code, *value),
        missing: missing(stand, code),
    };
    shown.operands.iter().map(one).collect()
}

fn by(shown: &Shown, here: &Target) -> Vec<(String, &'static str, bool)> {
    let one = |(word, by): (&str, By)| {
        (format!("{}#h-parts", here.clone().with("by", word).href()), label(by), by == shown.by)
    };
    BY.into_iter().map(one).collect()
}

fn label(by: By) -> &'static str {
    match by {
        By::Area => "片区",
        By::Community => "社区",
        By::Worker => "社工",
        By::Month => "月份",
    }
}

fn note(figure: Option<&Figure>) -> &'static str {
    match figure {
        Some(Figure::Counted(rule)) if matches!(rule.count, rules::counting::Count::Distinct(_)) => {
            "同一个在几处出现时各处都算一次，所以各部分之和可能大于合计。"
        }
        Some(Figure::Derived { .. }) => "各部分各自算出，不能相加。",
        _ => "",
    }
}

fn records(rule: &Rule, listed: &[Listed], names: &Names, shown: &Shown, here: &Target) -> Records {
    let date = match rule.window {
        Window::During(field) | Window::Until(field) | Window::At(field, _) => Some(field),
        Window::Always => None,
    };
    let fields: Vec<&'static Field> =
        rule.fields().into_iter().filter(|field| date.is_none_or(|date| date.name != field.name)).collect();
    let mut rows: Vec<&Listed> = listed.iter().filter(|one| shown.seen.has(one)).collect();
    rows.sort_by_key(|one| std::cmp::Reverse(date.and_then(|date| one.row.get(date.name))));
    let range = shown.paging.range();
    let word = BY.into_iter().find(|(_, by)| *by == shown.by).map(|(word, _)| word);
    let page = |number: usize| {
        format!("{}#h-records", here.clone().with_some("by", word).with("page", number).href())
    };
    Records {
        kind: rule.kind.label,
        total: web::number::grouped(Decimal::from(listed.len())),
        seen: (rows.len() < listed.len()).then(|| web::number::grouped(Decimal::from(rows.len()))),
        date: date.map(|date| date.label),
        columns: fields.iter().map(|field| (field.label, field::class(field))).collect(),
        first: range.start + 1,
        last: range.end,
        rows: rows[range].iter().map(|one| row(one, date, &fields, names, shown)).collect(),
        page: (shown.paging.number, shown.paging.last()),
        previous: shown.paging.previous().map(page),
        next: shown.paging.next().map(page),
    }
}

fn row(
    one: &Listed,
    date: Option<&'static Field>,
    fields: &[&'static Field],
    names: &Names,
    shown: &Shown,
) -> RecordRow {
    let row = &one.row;
    let place = |code: &Option<String>| {
        code.as_deref().and_then(|code| names.name(code)).unwrap_or_default().to_owned()
    };
    RecordRow {
        id: field::short(&row.id),
        date: date.map(|date| row.get(date.name).unwrap_or("未填").to_owned()),
        area: place(&row.area),
        community: place(&row.community),
        worker: row.worker.as_deref().and_then(|id| shown.worker(id)).unwrap_or_default().to_owned(),
        cells: fields.iter().map(|field| field::cell(field, row.get(field.name))).collect(),
    }
}

//! The pages of checks, one struct per template: words and addresses, ready to be printed.

use askama::Template;
use rules::checks::text::{Finding, Location, RULES, Report, Severity, Text, explain};
use rust_decimal::Decimal;
use web::number::grouped;

use super::marks::{Shown, shortened};
use crate::shell::Frame;
use web::upload::{FILE, MAX_WORDS};

/// How many findings a page lists, and how many places of one.
const FINDINGS: usize = 200;
const PLACES: usize = 8;
/// Characters of a file's name that are repeated.
const NAME: usize = 80;

/// `/checks`.
#[derive(Template)]
#[template(path = "checks/templates/index.html")]
pub(super) struct FormPage {
    frame: Frame,
    wrong: Option<String>,
    field: &'static str,
    limit: &'static str,
    rules: &'static [(&'static str, &'static str)],
}

/// What was found in a file.
#[derive(Template)]
#[template(path = "checks/templates/result.html")]
pub(super) struct ResultPage {
    frame: Frame,
    name: String,
    lines: String,
    claims: String,
    relations: String,
    /// How many of each severity: the word, the number, and the first of them.
    counts: Vec<Count>,
    findings: Vec<Found>,
    /// How many were found and are not listed.
    unlisted: Option<String>,
    shown: Shown,
}

struct Count {
    word: &'static str,
    urgent: bool,
    count: String,
    first: Option<usize>,
}

struct Found {
    number: usize,
    word: &'static str,
    class: &'static str,
    message: String,
    stated: String,
    expected: String,
    places: Vec<Place>,
    /// How many places there are beside those listed.
    more: usize,
    rule: &'static str,
    explanation: &'static str,
}

struct Place {
    line: u32,
    words: String,
    /// Whether the page shows that line.
    linked: bool,
    excerpt: String,
}

impl FormPage {
    pub(super) fn new(frame: Frame, wrong: Option<String>) -> Self {
        Self { frame, wrong, field: FILE, limit: MAX_WORDS, rules: RULES }
    }
}

impl ResultPage {
    pub(super) fn of(frame: Frame, name: &str, text: &Text, report: &Report) -> Self {
        let listed: Vec<(&Finding, &[Location])> =
            report.findings.iter().take(FINDINGS).map(|one| (one, few(&one.locations))).collect();
        let shown = Shown::of(text, &listed);
        let unlisted = report.findings.len() - listed.len();
        let severities = [Severity::Error, Severity::Warning, Severity::Note];
        Self {
            frame,
            name: name.chars().take(NAME).collect(),
            lines: number(text.lines.len()),
            claims: number(report.claims),
            relations: number(report.relations),
            counts: severities.iter().map(|severity| Count::of(*severity, &report.findings)).collect(),
            findings: (1..).zip(&listed).map(|(n, (one, _))| Found::of(n, one, text, &shown)).collect(),
            unlisted: (unlisted > 0).then(|| number(unlisted)),
            shown,
        }
    }
}

impl Count {
    fn of(severity: Severity, findings: &[Finding]) -> Self {
        let of_it = || findings.iter().enumerate().filter(|(_, one)| one.severity == severity);
        Self {
            word: word(severity),
            urgent: severity == Severity::Error,
            count: number(of_it().count()),
            first: of_it().map(|(index, _)| index + 1).next().filter(|first| *first <= FINDINGS),
        }
    }
}

impl Found {
    fn of(number: usize, finding: &Finding, text: &Text, shown: &Shown) -> Self {
        Self {
            number,
            word: word(finding.severity),
            class: class(finding.severity),
            message: shortened(&finding.message),
            stated: shortened(&finding.stated),
            expected: shortened(&finding.expected),
            places: few(&finding.locations).iter().map(|place| Place::of(place, text, shown)).collect(),
            more: finding.locations.len().saturating_sub(PLACES),
            rule: finding.rule,
            explanation: explain(finding.rule).unwrap_or_default(),
        }
    }
}

impl Place {
    fn of(place: &Location, text: &Text, shown: &Shown) -> Self {
        let line = usize::try_from(place.line).unwrap_or_default();
        let page = text.lines.get(line.saturating_sub(1)).and_then(|line| line.page);
        let page = page.map_or_else(String::new, |page| format!("（第 {page} 页）"));
        Self {
            line: place.line,
            words: format!("第 {} 行第 {} 列{page}", place.line, place.column),
            linked: shown.lines.binary_search_by_key(&line, |line| line.number).is_ok(),
            excerpt: shortened(&place.excerpt),
        }
    }
}

fn few(places: &[Location]) -> &[Location] {
    &places[..places.len().min(PLACES)]
}

fn number(count: usize) -> String {
    grouped(Decimal::from(count))
}

/// The words of the interface for how sure a finding is.
fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "必须改",
        Severity::Warning => "建议改",
        Severity::Note => "提示",
    }
}

fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "tag t-urgent",
        Severity::Warning => "tag t-warn",
        Severity::Note => "tag",
    }
}

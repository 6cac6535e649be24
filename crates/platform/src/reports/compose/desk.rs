//! What every part of the report asks: figures from the book, words from the facts, both as the paper wants them.
//! Not here: the wording of any part.

use std::cell::RefCell;

use chrono::NaiveDate;
use kernel::{Problem, chinese_date, trimmed};
use paper::model::{Cell, Column, Document, Inline, Table};
use rules::counting::Figure;
use rules::scoring::Scheme;
use rules::wording::{Segment, parse};

use super::numbers::{MISSING, grouped};
use super::{Href, OF_FINDING, Passage};
use crate::evaluation::{Finding, FindingKind};
use crate::reports::{Facts, Place};

/// A run of text.
pub(super) type Run = Vec<Inline>;

/// The facts, the scheme and the addresses of records.
pub(super) struct Desk<'c> {
    pub(super) facts: &'c Facts,
    pub(super) scheme: &'c Scheme,
    pub(super) href: &'c Href<'c>,
    /// The passages that people may word otherwise, in the order in which they were written.
    passages: RefCell<Vec<Passage>>,
}

impl<'c> Desk<'c> {
    pub(super) fn of(facts: &'c Facts, scheme: &'c Scheme, href: &'c Href<'c>) -> Self {
        Self { facts, scheme, href, passages: RefCell::default() }
    }
}

impl Desk<'_> {
    /// A passage of the next block of the document: the report's own words, or those that people gave it instead.
    pub(super) fn said(&self, document: &Document, key: &str, template: &str) -> Result<Run, Problem> {
        let wording = self.facts.wordings.iter().find(|one| one.passage == key);
        let words = wording.map_or(template, |one| one.words.as_str());
        let place = format!("改写的段落 {key}");
        let run = self.prose(words).map_err(|problem| within(&place, problem))?;
        self.passages.borrow_mut().push(Passage {
            key: key.to_owned(),
            template: template.to_owned(),
            words: words.to_owned(),
            run: run.clone(),
            block: document.blocks.len(),
            finding: None,
        });
        Ok(run)
    }

    /// A finding in the next block of the document, with what is suggested.
    pub(super) fn found(&self, document: &Document, finding: &Finding) -> Result<Run, Problem> {
        let words = format!("{}{}", finding.text, finding.suggestion.as_deref().unwrap_or_default());
        let run = self.worded(finding, &words)?;
        self.passages.borrow_mut().push(Passage {
            key: format!("{OF_FINDING}{}", finding.code),
            template: words.clone(),
            words,
            run: run.clone(),
            block: document.blocks.len(),
            finding: Some(finding.id),
        });
        Ok(run)
    }

    /// What was written so far.
    pub(super) fn passages(&self) -> Vec<Passage> {
        self.passages.take()
    }

    /// A sentence of the report's own, with tokens for figures and words. A figure that the rules in use do not
    /// define is printed as missing: other places have other rules.
    pub(super) fn prose(&self, template: &str) -> Result<Run, Problem> {
        self.filled(template, &|code| self.word(code), &|_| Ok(Inline::text(MISSING)))
    }

    /// The wording of a finding. It may use figures, and of words only dates.
    pub(super) fn worded(&self, finding: &Finding, text: &str) -> Result<Run, Problem> {
        let place = format!("评语 {}", finding.code);
        self.filled(text, &|code| self.facts.word(code), &|token| Err(self.unknown(token)))
            .map_err(|problem| within(&place, problem))
    }

    /// A figure in running text, without its unit.
    pub(super) fn figure(&self, code: &str, place: Option<&str>) -> Inline {
        let text = self.facts.book.printed(code, place);
        Inline::figure(text, reference(code, place), (self.href)(code, place))
    }

    /// A figure in a table: a percentage with its sign, any other number with separators and without its unit.
    pub(super) fn cell(&self, code: &str, place: Option<&str>) -> Cell {
        let Some(value) = self.facts.book.value(code, place) else {
            return match self.facts.book.set().get(code) {
                Some(_) => Cell::text(self.figure(code, place)),
                None => Cell::text(MISSING),
            };
        };
        let cell = if self.unit(code) == "%" {
            Cell::percent(value, format!("{}%", trimmed(value)))
        } else {
            Cell::number(value, grouped(value))
        };
        cell.counted(reference(code, place), (self.href)(code, place))
    }

    /// The unit of a figure; empty where it is unknown.
    pub(super) fn unit(&self, code: &str) -> &str {
        self.facts.book.set().get(code).map_or("", Figure::unit)
    }

    /// The unit for a column of units; empty for percentages, which carry their sign.
    pub(super) fn unit_cell(&self, code: &str) -> Cell {
        match self.unit(code) {
            "" | "%" => Cell::Empty,
            unit => Cell::text(unit),
        }
    }

    /// The area or community of this code.
    pub(super) fn place(&self, code: &str) -> Option<&Place> {
        let areas = self.facts.areas.iter();
        areas.flat_map(|area| std::iter::once(area).chain(&area.communities)).find(|place| place.code == code)
    }

    /// The name of a section of the third party or of another party.
    pub(super) fn section_name(&self, code: &str) -> Option<String> {
        let section = self.scheme.sections.iter().find(|section| section.code == code);
        let party = || self.scheme.parties.iter().find(|party| party.code.as_str() == code);
        section.map(|section| section.name.clone()).or_else(|| party().map(|party| party.name.clone()))
    }

    /// The findings of one kind in one part of the report, in their order.
    pub(super) fn findings(&self, section: &str, area: Option<&str>, kind: FindingKind) -> Vec<&Finding> {
        let here = |finding: &&Finding| {
            finding.kind == kind && finding.section == section && finding.area_code.as_deref() == area
        };
        self.facts.findings.iter().filter(here).collect()
    }

    /// Dates, names and titles that the report's own sentences use.
    pub(super) fn word(&self, code: &str) -> Option<String> {
        let Facts { round, station, contract, .. } = self.facts;
        Some(match code {
            "station.short" => self.station_short(),
            "station.district" => station.district.clone(),
            "station.address" => station.address.clone(),
            "station.since" => chinese_month(&chinese_date(station.operated_since)),
            "contract.operator" => contract.operator.clone(),
            "contract.purchaser" => contract.purchaser.clone(),
            "contract.supervisor" => contract.supervisor.clone(),
            "round.evaluator" => round.evaluator.clone(),
            "round.centre" => round.supervision_centre.clone(),
            "round.kind" => round.kind.label().to_owned(),
            "scheme.name" => self.scheme.name.clone(),
            "scheme.version" => self.scheme.version.clone(),
            _ => return self.facts.word(code),
        })
    }

    /// 昌岗街社工站, for running text.
    pub(super) fn station_short(&self) -> String {
        format!("{}社工站", self.facts.station.street)
    }

    /// The day the report bears: the day on site, or a later one on which a party gave an answer that it reports.
    pub(super) fn signed_on(&self) -> NaiveDate {
        let answers = self.facts.feedback.iter().map(|given| given.answered_on);
        answers.chain([self.facts.round.evaluated_on]).max().unwrap_or_default()
    }

    fn filled(
        &self,
        text: &str,
        word: &dyn Fn(&str) -> Option<String>,
        unknown: &dyn Fn(&str) -> Result<Inline, Problem>,
    ) -> Result<Run, Problem> {
        let mut run = Run::new();
        for segment in parse(text)? {
            let inline = match segment {
                Segment::Text(words) => Inline::Text(after(run.last(), words)),
                Segment::Figure { code, scope } => match word(&code).filter(|_| scope.is_none()) {
                    Some(word) => Inline::Text(word),
                    None if self.knows(&code, scope.as_deref()) => self.figure(&code, scope.as_deref()),
                    None => unknown(&reference(&code, scope.as_deref()))?,
                },
            };
            push(&mut run, inline);
        }
        Ok(run)
    }

    /// Whether a token names something that the report's own sentences may use.
    ///
    /// # Errors
    /// What it could be instead.
    pub(super) fn named(&self, code: &str, place: Option<&str>) -> Result<(), Problem> {
        if (place.is_none() && self.word(code).is_some()) || self.knows(code, place) {
            return Ok(());
        }
        Err(self.unknown(&reference(code, place)))
    }

    fn knows(&self, code: &str, place: Option<&str>) -> bool {
        self.facts.book.set().get(code).is_some() && place.is_none_or(|place| self.place(place).is_some())
    }

    /// Why a token names nothing, and what it could be.
    fn unknown(&self, token: &str) -> Problem {
        let (code, place) = token.split_once('@').map_or((token, None), |(code, place)| (code, Some(place)));
        let set = self.facts.book.set();
        if set.get(code).is_none() {
            let similar = set.similar(code).join("、");
            let remedy = if similar.is_empty() {
                "请改成计数规则里有的代码".to_owned()
            } else {
                format!("是不是 {similar}？")
            };
            return Problem::new("unknown_token", format!("{{{token}}} 里的 {code} 不是计数规则"), remedy);
        }
        let places: Vec<&str> = self.facts.areas.iter().map(|area| area.code.as_str()).collect();
        Problem::new(
            "unknown_token",
            format!("{{{token}}} 里的 {} 不是这个社工站的片区或社区", place.unwrap_or_default()),
            format!("片区代码有：{}；社区代码见社工站资料", places.join("、")),
        )
    }
}

/// A table with its number in front of the caption: 表3 ….
pub(super) fn numbered(document: &Document, name: &str, caption: &str, columns: Vec<Column>) -> Table {
    let number = document.tables().count() + 1;
    Table::new(format!("table-{name}"), format!("表{number} {caption}"), columns)
}

/// A reference to an annex, counted from 1.
pub(super) fn annex(number: usize) -> Inline {
    Inline::link(format!("附件{number}"), format!("#annex{number}"))
}

/// Words without figures.
pub(super) fn words(text: impl Into<String>) -> Run {
    vec![Inline::Text(text.into())]
}

/// Adds to a run; neighbouring words become one.
pub(super) fn push(run: &mut Run, inline: Inline) {
    match (run.last_mut(), inline) {
        (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
        (_, Inline::Text(text)) if text.is_empty() => {}
        (_, inline) => run.push(inline),
    }
}

/// Several runs as one.
pub(super) fn joined(runs: impl IntoIterator<Item = Run>) -> Run {
    let mut all = Run::new();
    for inline in runs.into_iter().flatten() {
        push(&mut all, inline);
    }
    all
}

/// `home_visits@xiaogang`.
pub(super) fn reference(code: &str, place: Option<&str>) -> String {
    place.map_or_else(|| code.to_owned(), |place| format!("{code}@{place}"))
}

/// A missing figure has no percent sign behind it.
fn after(before: Option<&Inline>, words: String) -> String {
    match before {
        Some(before) if before.plain().ends_with(MISSING) => words.trim_start_matches('%').to_owned(),
        _ => words,
    }
}

fn within(place: &str, problem: Problem) -> Problem {
    let inside = if problem.place.is_empty() { String::new() } else { format!(" {}", problem.place) };
    problem.at(format!("{place}{inside}"))
}

/// 2012年5月 of 2012年5月1日.
fn chinese_month(date: &str) -> String {
    date.split_inclusive('月').next().unwrap_or(date).to_owned()
}

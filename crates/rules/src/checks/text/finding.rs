//! Findings: what a check says, in a stable order, and the JSON shape in which programs read it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use serde::Serialize;

use super::claim::Claims;
use super::doc::Doc;
use super::relations::{severity, slip_explains};

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The statements cannot all be true.
    Error,
    /// Very likely a slip.
    Warning,
    /// Worth a look: something needed to judge a figure is not said.
    Note,
}

/// One place of the text that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Location {
    /// Line of the text as read, from 1 (for docx: the paragraph or table row).
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The words there, as normalised for reading (spaces and full-width signs evened out).
    pub excerpt: String,
}

/// One thing that cannot be true, or is likely a slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Name of the rule; `explain` says what it checks.
    pub rule: &'static str,
    /// How sure it is.
    pub severity: Severity,
    /// What does not fit, in Chinese, with the arithmetic written out.
    pub message: String,
    /// What the text says.
    pub stated: String,
    /// What would make it right; empty when only the author can know.
    pub expected: String,
    /// Every place involved, the one to correct first.
    pub locations: Vec<Location>,
    /// The relation that says it, after its file (`parts::check`): for whoever mends the rules, and not in the JSON.
    #[serde(skip)]
    pub relation: &'static str,
}

/// What was read and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Numbers read as claims.
    pub claims: usize,
    /// Relations between claims that were tried.
    pub relations: usize,
    /// In the order of the text.
    pub findings: Vec<Finding>,
}

impl Report {
    /// The report as one JSON value: `{"file","claims","relations","findings":[…]}`.
    pub fn to_json(&self, file: &str) -> serde_json::Value {
        serde_json::json!({
            "file": file,
            "claims": self.claims,
            "relations": self.relations,
            "findings": self.findings,
        })
    }
}

/// Collects findings during a check and turns spans of the normalised text into positions of the file.
pub(super) struct Sink<'a> {
    doc: &'a Doc,
    claims: &'a Claims,
    relations: usize,
    /// The relation that speaks.
    pub(super) by: &'static str,
    found: Vec<Found>,
    /// Where in `found` a rule speaks of a place.
    places: HashMap<(&'static str, Option<Location>), usize>,
    /// How many were found when another went ahead, or at its last step.
    known: usize,
    /// Whether one of those has become surer since.
    surer: bool,
    /// Where it goes ahead: lines and columns that were asked for and had no finding.
    unheard: Option<RefCell<Vec<(u32, u32)>>>,
}

/// A finding and its places in the text.
type Found = (Vec<Range<usize>>, Finding);

/// What one relation did that went ahead of others.
pub(super) struct Step {
    relations: usize,
    found: Vec<Found>,
    surer: bool,
    unheard: Vec<(u32, u32)>,
}

impl<'a> Sink<'a> {
    pub(super) fn new(doc: &'a Doc, claims: &'a Claims) -> Self {
        let (found, places) = (Vec::new(), HashMap::new());
        Self { doc, claims, relations: 0, by: "", found, places, known: 0, surer: false, unheard: None }
    }

    /// Whether a finding has a place already that begins with one of these bytes.
    pub(super) fn said(&self, starts: &[usize]) -> bool {
        let places: Vec<(u32, u32)> = starts.iter().map(|at| self.doc.position(*at)).collect();
        let said =
            self.found.iter().any(|(_, f)| f.locations.iter().any(|l| places.contains(&(l.line, l.column))));
        if let (Some(unheard), false) = (&self.unheard, said) {
            unheard.borrow_mut().extend(places);
        }
        said
    }

    /// Counts one relation that was tried.
    pub(super) fn tried(&mut self) {
        self.relations += 1;
    }

    /// Adds a finding; `spans` must not be empty, the place to correct comes first. One rule says one thing of one
    /// place: the surer finding stays, of equals the first.
    pub(super) fn add(
        &mut self,
        rule: &'static str,
        severity: Severity,
        message: String,
        (stated, expected): (String, String),
        spans: &[Range<usize>],
    ) {
        let locations: Vec<Location> = spans.iter().map(|span| self.location(span)).collect();
        self.keep(
            spans.to_vec(),
            Finding { rule, severity, message, stated, expected, locations, relation: self.by },
        );
    }

    /// One rule says one thing of one place, and nothing that no slip can have made.
    fn keep(&mut self, spans: Vec<Range<usize>>, finding: Finding) {
        if !slip_explains(self.claims, &finding, &spans) {
            return;
        }
        let severity = severity(self.doc, self.claims, &finding, &spans);
        let finding = Finding { severity, ..finding };
        let place = finding.locations.first().cloned();
        match self.places.entry((finding.rule, place)) {
            Entry::Vacant(free) => {
                free.insert(self.found.len());
                self.found.push((spans, finding));
            }
            Entry::Occupied(taken) => {
                let known = &mut self.found[*taken.get()];
                if known.1.severity > finding.severity {
                    *known = (spans, finding);
                    self.surer = true;
                }
            }
        }
    }

    /// What another found in the same text, behind what is found already.
    pub(super) fn join(&mut self, other: Self) {
        self.relations += other.relations;
        for (spans, finding) in other.found {
            self.keep(spans, finding);
        }
    }

    /// A sink that knows what this one knows, for relations that go ahead of those that speak here next.
    pub(super) fn ahead(&mut self) -> Self {
        (self.known, self.surer) = (self.found.len(), false);
        let mut ahead = Self { unheard: Some(RefCell::default()), ..Self::new(self.doc, self.claims) };
        (ahead.found, ahead.places, ahead.known) = (self.found.clone(), self.places.clone(), self.known);
        ahead
    }

    /// What was done since the step before.
    pub(super) fn step(&mut self) -> Step {
        let found = self.found[self.known..].to_vec();
        self.known = self.found.len();
        Step {
            relations: std::mem::take(&mut self.relations),
            found,
            surer: std::mem::take(&mut self.surer),
            unheard: self.unheard.as_ref().map(RefCell::take).unwrap_or_default(),
        }
    }

    /// Takes over what was done ahead; `false`, and nothing is taken, where what was found here meanwhile could have
    /// changed it.
    pub(super) fn follow(&mut self, step: Step) -> bool {
        let heard = |(_, f): &Found| f.locations.iter().any(|l| step.unheard.contains(&(l.line, l.column)));
        let taken = |(_, f): &Found| self.places.contains_key(&(f.rule, f.locations.first().cloned()));
        if self.surer
            || step.surer
            || self.found[self.known..].iter().any(heard)
            || step.found.iter().any(taken)
        {
            return false;
        }
        self.relations += step.relations;
        for (spans, finding) in step.found {
            self.places.insert((finding.rule, finding.locations.first().cloned()), self.found.len());
            self.found.push((spans, finding));
        }
        true
    }

    /// Without the findings of which this is so; of their places the first is the one to correct.
    pub(super) fn without(mut self, which: impl Fn(&Finding, &[Range<usize>]) -> bool) -> Self {
        self.found.retain(|(spans, finding)| !which(finding, spans));
        let places = self.found.iter().map(|(_, f)| (f.rule, f.locations.first().cloned()));
        self.places = places.zip(0..).collect();
        self
    }

    pub(super) fn into_report(mut self, claims: usize) -> Report {
        let order = |(spans, finding): &(Vec<Range<usize>>, Finding)| {
            (spans[0].start, finding.rule, finding.message.clone())
        };
        self.found.sort_by_cached_key(order);
        let findings = self.found.into_iter().map(|(_, f)| f).collect();
        Report { claims, relations: self.relations, findings }
    }

    fn location(&self, span: &Range<usize>) -> Location {
        let (line, column) = self.doc.position(span.start);
        Location { line, column, excerpt: self.doc.text[span.clone()].trim().to_owned() }
    }
}

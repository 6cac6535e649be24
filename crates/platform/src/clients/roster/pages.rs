//! What the pages of reconciling show: one struct for each template.

use std::collections::BTreeMap;

use askama::Template;
use rules::roster::{CommunityCoverage, Coverage, Difference, Field, Kind, Row};
use rust_decimal::Decimal;
use web::upload::{FILE, MAX_WORDS};
use web::{Paging, Target};

use super::book::Book;
use super::content::Remark;
use super::store::{Import, State};
use crate::shell::Frame;

/// How many differences stand on one page.
pub(super) const PAGE: usize = 100;
/// How many faulty cells, and how many remarks, a page lists.
const LISTED: usize = 100;

/// `/clients/roster`.
#[derive(Template)]
#[template(path = "clients/templates/roster.html")]
pub(super) struct IndexPage {
    pub(super) frame: Frame,
    pub(super) key: String,
    /// The stations to choose from, with their codes.
    pub(super) stations: Vec<(String, String)>,
    pub(super) chosen: String,
    pub(super) wrong: Option<String>,
    pub(super) imports: Vec<ImportRow>,
    pub(super) coverage: Option<CoverageShown>,
}

/// An earlier import.
pub(super) struct ImportRow {
    pub(super) href: String,
    pub(super) file_name: String,
    pub(super) made_at: String,
    pub(super) made_by: String,
    pub(super) rows: i32,
    pub(super) faulty: i32,
    pub(super) applied: i64,
    pub(super) state: State,
}

/// Files due and made, by the latest roster that is not undone.
pub(super) struct CoverageShown {
    pub(super) file_name: String,
    pub(super) href: String,
    pub(super) places: Vec<PlaceShown>,
    pub(super) beyond: usize,
    pub(super) undecided: usize,
}

/// One community, or the total.
pub(super) struct PlaceShown {
    pub(super) name: String,
    pub(super) sum: bool,
    /// The files made; where the community is one of the station's.
    pub(super) files: Option<String>,
    /// Those on the roster without a file.
    pub(super) missing: Option<String>,
    pub(super) households: (usize, usize, String),
    pub(super) persons: (usize, usize, String),
}

impl CoverageShown {
    /// What was counted, with links to what it counts.
    pub(super) fn of(import: &Import, coverage: &Coverage, book: &Book) -> Self {
        let href = format!("/clients/roster/{}", import.id);
        let without = Target::new(&["clients", "roster", import.id.as_str()]).with("kind", Kind::New.code());
        let place = |one: &CommunityCoverage| {
            let community = book.community(&one.community).map(|community| community.id);
            let files = community.map(|id| Target::new(&["clients"]).with("community", id).href());
            let name = if one.community.is_empty() { "没有写社区" } else { &one.community };
            let missing = community.map(|id| without.clone().with("community", id).href());
            PlaceShown::of(name, one, files, missing)
        };
        let total = PlaceShown {
            sum: true,
            ..PlaceShown::of("合计", &coverage.total, Some("/clients".into()), Some(without.href()))
        };
        Self {
            file_name: import.file_name.clone(),
            href,
            places: coverage.communities.iter().map(place).chain([total]).collect(),
            beyond: coverage.beyond,
            undecided: coverage.undecided,
        }
    }
}

impl PlaceShown {
    fn of(name: &str, one: &CommunityCoverage, files: Option<String>, missing: Option<String>) -> Self {
        let percent =
            |value: Option<Decimal>| value.map_or_else(|| "未列".to_owned(), |value| format!("{value}%"));
        Self {
            name: name.to_owned(),
            sum: false,
            files,
            missing: missing.filter(|_| one.persons_made < one.persons_due),
            households: (one.households_due, one.households_made, percent(one.households_percent())),
            persons: (one.persons_due, one.persons_made, percent(one.persons_percent())),
        }
    }
}

/// `/clients/roster/{import}`.
#[derive(Template)]
#[template(path = "clients/templates/roster_one.html")]
pub(super) struct ImportPage {
    pub(super) frame: Frame,
    pub(super) import: Import,
    /// The way back to the list of its station.
    pub(super) list: String,
    pub(super) made_at: String,
    pub(super) key: String,
    pub(super) applied: i64,
    pub(super) problems: Vec<Remark>,
    pub(super) more_problems: usize,
    pub(super) remarks: Vec<Remark>,
    pub(super) more_remarks: usize,
    pub(super) notes: Vec<String>,
    pub(super) kinds: Vec<KindShown>,
    pub(super) groups: Vec<GroupShown>,
    pub(super) community: Option<(String, String)>,
    pub(super) paging: Paging,
    pub(super) target: Target,
    /// What undoing has left, with the way to its file.
    pub(super) left: Vec<(String, String)>,
    /// Why what was asked for was not done.
    pub(super) wrong: Vec<String>,
}

/// A kind of difference in the row of filters.
pub(super) struct KindShown {
    pub(super) label: &'static str,
    pub(super) count: usize,
    pub(super) href: String,
    pub(super) current: bool,
}

/// Differences of one kind.
pub(super) struct GroupShown {
    pub(super) code: &'static str,
    pub(super) label: &'static str,
    /// How many there are, on all pages.
    pub(super) count: usize,
    /// How many of them applying all would apply.
    pub(super) free: usize,
    /// What was seen, so that applying all applies what was seen.
    pub(super) seen: String,
    pub(super) sides: bool,
    pub(super) rows: Vec<DifferenceShown>,
}

/// One difference.
pub(super) struct DifferenceShown {
    key: String,
    place: String,
    name: String,
    href: Option<String>,
    community: String,
    sentence: String,
    on_apply: String,
    effective_on: chrono::NaiveDate,
    matched_by: &'static str,
    obstacle: Option<String>,
    /// Field, value in the file, value on the roster.
    sides: Option<(&'static str, String, String)>,
}

impl ImportPage {
    fn page(&self, number: usize) -> String {
        self.target.clone().with("page", number).href()
    }

    fn everywhere(&self) -> String {
        self.target.clone().without("community").without("page").href()
    }

    fn base(&self) -> String {
        format!("/clients/roster/{}", self.import.id)
    }
}

impl DifferenceShown {
    pub(super) fn of(one: &Difference, row: Option<&Row>, obstacle: Option<String>) -> Self {
        let sides = match &one.kind {
            Kind::Conflict { field, file, roster } => Some((
                Field::label(*field),
                file.clone().unwrap_or_else(|| "空白".to_owned()),
                roster.clone(),
            )),
            _ => None,
        };
        let also = row.map_or(0, |row| row.also_at.len());
        let place = one.row.as_ref().map(ToString::to_string).unwrap_or_default();
        Self {
            key: one.key.clone(),
            place: if also > 0 { format!("{place}等 {} 行", also + 1) } else { place },
            name: one.name.clone(),
            href: one.household.as_ref().map(|id| format!("/clients/{id}")),
            community: one.community.clone().unwrap_or_default(),
            sentence: one.sentence.clone(),
            on_apply: one.on_apply.clone(),
            effective_on: one.effective_on,
            matched_by: one.matched_by.map_or("", rules::roster::MatchedBy::label),
            obstacle,
            sides,
        }
    }
}

/// The first of many, and how many more there are.
pub(super) fn few(all: &[Remark]) -> (Vec<Remark>, usize) {
    (all.iter().take(LISTED).cloned().collect(), all.len().saturating_sub(LISTED))
}

/// How many differences there are of each kind, in the order of the kinds.
pub(super) fn counted(found: &[Difference]) -> Vec<(&'static str, &'static str, usize)> {
    let mut counts: Vec<(&'static str, &'static str, usize)> = Vec::new();
    let mut at: BTreeMap<&'static str, usize> = BTreeMap::new();
    for one in found {
        let place = *at.entry(one.kind.code()).or_insert_with(|| {
            counts.push((one.kind.code(), one.kind.label(), 0));
            counts.len() - 1
        });
        counts[place].2 += 1;
    }
    counts
}

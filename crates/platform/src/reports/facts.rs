//! Everything a report says, gathered in one reading transaction; after it the database is not asked again.

use std::collections::BTreeMap;

use db::{DbError, DbResult, Tx};
use kernel::{Moment, Problem, chinese_date};
use rules::counting::{Basis, Book, RuleSet};
use rules::scoring::Outcome;

use super::issue::archive::{ROUND, SAMPLE};
use super::text::ReportText;
use super::{checked, store};
use crate::areas::{self, Station};
use crate::contracts::Contract;
use crate::evaluation::{
    self, AcceptedError, Feedback, Finding, Granted, PanelMember, ReportWording, Round, Stage, SurveyTable,
};
use crate::figures::{self, At, Names};
use crate::indicators::{self, Board, IndicatorTarget};
use crate::library::{Library, SchemeFile};
use crate::rectification::{self, RectificationItem};

/// An area or community.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its code: `xiaogang`.
    pub code: String,
    /// Its name: 晓港片区, 晓港东社区.
    pub name: String,
    /// The communities of an area, in their order.
    pub communities: Vec<Place>,
}

/// The facts of a round's report.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The round.
    pub round: Round,
    /// The station evaluated.
    pub station: Station,
    /// Its contract.
    pub contract: Contract,
    /// Its areas with their communities, in their order.
    pub areas: Vec<Place>,
    /// Where and when was counted.
    pub at: At,
    /// The contract's indicators.
    pub board: Board,
    /// The targets of the contract, with the rules frozen in it.
    pub targets: Vec<IndicatorTarget>,
    /// Every figure with its records.
    pub book: Book,
    /// The scheme of the round, with the text it was read from.
    pub scheme: SchemeFile,
    /// The result, every step; none before scoring has ended.
    pub outcome: Option<Outcome>,
    /// The inputs it was worked out from.
    pub inputs: rules::scoring::Inputs,
    /// The panel, experts first.
    pub panel: Vec<PanelMember>,
    /// Strengths, concerns and recommendations.
    pub findings: Vec<Finding>,
    /// What the parties answered.
    pub feedback: Vec<Feedback>,
    /// What became of the earlier round's suggestions.
    pub rectifications: Vec<RectificationItem>,
    /// What people want passages to say, instead of the report's own words.
    pub wordings: Vec<ReportWording>,
    /// What the checks of the text find and somebody let stand. What they find no longer is not in it.
    pub accepted: Vec<AcceptedError>,
    /// What the survey came to, where it was held here and is closed.
    pub survey: Vec<SurveyTable>,
    /// The text of the draft as it was sent; only of a report that is issued.
    pub draft: Option<ReportText>,
    /// The record of the round and its published sample, as files of its archive; only of a round that is over.
    pub beside: Vec<(String, Vec<u8>)>,
    /// The objections to it that were granted; only of a report that is issued.
    pub granted: Vec<Granted>,
    /// Said on every page when the station is a sample.
    pub sample_notice: Option<String>,
    /// Where the report's seal can be looked up: the address of the site.
    pub address: Option<String>,
}

impl Facts {
    /// Gathers the facts of a round, as they were known when it was closed.
    ///
    /// # Errors
    /// There is no such round, or its result cannot be worked out.
    pub fn load(
        tx: &mut Tx<'_>,
        library: &Library,
        code: &str,
        sample_notice: Option<&str>,
    ) -> DbResult<Self> {
        Self::load_at(tx, library, code, sample_notice, None)
    }

    /// The same with what was known at another moment, to see what has changed since.
    ///
    /// # Errors
    /// As [`Facts::load`].
    pub fn load_at(
        tx: &mut Tx<'_>,
        library: &Library,
        code: &str,
        sample_notice: Option<&str>,
        known_at: Option<Moment>,
    ) -> DbResult<Self> {
        let latest = tx.at();
        let mut round = evaluation::round(tx, code, latest)?;
        if let Some(known_at) = known_at {
            round.known_at = known_at.micros();
        }
        let (contract, at) = evaluation::at_round(tx, &round)?;
        let (known_at, cut_off) = (at.known_at, at.basis.cut_off);
        let board = indicators::board(tx, &library.catalogue, round.station_id, cut_off, known_at)?;
        let targets = indicators::targets(tx, contract.id, cut_off, known_at)?;
        let inputs = evaluation::inputs(tx, &round)?;
        let file = evaluation::scheme_file_of(tx, library, &round)?.into_owned();
        let outcome = match evaluation::outcome(tx, &round, &file.scheme) {
            Err(DbError::Problem(_)) if round.stage < Stage::Drafting => None,
            other => Some(other?),
        };
        let previous = round.previous.clone().unwrap_or_default();
        let draft = if round.is_over() { store::draft_of(tx, &round)? } else { None };
        let granted = if draft.is_some() { evaluation::granted(tx, &round)? } else { Vec::new() };
        let mut facts = Self {
            station: areas::station(tx, round.station_id, known_at)?,
            areas: places(tx, &at)?,
            book: book(tx, indicators::rule_set(library, &board, &targets), &at)?,
            panel: evaluation::panel(tx, &round)?,
            // Until then each is its writer's own.
            findings: if outcome.is_some() { evaluation::findings_of(tx, &round)? } else { Vec::new() },
            feedback: evaluation::feedback_of(tx, &round)?,
            rectifications: rectification::items_of(tx, round.station_id, &previous, known_at)?,
            wordings: evaluation::wordings_of(tx, &round)?,
            accepted: evaluation::accepted_of(tx, &round)?,
            survey: evaluation::survey_tables(tx, library, &round)?,
            draft,
            beside: if round.is_over() { beside(tx, &round)? } else { Vec::new() },
            granted,
            sample_notice: sample_notice.map(str::to_owned),
            address: None,
            round,
            contract,
            at,
            board,
            targets,
            scheme: file,
            outcome,
            inputs,
        };
        checked::lapse(&mut facts);
        Ok(facts)
    }

    /// Words that findings may use beside figures: dates, never numbers.
    #[must_use]
    pub fn word(&self, code: &str) -> Option<String> {
        let day = match code {
            "round.records_until" => self.round.records_until,
            "round.evaluated_on" => self.round.evaluated_on,
            "contract.start" => self.contract.starts_on,
            "contract.end" => self.contract.ends_on,
            _ => return None,
        };
        Some(chinese_date(day))
    }
}

/// The files of a round that is over: sealed sheets, deliveries, answers and objections, and the sample as it was published.
fn beside(tx: &mut Tx<'_>, round: &Round) -> DbResult<Vec<(String, Vec<u8>)>> {
    let json = |error: serde_json::Error| DbError::from(Problem::new("json", error.to_string(), ""));
    let record = evaluation::round_record(tx, round)?;
    let mut all = vec![(ROUND.to_owned(), serde_json::to_vec_pretty(&record).map_err(json)?)];
    all.extend(evaluation::published_sample(tx, round)?.map(|text| (SAMPLE.to_owned(), text.into_bytes())));
    Ok(all)
}

fn book(tx: &mut Tx<'_>, set: RuleSet, at: &At) -> DbResult<Book> {
    let names = Names::load(tx, at.station, at.known_at)?;
    let mut rows = BTreeMap::new();
    for rule in set.rules() {
        let listed = figures::list(tx, rule, at, &names)?;
        rows.insert(rule.code.clone(), listed.into_iter().map(|listed| listed.row).collect());
    }
    let basis: Basis = at.basis.clone();
    Ok(Book::new(set, basis, rows))
}

fn places(tx: &mut Tx<'_>, at: &At) -> DbResult<Vec<Place>> {
    let communities = areas::communities(tx, at.station, at.known_at)?;
    let of = |area: kernel::Id| {
        let own = communities.iter().filter(|community| community.area_id == Some(area));
        own.map(|community| Place {
            code: community.code.clone(),
            name: format!("{}社区", community.name),
            communities: vec![],
        })
        .collect()
    };
    let all = areas::areas(tx, at.station, at.known_at)?;
    Ok(all
        .into_iter()
        .map(|area| Place { communities: of(area.id), code: area.code, name: area.name })
        .collect())
}

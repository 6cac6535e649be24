//! The text of a report as it stood when it was composed: its lines, each with a key where it has one, and its figures.
//! It is kept of each version that leaves the house, and two of them are compared. Not here: where it is kept (store).

use std::collections::{BTreeMap, BTreeSet};

use paper::model::{Block, Cell, Inline, Table};
use rules::scoring::Outcome;
use rules::wording::changes::{Change, How, Piece, aligned, changes};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Composed, Facts, Passage, figures_in};

/// The text of a report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReportText {
    /// Its lines without the annexes, in reading order: paragraphs, items of lists, rows of tables.
    pub lines: Vec<TextLine>,
    /// Its figures, those of the result first.
    pub figures: Vec<TextFigure>,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextLine {
    /// What tells it from every other line, where something does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Under which heading it stands.
    pub part: String,
    /// Its words and figures.
    pub pieces: Vec<Piece>,
}

/// A figure as it was printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextFigure {
    /// `home_visits`, `home_visits@xiaogang`, `score.total`.
    pub code: String,
    /// The name for people.
    pub name: String,
    /// As it was printed.
    pub text: String,
}

/// What differs between two texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compared {
    /// Lines, in the order of the later one; those that are gone stand where they were.
    pub lines: Vec<Changed>,
    /// Figures.
    pub figures: Vec<ChangedFigure>,
}

/// A line that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// What tells it from every other line, before and after: one line may have taken the place of another.
    pub keys: Vec<String>,
    /// Under which heading it stands.
    pub part: String,
    /// Both texts of it together.
    pub changes: Vec<Change>,
}

/// A figure that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFigure {
    /// Its code.
    pub code: String,
    /// The name for people.
    pub name: String,
    /// In the earlier text; nothing where it was not in it.
    pub before: Option<String>,
    /// In the later text.
    pub after: Option<String>,
}

impl ReportText {
    /// The text of a composed report.
    #[must_use]
    pub fn of(facts: &Facts, composed: &Composed) -> Self {
        let mut lines = Lines { passages: &composed.passages, part: String::new(), all: Vec::new() };
        for (place, block) in composed.document.blocks.iter().take(composed.body).enumerate() {
            lines.block(place, block);
        }
        Self { lines: unlike(lines.all), figures: figures(facts, composed) }
    }
}

struct Lines<'c> {
    passages: &'c [Passage],
    part: String,
    all: Vec<TextLine>,
}

impl Lines<'_> {
    fn block(&mut self, place: usize, block: &Block) {
        match block {
            Block::Heading { text, .. } => self.part.clone_from(text),
            Block::Paragraph(run) | Block::Note(run) => self.run(place, run),
            Block::List { items, .. } => items.iter().for_each(|run| self.run(place, run)),
            Block::Table(table) => self.table(table),
            Block::Chart(_) | Block::Annex { .. } | Block::Signature { .. } | Block::PageBreak => {}
        }
    }

    /// A line of running text: of a passage its own words, without the number in front of them.
    fn run(&mut self, place: usize, run: &[Inline]) {
        let whole = plain(run);
        let mut own = self.passages.iter().filter(|passage| passage.block == place);
        let own = own.find(|passage| whole.contains(&plain(&passage.run)));
        // What follows a passage in its line is computed, and told with it.
        let alone = own.filter(|passage| whole.ends_with(&plain(&passage.run)));
        let run = alone.map_or(run, |passage| &passage.run);
        self.push(own.map(|passage| passage.key.clone()), run);
    }

    fn table(&mut self, table: &Table) {
        for row in &table.rows {
            let mut run = Vec::new();
            for cell in row.cells.iter().filter(|cell| **cell != Cell::Empty) {
                if !run.is_empty() {
                    run.push(Inline::text(" "));
                }
                match cell {
                    Cell::Text(inlines) => run.extend(inlines.iter().cloned()),
                    Cell::Number { text, figure: Some(figure), .. }
                    | Cell::Percent { text, figure: Some(figure), .. } => {
                        run.push(Inline::Figure { text: text.clone(), figure: figure.clone() });
                    }
                    other => run.push(Inline::text(other.plain())),
                }
            }
            let first = row.cells.first().map(Cell::plain).unwrap_or_default();
            self.push(Some(format!("{}/{first}", table.id)), &run);
        }
    }

    fn push(&mut self, key: Option<String>, run: &[Inline]) {
        let mut pieces: Vec<Piece> = Vec::new();
        for inline in run {
            match (inline, pieces.last_mut()) {
                (Inline::Figure { text, figure }, _) => {
                    pieces.push(Piece::Figure { code: figure.code.clone(), text: text.clone() });
                }
                (other, Some(Piece::Words(words))) => words.push_str(other.plain()),
                (other, _) => pieces.push(Piece::Words(other.plain().to_owned())),
            }
        }
        self.all.push(TextLine { key, part: self.part.clone(), pieces });
    }
}

fn plain(run: &[Inline]) -> String {
    run.iter().map(Inline::plain).collect()
}

/// The lines with each key only once: of two with the same, the later one is told by its place among them.
fn unlike(mut lines: Vec<TextLine>) -> Vec<TextLine> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for line in &mut lines {
        let Some(key) = &mut line.key else { continue };
        let times = seen.entry(key.clone()).or_default();
        *times += 1;
        if *times > 1 {
            *key = format!("{key}#{times}");
        }
    }
    lines
}

/// Total, grade, and the scores of parties and items.
fn scores(outcome: &Outcome) -> Vec<TextFigure> {
    let score = |code: String, name: String, value: Decimal| TextFigure {
        code,
        name,
        text: super::compose::score(value),
    };
    let mut all = vec![score("score.total".into(), "总分".into(), outcome.total)];
    all.push(TextFigure { code: "score.grade".into(), name: "等级".into(), text: outcome.grade.clone() });
    for party in &outcome.parties {
        all.push(score(format!("score.party.{}", party.code), format!("{}得分", party.name), party.score));
    }
    for item in &outcome.items {
        all.push(score(format!("score.item.{}", item.code), format!("{}得分", item.name), item.aggregate));
    }
    all
}

/// The scores, and every counted figure that the report prints.
fn figures(facts: &Facts, composed: &Composed) -> Vec<TextFigure> {
    let mut all = facts.outcome.as_ref().map(scores).unwrap_or_default();
    let names: BTreeMap<&str, &str> = facts
        .areas
        .iter()
        .flat_map(|area| std::iter::once(area).chain(&area.communities))
        .map(|place| (place.code.as_str(), place.name.as_str()))
        .collect();
    for (code, place) in figures_in(&composed.document) {
        let name = facts.book.set().get(&code).map_or(code.as_str(), |figure| figure.name());
        let text = facts.book.printed(&code, place.as_deref());
        let (name, code) = match &place {
            Some(place) => {
                let place = place.as_str();
                (format!("{name}（{}）", names.get(place).unwrap_or(&place)), format!("{code}@{place}"))
            }
            None => (name.to_owned(), code),
        };
        all.push(TextFigure { code, name, text });
    }
    all
}

/// What differs between an earlier and a later text.
#[must_use]
pub fn compared(before: &ReportText, after: &ReportText) -> Compared {
    Compared { lines: lines(before, after), figures: changed_figures(before, after) }
}

fn lines(before: &ReportText, after: &ReportText) -> Vec<Changed> {
    let names = |text: &ReportText, other: &BTreeSet<String>| -> Vec<String> {
        let name = |line: &TextLine| match &line.key {
            Some(key) if other.contains(key) => format!("\u{1}{key}"),
            _ => line.pieces.iter().map(Piece::text).collect(),
        };
        text.lines.iter().map(name).collect()
    };
    let keys = |text: &ReportText| text.lines.iter().filter_map(|line| line.key.clone()).collect();
    let (old, new) = (names(before, &keys(after)), names(after, &keys(before)));
    let mut all = Vec::new();
    for pair in matched(&old, &new) {
        let lines = (pair.0.map(|at| &before.lines[at]), pair.1.map(|at| &after.lines[at]));
        let pieces = |line: Option<&TextLine>| line.map(|line| line.pieces.clone()).unwrap_or_default();
        let (old, new) = (pieces(lines.0), pieces(lines.1));
        let text = |pieces: &[Piece]| pieces.iter().map(Piece::text).collect::<String>();
        if text(&old) == text(&new) {
            continue;
        }
        let part = lines.1.or(lines.0).map(|line| line.part.clone()).unwrap_or_default();
        let changes = changes(&old, &new);
        if changes.iter().any(|change| change.how != How::Same) {
            let keys = [lines.0, lines.1].into_iter().flatten().filter_map(|line| line.key.clone());
            all.push(Changed { keys: keys.collect(), part, changes });
        }
    }
    all
}

/// Pairs of lines: aligned in order; lines with the same key belong together also where their order changed.
fn matched(old: &[String], new: &[String]) -> Vec<(Option<usize>, Option<usize>)> {
    let keyed = |name: &String| name.starts_with('\u{1}');
    let mut pairs = Vec::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for (before, after) in aligned(old, new) {
        let own = after.filter(|at| keyed(&new[*at]));
        if let Some(at) = own {
            let same = old.iter().position(|name| *name == new[at]);
            taken.extend(same);
            pairs.push((same, Some(at)));
            // What stood beside it in the earlier text is looked at by itself.
            if let Some(before) = before.filter(|before| Some(*before) != same) {
                pairs.push((Some(before), None));
            }
        } else if let Some(before) = before.filter(|before| keyed(&old[*before])) {
            pairs.push((Some(before), None));
            pairs.extend(after.map(|at| (None, Some(at))));
        } else {
            pairs.push((before, after));
        }
    }
    pairs.retain(|(before, after)| after.is_some() || before.is_none_or(|at| !taken.contains(&at)));
    pairs
}

fn changed_figures(before: &ReportText, after: &ReportText) -> Vec<ChangedFigure> {
    let of = |text: &ReportText| -> BTreeMap<String, String> {
        text.figures.iter().map(|figure| (figure.code.clone(), figure.text.clone())).collect()
    };
    let (old, new) = (of(before), of(after));
    let gone = before.figures.iter().filter(|figure| !new.contains_key(&figure.code));
    let all = after.figures.iter().chain(gone);
    let changed = all.filter(|figure| old.get(&figure.code) != new.get(&figure.code));
    changed
        .map(|figure| ChangedFigure {
            code: figure.code.clone(),
            name: figure.name.clone(),
            before: old.get(&figure.code).cloned(),
            after: new.get(&figure.code).cloned(),
        })
        .collect()
}

//! Claims: each number with what it counts, its unit, its scope (station, area, community) and its place. Claims are
//! in the order of the text; relations find each other through them.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use rust_decimal::Decimal;

use super::claiming::{claims_of, first_sisters, share_labels};
use super::date::{Date, dates};
use super::doc::{Doc, Kind};
use super::lex::{Number, numbers};
use super::names::Places;
use super::relations::Grid;
use super::run::both;

/// A number with what it counts.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub(super) number: Number,
    pub(super) block: usize,
    /// Between 。.
    pub(super) sentence: Range<usize>,
    /// Between 。 and ；.
    pub(super) segment: Range<usize>,
    /// Words before the number, back to a sign or a number.
    pub(super) left: Range<usize>,
    /// Words behind it, up to a sign, a number or a verb.
    pub(super) right: Range<usize>,
    /// Comparable form of what is counted; empty when the text near by does not say.
    pub(super) label: String,
    /// A plan, a requirement or a limit, not a count.
    pub(super) target: bool,
    /// Speaks of another period.
    pub(super) other_period: bool,
    /// Area the claim speaks of, if not the whole station (stem without 片区).
    pub(super) area: Option<String>,
    /// Community it speaks of (stem without 社区).
    pub(super) place: Option<String>,
    /// Depth of round brackets around it.
    pub(super) depth: u32,
}

/// All claims, dates and places of a document.
pub(super) struct Claims {
    pub(super) all: Vec<Claim>,
    pub(super) dates: Vec<Date>,
    pub(super) places: Places,
    /// Every printed number, sorted: what a share may be of although nothing near by says so.
    pub(super) values: Vec<Decimal>,
    /// Numbers above ten that the running text names at least twice with one unit: the totals it lives with.
    pub(super) often: BTreeSet<(&'static str, Decimal)>,
    /// The tables and lists, read once when a relation first asks for them.
    pub(super) grids: OnceLock<Vec<Grid>>,
}

impl Claims {
    pub(super) fn read(doc: &Doc) -> Self {
        let places = Places::read(doc);
        let middle = doc.block_of(doc.text.len() / 2);
        let ((mut all, mut found), (more, later)) = both(
            doc,
            || of_blocks(doc, 0..middle, &places),
            || of_blocks(doc, middle..doc.blocks.len(), &places),
        );
        all.extend(more);
        found.extend(later);
        share_labels(&mut all);
        first_sisters(doc, &mut all);
        let mut values: Vec<Decimal> =
            all.iter().filter(|c| !c.number.percent).map(|c| c.number.value).collect();
        if doc.text.contains("万元") {
            // 17.73 in a column of 万元 is 177300元.
            let cells = all
                .iter()
                .filter(|c| c.exact() && c.number.unit.is_none() && doc.blocks[c.block].kind == Kind::Cell);
            values.extend(cells.filter_map(|c| c.number.value.checked_mul(Decimal::from(10_000))));
        }
        values.sort_unstable();
        values.dedup();
        let often = often(doc, &all);
        Self { all, dates: found, places, values, often, grids: OnceLock::new() }
    }

    /// Whether some number of the text lies in a range, both ends counted.
    pub(super) fn printed(&self, range: (Decimal, Decimal)) -> bool {
        let at = self.values.partition_point(|v| *v < range.0);
        self.values.get(at).is_some_and(|v| *v <= range.1)
    }

    pub(super) fn len(&self) -> usize {
        self.all.len() + self.dates.len()
    }

    /// Claims that begin inside a span.
    pub(super) fn within(&self, span: &Range<usize>) -> &[Claim] {
        let from = self.all.partition_point(|c| c.number.span.start < span.start);
        let to = self.all.partition_point(|c| c.number.span.start < span.end);
        &self.all[from..to.max(from)]
    }
}

/// The numbers and the dates of some blocks; no block's depend on another's.
fn of_blocks(doc: &Doc, blocks: Range<usize>, places: &Places) -> (Vec<Claim>, Vec<Date>) {
    let (mut all, mut found) = (Vec::new(), Vec::new());
    let year = usual_year(doc);
    for index in blocks {
        let block = &doc.blocks[index];
        let body = block.body..block.span.end;
        let days = dates(doc.slice(&body), body.start, year);
        let taken: Vec<Range<usize>> = days.iter().map(|d| d.span.clone()).collect();
        let numbers = numbers(doc.slice(&body), body.start, &taken);
        found.extend(days);
        if !numbers.is_empty() {
            claims_of(doc, index, &numbers, &taken, places, &mut all);
        }
    }
    (all, found)
}

impl Claim {
    pub(super) fn class(&self) -> &'static str {
        if self.number.percent { "%" } else { self.number.unit.map_or("", |u| u.class) }
    }

    pub(super) fn span(&self) -> Range<usize> {
        self.number.span.clone()
    }

    /// Label, number and unit as written, for messages.
    pub(super) fn wide(&self) -> Range<usize> {
        self.left.start..self.number.span.end
    }

    /// 138人中符合条件的131人: some of those that another number right before it counts.
    pub(super) fn is_some_of(&self, doc: &Doc, claims: &Claims) -> bool {
        let behind = |c: &Claim| c.number.span.end.cmp(&self.left.start);
        doc.slice(&self.left).starts_with('中') && claims.all.binary_search_by(behind).is_ok()
    }

    /// 人均, 平均每站…: a mean and no count.
    pub(super) fn is_mean(&self, doc: &Doc) -> bool {
        doc.slice(&self.left).contains(['均', '每'])
    }

    /// 四个季度依次为2436、2581、2745和2522人次: one of a list of bare numbers, and no total.
    pub(super) fn is_in_bare_list(&self, doc: &Doc) -> bool {
        let digit = |c: char| c.is_ascii_digit();
        let before = doc.text[..self.number.span.start].strip_suffix(['、', '和', '及', '与']);
        let behind = doc.text[self.number.span.end..].strip_prefix(['、', '和', '及', '与']);
        before.is_some_and(|w| w.ends_with(digit)) || behind.is_some_and(|w| w.starts_with(digit))
    }

    /// An exact count that may be added and compared.
    pub(super) fn exact(&self) -> bool {
        !self.number.vague && !self.number.percent
    }
}

fn often(doc: &Doc, all: &[Claim]) -> BTreeSet<(&'static str, Decimal)> {
    const MOST: usize = 60;
    let mut seen = std::collections::BTreeMap::<(&'static str, Decimal), usize>::new();
    for c in all
        .iter()
        .filter(|c| c.exact() && c.number.value > Decimal::TEN && doc.blocks[c.block].kind != Kind::Cell)
    {
        *seen.entry((c.class(), c.number.value)).or_default() += 1;
    }
    let mut often: Vec<_> = seen.into_iter().filter(|(k, n)| *n >= 2 && !k.0.is_empty()).collect();
    often.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let rows = doc.tables.iter().flat_map(|t| t.rows.iter().rev().take(2));
    let totals = rows.filter(|r| r.iter().take(2).any(|c| matches!(doc.slice(c), "合计" | "总计" | "共计")));
    let cells = totals.flatten().flat_map(|cell| {
        let at = |byte: usize| all.partition_point(|c| c.number.span.start < byte);
        &all[at(cell.start)..at(cell.end).max(at(cell.start))]
    });
    let cells =
        cells.filter(|c| c.exact() && c.number.value > Decimal::TEN).map(|c| (c.class(), c.number.value));
    often.into_iter().take(MOST).map(|(k, _)| k).chain(cells.take(MOST)).collect()
}

/// The year named most often near the beginning: that of days and months written without one.
fn usual_year(doc: &Doc) -> Option<i32> {
    let mut seen = std::collections::BTreeMap::<i32, usize>::new();
    for block in doc.blocks.iter().take(60) {
        let words = doc.slice(&block.span);
        for (at, _) in words
            .match_indices("20")
            .filter(|(i, _)| words.get(i + 4..).is_some_and(|r| r.starts_with(['年', '.', '-'])))
        {
            if let Some(year) =
                words.get(at..at + 4).and_then(|y| y.parse().ok()).filter(|y| (2000..2100).contains(y))
            {
                *seen.entry(year).or_default() += 1;
            }
        }
    }
    seen.into_iter().max_by_key(|s| s.1).map(|s| s.0)
}

#[cfg(test)]
mod tests {
    use super::super::{Text, marked};
    use super::*;

    #[test]
    fn two_halves_read_what_the_whole_reads() {
        let text = marked::wrong().concat();
        let doc = Doc::new(&Text::from_plain(&text));
        let places = Places::read(&doc);
        let read =
            |c: &Claim| (c.span(), c.label.clone(), c.area.clone(), c.place.clone(), c.target, c.depth);
        let of = |blocks| of_blocks(&doc, blocks, &places).0;
        let middle = doc.block_of(doc.text.len() / 2);
        let halves = of(0..middle).into_iter().chain(of(middle..doc.blocks.len()));
        let whole = of(0..doc.blocks.len());
        assert!(halves.map(|c| read(&c)).eq(whole.iter().map(read)));
    }
}

//! Values that stand behind names, in the rows of tables and lists and in sentences, and what is said of two of them:
//! 女性比男性多67人, 志愿者发展，尚差8名. It looks up and compares; which words say a difference is known in `difference`.

use std::collections::HashMap;
use std::ops::Range;

use rust_decimal::Decimal;

use super::difference::{RULE, comparable};
use super::grid::{Row, Value as Cell};
use super::listing::grids;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};

/// Most differences looked up by name: each reads the whole text.
const MOST: usize = 60;

/// Values that stand behind names in tables and sentences.
pub(super) struct Named<'a> {
    doc: &'a Doc,
    claims: &'a Claims,
    /// Claims by the first two characters of their part of the sentence and of the words before them.
    starts: Option<HashMap<(char, char), Vec<usize>>>,
    left: usize,
}

fn first_two(words: &str) -> Option<(char, char)> {
    let mut chars = words.chars();
    Some((chars.next()?, chars.next()?))
}

fn starts(doc: &Doc, claims: &Claims) -> HashMap<(char, char), Vec<usize>> {
    let mut out: HashMap<(char, char), Vec<usize>> = HashMap::new();
    for (i, c) in claims.all.iter().enumerate() {
        let segment = first_two(doc.slice(&(c.segment.start..c.number.span.start)));
        let item = first_two(doc.slice(&c.left)).filter(|k| Some(*k) != segment);
        for key in segment.into_iter().chain(item) {
            out.entry(key).or_default().push(i);
        }
    }
    out
}

impl<'a> Named<'a> {
    pub(super) fn new(doc: &'a Doc, claims: &'a Claims) -> Self {
        Self { doc, claims, starts: None, left: MOST }
    }

    /// 女性比男性多67人.
    pub(super) fn compared(&mut self, change: &Claim, clause: &str, up: bool, sink: &mut Sink<'_>) {
        let Some((x, y)) = clause.split_once('比').or_else(|| clause.split_once('较')) else { return };
        let y = y.trim_end_matches(|c: char| "多少高低出增加减了提升下降上".contains(c));
        let subject = if x.is_empty() {
            let before = self.doc.slice(&(change.segment.start..change.number.span.start));
            before
                .split(['，', '（', '）', '、'])
                .find(|p| p.chars().count() >= 2)
                .unwrap_or_default()
                .to_owned()
        } else {
            x.to_owned()
        };
        self.judge(change, &subject, y, Some(up), sink);
    }

    /// 服务产出得分最高，服务质量得分最低，二者相差10.5分: the two rows that the sentence names.
    pub(super) fn two_rows(&mut self, change: &Claim, sink: &mut Sink<'_>) {
        let (doc, claims) = (self.doc, self.claims);
        let said = doc.slice(&(change.sentence.start..change.number.span.start)).to_owned();
        let grids = grids(doc, claims);
        for grid in grids.iter().take(40) {
            let rows: Vec<&str> = grid
                .rows
                .iter()
                .filter(|r| r.label.chars().count() >= 2 && said.contains(r.label.as_str()))
                .map(|r| r.label.as_str())
                .collect();
            if let [x, y] = rows.as_slice() {
                let (x, y) = ((*x).to_owned(), (*y).to_owned());
                self.judge(change, &x, &y, None, sink);
                return;
            }
        }
    }

    /// 志愿者发展，尚差8名: target less actual of the row that the sentence names.
    pub(super) fn short(&mut self, change: &Claim, sink: &mut Sink<'_>) {
        let (doc, claims) = (self.doc, self.claims);
        let said = doc.slice(&(change.sentence.start..change.number.span.start));
        let grids = grids(doc, claims);
        let label = |r: &Row| r.label.split('（').next().unwrap_or_default().to_owned();
        let (has, noun) = (doc.slice(&change.left).ends_with('有'), doc.slice(&change.right));
        let named = |r: &&Row| {
            let label = label(r);
            let own = label.chars().count() >= 2 && noun == label;
            own || !has && label.chars().count() >= 3 && said.contains(&label)
        };
        let rows: Vec<&Row> = grids.iter().flat_map(|g| &g.rows).filter(named).collect();
        let [row] = rows.as_slice() else { return };
        let cells: Vec<&Cell> = row.cells.iter().flatten().filter(|c| !c.percent).collect();
        if cells.iter().all(|c| !c.class.is_empty() && c.class != change.class()) {
            return;
        }
        let [target, actual, ..] = cells.as_slice() else { return };
        // 缺口为39人次, and a row 10、9: of something larger.
        if change.number.value > target.value.max(actual.value) {
            return;
        }
        // 缺口为16人次, and a row 28.3、9.98: they count something else.
        let whole = |v: Decimal| v.fract().is_zero();
        if whole(change.number.value) && !(whole(target.value) && whole(actual.value)) {
            return;
        }
        sink.tried();
        let fits = cells.iter().any(|a| cells.iter().any(|b| a.value - b.value == change.number.value));
        if !fits {
            let right = (target.value - actual.value).abs();
            let message = format!(
                "{}-{}={}，文中为“{}”",
                show(target.value),
                show(actual.value),
                show(right),
                doc.slice(&change.wide())
            );
            let spans = [change.wide(), target.span.clone(), actual.span.clone()];
            sink.add(RULE, Severity::Error, message, (show(change.number.value), show(right)), &spans);
        }
    }

    /// Whether both names have values, and then whether some two of them differ as said.
    pub(super) fn judge(
        &mut self,
        change: &Claim,
        x: &str,
        y: &str,
        up: Option<bool>,
        sink: &mut Sink<'_>,
    ) -> bool {
        if self.left == 0 || x.chars().count() < 2 || y.chars().count() < 2 {
            return false;
        }
        self.left -= 1;
        let (first, second) = (self.values(x, change), self.values(y, change));
        let pairs: Vec<(&Value, &Value)> = first
            .iter()
            .flat_map(|a| second.iter().map(move |b| (a, b)))
            .filter(|(a, b)| a.column == b.column && a.at != b.at)
            .collect();
        if pairs.is_empty() {
            return false;
        }
        sink.tried();
        let d = change.number.value;
        let fits = |(a, b): &(&Value, &Value)| {
            let apart = a.value - b.value;
            match up {
                Some(true) => apart == d,
                Some(false) => -apart == d,
                None => apart.abs() == d,
            }
        };
        if pairs.iter().any(fits) {
            return true;
        }
        // 双堡站的小组达到6个，比永桥站多2个: of that number; 比文江乡多8场: no scores.
        let stated = self.claims.within(&(change.sentence.start..change.number.span.start));
        let stated = stated.last().filter(|c| c.exact() && c.class() == change.class());
        let whole =
            |v: &Value| change.class() == "分" || change.number.decimals > 0 || v.value.fract().is_zero();
        let pairs: Vec<(&Value, &Value)> = pairs
            .into_iter()
            .filter(|(a, b)| whole(a) && whole(b))
            .filter(|(a, _)| up.is_none() || stated.is_none_or(|s| a.value == s.number.value))
            .collect();
        let Some((a, b)) = pairs.first() else { return false };
        let said = self.doc.slice(&(change.segment.start..change.number.span.start)).to_owned();
        let (a, b) =
            match pairs.iter().filter(|p| self.speaks_of(p.0.column, &said)).collect::<Vec<_>>().as_slice() {
                [one] => **one,
                [] if pairs.len() == 1 => (*a, *b),
                _ => {
                    let long = d.scale() > 0 || d >= Decimal::TEN;
                    let mut near =
                        pairs.iter().filter(|(a, b)| one_digit_apart((a.value - b.value).abs(), d));
                    match (near.next(), near.next()) {
                        (Some(one), None) if pairs.len() <= 12 && long => *one,
                        _ => return pairs.len() > 12,
                    }
                }
            };
        let right = (a.value - b.value).abs();
        let message = format!(
            "{}与{}相差{}，文中为“{}”",
            show(a.value),
            show(b.value),
            show(right),
            self.doc.slice(&change.wide())
        );
        let said = (show(d), show(right));
        sink.add(RULE, Severity::Error, message, said, &[change.wide(), a.at.clone(), b.at.clone()]);
        true
    }

    /// Whether the words name a column, or name none and it is the column of totals.
    fn speaks_of(&self, (table, column): (usize, usize), said: &str) -> bool {
        let Some(grid) = table.checked_sub(1).and_then(|t| grids(self.doc, self.claims).get(t)) else {
            return false;
        };
        let bare = |h: &str| h.split('（').next().unwrap_or_default().to_owned();
        let named =
            |c: usize| bare(grid.header(c)).chars().count() >= 2 && said.contains(&bare(grid.header(c)));
        let total =
            ["总分", "综合得分", "得分", "合计", "总得分"].contains(&bare(grid.header(column)).as_str());
        let score = bare(grid.header(column)).ends_with("得分") && !grid.header(column).contains("加权");
        named(column) || (total || score) && !(0..grid.columns).any(named)
    }

    fn values(&mut self, name: &str, change: &Claim) -> Vec<Value> {
        let (doc, claims) = (self.doc, self.claims);
        let grids = grids(doc, claims);
        let mut out = Vec::new();
        let percent = change.class() == "点";
        for (table, grid) in grids.iter().enumerate() {
            for row in grid.rows.iter().filter(|r| names(name, &r.label)) {
                for (column, cell) in row.cells.iter().enumerate() {
                    let Some(cell) = cell else { continue };
                    let share = cell.percent || grid.is_percent(column);
                    let kind = cell.class.is_empty() || cell.class == change.class() || share;
                    let scale = cell.decimals >= change.number.decimals || share;
                    if share == percent && kind && scale {
                        out.push(Value {
                            value: cell.value,
                            column: (table + 1, column),
                            at: cell.span.clone(),
                        });
                    }
                }
            }
        }
        let index = self.starts.get_or_insert_with(|| starts(doc, claims));
        let near = first_two(name).and_then(|k| index.get(&k)).map_or(&[][..], Vec::as_slice);
        for c in near
            .iter()
            .map(|i| &claims.all[*i])
            .filter(|c| comparable(change, c) && !c.number.vague && c.span() != change.span())
        {
            let words = doc.slice(&(c.segment.start..c.number.span.start));
            let key: String = name.chars().take(3).collect();
            let item = doc.slice(&c.left);
            if words.starts_with(name)
                || item.chars().count() >= 2 && name.chars().count() >= 3 && item.starts_with(name)
                || key.chars().count() == 3 && words.starts_with(&key)
            {
                out.push(Value { value: c.number.value, column: (0, 0), at: c.wide() });
            }
        }
        out
    }
}

/// One value of a name, and the column (or the text) it stands in.
struct Value {
    value: Decimal,
    column: (usize, usize),
    at: Range<usize>,
}

/// Whether words name a row: 女性 and 女, 排名第一的坂澜站 and 坂澜.
fn names(words: &str, label: &str) -> bool {
    let one = label.chars().count() == 1 && words.starts_with(label) && words.chars().count() <= 3;
    let many = label.chars().count() >= 2 && (words.contains(label) || label.starts_with(words));
    one || many
}

//! Differences: A比B多67人, 两者相差7.46个百分点, 较上年的91.50%提高2.54个百分点. The numbers compared stand in the
//! sentence, in its paragraph, or in the rows of a table that carry the names compared.

use std::ops::Range;

use rust_decimal::Decimal;

use super::direction::{DOWN, UP};
use super::grid::Grid;
use super::listing::grids;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{percent_of, prints_as, show, show_percent};

const RULE: &str = "difference";
/// Most differences looked up by name: each reads the whole text.
const MOST: usize = 60;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut named = Named { doc, claims, grids: None, left: MOST };
    for (i, change) in claims.all.iter().enumerate() {
        if change.number.percent && !change.number.vague && doc.blocks[change.block].kind != Kind::Cell {
            grew(doc, &claims.all, i, sink);
            continue;
        }
        let usable = doc.blocks[change.block].kind != Kind::Cell
            && change.exact()
            && !change.class().is_empty()
            && !change.target;
        if !usable {
            continue;
        }
        let before = doc.slice(&(change.sentence.start..change.number.span.start));
        let clause = before.rfind(['，', '；', '。', '（']).map_or(before, |at| &before[at + 3..]);
        let left = doc.slice(&change.left);
        if ["超额完成", "超额", "超额完成了"].iter().any(|w| left.ends_with(w)) {
            surplus(doc, claims, i, sink);
        } else if let Some(way) = way(left) {
            if !then_and_now(doc, claims, i, way, sink) && !before_after(doc, &claims.all, i, sink) {
                named.compared(change, clause, way, sink);
            }
        } else if ["尚差", "还差", "尚缺", "还缺"].iter().any(|w| left.ends_with(w)) {
            named.short(change, sink);
        } else if ["相差", "差距为", "差距", "极差", "极差为", "差值为", "相差了"].iter().any(|w| left.ends_with(w)) {
            apart(doc, &claims.all, i, clause, &mut named, sink);
        }
    }
}

/// Up, down, or neither.
fn way(left: &str) -> Option<bool> {
    let ends = |list: &[&str]| list.iter().any(|w| left.ends_with(w) || left.ends_with(&format!("{w}了")));
    let more = ["多", "高", "高出", "多出", "净增", "净增加"];
    let less = ["少", "低", "净减少"];
    if left.ends_with(['至', '到']) {
        return None;
    }
    let (up, down) = (ends(UP) || ends(&more), ends(DOWN) || ends(&less));
    (up != down).then_some(up)
}

fn comparable(change: &Claim, c: &Claim) -> bool {
    if change.class() == "点" { c.number.percent } else { c.class() == change.class() && !c.number.percent }
}

/// 94.04%，比2023年的91.50%提高2.54个百分点: the earlier value stands behind 比 or 较, the present one before it.
fn then_and_now(doc: &Doc, claims: &Claims, i: usize, up: bool, sink: &mut Sink<'_>) -> bool {
    let all = &claims.all;
    let change = &all[i];
    let from = change.sentence.start;
    let words = doc.slice(&(from..change.number.span.start));
    let Some(at) = ["较", "比", "由", "从"].iter().filter_map(|w| words.rfind(w)).max() else {
        return false;
    };
    let at = from + if words[..at].ends_with('相') { words[..at].rfind(['与', '同', '和']).unwrap_or(at) } else { at };
    let inside = all[..i].iter().rev().take(4).filter(|c| c.number.span.start > at && c.sentence == change.sentence);
    let then: Vec<&Claim> = inside.filter(|c| comparable(change, c)).collect();
    let [then] = then.as_slice() else { return !then.is_empty() };
    let rest = doc.slice(&(then.number.span.end..change.number.span.start));
    if rest.chars().count() > 10 || rest.contains('、') || then.number.vague {
        return true;
    }
    let near: Vec<&Claim> = all[i.saturating_sub(20)..i]
        .iter()
        .filter(|c| c.block == change.block && c.number.span.end <= at && comparable(change, c) && !c.number.vague)
        .collect();
    let (t, d) = (then.number.value, change.number.value);
    let right = if up { t.checked_add(d) } else { t.checked_sub(d) };
    sink.tried();
    let after = all[i + 1..].iter().take(2).filter(|c| c.sentence == change.sentence && comparable(change, c));
    growth(doc, change, then, all.get(i + 1), sink);
    if near.iter().copied().chain(after).any(|c| Some(c.number.value) == right) {
        return true;
    }
    let subject = doc.slice(&(from..at));
    let subject = subject.rfind(['，', '；', '。', '（', '、']).map_or(subject, |j| &subject[j + 3..]);
    let shared = |c: &&&Claim| {
        let label: Vec<char> = doc.slice(&(c.left.start..c.right.end)).chars().collect();
        let words: Vec<char> = subject.chars().collect();
        words.windows(2).any(|w| label.windows(2).any(|l| l == w)) || words.is_empty()
    };
    let now = near.iter().rev().find(|c| c.sentence == change.sentence && (shared(c) || subject.is_empty()));
    let Some(now) = now.or_else(|| near.iter().rev().find(shared)) else {
        let printed = claims.all[i.saturating_sub(200)..(i + 200).min(claims.all.len())].iter().any(|c| Some(c.number.value) == right);
        if let Some(right) = right.filter(|_| !printed && change.class() != "人次") {
            let message = format!("{}与{}得{}，文中没有这个数（“{}”）", show(t), show(d), show(right), doc.slice(&change.wide()));
            sink.add(RULE, Severity::Warning, message, (show(d), String::new()), &[change.wide(), then.wide()]);
        }
        return true;
    };
    let apart = if up { now.number.value - t } else { t - now.number.value };
    let message = format!(
        "{}与{}相差{}，文中为“{}”",
        show(now.number.value),
        show(t),
        show(apart),
        doc.slice(&change.wide())
    );
    let said = (show(d), show(apart));
    sink.add(RULE, Severity::Error, message, said, &[change.wide(), now.wide(), then.wide()]);
    true
}

/// 改造前为15.0%，改造后降至9.4%，降低5.6个百分点: the two values right before the change.
fn before_after(doc: &Doc, all: &[Claim], i: usize, sink: &mut Sink<'_>) -> bool {
    let change = &all[i];
    let before: Vec<&Claim> = all[..i]
        .iter()
        .rev()
        .take(4)
        .filter(|c| c.segment == change.segment && comparable(change, c) && !c.number.vague)
        .collect();
    let [b, a, ..] = before.as_slice() else { return false };
    let between = doc.slice(&(a.number.span.end..b.number.span.start));
    let moved = ["降至", "升至", "增至", "减至", "提高到", "提高至", "下降到", "下降至", "增加到", "增加至", "上升到", "上升至"];
    if !moved.iter().any(|w| between.ends_with(w)) {
        return false;
    }
    sink.tried();
    let right = (a.number.value - b.number.value).abs();
    if right != change.number.value {
        let message =
            format!("由{}到{}，相差{}，文中为“{}”", show(a.number.value), show(b.number.value), show(right), doc.slice(&change.wide()));
        let said = (show(change.number.value), show(right));
        sink.add(RULE, Severity::Error, message, said, &[change.wide(), a.wide(), b.wide()]);
    }
    growth(doc, change, a, all.get(i + 1), sink);
    true
}

/// 累计1386人，较期初的1122人增长23.53%; 86台，比上年度增加14台，增幅19.44%.
fn grew(doc: &Doc, all: &[Claim], i: usize, sink: &mut Sink<'_>) {
    let percent = &all[i];
    let left = doc.slice(&percent.left);
    let words = ["增长", "增幅", "增幅为", "增幅达", "增加", "上升", "下降", "减少", "降幅", "降幅为", "同比增长", "环比增长"];
    if !words.iter().any(|w| left == *w || left.ends_with(w)) || i < 2 {
        return;
    }
    let (a, b) = (&all[i - 2], &all[i - 1]);
    let usable = [a, b].iter().all(|c| c.sentence == percent.sentence && c.exact()) && a.class() == b.class();
    let between = doc.slice(&(a.number.span.end..b.number.span.start));
    let against = ["较", "比"].iter().any(|w| between.contains(w)) && !between.contains(['；', '、']);
    let gap = doc.slice(&(b.number.span.end..percent.number.span.start)).chars().count() <= 8;
    if !usable || !against || !gap || a.class().is_empty() {
        return;
    }
    let (now, second) = (a.number.value, b.number.value);
    let changed = way(doc.slice(&b.left));
    let (then, apart) = match changed {
        Some(true) => (now - second, second),
        Some(false) => (now + second, second),
        None => (second, (now - second).abs()),
    };
    let Some(share) = percent_of(apart, then) else { return };
    sink.tried();
    if !prints_as(share, percent.number.value, percent.number.decimals) {
        let message =
            format!("{}÷{}={}，文中为“{}”", show(apart), show(then), show_percent(share), doc.slice(&percent.wide()));
        let said = (format!("{}%", show(percent.number.value)), show_percent(share));
        sink.add(RULE, Severity::Error, message, said, &[percent.wide(), a.wide(), b.wide()]);
    }
}

/// 较296名增加16名，增幅5.4%.
fn growth(doc: &Doc, change: &Claim, then: &Claim, next: Option<&Claim>, sink: &mut Sink<'_>) {
    let grows = ["增幅", "增幅为", "增幅达", "降幅", "降幅为", "增长", "下降", "增长率为", "同比增长", "同比下降", "环比增长", "减少"];
    let Some(percent) = next.filter(|c| {
        c.number.percent && !c.number.vague && c.sentence == change.sentence && grows.contains(&doc.slice(&c.left))
    }) else {
        return;
    };
    let Some(share) = percent_of(change.number.value, then.number.value).filter(|_| change.class() != "点") else {
        return;
    };
    sink.tried();
    if !prints_as(share, percent.number.value, percent.number.decimals) {
        let message = format!(
            "{}÷{}={}，文中为“{}”",
            show(change.number.value),
            show(then.number.value),
            show_percent(share),
            doc.slice(&percent.wide())
        );
        let said = (format!("{}%", show(percent.number.value)), show_percent(share));
        sink.add(RULE, Severity::Error, message, said, &[percent.wide(), change.wide(), then.wide()]);
    }
}

/// 累计648户次，超额完成48户次: actual less the surplus is the target, which the text prints.
fn surplus(doc: &Doc, claims: &Claims, i: usize, sink: &mut Sink<'_>) {
    let all = &claims.all;
    let change = &all[i];
    let before = all[..i].iter().rev().take(3);
    let Some(actual) = before.filter(|c| c.sentence == change.sentence).find(|c| comparable(change, c) && c.exact())
    else {
        return;
    };
    let Some(target) = actual.number.value.checked_sub(change.number.value) else { return };
    sink.tried();
    if target <= Decimal::ZERO || claims.values.binary_search(&target).is_ok() {
        return;
    }
    let message = format!(
        "{}-{}={}，文中没有这样的指标量（“{}”）",
        show(actual.number.value),
        show(change.number.value),
        show(target),
        doc.slice(&change.wide())
    );
    let said = (show(change.number.value), "与指标量相符".into());
    sink.add(RULE, Severity::Warning, message, said, &[change.wide(), actual.wide()]);
}

/// 相差 and 极差: of the two values before it in the sentence, or of two names.
fn apart(doc: &Doc, all: &[Claim], i: usize, clause: &str, named: &mut Named<'_>, sink: &mut Sink<'_>) {
    let change = &all[i];
    let before: Vec<&Claim> = all[..i]
        .iter()
        .rev()
        .take(6)
        .filter(|c| c.sentence == change.sentence && comparable(change, c) && !c.number.vague)
        .collect();
    if let Some((x, y)) = clause.split_once('与').or_else(|| clause.split_once('和'))
        && named.judge(change, x, y.trim_end_matches("相差"), None, sink)
    {
        return;
    }
    if before.is_empty() {
        return named.two_rows(change, sink);
    }
    if let [b, a] = before.as_slice() {
        sink.tried();
        let right = (a.number.value - b.number.value).abs();
        if right != change.number.value {
            let message =
                format!("{}与{}相差{}，文中为“{}”", show(a.number.value), show(b.number.value), show(right), doc.slice(&change.wide()));
            let said = (show(change.number.value), show(right));
            sink.add(RULE, Severity::Error, message, said, &[change.wide(), a.wide(), b.wide()]);
        }
    }
}

/// Values that stand behind names in tables and sentences.
struct Named<'a> {
    doc: &'a Doc,
    claims: &'a Claims,
    grids: Option<Vec<Grid>>,
    left: usize,
}

impl Named<'_> {
    /// 女性比男性多67人.
    fn compared(&mut self, change: &Claim, clause: &str, up: bool, sink: &mut Sink<'_>) {
        let Some((x, y)) = clause.split_once('比').or_else(|| clause.split_once('较')) else { return };
        let y = y.trim_end_matches(|c: char| "多少高低出增加减了提升下降上".contains(c));
        let subject = if x.is_empty() {
            let before = self.doc.slice(&(change.segment.start..change.number.span.start));
            before.split(['，', '（', '）', '、']).find(|p| p.chars().count() >= 2).unwrap_or_default().to_owned()
        } else {
            x.to_owned()
        };
        self.judge(change, &subject, y, Some(up), sink);
    }

    /// 服务产出得分最高，服务质量得分最低，二者相差10.5分: the two rows that the sentence names.
    fn two_rows(&mut self, change: &Claim, sink: &mut Sink<'_>) {
        let (doc, claims) = (self.doc, self.claims);
        let said = doc.slice(&(change.sentence.start..change.number.span.start)).to_owned();
        let grids = self.grids.get_or_insert_with(|| grids(doc, claims));
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
    fn short(&mut self, change: &Claim, sink: &mut Sink<'_>) {
        let (doc, claims) = (self.doc, self.claims);
        let said = doc.slice(&(change.sentence.start..change.number.span.start));
        let grids = self.grids.get_or_insert_with(|| grids(doc, claims));
        let label = |r: &super::grid::Row| r.label.split('（').next().unwrap_or_default().to_owned();
        let rows: Vec<&super::grid::Row> = grids
            .iter()
            .flat_map(|g| &g.rows)
            .filter(|r| label(r).chars().count() >= 3 && said.contains(&label(r)))
            .collect();
        let [row] = rows.as_slice() else { return };
        let cells: Vec<&super::grid::Value> = row.cells.iter().flatten().filter(|c| !c.percent).collect();
        let [target, actual, ..] = cells.as_slice() else { return };
        sink.tried();
        let fits = cells.iter().any(|a| cells.iter().any(|b| a.value - b.value == change.number.value));
        if !fits {
            let right = (target.value - actual.value).abs();
            let message = format!("{}-{}={}，文中为“{}”", show(target.value), show(actual.value), show(right), doc.slice(&change.wide()));
            let spans = [change.wide(), target.span.clone(), actual.span.clone()];
            sink.add(RULE, Severity::Error, message, (show(change.number.value), show(right)), &spans);
        }
    }

    /// Whether both names have values, and then whether some two of them differ as said.
    fn judge(&mut self, change: &Claim, x: &str, y: &str, up: Option<bool>, sink: &mut Sink<'_>) -> bool {
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
        let Some((a, b)) = pairs.first() else { return false };
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
        let said = self.doc.slice(&(change.segment.start..change.number.span.start)).to_owned();
        let (a, b) = match pairs.iter().filter(|p| self.speaks_of(p.0.column, &said)).collect::<Vec<_>>().as_slice() {
            [one] => **one,
            [] if pairs.len() == 1 => (*a, *b),
            _ => return pairs.len() > 12,
        };
        let right = (a.value - b.value).abs();
        let message =
            format!("{}与{}相差{}，文中为“{}”", show(a.value), show(b.value), show(right), self.doc.slice(&change.wide()));
        let said = (show(d), show(right));
        sink.add(RULE, Severity::Error, message, said, &[change.wide(), a.at.clone(), b.at.clone()]);
        true
    }

    /// Whether the words name a column, or name none and it is the column of totals.
    fn speaks_of(&self, (table, column): (usize, usize), said: &str) -> bool {
        let Some(grid) = table.checked_sub(1).and_then(|t| self.grids.as_ref()?.get(t)) else { return false };
        let bare = |h: &str| h.split('（').next().unwrap_or_default().to_owned();
        let named = |c: usize| bare(grid.header(c)).chars().count() >= 2 && said.contains(&bare(grid.header(c)));
        let total = ["总分", "综合得分", "得分", "合计", "总得分"].contains(&bare(grid.header(column)).as_str());
        let score = bare(grid.header(column)).ends_with("得分") && !grid.header(column).contains("加权");
        named(column) || (total || score) && !(0..grid.columns).any(named)
    }

    fn values(&mut self, name: &str, change: &Claim) -> Vec<Value> {
        let (doc, claims) = (self.doc, self.claims);
        let grids = self.grids.get_or_insert_with(|| grids(doc, claims));
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
                        out.push(Value { value: cell.value, column: (table + 1, column), at: cell.span.clone() });
                    }
                }
            }
        }
        for c in claims.all.iter().filter(|c| comparable(change, c) && !c.number.vague && c.span() != change.span()) {
            let words = doc.slice(&(c.segment.start..c.number.span.start));
            let key: String = name.chars().take(3).collect();
            if words.starts_with(name) || key.chars().count() == 3 && words.starts_with(&key) {
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

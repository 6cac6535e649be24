//! What is told of targets right below their table or list: how many were passed, just reached or missed, which ones, by how much, and which lies highest or lowest: 两项恰好完成，为小组和入户探访;
//! 未达到的是个案服务和热线接听; 欠缺的是进校课堂，少了3节; 进度最快的是咨询个案，最慢的是小组，两者相差10.7个百分点.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::grid::Grid;
use super::sentence::{Sentence, number, pattern};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{is_share, mistaken, show};
use crate::checks::text::words::has_any;

/// Lines between a table and what is told of it.
const NEAR: usize = 3;
const MOST: usize = 60;
const PASSED: &[&str] = &["超额"];
const JUST: &[&str] = &["恰好完成", "刚好完成"];
const MISSED: &[&str] = &["未达到", "未达标", "未完成", "欠缺"];

static COUNTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})项(?:指标)?(?P<w>恰好完成|刚好完成|超额|未达到|未达标|未完成|达到或超过|达标)|(?P<x>超额|恰好完成|刚好完成|欠缺|未达标|未达到|未完成|达标)(?:完成)?的?(?:有)?(?P<m>\d{1,2}|[一二两三四五六七八九十]{1,2})项",
    )
});
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<w>恰好完成|刚好完成|超额|未达到|未达标|未完成|欠缺)(?:完成)?(?:的(?:指标)?(?:是|为|有)|，为|，即)(?P<l>[\p{Han}、]{2,60}?)(?:(?P<n>\d|[一二两三四五六七八九])(?:项|站|个站)|(?P<e>[。，；（]))",
    )
});
static ONLY: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?:仅|只有)(?P<l>\p{Han}{2,10}?)(?:一项|1项)(?P<w>未达标|未达到|未完成)"));
static SHORT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"^[，。]?(?:一项|1项)?(?:，)?(?:合计)?(?:还|尚)?(?:缺口为?|差了?|少了?|缺了?)(?P<d>\d+)")
});
static EXTREME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"最(?P<w>高|快|多|低|慢|少)的(?:为|是)(?P<x>\p{Han}{2,10}?)[，。；](?:(?:达|为|完成率|完成率为|完成率达)(?P<p>\d+(?:\.\d+)?)%)?",
    )
});
static GAP: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?:两者|二者|首尾)?相差(?P<d>\d+(?:\.\d+)?)个百分点"));

/// A target with what was done.
struct Row {
    name: String,
    asked: Decimal,
    done: Decimal,
    rate: Decimal,
}

/// The rows of one table or list, and where it ends.
struct Targets {
    end: usize,
    rows: Vec<Row>,
}

impl Targets {
    /// The only row that a name is of.
    fn row(&self, name: &str) -> Option<&Row> {
        let exact = self.rows.iter().find(|r| r.name == name);
        let mut begins = self.rows.iter().filter(|r| r.name.starts_with(name) && name.chars().count() >= 2);
        exact.or_else(|| begins.next().filter(|_| begins.next().is_none()))
    }

    fn rows_of<'a>(&'a self, list: &'a str) -> Option<Vec<&'a Row>> {
        let mut out = Vec::new();
        for item in list.split('、') {
            if let Some(row) = self.row(item) {
                out.push(row);
            } else {
                let (a, b) = item.split_once(['和', '及', '与'])?;
                out.push(self.row(a)?);
                out.push(self.row(b)?);
            }
        }
        Some(out)
    }
}

impl Row {
    fn is(&self, word: &str) -> bool {
        match word {
            w if PASSED.contains(&w) => self.done > self.asked,
            w if JUST.contains(&w) => self.done == self.asked,
            w if MISSED.contains(&w) => self.done < self.asked,
            _ => self.done >= self.asked,
        }
    }
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut all: Vec<Targets> =
        doc.tables.iter().take(MOST).filter_map(|t| of_table(doc, claims, t)).collect();
    all.extend(of_lines(doc, claims));
    for targets in &all {
        let next = doc.block_of(targets.end) + 1;
        let blocks = doc.blocks.iter().skip(next).take(NEAR).take_while(|b| b.kind == Kind::Paragraph);
        for block in blocks {
            let here = Sentence::of(doc, claims, block);
            here.found(&COUNTED).for_each(|found| counted(&here, targets, &found, sink));
            here.found(&NAMED).chain(here.found(&ONLY)).for_each(|found| named(&here, targets, &found, sink));
            extremes(&here, targets, sink);
        }
    }
}

/// A table in which nearly every rate is what one column makes of another.
fn of_table(doc: &Doc, claims: &Claims, table: &crate::checks::text::doc::Table) -> Option<Targets> {
    const SPENT: &[&str] = &["执行", "支出", "占", "满意", "有效", "回收"];
    let end = table.rows.last()?.last()?.start;
    let grid = Grid::read(doc, claims, table);
    let items: Vec<_> = grid.rows.iter().filter(|r| r.is_item()).collect();
    let rate = (1..grid.columns)
        .find(|k| grid.is_percent(*k) && !has_any(grid.header(*k), SPENT))
        .filter(|_| (3..=30).contains(&items.len()))?;
    let plain: Vec<usize> = (1..rate).filter(|k| !grid.is_percent(*k)).collect();
    let (done, asked) =
        plain.iter().rev().flat_map(|a| plain.iter().map(move |b| (*a, *b))).find(|(a, b)| {
            let fits = items.iter().filter(|r| {
                let cells = r.cells[*a].as_ref().zip(r.cells[*b].as_ref()).zip(r.cells[rate].as_ref());
                cells.is_some_and(|((a, b), p)| is_share(p.value, p.decimals, a.value, b.value))
            });
            a != b && fits.count() + 1 >= items.len()
        })?;
    let row = |r: &&super::grid::Row| {
        let (asked, done) = (r.cells[asked].as_ref()?.value, r.cells[done].as_ref()?.value);
        let name = r.label.split('（').next().unwrap_or_default().to_owned();
        Some(Row { name, asked, done, rate: r.cells[rate].as_ref()?.value })
    };
    let rows: Option<Vec<Row>> = items.iter().map(row).collect();
    Some(Targets { end, rows: rows? })
}

/// 6）入户走访，约定1,500人次，完成1,620人次，完成率108.0%；: one target a line.
fn of_lines(doc: &Doc, claims: &Claims) -> Vec<Targets> {
    let mut out: Vec<Targets> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    let mut last = 0;
    for block in &doc.blocks {
        let here = claims.within(&(block.body..block.span.end));
        let row = match here {
            [asked, done, rate]
                if block.kind == Kind::Paragraph
                    && rate.number.percent
                    && asked.class() == done.class()
                    && [asked, done].iter().all(|c: &&Claim| c.exact())
                    && doc.slice(&rate.left).contains('率') =>
            {
                let name = doc.body(block).split(['，', '：']).next().unwrap_or_default();
                let whole = [asked, done, rate].map(|c| c.number.value);
                Some(Row { name: name.to_owned(), asked: whole[0], done: whole[1], rate: whole[2] })
            }
            _ => None,
        };
        if let Some(row) = row {
            rows.push(row);
            last = block.span.start;
        } else {
            let rows = std::mem::take(&mut rows);
            if rows.len() >= 3 {
                out.push(Targets { end: last, rows });
            }
        }
    }
    out
}

fn counted(here: &Sentence<'_>, targets: &Targets, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let first = found.name("n").is_some();
    let (count, word) = if first { ("n", "w") } else { ("m", "x") };
    let (Some(n), Some(word)) = (number(found, count), found.name(word)) else { return };
    // 6项中期指标中，达标4项, below a table of five: of others.
    let at = here.at(found, count).start;
    let told = here.claims.within(&(here.block.body..at));
    let all = told.iter().rev().find(|c| c.class() == "项" && c.sentence.contains(&at));
    if all.is_some_and(|c| c.number.value != Decimal::from(targets.rows.len())) {
        return;
    }
    let rows = targets.rows.iter().filter(|r| r.is(word.as_str())).count();
    let apart = (Decimal::from(rows) - n).abs();
    if apart == Decimal::ONE {
        let message = format!(
            "上面的{}项指标中，{}的有{rows}项，文中为{}项",
            targets.rows.len(),
            word.as_str(),
            show(n)
        );
        here.warn(sink, "count-names", message, (show(n), rows.to_string()), here.at(found, count));
    }
}

fn named(here: &Sentence<'_>, targets: &Targets, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(word), Some(list)) = (found.name("w"), found.name("l")) else { return };
    let Some(rows) = targets.rows_of(list.as_str()) else { return };
    let at = here.at(found, "l");
    if let Some(other) = rows.iter().find(|r| !r.is(word.as_str())) {
        let message = format!(
            "“{}”要求{}、完成{}，文中列为{}",
            other.name,
            show(other.asked),
            show(other.done),
            word.as_str()
        );
        here.warn(sink, "table-extreme", message, (other.name.clone(), String::new()), at.clone());
        return;
    }
    if let Some(n) = number(found, "n").filter(|n| *n != Decimal::from(rows.len())) {
        let message = format!("列出的是{}个（{}），文中为{}", rows.len(), list.as_str(), show(n));
        here.warn(sink, "count-names", message, (show(n), rows.len().to_string()), here.at(found, "n"));
    }
    if !MISSED.contains(&word.as_str()) {
        return;
    }
    let end = match found.name("e") {
        Some(_) => here.at(found, "e").start,
        None => here.whole(found).end,
    };
    let rest = here.doc.slice(&(end..here.block.span.end.max(end)));
    let short = SHORT.as_ref().and_then(|p| p.captures(rest)).and_then(|c| c.name("d"));
    let right: Decimal = rows.iter().map(|r| r.asked - r.done).sum();
    let told = short.and_then(|d| Some((d, d.as_str().parse::<Decimal>().ok()?)));
    if let Some((d, told)) = told.filter(|(_, told)| *told != right) {
        let message = format!("{}少于要求{}，文中为{}", list.as_str(), show(right), show(told));
        here.warn(sink, "difference", message, (show(told), show(right)), end + d.start()..end + d.end());
    }
}

fn extremes(here: &Sentence<'_>, targets: &Targets, sink: &mut Sink<'_>) {
    let words = here.doc.slice(&here.block.span);
    if !has_any(words, &["完成率", "进度", "超额"]) {
        return;
    }
    let rates = || targets.rows.iter().map(|r| r.rate);
    let (Some(most), Some(least)) = (rates().max(), rates().min()) else { return };
    let mut both: Vec<Range<usize>> = Vec::new();
    for found in here.found(&EXTREME) {
        let (Some(w), Some(x)) = (found.name("w"), found.name("x")) else { continue };
        let before = here.doc.tail(here.block.span.start..here.whole(&found).start, 120);
        let clause = before.rsplit(['。', '；']).next().unwrap_or_default();
        let of_rates = has_any(clause, &["完成率", "进度", "超额"]);
        let Some(row) = targets.row(x.as_str()).filter(|_| of_rates) else { continue };
        let right = if matches!(w.as_str(), "高" | "快" | "多") { most } else { least };
        let whole = here.whole(&found);
        let clause: Vec<usize> = (whole.start.saturating_sub(clause.len())..whole.end).collect();
        both.push(whole);
        if sink.said(&clause) {
            return;
        }
        if row.rate != right {
            let name = targets.rows.iter().find(|r| r.rate == right).map_or("", |r| r.name.as_str());
            let message = format!(
                "最{}的是“{name}”（{}%），不是“{}”（{}%）",
                w.as_str(),
                show(right),
                row.name,
                show(row.rate)
            );
            here.warn(
                sink,
                "table-extreme",
                message,
                (row.name.clone(), name.to_owned()),
                here.at(&found, "x"),
            );
            return;
        }
        if let Some(p) = number(&found, "p").filter(|p| mistaken(*p, row.rate)) {
            let message = format!("“{}”为{}%，文中为{}%", row.name, show(row.rate), show(p));
            let said = (format!("{}%", show(p)), format!("{}%", show(row.rate)));
            here.warn(sink, "repeated", message, said, here.at(&found, "p"));
        }
    }
    let [_, last] = both.as_slice() else { return };
    let rest = here.doc.slice(&(last.end..here.block.span.end.max(last.end)));
    let gap = GAP
        .as_ref()
        .and_then(|p| p.captures(rest))
        .and_then(|c| c.name("d"))
        .filter(|d| d.start() <= "两者相差".len());
    let Some((d, told)) = gap.and_then(|d| Some((d, d.as_str().parse::<Decimal>().ok()?))) else { return };
    let right = most - least;
    if told != right && mistaken(told, right) {
        let message = format!("{}%与{}%相差{}，文中为{}", show(most), show(least), show(right), show(told));
        here.warn(
            sink,
            "difference",
            message,
            (show(told), show(right)),
            last.end + d.start()..last.end + d.end(),
        );
    }
}

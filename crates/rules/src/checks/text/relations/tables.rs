//! Tables: totals of columns and rows, completion columns against target and actual, columns that most rows show to be
//! computed from two others. Also gives the body's relations the claims that table cells make.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Table};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::label::canonical;
use crate::checks::text::math::{is_share, percent_of, prints_as, show, show_percent, show_sum};

const TOTAL: &str = "table-total";
const PERCENT: &str = "table-percent";
const COMPUTED: &str = "table-computed";
/// Most columns in which relations between columns are looked for.
const MAX_COLUMNS: usize = 14;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for table in &doc.tables {
        let grid = Grid::read(doc, claims, table);
        if grid.rows.is_empty() || grid.columns > MAX_COLUMNS {
            continue;
        }
        column_totals(doc, &grid, sink);
        let percents = completion_columns(&grid);
        for &(target, actual, percent) in &percents {
            completion(doc, &grid, target, actual, percent, sink);
        }
        computed(doc, &grid, sink);
    }
}

/// What one cell says about a quantity.
pub(super) struct CellClaim {
    pub(super) label: String,
    /// Empty when the table does not say the unit.
    pub(super) class: String,
    pub(super) area: Option<String>,
    pub(super) place: Option<String>,
    pub(super) target: bool,
    pub(super) value: Decimal,
    pub(super) decimals: u32,
    pub(super) span: Range<usize>,
}

/// The claims of all tables whose columns say target or actual.
pub(super) fn cell_claims(doc: &Doc, claims: &Claims) -> Vec<CellClaim> {
    let mut out = Vec::new();
    for table in &doc.tables {
        let grid = Grid::read(doc, claims, table);
        for row in &grid.rows {
            for (column, cell) in row.cells.iter().enumerate() {
                if let Some(value) = cell
                    && let Some(claim) = grid.claim(row, column, value, claims)
                {
                    out.push(claim);
                }
            }
        }
    }
    out
}

/// A number that fills a cell.
#[derive(Clone)]
struct Value {
    value: Decimal,
    decimals: u32,
    percent: bool,
    class: &'static str,
    span: Range<usize>,
}

struct Row {
    label: String,
    unit: String,
    total: bool,
    subtotal: bool,
    cells: Vec<Option<Value>>,
    /// Cells that hold words where a number could stand.
    words: Vec<bool>,
}

struct Grid {
    headers: Vec<String>,
    rows: Vec<Row>,
    columns: usize,
}

impl Grid {
    fn read(doc: &Doc, claims: &Claims, table: &Table) -> Self {
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        let values: Vec<Vec<Option<Value>>> =
            table.rows.iter().map(|r| r.iter().map(|c| value_of(doc, claims, c)).collect()).collect();
        let first = values.iter().position(|r| r.iter().skip(1).any(Option::is_some)).unwrap_or(values.len());
        let headers: Vec<String> = (0..columns)
            .map(|c| table.rows[..first].iter().filter_map(|r| r.get(c)).map(|s| doc.slice(s)).collect())
            .collect();
        let rows = (first..table.rows.len())
            .filter(|&r| table.rows[r].len() == columns || table.rows[r].len() + 1 >= columns)
            .map(|r| row_of(doc, &table.rows[r], &values[r], &headers, columns))
            .collect();
        Self { headers, rows, columns }
    }

    fn header(&self, column: usize) -> &str {
        self.headers.get(column).map_or("", String::as_str)
    }

    fn is_percent(&self, column: usize) -> bool {
        let header = self.header(column);
        let marked = ["率", "%", "占比", "比例", "百分比", "完成度", "进度"].iter().any(|w| header.contains(w));
        let cells: Vec<&Value> = self.rows.iter().filter_map(|r| r.cells[column].as_ref()).collect();
        !cells.is_empty() && (marked || cells.iter().all(|c| c.percent))
    }

    fn claim(&self, row: &Row, column: usize, value: &Value, claims: &Claims) -> Option<CellClaim> {
        let header = self.header(column);
        if value.percent || self.is_percent(column) || row.label.is_empty() || row.subtotal {
            return None;
        }
        let places = &claims.places;
        let stem = row.label.trim_end_matches("服务片区").trim_end_matches("片区").trim_end_matches("社区");
        let area = places.areas.get(stem).cloned();
        let place = places.communities.contains_key(stem).then(|| stem.to_owned());
        let by_place = area.is_some() || place.is_some() || row.total;
        let other = ["上", "去年", "季度", "月份", "差", "同比", "备注", "权重", "满分"].iter().any(|w| header.contains(w));
        let target = is_target(header);
        if other || !(by_place || target || is_actual(header)) {
            return None;
        }
        let label = canonical(if by_place { header } else { &row.label });
        let label = if by_place { label.trim_end_matches('户').to_owned() } else { label };
        let class = [value.class, unit_class(&row.unit), bracket_class(header), bracket_class(&row.label)]
            .into_iter()
            .find(|c| !c.is_empty())
            .unwrap_or_default();
        (label.chars().count() >= 2).then(|| CellClaim {
            label,
            class: class.to_owned(),
            area,
            place,
            target: target && !by_place,
            value: value.value,
            decimals: value.decimals,
            span: value.span.clone(),
        })
    }
}

fn is_target(header: &str) -> bool {
    ["目标", "指标量", "指标数", "指标值", "协议", "计划", "任务", "合同", "应"].iter().any(|w| header.contains(w)) && !is_actual(header)
}

fn is_actual(header: &str) -> bool {
    ["完成量", "完成数", "完成情况", "实际", "已完成", "完成值", "实到", "实建", "现有", "本期", "累计完成"].iter().any(|w| header.contains(w))
        || header == "完成" || header == "数量"
}

fn unit_class(unit: &str) -> &'static str {
    crate::checks::text::unit::unit_at(unit).map_or("", |u| u.class)
}

/// "入户探访（户次）".
fn bracket_class(words: &str) -> &'static str {
    words.find('（').map_or("", |i| unit_class(&words[i + 3..]))
}

fn value_of(doc: &Doc, claims: &Claims, cell: &Range<usize>) -> Option<Value> {
    let [claim] = claims.within(cell) else { return None };
    let number = &claim.number;
    let rest = cell.len() - number.span.len();
    let _ = doc;
    (rest <= 6 && !number.vague).then(|| Value {
        value: number.value,
        decimals: number.decimals,
        percent: number.percent,
        class: claim.class(),
        span: number.span.clone(),
    })
}

fn row_of(doc: &Doc, spans: &[Range<usize>], values: &[Option<Value>], headers: &[String], columns: usize) -> Row {
    let first = values.iter().skip(1).position(Option::is_some).map_or(values.len(), |p| p + 1);
    let mut label = String::new();
    let mut unit = String::new();
    for c in 0..first.min(spans.len()) {
        let words = doc.slice(&spans[c]);
        let header = headers.get(c).map_or("", String::as_str);
        if header.contains("单位") && header.chars().count() <= 4 || unit_class(words) == words && c > 0 {
            words.clone_into(&mut unit);
        } else if values[c].is_none() && !words.is_empty() && !header.contains("序号") {
            words.clone_into(&mut label);
        }
    }
    let is = |w: &[&str]| spans.iter().take(first).any(|s| w.contains(&doc.slice(s)));
    let mut cells = values.to_vec();
    cells.resize(columns, None);
    for (c, cell) in cells.iter_mut().enumerate() {
        if headers.get(c).is_some_and(|h| h.contains("序号") || h == "编号") || c == 0 && headers.first().is_none_or(|h| h.is_empty() || h == "序") {
            *cell = None;
        }
    }
    let words = (0..columns)
        .map(|c| values.get(c).is_none_or(Option::is_none) && spans.get(c).is_some_and(|s| !matches!(doc.slice(s), "" | "-" | "/" | "0" | "--" | "无")))
        .collect();
    let subtotal = is(&["小计"]);
    Row { label, unit, total: is(&["合计", "总计", "共计", "总数", "全站合计", "全站", "合 计"]), subtotal, cells, words }
}

fn column_totals(doc: &Doc, grid: &Grid, sink: &mut Sink<'_>) {
    let mut wrong = Vec::new();
    let mut right = 0;
    for column in 1..grid.columns {
        let header = grid.header(column);
        let ratio = ["率", "均", "比", "单价", "标准", "龄", "满意度", "权重"].iter().any(|w| header.contains(w));
        if ratio && !header.contains("权重") || grid.is_percent(column) && !header.contains("权重") && !header.contains("占比") {
            continue;
        }
        for (last, row) in grid.rows.iter().enumerate().filter(|(_, r)| r.total || r.subtotal) {
            let Some(total) = &row.cells[column] else { continue };
            let from = if row.subtotal {
                grid.rows[..last].iter().rposition(|r| r.subtotal || r.total).map_or(0, |p| p + 1)
            } else {
                grid.rows[..last].iter().rposition(|r| r.total).map_or(0, |p| p + 1)
            };
            let above: Vec<&Row> = grid.rows[from..last].iter().filter(|r| !r.subtotal && !r.total).collect();
            if above.len() < 2 || above.iter().any(|r| r.words[column]) {
                continue;
            }
            let parts: Vec<&Value> = above.iter().filter_map(|r| r.cells[column].as_ref()).collect();
            let sum: Decimal = parts.iter().map(|p| p.value).sum();
            if parts.len() < 2 || parts.iter().any(|p| p.class != parts[0].class) {
                continue;
            }
            sink.tried();
            let slack = if grid.is_percent(column) { Decimal::new(parts.len() as i64, parts[0].decimals) / Decimal::TWO } else { Decimal::ZERO };
            if (sum - total.value).abs() <= slack {
                right += 1;
            } else {
                wrong.push((column, total.clone(), parts, sum));
            }
        }
    }
    if wrong.len() > right + 2 {
        return;
    }
    for (column, total, parts, sum) in wrong {
        let values: Vec<Decimal> = parts.iter().map(|p| p.value).collect();
        let message = format!(
            "表格“{}”一列：{}，合计为{}，相差{}",
            grid.header(column), show_sum(&values), show(total.value), show((sum - total.value).abs()),
        );
        let spans: Vec<_> = std::iter::once(total.span.clone()).chain(parts.iter().map(|p| p.span.clone())).collect();
        let _ = doc;
        sink.add(TOTAL, Severity::Error, message, (show(total.value), show(sum)), &spans);
    }
}

/// (target, actual, percent) columns, by their headers or because most rows fit.
fn completion_columns(grid: &Grid) -> Vec<(usize, usize, usize)> {
    let mut out = Vec::new();
    for percent in (0..grid.columns).filter(|&c| grid.is_percent(c)) {
        let plain: Vec<usize> = (0..percent).filter(|&c| !grid.is_percent(c) && grid.rows.iter().any(|r| r.cells[c].is_some())).collect();
        let mut best: Option<(usize, (usize, usize, usize))> = None;
        let rows = grid.rows.iter().filter(|r| r.cells[percent].is_some()).count();
        for &a in &plain {
            for &b in plain.iter().filter(|b| **b != a) {
                let fits = grid.rows.iter().filter(|r| fits_percent(r, b, a, percent) == Some(true)).count();
                let named = is_target(grid.header(b)) && (is_actual(grid.header(a)) || grid.header(a).contains("完成"))
                    && grid.header(percent).contains("率");
                let enough = fits >= 2 && fits * 10 >= rows * 6 || named && plain.len() == 2;
                if enough && best.is_none_or(|x| fits > x.0) {
                    best = Some((fits, (b, a, percent)));
                }
            }
        }
        out.extend(best.map(|b| b.1));
    }
    out
}

fn fits_percent(row: &Row, target: usize, actual: usize, percent: usize) -> Option<bool> {
    let (t, a, p) = (row.cells[target].as_ref()?, row.cells[actual].as_ref()?, row.cells[percent].as_ref()?);
    if t.value == a.value && a.value == Decimal::ZERO {
        return None;
    }
    Some(is_share(p.value, p.decimals, a.value, t.value) || !p.percent && t.value != Decimal::ZERO && p.value <= Decimal::TEN && prints_as(a.value / t.value, p.value, p.decimals))
}

fn completion(doc: &Doc, grid: &Grid, target: usize, actual: usize, percent: usize, sink: &mut Sink<'_>) {
    for row in &grid.rows {
        let Some(fits) = fits_percent(row, target, actual, percent) else { continue };
        sink.tried();
        let (Some(t), Some(a), Some(p)) = (&row.cells[target], &row.cells[actual], &row.cells[percent]) else { continue };
        let Some(right) = percent_of(a.value, t.value) else { continue };
        if fits {
            continue;
        }
        let message = format!(
            "表格“{}”一行：{}÷{}={}，表中为{}%",
            row.label, show(a.value), show(t.value), show_percent(right), show(p.value),
        );
        let spans = [p.span.clone(), a.span.clone(), t.span.clone()];
        let _ = doc;
        sink.add(PERCENT, Severity::Error, message, (format!("{}%", show(p.value)), show_percent(right)), &spans);
    }
}

/// A column that in most rows is the sum, difference, product or weighted product of two others, or the sum of all
/// before it: the rows where it is not are wrong.
fn computed(doc: &Doc, grid: &Grid, sink: &mut Sink<'_>) {
    let numeric: Vec<usize> =
        (0..grid.columns).filter(|&c| grid.rows.iter().filter(|r| r.cells[c].is_some()).count() >= 2).collect();
    for &result in &numeric {
        if grid.is_percent(result) {
            continue;
        }
        let Some(way) = best_way(grid, &numeric, result) else { continue };
        for row in &grid.rows {
            let Some(found) = &row.cells[result] else { continue };
            let Some((right, shown)) = way.apply(row, found.decimals) else { continue };
            sink.tried();
            if right == found.value || prints_as(right, found.value, found.decimals) {
                continue;
            }
            let message = format!(
                "表格“{}”一行“{}”：{}={}，表中为{}，相差{}",
                row.label, grid.header(result), shown, show(right), show(found.value), show((right - found.value).abs()),
            );
            let _ = doc;
            sink.add(COMPUTED, Severity::Error, message, (show(found.value), show(right)), std::slice::from_ref(&found.span));
        }
    }
}

#[derive(Clone, Debug)]
enum Way {
    Sum(Vec<usize>),
    Minus(usize, usize),
    Weighted(usize, usize),
}

impl Way {
    fn apply(&self, row: &Row, _decimals: u32) -> Option<(Decimal, String)> {
        let at = |c: usize| row.cells[c].as_ref().map(|v| v.value);
        match self {
            Self::Sum(columns) => {
                if columns.iter().any(|c| row.words[*c]) {
                    return None;
                }
                let parts: Vec<Decimal> = columns.iter().filter_map(|c| at(*c)).collect();
                let shown: Vec<String> = parts.iter().map(|p| show(*p)).collect();
                (parts.len() >= 2).then(|| (parts.iter().sum(), shown.join("+")))
            }
            Self::Minus(a, b) => {
                let (a, b) = (at(*a)?, at(*b)?);
                Some((a - b, format!("{}-{}", show(a), show(b))))
            }
            Self::Weighted(weight, score) => {
                let (w, s) = (at(*weight)?, at(*score)?);
                Some((w.checked_mul(s)? / Decimal::ONE_HUNDRED, format!("{}%×{}", show(w), show(s))))
            }
        }
    }
}

fn best_way(grid: &Grid, numeric: &[usize], result: usize) -> Option<Way> {
    let plain: Vec<usize> = numeric.iter().copied().filter(|c| *c != result && !grid.is_percent(*c)).collect();
    let header = grid.header(result);
    let mut ways = Vec::new();
    let before: Vec<usize> = plain.iter().copied().filter(|c| *c < result).collect();
    let total = ["合计", "总计", "小计", "共计", "总分", "总数"].iter().any(|w| header.contains(w));
    if before.len() >= 2 {
        ways.push(Way::Sum(before));
    }
    let after: Vec<usize> = plain.iter().copied().filter(|c| *c > result).collect();
    if after.len() >= 2 && total {
        ways.push(Way::Sum(after));
    }
    for &a in &plain {
        for &b in plain.iter().filter(|b| **b != a) {
            if a < b {
                ways.push(Way::Sum(vec![a, b]));
            }
            ways.push(Way::Minus(a, b));
        }
    }
    for &w in numeric.iter().filter(|w| grid.header(**w).contains("权重") || grid.header(**w).contains("占比") || grid.header(**w).contains("比重")) {
        ways.extend(plain.iter().filter(|s| **s != w).map(|s| Way::Weighted(w, *s)));
    }
    let rows: Vec<&Row> = grid.rows.iter().filter(|r| r.cells[result].is_some()).collect();
    let mut best: Option<(usize, Way)> = None;
    for way in ways {
        let mut tried = 0;
        let mut fits = 0;
        for row in &rows {
            let (Some(found), Some((right, _))) = (&row.cells[result], way.apply(row, 0)) else { continue };
            tried += 1;
            if found.value != Decimal::ZERO && prints_as(right, found.value, found.decimals) && telling(&way, row) {
                fits += 1;
            }
        }
        let enough = fits >= 3 && fits * 10 >= tried * 6 || total && fits >= 1 && fits * 2 >= tried;
        if enough && best.as_ref().is_none_or(|b| fits > b.0) {
            best = Some((fits, way));
        }
    }
    best.map(|b| b.1)
}

/// A sum or difference with zeros shows nothing.
fn telling(way: &Way, row: &Row) -> bool {
    let set = |c: &usize| row.cells[*c].as_ref().is_some_and(|v| v.value != Decimal::ZERO);
    match way {
        Way::Sum(columns) => columns.iter().filter(|c| set(c)).count() >= 2,
        Way::Minus(a, b) | Way::Weighted(a, b) => set(a) && set(b),
    }
}

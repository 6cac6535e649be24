//! Tables as grids: headers, row labels and the numbers that fill cells, and what such a cell claims.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Table};
use crate::checks::text::label::canonical;
use crate::checks::text::words::has_any;

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
    /// What one of its last digit is worth.
    pub(super) step: Decimal,
    pub(super) span: Range<usize>,
    /// What the other cells of a place's row say.
    pub(super) row: Vec<Decimal>,
}

/// The claims of all tables whose columns say target or actual.
pub(super) fn cell_claims(doc: &Doc, claims: &Claims) -> Vec<CellClaim> {
    let mut out = Vec::new();
    for table in &doc.tables {
        let grid = Grid::read(doc, claims, table);
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &grid.rows {
            *seen.entry(row.label.as_str()).or_default() += 1;
        }
        for row in &grid.rows {
            // 留守儿童|一级 and 留守老人|一级: the group belongs to the name.
            let grouped = seen.get(row.label.as_str()).is_some_and(|n| *n > 1) && row.group != row.label;
            for (column, cell) in row.cells.iter().enumerate() {
                if let Some(value) = cell
                    && let Some(mut claim) = grid.claim(row, column, value, claims)
                {
                    if grouped {
                        claim.label = format!("{}{}", canonical(&row.group), claim.label);
                    }
                    out.push(claim);
                }
            }
        }
    }
    out
}

/// A number that fills a cell.
#[derive(Clone)]
pub(super) struct Value {
    pub(super) value: Decimal,
    pub(super) decimals: u32,
    pub(super) percent: bool,
    /// A minus stands before it.
    pub(super) below_zero: bool,
    pub(super) class: &'static str,
    pub(super) span: Range<usize>,
}

impl Value {
    /// The value with its sign.
    pub(super) fn signed(&self) -> Decimal {
        if self.below_zero { -self.value } else { self.value }
    }
}

pub(super) struct Row {
    pub(super) label: String,
    /// Words of its first cell, or of the last row that has some: 入户走访 before 目标, 完成 and 完成率.
    pub(super) group: String,
    pub(super) unit: String,
    pub(super) total: bool,
    pub(super) subtotal: bool,
    /// Holds the means of the rows above.
    pub(super) mean: bool,
    pub(super) cells: Vec<Option<Value>>,
    /// Cells that hold words where a number could stand.
    pub(super) words: Vec<bool>,
}

impl Row {
    /// One of the things that the table lists: no total, no mean, and not the row of the full marks.
    pub(super) fn is_item(&self) -> bool {
        const FULL: &[&str] = &["满分", "权重", "分值", "标准分"];
        !self.total && !self.subtotal && !self.mean && !has_any(&self.label, FULL)
    }
}

pub(in crate::checks::text) struct Grid {
    pub(super) headers: Vec<String>,
    pub(super) rows: Vec<Row>,
    pub(super) columns: usize,
    /// The text scores once, with no weights: a table's 得分 total is the score.
    one_score: bool,
}

const VAGUE: &[&str] = &[
    "数值",
    "结果",
    "数据",
    "数量",
    "内容",
    "本期",
    "完成",
    "实际",
    "指标量",
    "完成量",
    "目标",
    "得分",
    "分值",
    "数字",
];

impl Grid {
    pub(super) fn read(doc: &Doc, claims: &Claims, table: &Table) -> Self {
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        let values: Vec<Vec<Option<Value>>> =
            table.rows.iter().map(|r| r.iter().map(|c| value_of(doc, claims, c)).collect()).collect();
        let first = values.iter().position(|r| r.iter().skip(1).any(Option::is_some)).unwrap_or(values.len());
        let headers: Vec<String> = (0..columns)
            .map(|c| table.rows[..first].iter().filter_map(|r| r.get(c)).map(|s| doc.slice(s)).collect())
            .collect();
        let mut group = String::new();
        let rows = (first..table.rows.len())
            .filter(|&r| table.rows[r].len() == columns || table.rows[r].len() + 1 >= columns)
            .map(|r| {
                let mut row = row_of(doc, &table.rows[r], &values[r], &headers, columns);
                if let Some(name) = group_above(doc, table, r).filter(|_| row.label == "小计") {
                    row.label = name;
                }
                if row.group.is_empty() {
                    row.group.clone_from(&group);
                }
                group.clone_from(&row.group);
                row
            })
            .collect();
        let one_score = !doc.text.contains("权重") && !doc.text.contains("占比");
        Self { headers, rows, columns, one_score }
    }

    /// A list in words as a table: names, what each column counts, and the values.
    pub(super) fn of_list(names: &[String], metrics: &[String], values: Vec<Vec<Value>>) -> Self {
        let columns = metrics.len() + 1;
        let rows = names.iter().zip(values).map(|(name, row)| Row {
            label: name.clone(),
            group: String::new(),
            unit: String::new(),
            total: false,
            subtotal: false,
            mean: false,
            cells: std::iter::once(None).chain(row.into_iter().map(Some)).collect(),
            words: vec![false; columns],
        });
        let headers = std::iter::once(String::new()).chain(metrics.iter().cloned()).collect();
        Self { headers, rows: rows.collect(), columns, one_score: false }
    }

    pub(super) fn header(&self, column: usize) -> &str {
        self.headers.get(column).map_or("", String::as_str)
    }

    pub(super) fn is_percent(&self, column: usize) -> bool {
        let header = self.header(column);
        let marked = has_any(header, &["率", "%", "占比", "比例", "百分比", "完成度", "进度"]);
        let cells: Vec<&Value> = self.rows.iter().filter_map(|r| r.cells[column].as_ref()).collect();
        !cells.is_empty() && (marked || cells.iter().all(|c| c.percent))
    }

    pub(super) fn claim(
        &self,
        row: &Row,
        column: usize,
        value: &Value,
        claims: &Claims,
    ) -> Option<CellClaim> {
        let header = self.header(column);
        if value.percent || self.is_percent(column) || row.label.is_empty() || row.subtotal {
            return None;
        }
        let places = &claims.places;
        let stem = ["服务片区", "片区", "社区", "片"]
            .iter()
            .find_map(|k| row.label.strip_suffix(k))
            .unwrap_or(&row.label);
        let area = places.areas.get(stem).cloned();
        let place = places.communities.contains_key(stem).then(|| stem.to_owned());
        let by_place = area.is_some() || place.is_some() || row.total;
        let other = has_any(header, &["上", "去年", "季度", "月份", "差", "同比", "备注", "权重", "满分"]);
        let target = is_target(header);
        let told = self.columns == 2 && matches!(header, "内容" | "信息" | "情况") && !value.class.is_empty();
        if other || !(by_place || target || told || is_actual(header)) {
            return None;
        }
        let people = matches!(header, "户数" | "人数") && self.headers.iter().any(|h| h == "户数");
        let roles = |f: fn(&str) -> bool| self.headers.iter().filter(|h| f(h)).count();
        if !by_place && (target && roles(is_target) > 1 || !target && roles(is_actual) > 1) {
            return None;
        }
        let label = if by_place && people {
            "兜底对象".to_owned()
        } else {
            canonical(before_bracket(if by_place { header } else { &row.label }))
        };
        let stated = if people { if header == "户数" { "户" } else { "人" } } else { "" };
        let label = if by_place { label.trim_end_matches('户').to_owned() } else { label };
        let class =
            [stated, value.class, unit_class(&row.unit), bracket_class(header), bracket_class(&row.label)]
                .into_iter()
                .find(|c| !c.is_empty())
                .unwrap_or_default();
        let thousands = value.class.is_empty()
            && matches!(class, "元" | "")
            && [header, row.unit.as_str(), row.label.as_str()].iter().any(|w| w.contains("万元"));
        let class = if thousands { "元" } else { class };
        let factor = if thousands { Decimal::from(10_000) } else { Decimal::ONE };
        let vague = by_place && VAGUE.contains(&label.as_str()) && !(label == "得分" && self.one_score);
        (label.chars().count() >= 2 && !vague).then(|| CellClaim {
            label,
            class: class.to_owned(),
            area,
            place,
            target: target && !by_place,
            value: value.value.checked_mul(factor).unwrap_or(value.value),
            decimals: value.decimals,
            step: Decimal::new(1, value.decimals) * factor,
            span: value.span.clone(),
            row: if by_place || unit_of_place(&row.label) {
                row.cells.iter().flatten().map(|v| v.value).collect()
            } else {
                Vec::new()
            },
        })
    }
}

/// What the first cells of the two rows above a 小计 have in common: the group that it adds up.
fn group_above(doc: &Doc, table: &Table, row: usize) -> Option<String> {
    let name = |r: usize| table.rows[r].first().map(|c| doc.slice(c));
    let own = row.checked_sub(2).and_then(name)?;
    let words = own.chars().count() >= 2 && !own.contains(|c: char| c.is_ascii_digit());
    (words && name(row - 1) == Some(own)).then(|| own.to_owned())
}

/// A row named after a place or a station: its columns are different quantities.
fn unit_of_place(label: &str) -> bool {
    ["街", "街道", "镇", "乡", "站", "点", "中心", "区", "村", "县"].iter().any(|w| label.ends_with(w))
}

pub(super) fn is_target(header: &str) -> bool {
    has_any(header, &["目标", "指标量", "指标数", "指标值", "协议", "计划", "任务", "合同", "应"])
        && !is_actual(header)
}

pub(super) fn is_actual(header: &str) -> bool {
    has_any(
        header,
        &[
            "完成量",
            "完成数",
            "完成情况",
            "实际",
            "已完成",
            "完成值",
            "实到",
            "实建",
            "现有",
            "本期",
            "累计完成",
        ],
    ) || header == "完成"
        || header == "数量"
}

pub(super) fn unit_class(unit: &str) -> &'static str {
    crate::checks::text::unit::unit_at(unit).map_or("", |u| u.class)
}

fn before_bracket(words: &str) -> &str {
    words.find('（').filter(|i| *i > 0).map_or(words, |i| &words[..i])
}

/// "入户探访（户次）".
pub(super) fn bracket_class(words: &str) -> &'static str {
    words.find('（').map_or("", |i| unit_class(&words[i + 3..]))
}

pub(super) fn value_of(doc: &Doc, claims: &Claims, cell: &Range<usize>) -> Option<Value> {
    let [claim] = claims.within(cell) else { return None };
    let number = &claim.number;
    let rest = cell.len() - number.span.len();
    // 超支1862.50 in a column of what is left.
    let before = doc.slice(&(cell.start..number.span.start));
    let below_zero = before == "-" || has_any(before, &["超支", "透支", "亏损", "赤字"]);
    // 三年合计 is a head.
    let worded = number.chinese && rest > 0;
    (rest <= 6 && !number.vague && !worded).then(|| Value {
        value: number.value,
        decimals: number.decimals,
        percent: number.percent,
        below_zero,
        class: claim.class(),
        span: number.span.clone(),
    })
}

/// First cells of rows that add up the rows above.
const TOTAL_ROWS: &[&str] = &[
    "合计",
    "总计",
    "共计",
    "总数",
    "全站合计",
    "全站",
    "合 计",
    "总分",
    "总得分",
    "全区",
    "全县",
    "全市",
    "全镇",
    "全街",
    "总和",
    "全村",
    "全乡",
    "全区合计",
    "全市合计",
    "各站合计",
    "合计/总计",
    "汇总",
    "综合",
];

/// First cells of rows that hold the means of the rows above.
const MEAN_ROWS: &[&str] =
    &["平均", "平均分", "平均值", "均值", "均分", "全区平均", "平均得分", "各站平均", "站均", "平均数"];

pub(super) fn row_of(
    doc: &Doc,
    spans: &[Range<usize>],
    values: &[Option<Value>],
    headers: &[String],
    columns: usize,
) -> Row {
    let first = values.iter().skip(1).position(Option::is_some).map_or(values.len(), |p| p + 1);
    let mut label = String::new();
    let mut unit = String::new();
    let mut named = false;
    for c in 0..first.min(spans.len()) {
        let words = doc.slice(&spans[c]);
        let header = headers.get(c).map_or("", String::as_str);
        if header.contains("单位") && header.chars().count() <= 4 || unit_class(words) == words && c > 0 {
            words.clone_into(&mut unit);
        } else if values[c].is_none() && !words.is_empty() && !header.contains("序号") && !named {
            words.clone_into(&mut label);
            named = has_any(header, &["名称", "站点", "社区", "乡镇", "街道"]);
        }
    }
    // 合计/平均: adds up the counts and means the scores.
    let plain = |s: &Range<usize>| doc.slice(s).split(['/', '（']).next().unwrap_or_default().to_owned();
    let is = |w: &[&str]| {
        spans.iter().take(first).any(|s| w.contains(&doc.slice(s)) || w.contains(&plain(s).as_str()))
    };
    let mut cells = values.to_vec();
    cells.resize(columns, None);
    for (c, cell) in cells.iter_mut().enumerate() {
        if headers.get(c).is_some_and(|h| has_any(h, &["序号", "编号", "排名", "名次", "序次"]))
            || c == 0 && headers.first().is_none_or(|h| h.is_empty() || h == "序")
        {
            *cell = None;
        }
    }
    let words = (0..columns)
        .map(|c| {
            values.get(c).is_none_or(Option::is_none)
                && spans.get(c).is_some_and(|s| !matches!(doc.slice(s), "" | "-" | "/" | "0" | "--" | "无"))
        })
        .collect();
    let subtotal = is(&["小计"]) || label.ends_with("小计");
    let group = spans.first().map_or("", |s| doc.slice(s)).to_owned();
    Row { label, group, unit, total: is(TOTAL_ROWS), subtotal, mean: is(MEAN_ROWS), cells, words }
}

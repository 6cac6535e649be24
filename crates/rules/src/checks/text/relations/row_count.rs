//! The number of a table's rows against what the text says of it: 9个乡镇 and a table of ten, 12个行政村和2个社区 and a table
//! with eleven villages.

use rust_decimal::Decimal;

use super::grid::{Grid, Row};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;
use crate::checks::text::words::has_any;

const RULE: &str = "count-names";
/// Fewest rows of a table that can be a list of all.
const LEAST: usize = 4;
const MOST_TABLES: usize = 40;
/// What places are called: the words for the number, and what a row's name ends with.
const PLACES: &[(&[&str], &str)] = &[
    (&["行政村", "村"], "村"),
    (&["社区", "居委会"], "社区"),
    (&["镇"], "镇"),
    (&["乡"], "乡"),
    (&["街道", "街道办事处"], "街道"),
];
/// Headers that say what a table lists, longest first.
const KINDS: &[&str] = &[
    "工作室",
    "服务站",
    "社工站",
    "服务点",
    "社工点",
    "乡镇",
    "镇街",
    "街道",
    "社区",
    "项目",
    "学校",
    "机构",
    "片区",
];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    if doc.tables.is_empty() {
        return;
    }
    let counts: Vec<&Claim> = claims
        .all
        .iter()
        .filter(|c| c.class() == "个" && c.exact() && !c.target && doc.blocks[c.block].kind != Kind::Cell)
        .collect();
    for table in doc.tables.iter().filter(|t| t.rows.len() > LEAST).take(MOST_TABLES) {
        let grid = Grid::read(doc, claims, table);
        // A row of what was asked for is no site.
        let asked = |r: &Row| has_any(&r.label, &["协议", "指标", "任务", "目标", "全县", "全区", "全市"]);
        let rows: Vec<&Row> = grid.rows.iter().filter(|r| r.is_item() && !asked(r)).collect();
        let rows: Vec<&Row> = rows.into_iter().filter(|r| r.cells.iter().any(Option::is_some)).collect();
        let named = rows.iter().all(|r| r.label.chars().count() >= 2);
        let distinct = (1..rows.len()).all(|i| rows[..i].iter().all(|r| r.label != rows[i].label));
        if rows.len() < LEAST || !named || !distinct {
            continue;
        }
        let closed = grid.rows.iter().any(|r| r.total || r.mean);
        by_places(doc, &counts, &rows, sink);
        by_header(doc, &counts, &grid, rows.len(), closed, sink);
    }
}

/// 4个镇、3个乡、2个街道: rows by what their names end with, where the sentence names all kinds that the rows have.
fn by_places(doc: &Doc, counts: &[&Claim], rows: &[&Row], sink: &mut Sink<'_>) {
    let kind_of = |label: &str| PLACES.iter().position(|(_, end)| label.ends_with(end));
    let kinds: Option<Vec<usize>> = rows.iter().map(|r| kind_of(&r.label)).collect();
    let Some(kinds) = kinds else { return };
    let of = |k: usize| kinds.iter().filter(|x| **x == k).count();
    let present: Vec<usize> = (0..PLACES.len()).filter(|k| of(*k) > 0).collect();
    if present.len() < 2 {
        return;
    }
    for (at, first) in counts.iter().enumerate() {
        let from =
            counts[..at].iter().rposition(|c| c.segment != first.segment).map_or(0, |before| before + 1);
        let told: Vec<(&Claim, usize)> = counts[from..]
            .iter()
            .take_while(|c| c.segment == first.segment)
            .filter(|c| !doc.slice(&c.left).starts_with(['合', '共']))
            .filter_map(|c| Some((*c, counted(doc, c)?)))
            .take(8)
            .collect();
        let led = told.first().is_some_and(|t| t.0.span() == first.span());
        if !led || told.len() != present.len() || present.iter().any(|k| told.iter().all(|t| t.1 != *k)) {
            continue;
        }
        let right = told.iter().filter(|t| t.0.number.value == Decimal::from(of(t.1))).count();
        for (claim, kind) in told.iter().filter(|_| right + 1 == told.len()) {
            sink.tried();
            say(doc, claim, of(*kind), Severity::Error, sink);
        }
    }
}

/// The kind of place that a claim counts.
fn counted(doc: &Doc, claim: &Claim) -> Option<usize> {
    let noun = doc.slice(&claim.right).trim_end_matches(['和', '及', '与', '以']);
    PLACES.iter().position(|(words, _)| words.contains(&noun))
}

/// 9个乡镇: the header of the names says what the rows are.
fn by_header(doc: &Doc, counts: &[&Claim], grid: &Grid, rows: usize, closed: bool, sink: &mut Sink<'_>) {
    // The column of names; 镇街 beside the names of groups says where each of them is.
    let names = grid.headers.iter().enumerate().find(|(_, h)| !["序号", "编号", "序"].contains(&h.as_str()));
    let headers = names
        .into_iter()
        .filter(|(c, h)| h.chars().count() <= 8 && grid.rows.iter().all(|r| r.cells[*c].is_none()));
    let Some(kind) = headers.filter_map(|(_, h)| KINDS.iter().find(|k| h.contains(**k))).next() else {
        return;
    };
    let of = |c: &Claim| doc.slice(&c.right).contains('的') || doc.text[c.right.end..].starts_with('的');
    let said: Vec<&Claim> =
        counts.iter().filter(|c| !of(c)).copied().filter(|c| is_whole(doc, c, kind)).collect();
    let n = Decimal::from(rows);
    let fits = said.iter().filter(|c| c.number.value == n).count();
    let near = |c: &&&Claim| c.number.value != n && (c.number.value - n).abs() <= Decimal::TWO;
    let odd: Vec<&&Claim> = said.iter().filter(near).collect();
    if let [one] = odd.as_slice()
        && (fits > 0 || closed && said.len() == 1)
    {
        sink.tried();
        let severity = if fits > 0 { Severity::Error } else { Severity::Warning };
        say(doc, one, rows, severity, sink);
    }
}

/// 全县7个乡镇, 设立6个社区工作室: the number of all of a kind and not of some of them.
fn is_whole(doc: &Doc, claim: &Claim, kind: &str) -> bool {
    const LEADS: &[&str] = &[
        "全县",
        "全市",
        "全区",
        "全镇",
        "全街",
        "全街道",
        "对",
        "辖",
        "下辖",
        "共",
        "共有",
        "覆盖",
        "纳入",
        "设立",
        "设有",
        "下设",
        "建立",
        "建有",
        "建成",
        "现有",
        "全部",
        "所有",
        "",
    ];
    let noun = doc.slice(&claim.right).trim_end_matches('中');
    let left = doc.slice(&claim.left);
    let rest = &doc.text[claim.right.end..];
    let led = LEADS.iter().any(|w| left == *w || !w.is_empty() && left.ends_with(w));
    let some =
        ["的", "得", "高", "低", "上升", "下降", "超", "达", "未", "没", "排", "获", "为", "占", "存", "（"]
            .iter()
            .any(|w| rest.starts_with(w));
    let before = doc.slice(&(claim.segment.start..claim.number.span.start));
    let listed = claim.other_period
        || before.ends_with('年')
        || before.ends_with('、')
        || has_any(before, &["其中", "其余", "另", "前", "后", "有的", "每", "除"]);
    (noun.starts_with(kind) || noun.ends_with(kind)) && led && !some && !listed
}

fn say(doc: &Doc, claim: &Claim, rows: usize, severity: Severity, sink: &mut Sink<'_>) {
    if claim.number.value == Decimal::from(rows) {
        return;
    }
    let message = format!("表格列出{rows}个，文中为“{}”", doc.slice(&(claim.left.start..claim.right.end)));
    let said = (show(claim.number.value), rows.to_string());
    sink.add(RULE, severity, message, said, &[claim.wide()]);
}

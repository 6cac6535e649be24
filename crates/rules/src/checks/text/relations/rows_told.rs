//! What words make of the rows of a table: 探访多完成132户次, 小组尚差1个 (done against planned); 新桥、海角两个社区服务人次合计2706人次; 两社区相差1692人次; 六甘乡有留守儿童87人 (all
//! rows of a group). What a cell itself holds is told in `extremes` and `told_again`.

use rust_decimal::Decimal;

use super::grid::{Grid, Row, Value, bracket_class, is_actual, is_target, unit_class};
use super::listing::grids;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, prints_as, show};
use crate::checks::text::words::has_any;

/// Most tables looked at, most columns of one, most numbers looked up in them and most groups of rows.
const MOST: usize = 30;
const LOOKED_UP: usize = 200;
const GROUPS: usize = 60;
const COLUMNS: usize = 12;
const GAPS: &[&str] = &[
    "超出",
    "超",
    "多",
    "多完成",
    "差",
    "少",
    "少完成",
    "欠",
    "缺",
    "未完成",
    "还需",
    "余额",
    "还差",
    "尚差",
];
const DUE: &[&str] =
    &["须完成", "还需完成", "需再完成", "仍需完成", "尚需完成", "还须完成", "需完成", "再开展", "再完成"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    plan_and_done(doc, claims, sink);
    let grids: Vec<&Grid> =
        grids(doc, claims).iter().filter(|g| g.rows.len() >= 2 && g.columns <= COLUMNS).take(MOST).collect();
    if grids.is_empty() {
        return;
    }
    let told = claims.all.iter().filter(|c| {
        let counted =
            !c.class().is_empty() || c.number.decimals > 0 || doc.text[c.number.span.end..].starts_with('倍');
        doc.blocks[c.block].kind == Kind::Paragraph && c.exact() && counted && !c.other_period
    });
    let groups = groups(&grids);
    let (mut gaps, mut pairs) = (LOOKED_UP, LOOKED_UP);
    for c in told {
        if gaps > 0 && is_gap(doc, c) {
            gaps -= 1;
            gap(doc, c, &grids, sink);
        }
        if pairs > 0 && made_of_two(doc, c).is_some() {
            pairs -= 1;
            two_rows(doc, c, &grids, sink);
        }
        group(doc, c, &groups, sink);
    }
}

/// The names of several rows, each with its table.
fn groups<'a>(grids: &[&'a Grid]) -> Vec<(&'a Grid, &'a str)> {
    let of = |grid: &'a Grid| {
        let twice = |i: &usize| grid.rows[*i].group == grid.rows[i - 1].group && !grid.rows[*i].total;
        let mut names: Vec<&str> =
            (1..grid.rows.len()).filter(twice).map(|i| grid.rows[i].group.as_str()).collect();
        names.dedup();
        names.retain(|name| name.chars().count() >= 2);
        names.into_iter().map(move |name| (grid, name))
    };
    grids.iter().flat_map(|g| of(g)).take(GROUPS).collect()
}

/// 志愿者培训计划40场、实际38场，少2场: planned, done and what lies between, told in a row.
fn plan_and_done(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for three in claims.all.windows(3) {
        let [a, b, c] = three else { continue };
        let ends = |c: &Claim, words: &[&str]| words.iter().any(|w| doc.slice(&c.left).ends_with(w));
        let kin = [a, b, c].iter().all(|x| x.class() == a.class() && x.exact() && x.segment == a.segment);
        let told = ends(a, &["计划", "应完成", "目标", "任务"])
            && ends(b, &["实际", "实际完成", "完成", "实际开展"])
            && ["少", "多", "差", "超", "超出", "少完成", "多完成", "超额完成"].contains(&doc.slice(&c.left));
        if !kin || a.class().is_empty() || !told || doc.blocks[a.block].kind != Kind::Paragraph {
            continue;
        }
        let (p, d, said) = (a.number.value, b.number.value, c.number.value);
        let apart = (p - d).abs();
        let slip =
            one_digit_apart(apart, said) || one_digit_apart(p, d + said) || one_digit_apart(d, p - said);
        sink.tried();
        if apart != said && slip {
            let message =
                format!("{}与{}相差{}，文中为“{}”", show(p), show(d), show(apart), doc.slice(&c.wide()));
            let spans = [c.wide(), a.wide(), b.wide()];
            sink.add("difference", Severity::Error, message, (show(said), show(apart)), &spans);
        }
    }
}

fn bare(words: &str) -> &str {
    words.split('（').next().unwrap_or_default()
}

fn class_of<'a>(grid: &'a Grid, row: &'a Row, column: usize) -> &'static str {
    let own = row.cells[column].as_ref().map_or("", |v| v.class);
    [own, bracket_class(grid.header(column)), unit_class(&row.unit), bracket_class(&row.label)]
        .into_iter()
        .find(|c| !c.is_empty())
        .unwrap_or_default()
}

fn count(grid: &Grid, row: &Row, column: usize) -> Option<Value> {
    row.cells[column].clone().filter(|v| !v.percent && !grid.is_percent(column))
}

/// Whether words say that a number is what is done too much, too little or still due.
fn is_gap(doc: &Doc, c: &Claim) -> bool {
    let left = doc.slice(&c.left);
    let sentence = doc.slice(&(c.sentence.start..c.number.span.start));
    let due = has_any(sentence, DUE);
    let said = GAPS.iter().any(|w| left.ends_with(w)) || has_any(left, &["超出", "多完成", "少完成"]);
    (due || said) && !left.contains(['比', '较', '均', '每'])
}

/// 探访多完成132户次: the row that the words name, what was planned and what was done.
fn gap(doc: &Doc, c: &Claim, grids: &[&Grid], sink: &mut Sink<'_>) {
    let left = doc.slice(&c.left);
    // 杨马镇个案差1例: a place is named, whose own row is meant.
    let segment = doc.slice(&(c.segment.start..c.number.span.start));
    let place = |r: &Row| {
        r.label.ends_with(['镇', '乡', '站', '村', '区', '道', '点']) && segment.contains(bare(&r.label))
    };
    if grids.iter().any(|g| g.rows.iter().any(&place)) || has_any(segment, &["街道", "各站", "两站", "单站"])
    {
        return;
    }
    let mut slip = None;
    for grid in grids {
        let rows = grid.rows.iter().filter(|r| !r.total && !r.mean && bare(&r.label).chars().count() >= 2);
        let named: Vec<&Row> = rows.filter(|r| left.contains(bare(&r.label))).collect();
        let [row] = named.as_slice() else { continue };
        let value = c.number.value;
        if row.cells.iter().flatten().any(|v| v.value == value) {
            return;
        }
        let due_column = |k: &usize| is_target(grid.header(*k)) || bare(grid.header(*k)).ends_with("指标");
        for planned in (1..grid.columns).filter(due_column) {
            for done in (1..grid.columns).filter(|d| *d != planned && is_actual(grid.header(*d))) {
                let (Some(a), Some(b)) = (count(grid, row, planned), count(grid, row, done)) else {
                    continue;
                };
                if class_of(grid, row, planned) != c.class() {
                    continue;
                }
                let apart = (a.value - b.value).abs();
                sink.tried();
                if apart == value {
                    return;
                }
                if one_digit_apart(apart, value) {
                    slip = slip.or(Some((a, b, apart)));
                }
            }
        }
    }
    if let Some((a, b, apart)) = slip {
        let message = format!(
            "表格中{}与{}相差{}，文中为“{}”",
            show(a.value),
            show(b.value),
            show(apart),
            doc.slice(&c.wide())
        );
        let spans = [c.wide(), a.span, b.span];
        sink.add("difference", Severity::Warning, message, (show(c.number.value), show(apart)), &spans);
    }
}

/// How two rows make a number.
enum Made {
    Sum,
    Apart,
    Times,
}

fn made_of_two(doc: &Doc, c: &Claim) -> Option<Made> {
    let left = doc.slice(&c.left);
    let many = c.class() == "倍" || doc.text[c.number.span.end..].starts_with('倍');
    if many && ["前者为后者的", "前者是后者的"].iter().any(|w| left.ends_with(w)) {
        return Some(Made::Times);
    }
    if ["相差", "相差为"].iter().any(|w| left.ends_with(w)) {
        return Some(Made::Apart);
    }
    has_any(left, &["合计", "合计开展", "合计为", "共计"]).then_some(Made::Sum)
}

/// What two rows that a sentence names make, or what lies between them, in the column that it speaks of.
fn two_rows(doc: &Doc, c: &Claim, grids: &[&Grid], sink: &mut Sink<'_>) {
    let left = doc.slice(&c.left);
    let clause = doc.slice(&(c.sentence.start..c.number.span.start));
    let Some(made) = made_of_two(doc, c) else { return };
    let (sums, times) = (matches!(made, Made::Sum), matches!(made, Made::Times));
    for grid in grids {
        let own = |r: &&Row| {
            !r.total && !r.mean && !r.subtotal && stem(&r.label).is_some_and(|s| clause.contains(s))
        };
        let rows: Vec<&Row> = grid.rows.iter().filter(own).collect();
        let [a, b] = rows.as_slice() else { continue };
        let columns: Vec<(usize, Decimal)> = (1..grid.columns)
            .filter_map(|k| {
                let (x, y) = (count(grid, a, k)?.value, count(grid, b, k)?.value);
                let made = if sums {
                    x + y
                } else if times {
                    x.max(y).checked_div(x.min(y))?
                } else {
                    (x - y).abs()
                };
                Some((k, made))
            })
            .collect();
        sink.tried();
        let (value, decimals) = (c.number.value, c.number.decimals);
        if columns.iter().any(|(_, v)| prints_as(*v, value, decimals)) {
            return;
        }
        let told = |k: usize| {
            let header = bare(grid.header(k));
            let class = bracket_class(grid.header(k));
            let topic = doc.slice(&(doc.blocks[c.block].span.start..c.sentence.start)).contains(header);
            let of_block = class.is_empty() && topic && header.chars().count() >= 3;
            header.chars().count() >= 2 && left.contains(header)
                || of_block
                || times
                || !class.is_empty() && class == c.class()
        };
        let slip = columns.iter().find(|(k, v)| told(*k) && one_digit_apart(v.round_dp(decimals), value));
        if let Some((k, right)) = slip {
            let right = show(right.round_dp(decimals));
            let message = format!(
                "表格“{}”一列，{}与{}得{right}，文中为“{}”",
                grid.header(*k),
                a.label,
                b.label,
                doc.slice(&c.wide())
            );
            let rule = if sums { "total" } else { "difference" };
            sink.add(rule, Severity::Warning, message, (show(value), right), &[c.wide()]);
            return;
        }
    }
}

/// A row's name without the kind of place it is.
fn stem(label: &str) -> Option<&str> {
    let name = bare(label).trim_end_matches("社区").trim_end_matches('站');
    (name.chars().count() >= 2).then_some(name)
}

/// 六甘乡有留守儿童87人: the rows of a group in the column of that name.
fn group(doc: &Doc, c: &Claim, groups: &[(&Grid, &str)], sink: &mut Sink<'_>) {
    let words = doc.slice(&(c.segment.start..c.number.span.start));
    let left = doc.slice(&c.left);
    // The name told last is meant.
    let named = groups.iter().filter_map(|(g, name)| Some((words.rfind(*name)?, *g, *name)));
    let named: Vec<(usize, &Grid, &str)> = named.collect();
    let last = named.iter().map(|n| n.0).max();
    for (_, grid, group) in named.iter().filter(|n| Some(n.0) == last) {
        let column = (1..grid.columns).find(|k| {
            let header = bare(grid.header(*k));
            header.chars().count() >= 2 && left.ends_with(header) && !grid.is_percent(*k)
        });
        let Some(column) = column else { continue };
        let rows: Vec<&Row> =
            grid.rows.iter().filter(|r| r.group == *group && !r.total && !r.subtotal).collect();
        let class = rows.first().map_or("", |r| class_of(grid, r, column));
        // 临江街道的滨江社区探访126人次: one of its rows is meant.
        let inner = rows
            .iter()
            .filter(|r| r.label != *group)
            .any(|r| stem(&r.label).is_some_and(|s| words.contains(s)));
        if rows.len() < 2 || inner || !class.is_empty() && class != c.class() {
            continue;
        }
        let values: Vec<Decimal> = rows.iter().filter_map(|r| Some(count(grid, r, column)?.value)).collect();
        let (sum, value) = (values.iter().sum::<Decimal>(), c.number.value);
        sink.tried();
        if values.len() != rows.len() || sum == value || !one_digit_apart(sum, value) {
            continue;
        }
        let message = format!(
            "表格“{group}”各行“{}”合计{}，文中为“{}”",
            bare(grid.header(column)),
            show(sum),
            doc.slice(&c.wide())
        );
        sink.add("total", Severity::Warning, message, (show(value), show(sum)), &[c.wide()]);
        return;
    }
}

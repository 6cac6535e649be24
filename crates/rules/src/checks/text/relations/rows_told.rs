//! What words make of the rows of a table: 探访多完成132户次, 小组尚差1个 (done against planned); 新桥、海角两个社区服务人次合计2706人次; 两社区相差1692人次; 六甘乡有留守儿童87人 (all
//! rows of a group). What a cell itself holds is told in `extremes` and `told_again`.

use rust_decimal::Decimal;

use super::grid::{Grid, Row, Value, bracket_class, is_actual, is_target, unit_class};
use super::listing::grids;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, prints_as, show};

/// Most tables looked at, most columns of one.
const MOST: usize = 30;
const COLUMNS: usize = 12;
const GAPS: &[&str] = &["超出", "超", "多", "多完成", "差", "少", "少完成", "欠", "缺", "未完成", "还需", "余额", "还差", "尚差"];
const DUE: &[&str] = &["须完成", "还需完成", "需再完成", "仍需完成", "尚需完成", "还须完成", "需完成", "再开展", "再完成"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let grids: Vec<&Grid> =
        grids(doc, claims).iter().filter(|g| g.rows.len() >= 2 && g.columns <= COLUMNS).take(MOST).collect();
    if grids.is_empty() {
        return;
    }
    let told = claims.all.iter().filter(|c| {
        let counted = !c.class().is_empty() || c.number.decimals > 0;
        doc.blocks[c.block].kind == Kind::Paragraph && c.exact() && counted && !c.other_period
    });
    for c in told {
        gap(doc, c, &grids, sink);
        two_rows(doc, c, &grids, sink);
        group(doc, c, &grids, sink);
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

/// 探访多完成132户次: the row that the words name, what was planned and what was done.
fn gap(doc: &Doc, c: &Claim, grids: &[&Grid], sink: &mut Sink<'_>) {
    let left = doc.slice(&c.left);
    let sentence = doc.slice(&(c.sentence.start..c.number.span.start));
    let due = DUE.iter().any(|w| sentence.contains(w));
    let said = GAPS.iter().any(|w| left.ends_with(w)) || ["超出", "多完成", "少完成"].iter().any(|w| left.contains(w));
    if !(due || said) || left.contains(['比', '较', '均', '每']) {
        return;
    }
    let mut slip = None;
    for grid in grids {
        let rows = grid.rows.iter().filter(|r| !r.total && !r.mean && bare(&r.label).chars().count() >= 2);
        let named: Vec<&Row> = rows.filter(|r| left.contains(bare(&r.label))).collect();
        let [row] = named.as_slice() else { continue };
        let of = |f: fn(&str) -> bool| (1..grid.columns).filter(move |k| f(grid.header(*k)));
        let value = c.number.value;
        if row.cells.iter().flatten().any(|v| v.value == value) {
            return;
        }
        for planned in of(is_target) {
            for done in of(is_actual).filter(|d| *d != planned) {
                let (Some(a), Some(b)) = (count(grid, row, planned), count(grid, row, done)) else { continue };
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
        let message =
            format!("表格中{}与{}相差{}，文中为“{}”", show(a.value), show(b.value), show(apart), doc.slice(&c.wide()));
        let spans = [c.wide(), a.span, b.span];
        sink.add("difference", Severity::Warning, message, (show(c.number.value), show(apart)), &spans);
    }
}

/// What two rows that a sentence names make, or what lies between them, in the column that it speaks of.
fn two_rows(doc: &Doc, c: &Claim, grids: &[&Grid], sink: &mut Sink<'_>) {
    let left = doc.slice(&c.left);
    let clause = doc.slice(&(c.segment.start..c.number.span.start));
    let sums = ["合计", "合计开展", "合计为", "共计"].iter().any(|w| left.contains(w));
    let apart = ["相差", "相差为"].iter().any(|w| left.ends_with(w));
    let times = c.class() == "倍" && left.ends_with("前者为后者的") || c.class() == "倍" && left.ends_with("前者是后者的");
    if !(sums || apart || times) {
        return;
    }
    for grid in grids {
        let own = |r: &&Row| !r.total && !r.mean && !r.subtotal && stem(&r.label).is_some_and(|s| clause.contains(s));
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
            header.chars().count() >= 2 && left.contains(header) || times || !class.is_empty() && class == c.class()
        };
        let slip = columns.iter().find(|(k, v)| told(*k) && one_digit_apart(v.round_dp(decimals), value));
        if let Some((k, right)) = slip {
            let right = show(right.round_dp(decimals.max(0)));
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
fn group(doc: &Doc, c: &Claim, grids: &[&Grid], sink: &mut Sink<'_>) {
    let words = doc.slice(&(c.segment.start..c.number.span.start));
    let left = doc.slice(&c.left);
    for grid in grids {
        let mut groups: Vec<&str> = grid.rows.iter().filter(|r| r.group != r.label && !r.total).map(|r| r.group.as_str()).collect();
        groups.dedup();
        let named = groups.iter().filter(|g| g.chars().count() >= 2).filter_map(|g| Some((words.rfind(*g)?, *g))).max();
        let Some((_, group)) = named else { continue };
        let column = (1..grid.columns).find(|k| {
            let header = bare(grid.header(*k));
            header.chars().count() >= 2 && left.ends_with(header) && !grid.is_percent(*k)
        });
        let Some(column) = column else { continue };
        let rows: Vec<&Row> = grid.rows.iter().filter(|r| r.group == group && !r.total && !r.subtotal).collect();
        let class = rows.first().map_or("", |r| class_of(grid, r, column));
        // 临江街道的滨江社区探访126人次: one of its rows is meant.
        let inner = rows.iter().any(|r| stem(&r.label).is_some_and(|s| words.contains(s)));
        if rows.len() < 2 || inner || !class.is_empty() && class != c.class() {
            continue;
        }
        let values: Vec<Decimal> = rows.iter().filter_map(|r| Some(count(grid, r, column)?.value)).collect();
        let (sum, value) = (values.iter().sum::<Decimal>(), c.number.value);
        sink.tried();
        if values.len() != rows.len() || sum == value || !(one_digit_apart(sum, value) || turned(sum, value)) {
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

/// 113 and 131: two digits changed round.
fn turned(a: Decimal, b: Decimal) -> bool {
    let digits = |n: Decimal| {
        let mut digits = n.to_string().into_bytes();
        digits.sort_unstable();
        digits
    };
    digits(a) == digits(b)
}

//! Rows of one group: a table whose first column repeats a name (站点管理, 站点管理, 服务实施…) against what the text says of
//! the group: 服务实施得39.5分（满分45分）, 服务实施（87.8%）.

use rust_decimal::Decimal;

use super::grid::value_of;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind, Table};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, percent_of, show, show_percent, show_sum};
use crate::checks::text::words::has_any;

const MOST_TABLES: usize = 40;
const MOST_GROUPS: usize = 20;
const TOTALS: &[&str] = &["合计", "总计", "总分", "小计", "共计"];

/// The rows of one name: what they can score, what they scored.
struct Group {
    name: String,
    full: Vec<Decimal>,
    got: Vec<Decimal>,
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for table in doc.tables.iter().take(MOST_TABLES) {
        let groups = groups(doc, claims, table);
        if groups.len() >= 2 && groups.iter().any(|g| g.got.len() >= 2) {
            for claim in claims.all.iter().filter(|c| doc.blocks[c.block].kind != Kind::Cell) {
                told(doc, claim, &groups, sink);
            }
        }
    }
}

/// Groups of a table that has columns of marks and of scores; a name left out is that of the row above.
fn groups(doc: &Doc, claims: &Claims, table: &Table) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    let Some((head, rows)) = table.rows.split_first() else { return out };
    let column = |words: &[&str]| head.iter().position(|h| words.contains(&doc.slice(h)));
    let full = column(&["满分", "分值", "标准分", "标准分值"]);
    let (Some(full), Some(got)) = (full, column(&["得分", "实得分", "评估得分", "评分"])) else {
        return out;
    };
    if full < 2 || got < 2 || doc.slice(&head[0]).contains('序') {
        return out;
    }
    for row in rows {
        let cell = |c: usize| row.get(c).and_then(|s| value_of(doc, claims, s)).map(|v| v.value);
        let name = row.first().map_or("", |s| doc.slice(s));
        // 组织管理（20分）.
        let name = name.split_once("分）").map_or(name, |_| name.split('（').next().unwrap_or(name));
        if has_any(name, TOTALS) || row.get(1).is_some_and(|s| TOTALS.contains(&doc.slice(s))) {
            continue;
        }
        let (Some(f), Some(g)) = (cell(full), cell(got)) else { continue };
        let known = out.iter().position(|o| o.name == name);
        let at = if name.is_empty() { out.len().checked_sub(1) } else { known };
        if let Some(group) = at.and_then(|i| out.get_mut(i)) {
            group.full.push(f);
            group.got.push(g);
        } else if out.len() < MOST_GROUPS && name.chars().count() >= 2 {
            out.push(Group { name: name.to_owned(), full: vec![f], got: vec![g] });
        } else {
            return Vec::new();
        }
    }
    out
}

fn told(doc: &Doc, claim: &Claim, groups: &[Group], sink: &mut Sink<'_>) {
    let left = doc.slice(&claim.left);
    if claim.class() == "分" && claim.exact() {
        let name = ["得分为", "得分", "得", "实得", "为", "："].iter().find_map(|w| left.strip_suffix(w));
        let Some(group) = groups.iter().find(|g| name == Some(g.name.as_str())) else { return };
        sink.tried();
        let sum: Decimal = group.got.iter().sum();
        if sum != claim.number.value {
            let message = format!(
                "表格中“{}”各项{}，文中为“{}”",
                group.name,
                show_sum(&group.got),
                doc.slice(&claim.wide())
            );
            let said = (show(claim.number.value), show(sum));
            sink.add("score-parts", Severity::Error, message, said, &[claim.wide()]);
        }
    } else if claim.number.percent && left.is_empty() && claim.depth > 0 {
        let words = doc.slice(&(claim.segment.start..claim.number.span.start));
        let name = words.strip_suffix('（').unwrap_or_default();
        let rate = doc.slice(&claim.sentence).contains("得分率");
        let Some(group) = groups.iter().find(|g| rate && name.ends_with(&g.name)) else { return };
        let (got, full): (Decimal, Decimal) = (group.got.iter().sum(), group.full.iter().sum());
        let (p, decimals) = (claim.number.value, claim.number.decimals);
        sink.tried();
        if let Some(right) = percent_of(got, full).filter(|_| !is_share(p, decimals, got, full)) {
            let message = format!(
                "“{}”得分率{}÷{}={}，文中为{}%",
                group.name,
                show(got),
                show(full),
                show_percent(right),
                show(p)
            );
            let said = (format!("{}%", show(p)), show_percent(right));
            sink.add("rate", Severity::Error, message, said, &[claim.span()]);
        }
    }
}

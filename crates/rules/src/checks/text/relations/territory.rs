//! Territory: communities against their area, areas against the station, for files, visits and any other count that
//! is given for each of them.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::parts::compare;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{show, show_sum};

const RULE: &str = "area-total";

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    communities(doc, claims, sink);
    areas(doc, claims, sink);
}

/// Inside one block: counts of communities against the block's total of the same thing.
fn communities(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (index, block) in doc.blocks.iter().enumerate() {
        let here = claims.within(&block.span);
        if block.kind == Kind::Cell || here.len() < 3 {
            continue;
        }
        let mut groups: BTreeMap<(String, &str), Vec<&Claim>> = BTreeMap::new();
        for claim in here.iter().filter(|c| c.place.is_some() && c.exact() && !c.other_period) {
            let class = if claim.class().is_empty() { usual_class(here) } else { claim.class() };
            groups.entry((bare(claim), class)).or_default().push(claim);
        }
        for ((label, class), group) in groups {
            let places: BTreeSet<_> = group.iter().filter_map(|c| c.place.as_deref()).collect();
            if places.len() < 2 || places.len() != group.len() {
                continue;
            }
            let all = known(claims, group[0].area.as_deref(), index).is_none_or(|n| places.len() >= n);
            let total = here.iter().filter(|c| {
                c.place.is_none() && c.class() == class && c.exact() && !c.other_period && goes_with(&label, c)
            });
            let first = group[0].number.span.start;
            let last = group[group.len() - 1].number.span.end;
            let near = total
                .filter(|t| t.number.span.end <= first || t.number.span.start >= last)
                .min_by_key(|t| t.number.span.start.abs_diff(first).min(t.number.span.start.abs_diff(last)));
            if let Some(total) = near
                && (all && places.len() > 2 || group.iter().map(|c| c.number.value).sum::<Decimal>() > total.number.value)
            {
                compare(doc, total, &group, Severity::Error, sink);
            }
        }
    }
}

fn usual_class(here: &[Claim]) -> &'static str {
    let mut seen = BTreeMap::<&str, usize>::new();
    for c in here.iter().filter(|c| c.place.is_some() && !c.class().is_empty()) {
        *seen.entry(c.class()).or_default() += 1;
    }
    seen.into_iter().max_by_key(|s| s.1).map_or("", |s| s.0)
}

/// How many communities the text lists for an area (the longest list of its blocks).
fn known(claims: &Claims, area: Option<&str>, _block: usize) -> Option<usize> {
    let area = area?;
    claims.places.members.get(area).map(BTreeSet::len)
}

/// Label without the place's name and without 应/实.
fn bare(claim: &Claim) -> String {
    let mut label = claim.label.clone();
    if let Some(place) = &claim.place {
        label = label.replace(place.as_str(), "").replace("社区", "").replace('村', "");
    }
    label
}

fn goes_with(label: &str, total: &Claim) -> bool {
    let strip = |s: &str| s.replace(['应', '实', '际', '需', '共'], "");
    let (a, b) = (strip(label), strip(&total.label));
    a.is_empty() || b.is_empty() || a.contains(&b) || b.contains(&a)
}

/// Counts of every area against the station's.
fn areas(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let names: BTreeSet<&String> = claims.places.areas.iter().collect();
    if names.len() < 2 {
        return;
    }
    let mut of_areas: BTreeMap<(String, &str), BTreeMap<&str, Vec<&Claim>>> = BTreeMap::new();
    let mut of_station: BTreeMap<(String, &str), Vec<&Claim>> = BTreeMap::new();
    for claim in claims.all.iter().filter(|c| c.place.is_none() && c.exact() && !c.other_period && !c.target) {
        if doc.blocks[claim.block].kind == Kind::Cell {
            continue;
        }
        let Some(key) = concept(doc, claim) else { continue };
        match &claim.area {
            Some(area) if names.contains(area) => {
                of_areas.entry(key).or_default().entry(area).or_default().push(claim);
            }
            Some(_) => {}
            None => of_station.entry(key).or_default().push(claim),
        }
    }
    for (key, by_area) in &of_areas {
        let Some(totals) = of_station.get(key) else { continue };
        if by_area.values().any(|v| v.iter().any(|c| c.number.value != v[0].number.value)) {
            continue;
        }
        let parts: Vec<&Claim> = by_area.values().map(|v| v[0]).collect();
        let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
        for total in totals {
            sink.tried();
            let t = total.number.value;
            let wrong = if by_area.len() == names.len() { sum != t } else { by_area.len() > 1 && sum > t };
            if wrong {
                report(doc, &parts, total, sum, sink);
            }
        }
    }
}

fn report(doc: &Doc, parts: &[&Claim], total: &Claim, sum: Decimal, sink: &mut Sink<'_>) {
    let values: Vec<Decimal> = parts.iter().map(|p| p.number.value).collect();
    let t = total.number.value;
    let message = format!(
        "{}，文中为{}，相差{}（各片区之和与全站“{}”）",
        show_sum(&values), show(t), show((sum - t).abs()), doc.slice(&total.wide()),
    );
    let mut parts = parts.to_vec();
    parts.sort_by_key(|p| p.number.span.start);
    let spans: Vec<_> = std::iter::once(total.wide()).chain(parts.iter().map(|p| p.wide())).collect();
    sink.add(RULE, Severity::Error, message, (show(t), show(sum)), &spans);
}

/// What is counted, coarse for files (建档, 档案: 户 and 份 are one), by label otherwise.
fn concept(doc: &Doc, claim: &Claim) -> Option<(String, &'static str)> {
    let clause = clause_of(doc, claim);
    let class = claim.class();
    let (left, right) = (doc.slice(&claim.left), doc.slice(&claim.right));
    let bare = super::super::label::canonical(left).is_empty()
        && matches!(&*super::super::label::canonical(right), "" | "兜底对象" | "服务对象" | "对象" | "居民");
    let made = left.contains("建档") || left.contains("建立") && left.contains('档') || left.ends_with("档案");
    let files = made || class != "份" && bare && clause.contains('档');
    if matches!(class, "户" | "份" | "人") && files && !clause.contains("低保") {
        let class = if class == "份" { "户" } else { class };
        return Some(("建档".into(), class));
    }
    let mut label = claim.label.clone();
    if let Some(area) = &claim.area {
        label = label.replace(area.as_str(), "").replace("片区", "");
    }
    let counted = matches!(class, "人次" | "户次" | "户" | "次" | "人" | "份" | "个" | "元" | "节" | "场");
    (label.chars().count() >= 2 && counted && !super::repeats::too_general(&label)).then_some((label, class))
}

fn clause_of<'a>(doc: &'a Doc, claim: &Claim) -> &'a str {
    let (from, to) = (claim.sentence.start, claim.sentence.end);
    let before = doc.slice(&(from..claim.number.span.start)).rfind(['，', '；', '。', '：']).map_or(0, |i| i + 3);
    let after = doc.slice(&(claim.number.span.end..to)).find(['，', '；', '。']).unwrap_or(to - claim.number.span.end);
    doc.slice(&(from + before..claim.number.span.end + after))
}

//! Places: how many communities and areas the text says there are against those it lists, one community in two areas,
//! two lists of one area that differ.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;

const COUNT: &str = "count-names";
const TWICE: &str = "duplicate-name";
const DIFFERS: &str = "list-differs";

/// The communities that one block lists for an area.
pub(super) struct AreaList {
    pub(super) area: String,
    pub(super) stems: Vec<(String, Range<usize>)>,
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let lists = area_lists(doc, claims);
    counts(doc, claims, &lists, sink);
    in_two_areas(&lists, sink);
    two_lists(&lists, sink);
}

/// Lists that stand in the block that an area's name begins.
pub(super) fn area_lists(doc: &Doc, claims: &Claims) -> Vec<AreaList> {
    let mut out = Vec::new();
    for (index, block) in doc.blocks.iter().enumerate() {
        let listed = || claims.places.within(&block.span).iter().filter(|m| m.listed && !m.area);
        if block.kind == Kind::Cell || listed().take(2).count() < 2 {
            continue;
        }
        let Some(area) = claims.places.area_of(doc, index) else { continue };
        let stems = listed().map(|m| (m.stem.clone(), m.span.clone())).collect();
        out.push(AreaList { area, stems });
    }
    out
}

fn counts(doc: &Doc, claims: &Claims, lists: &[AreaList], sink: &mut Sink<'_>) {
    let mut of_area: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for list in lists {
        of_area.entry(&list.area).or_default().extend(list.stems.iter().map(|s| s.0.as_str()));
    }
    let complete = !of_area.is_empty() && of_area.len() == claims.places.areas.len();
    let all: BTreeSet<&str> = of_area.values().flatten().copied().collect();
    for claim in claims.all.iter().filter(|c| c.exact() && c.place.is_none() && !c.target && !c.other_period)
    {
        let right = doc.slice(&claim.right);
        let n = claim.number.value;
        let firm = ["共", "辖", "有", "覆盖", "划分为", "分为", "分成", "总", "设", "片区的", "片区内"]
            .iter()
            .any(|w| doc.slice(&claim.left).ends_with(w));
        let community =
            matches!(right, "社区" | "村居" | "社区居委会" | "城乡社区" | "社工点" | "服务点" | "社区社工点");
        // 另设5个社工点: some of the communities that are listed, where another count is that of the list.
        let of_points = right.contains('点') && {
            let listed = |c: &Claim| {
                let right = doc.slice(&c.right);
                c.exact()
                    && right.contains(['村', '社'])
                    && !right.contains('点')
                    && c.number.value == rust_decimal::Decimal::from(all.len())
            };
            claims.all.iter().any(listed)
        };
        let community = community && !of_points;
        let area = matches!(right, "服务片区" | "片区") || claim.class() == "片区" && right.is_empty();
        match &claim.area {
            None if community && firm && complete => {
                compare(doc, claim, n, all.len(), &all, sink);
            }
            Some(a) if community && (firm || right.contains('点')) => {
                if let Some(stems) = of_area.get(a.as_str()) {
                    compare(doc, claim, n, stems.len(), stems, sink);
                }
            }
            None if area && firm && claims.places.areas.len() >= 2 => {
                let names: BTreeSet<&str> = claims.places.areas.iter().map(String::as_str).collect();
                compare(doc, claim, n, names.len(), &names, sink);
            }
            _ => {}
        }
    }
}

fn compare(
    doc: &Doc,
    claim: &Claim,
    n: rust_decimal::Decimal,
    found: usize,
    names: &BTreeSet<&str>,
    sink: &mut Sink<'_>,
) {
    sink.tried();
    // 案锦坡 is 锦坡 with a character of the words before it.
    let inside = names.iter().filter(|n| names.iter().any(|m| m != *n && n.ends_with(*m))).count();
    let found = found.saturating_sub(inside);
    let listed = rust_decimal::Decimal::from(found);
    // Of a few, names far more or fewer than said are names of something else.
    let few = n < rust_decimal::Decimal::TEN && (n - listed).abs() > rust_decimal::Decimal::TWO;
    if n == listed || few {
        return;
    }
    let shown: Vec<&str> = names.iter().copied().take(40).collect();
    let message = format!(
        "文中说“{}”，全文列出的是{found}个（{}）",
        doc.slice(&(claim.left.start..claim.right.end)),
        shown.join("、"),
    );
    let points = doc.slice(&claim.right).contains('点');
    let severity = if points { Severity::Warning } else { Severity::Error };
    sink.add(COUNT, severity, message, (show(n), found.to_string()), &[claim.wide()]);
}

fn in_two_areas(lists: &[AreaList], sink: &mut Sink<'_>) {
    let mut first: BTreeMap<&str, (&str, &Range<usize>)> = BTreeMap::new();
    for list in lists {
        for (stem, span) in &list.stems {
            let (area, at) = *first.entry(stem).or_insert((&list.area, span));
            if area != list.area {
                let message = format!("“{stem}”同时列在{area}片区和{}片区", list.area);
                let expected = "一个社区只属于一个片区".to_owned();
                sink.add(
                    TWICE,
                    Severity::Error,
                    message,
                    (stem.clone(), expected),
                    &[span.clone(), at.clone()],
                );
            }
        }
    }
}

/// The same area listed twice with names missing from one of the lists.
fn two_lists(lists: &[AreaList], sink: &mut Sink<'_>) {
    for (i, list) in lists.iter().enumerate() {
        let Some(other) = lists[..i].iter().rev().find(|l| l.area == list.area) else { continue };
        sink.tried();
        let names = |l: &AreaList| l.stems.iter().map(|s| s.0.clone()).collect::<BTreeSet<_>>();
        let (a, b) = (names(other), names(list));
        if a == b {
            continue;
        }
        let only = |x: &BTreeSet<String>, y: &BTreeSet<String>| {
            x.difference(y).cloned().collect::<Vec<_>>().join("、")
        };
        let message = format!(
            "{}片区两处所列社区不同：一处有“{}”，另一处有“{}”",
            list.area,
            only(&a, &b),
            only(&b, &a),
        );
        let span = |l: &AreaList| l.stems[0].1.start..l.stems[l.stems.len() - 1].1.end;
        let (stated, expected) = (only(&b, &a), only(&a, &b));
        sink.add(DIFFERS, Severity::Error, message, (stated, expected), &[span(list), span(other)]);
    }
}

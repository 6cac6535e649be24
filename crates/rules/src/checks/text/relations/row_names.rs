//! Names of the rows of a table or list (龙舟镇, 岭头社工点) written with one other character elsewhere: no row carries
//! the second writing, and the two characters sound or look alike.

use std::collections::{BTreeMap, BTreeSet};

use super::listing::grids;
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::sound::{alike, one_apart, tells_apart};

const RULE: &str = "name-variant";
/// Most names looked for.
const MOST: usize = 200;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut labels: BTreeSet<String> = BTreeSet::new();
    for grid in grids(doc, claims).iter().take(80) {
        let rows = grid.rows.iter().filter(|r| !r.total && !r.mean && !r.subtotal).map(|r| r.label.clone());
        labels.extend(rows.filter(|l| is_place(l)).take(MOST));
    }
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for label in labels.iter().take(MOST) {
        if let Some(kind) = kind_of(label) {
            groups.entry(kind).or_default().push(&label[..label.len() - kind.len()]);
        }
    }
    for (kind, stems) in groups {
        for (at, _) in doc.text.match_indices(kind).take(4_000) {
            variant(doc, &labels, kind, &stems, at, sink);
        }
    }
}

const KINDS: &[&str] = &["社工点", "服务点", "社工站", "服务站", "街道", "分站", "镇", "乡", "街"];

fn kind_of(label: &str) -> Option<&'static str> {
    KINDS.iter().copied().find(|k| label.ends_with(k))
}

/// A name of two or three characters and a word for its kind.
fn is_place(label: &str) -> bool {
    kind_of(label).is_some_and(|k| (2..=3).contains(&label[..label.len() - k.len()].chars().count()))
}

fn variant(doc: &Doc, labels: &BTreeSet<String>, kind: &str, stems: &[&str], at: usize, sink: &mut Sink<'_>) {
    for stem in stems {
        let Some(start) = at.checked_sub(stem.len()).filter(|s| doc.text.is_char_boundary(*s)) else {
            continue;
        };
        let written = &doc.text[start..at];
        let whole = format!("{written}{kind}");
        if written == *stem || labels.contains(&whole) || written.contains('\n') {
            continue;
        }
        let Some((a, b)) = one_apart(written, stem) else { continue };
        if alike(a, b) && !tells_apart(a, b) {
            let message = format!("“{whole}”与“{stem}{kind}”疑为同一名称的两种写法，音同或形近");
            let said = (whole.clone(), format!("{stem}{kind}"));
            sink.add(RULE, Severity::Warning, message, said, std::slice::from_ref(&(start..at + kind.len())));
            return;
        }
    }
}

//! Two lists of one set of names, and the share of the second in the first behind each item: 东片68份、南片61份、西片43份 asked; 东片64份
//! （94.1%）, 南片59份（96.7%）, 西片39份（90.7%） content.

use rust_decimal::Decimal;

use super::shares::same_kind;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, one_digit_into, percent_of, show, show_percent};

const RULE: &str = "rate";
/// Blocks looked back for the first list.
const BLOCKS: usize = 3;
/// Claims of a list at most.
const MOST: usize = 40;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut lists: Vec<Vec<(&str, &Claim)>> = Vec::new();
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            let here = &here[..here.len().min(MOST)];
            let pairs: Vec<(&str, &Claim, &Claim)> = here
                .windows(2)
                .filter(|w| !w[0].number.percent && w[1].number.percent && !w[1].number.vague && w[0].exact())
                .filter(|w| {
                    let gap = doc.slice(&(w[0].number.span.end..w[1].number.span.start));
                    gap.chars().count() <= 8 && !gap.contains(['、', '；'])
                })
                .filter_map(|w| Some((name_of(doc, &w[0])?, &w[0], &w[1])))
                .collect();
            for list in lists.iter().rev().take(8).filter(|l| near(l, doc.block_of(block.span.start))) {
                let own: Vec<_> = pairs.iter().filter(|p| of_name(list, p)).copied().collect();
                if own.len() >= 3 {
                    judge(doc, list, &own, sink);
                    break;
                }
            }
            let list: Vec<(&str, &Claim)> = here
                .iter()
                .filter(|c| c.exact() && c.number.unit.is_some())
                .filter_map(|c| Some((name_of(doc, c)?, c)))
                .collect();
            if list.len() >= 3 {
                lists.push(list);
            }
        }
    }
}

/// Words before a count that are a short name.
fn name_of<'a>(doc: &'a Doc, c: &Claim) -> Option<&'a str> {
    let left = doc.slice(&c.left);
    let han = left.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    (han && (1..=8).contains(&left.chars().count())).then_some(left)
}

fn near(list: &[(&str, &Claim)], block: usize) -> bool {
    list.first().is_some_and(|(_, c)| c.block + BLOCKS >= block)
}

/// Whether the list has one count of that name and kind.
fn of_name(list: &[(&str, &Claim)], (name, part, _): &(&str, &Claim, &Claim)) -> bool {
    let mut same = list.iter().filter(|(m, w)| name == m && same_kind(w.class(), part.class()));
    same.next().is_some() && same.next().is_none()
}

fn judge(doc: &Doc, list: &[(&str, &Claim)], pairs: &[(&str, &Claim, &Claim)], sink: &mut Sink<'_>) {
    let whole = |n: &str| list.iter().find(|(m, _)| *m == n).map(|(_, c)| *c);
    let fits = |(n, a, p): &(&str, &Claim, &Claim)| {
        whole(n).is_some_and(|w| is_share(p.number.value, p.number.decimals, a.number.value, w.number.value))
    };
    let right = pairs.iter().filter(|p| fits(p)).count();
    sink.tried();
    if right + 1 != pairs.len() {
        return;
    }
    let Some((name, part, percent)) = pairs.iter().find(|p| !fits(p)) else { return };
    let Some(whole) = whole(name) else { return };
    let Some(share) = percent_of(part.number.value, whole.number.value) else { return };
    let half = Decimal::new(5, percent.number.decimals + 1);
    let (p, decimals) = (percent.number.value, percent.number.decimals);
    let part_range = |by: Decimal| (p + by) * whole.number.value / Decimal::ONE_HUNDRED;
    let slip = one_digit_into(p, decimals, (share - half, share + half))
        || one_digit_into(part.number.value, part.number.decimals, (part_range(-half), part_range(half)))
        || p > half && {
            let of = |by: Decimal| part.number.value * Decimal::ONE_HUNDRED / (p + by);
            one_digit_into(whole.number.value, whole.number.decimals, (of(half), of(-half)))
        };
    if !slip {
        return;
    }
    let message = format!(
        "{}÷{}={}，文中为{}%（{}，{}）",
        show(part.number.value),
        show(whole.number.value),
        show_percent(share),
        show(p),
        doc.slice(&part.wide()),
        doc.slice(&whole.wide())
    );
    let said = (format!("{}%", show(p)), show_percent(share));
    sink.add(RULE, Severity::Error, message, said, &[percent.wide(), part.wide(), whole.wide()]);
}

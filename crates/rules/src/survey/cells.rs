//! Which areas are told apart: none so small that its answers could be guessed to be somebody's.

use std::collections::{BTreeMap, BTreeSet};

/// So many answers at least stand together wherever answers are told apart.
pub const SMALLEST: usize = 5;

/// The areas that are told apart, from how many answers each has; `without` have none. An area with fewer than
/// [`SMALLEST`] is not, and where those left over are themselves fewer, the next smallest area goes with them: else
/// they would be what is missing between the whole and the areas shown.
#[must_use]
pub fn shown(answers: &BTreeMap<String, usize>, without: usize) -> BTreeSet<String> {
    let (mut shown, few): (Vec<_>, Vec<_>) = answers.iter().partition(|(_, number)| **number >= SMALLEST);
    let mut hidden = without + few.into_iter().map(|(_, number)| number).sum::<usize>();
    shown.sort_by_key(|(area, number)| (std::cmp::Reverse(**number), *area));
    while hidden > 0 && hidden < SMALLEST {
        let Some((_, number)) = shown.pop() else { break };
        hidden += number;
    }
    shown.into_iter().map(|(area, _)| area.clone()).collect()
}

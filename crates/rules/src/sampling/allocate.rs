//! How many are drawn, and how many of them from each stratum.

use std::collections::BTreeMap;

use kernel::Problem;
use serde::{Deserialize, Serialize};

/// A sample has at least so many persons, or everyone where there are fewer.
pub const LEAST: usize = 100;

/// How a sample is spread over the strata.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allocation {
    /// By the persons in each.
    Proportional,
    /// So many from each, or everyone where there are fewer.
    Fixed(BTreeMap<String, usize>),
}

/// How many are drawn from a frame: as many as are wanted, at least [`LEAST`], at most everyone.
#[must_use]
pub fn size(frame: usize, wanted: usize) -> usize {
    wanted.max(LEAST).min(frame)
}

/// How many are drawn from each stratum of these sizes.
///
/// Proportional: the largest remainder, ties by the stratum's name; then each stratum with somebody in it that got nobody
/// takes one from the stratum that got most, as long as one has more than one to give. Fixed: as given, or everyone where
/// there are fewer.
///
/// # Errors
/// A fixed number is missing or is for no stratum, or all of them are fewer than a sample has at least.
pub fn allocate(
    strata: &BTreeMap<String, usize>,
    wanted: usize,
    how: &Allocation,
) -> Result<BTreeMap<String, usize>, Problem> {
    let frame = strata.values().sum();
    match how {
        Allocation::Proportional => Ok(proportional(strata, frame, size(frame, wanted))),
        Allocation::Fixed(given) => fixed(strata, frame, given),
    }
}

fn proportional(strata: &BTreeMap<String, usize>, frame: usize, size: usize) -> BTreeMap<String, usize> {
    if frame == 0 {
        return strata.keys().map(|name| (name.clone(), 0)).collect();
    }
    let share = |there: usize| (size as u128 * there as u128, frame as u128);
    let mut drawn: BTreeMap<String, usize> = BTreeMap::new();
    let mut remainders: Vec<(u128, &String)> = Vec::new();
    for (name, there) in strata {
        let (times, of) = share(*there);
        drawn.insert(name.clone(), usize::try_from(times / of).unwrap_or(*there));
        remainders.push((times % of, name));
    }
    remainders.sort_by(|(one, first), (other, second)| other.cmp(one).then(first.cmp(second)));
    let left = size - drawn.values().sum::<usize>();
    for (_, name) in remainders.into_iter().take(left) {
        *drawn.entry(name.clone()).or_default() += 1;
    }
    let without: Vec<&String> = strata
        .iter()
        .filter(|(name, there)| **there > 0 && drawn[*name] == 0)
        .map(|(name, _)| name)
        .collect();
    for name in without {
        // Of several with the most, the first by name gives.
        let most =
            drawn.iter().max_by(|(first, one), (second, other)| one.cmp(other).then(second.cmp(first)));
        let Some(giver) = most.filter(|(_, number)| **number > 1).map(|(giver, _)| giver.clone()) else {
            break;
        };
        *drawn.entry(giver).or_default() -= 1;
        *drawn.entry(name.clone()).or_default() += 1;
    }
    drawn
}

fn fixed(
    strata: &BTreeMap<String, usize>,
    frame: usize,
    given: &BTreeMap<String, usize>,
) -> Result<BTreeMap<String, usize>, Problem> {
    let code = "sample_allocation";
    if let Some(unknown) = given.keys().find(|name| !strata.contains_key(*name)) {
        let there: Vec<&str> = strata.keys().map(String::as_str).collect();
        return Err(Problem::new(
            code,
            format!("没有“{unknown}”这一层"),
            format!("现有：{}", there.join("、")),
        ));
    }
    if let Some(missing) = strata.keys().find(|name| !given.contains_key(*name)) {
        return Err(Problem::new(code, format!("“{missing}”这一层没有写抽几人"), "每一层都要写，可以写 0"));
    }
    let drawn: BTreeMap<String, usize> =
        strata.iter().map(|(name, there)| (name.clone(), given[name].min(*there))).collect();
    let (all, least) = (drawn.values().sum::<usize>(), LEAST.min(frame));
    if all < least {
        let what = format!("各层合计只能抽 {all} 人，至少要 {least} 人");
        return Err(Problem::new(code, what, "人数不够的层全部抽中，不足的人数请加到别的层"));
    }
    Ok(drawn)
}

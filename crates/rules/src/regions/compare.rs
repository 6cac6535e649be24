//! What differs between the list and the communities of a station.

use kernel::{Id, Problem};

use super::{Level, Listed, Region, short_name};

/// A community as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Which.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Its 12-digit code, where recorded.
    pub code: Option<String>,
}

/// Something that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The list has a place that is not recorded.
    New(Region),
    /// A recorded community has another name in the list, or no code yet: what it should be.
    Renamed(Known, Region),
    /// A recorded community is not in the list.
    Gone(Known),
}

/// All that differs, and how much does not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// What differs: renamed, new, gone; each in the order of codes.
    pub all: Vec<Change>,
    /// Communities that are as the list has them.
    pub same: usize,
}

/// The nine digits of a station's town: those of its communities' codes, else those of the place of its street's name,
/// else those of the only town in the list.
///
/// # Errors
/// None of the three says it.
pub fn town_of(listed: &Listed, street: &str, known: &[Known]) -> Result<String, Problem> {
    let mut codes: Vec<&str> =
        known.iter().filter_map(|one| one.code.as_deref()).filter_map(|code| code.get(..9)).collect();
    codes.sort_unstable();
    codes.dedup();
    let is_street = |region: &&Region| region.code.level() == Level::Town && region.name == street;
    let mut named: Vec<&str> =
        listed.regions.iter().filter(is_street).map(|region| region.code.town()).collect();
    let mut towns: Vec<&str> = listed
        .regions
        .iter()
        .filter(|one| one.code.level() >= Level::Town)
        .map(|one| one.code.town())
        .collect();
    towns.dedup();
    named.dedup();
    match (codes.as_slice(), named.as_slice(), towns.as_slice()) {
        ([town], ..) | ([], [town], _) | ([], [], [town]) => Ok((*town).to_owned()),
        _ => {
            let what = format!("看不出“{street}”在这份名单里是哪一个镇街");
            let remedy = "请在名单里保留镇街那一行（名称与本站的镇街一致），或先给本站的一个社区填上区划代码";
            Err(Problem::new("town_unclear", what, remedy))
        }
    }
}

/// Compares the villages of a town with the communities of its station: by code first, else by name.
#[must_use]
pub fn compare(listed: &Listed, town: &str, known: &[Known]) -> Changes {
    let villages: Vec<&Region> = listed
        .regions
        .iter()
        .filter(|region| region.code.level() == Level::Village && region.code.town() == town)
        .collect();
    let mut left: Vec<&Known> = known.iter().collect();
    let mut changes = Changes::default();
    let mut fresh = Vec::new();
    // Codes before names: a name may have moved to another code.
    let mut unmatched = Vec::new();
    for region in villages {
        let same = left.iter().position(|one| one.code.as_deref() == Some(region.code.as_str()));
        match same {
            Some(at) if short_name(&left[at].name) == region.short_name() => {
                left.remove(at);
                changes.same += 1;
            }
            Some(at) => changes.all.push(Change::Renamed(left.remove(at).clone(), region.clone())),
            None => unmatched.push(region),
        }
    }
    for region in unmatched {
        let named =
            left.iter().position(|one| one.code.is_none() && short_name(&one.name) == region.short_name());
        match named {
            Some(at) => changes.all.push(Change::Renamed(left.remove(at).clone(), region.clone())),
            None => fresh.push(Change::New(region.clone())),
        }
    }
    changes.all.extend(fresh);
    changes.all.extend(left.into_iter().cloned().map(Change::Gone));
    changes
}

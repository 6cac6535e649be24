//! Official lists of areas: 12-digit codes with their names, read as they are published and compared with the
//! communities of a station.
//!
//! Pure: bytes and facts in, rows and differences out. A code is province 2, city 2, county 2, town 3, village 3 digits
//! (National Bureau of Statistics, 统计用区划代码和城乡划分代码编制规则). Not here: writing any of it (areas).

mod compare;
mod read;
#[cfg(test)]
mod tests;

pub use compare::{Change, Changes, Known, compare, town_of};
pub use read::{Faulty, Listed, parse, read};

/// How far down a code reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 省
    Province,
    /// 市
    City,
    /// 县、区
    County,
    /// 乡、镇、街道
    Town,
    /// 村、居
    Village,
}

/// A 12-digit code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RegionCode(String);

/// A place of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Its code.
    pub code: RegionCode,
    /// Its name as it is published: 晓港东社区居民委员会.
    pub name: String,
}

/// Where the digits of each level end.
const ENDS: [(Level, usize); 5] =
    [(Level::Province, 2), (Level::City, 4), (Level::County, 6), (Level::Town, 9), (Level::Village, 12)];

impl RegionCode {
    /// Reads a code. Spaces around and between its digits do not matter.
    ///
    /// # Errors
    /// What is wrong with it, for people.
    pub fn parse(text: &str) -> Result<Self, String> {
        let code: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
        if let Some(odd) = code.chars().find(|sign| !sign.is_ascii_digit()) {
            return Err(format!("区划代码“{code}”里有“{odd}”，只能是数字"));
        }
        if code.len() != 12 {
            return Err(format!("区划代码要 12 位数字，“{code}”是 {} 位", code.len()));
        }
        // GB/T 2260: the provinces begin with 1 to 6, Taiwan, Hong Kong and Macao with 71, 81 and 82.
        let province: u32 = code[..2].parse().unwrap_or(0);
        if !(11..=65).contains(&province) && ![71, 81, 82].contains(&province) {
            return Err(format!("区划代码“{code}”开头的 {province:02} 不是任何省"));
        }
        Ok(Self(code))
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How far down it reaches: the last group of digits that is not all zeros.
    #[must_use]
    pub fn level(&self) -> Level {
        let mut level = Level::Province;
        let mut start = 0;
        for (one, end) in ENDS {
            if self.0[start..end].bytes().any(|digit| digit != b'0') {
                level = one;
            }
            start = end;
        }
        level
    }

    /// The nine digits of its town.
    #[must_use]
    pub fn town(&self) -> &str {
        &self.0[..9]
    }
}

impl Region {
    /// The name as people use it: without 社区居民委员会 or 村民委员会.
    #[must_use]
    pub fn short_name(&self) -> &str {
        short_name(&self.name)
    }
}

/// A community's name without the words for what it is; the name as it is where nothing else would be left.
#[must_use]
pub fn short_name(name: &str) -> &str {
    let endings = ["居民委员会", "村民委员会", "居委会", "村委会", "社区"];
    endings.iter().fold(name.trim(), |name, ending| match name.strip_suffix(ending) {
        Some(rest) if !rest.is_empty() => rest,
        _ => name,
    })
}

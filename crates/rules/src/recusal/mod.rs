//! Recusal 回避: what in the data ties an expert to the station that is to be evaluated.
//!
//! Pure: facts in, conflicts out. A conflict found here is brought before a person, who rules on it; what an expert
//! declares and what a station asks for are ruled on in the same way and are not found here.

#[cfg(test)]
mod tests;

use chrono::{Months, NaiveDate};
use kernel::{chinese_date, diesel, words};
use unicode_normalization::UnicodeNormalization as _;

words! {
    /// What ties an expert to an organisation, or brings somebody to doubt an expert.
    pub enum TieKind {
        /// Works there, or worked there.
        Employer = "employer" "任职",
        /// A near relative works there.
        Relative = "relative" "近亲属任职",
        /// Gives or gave it professional supervision, or is supervised by it.
        Supervision = "supervision" "督导关系",
        /// Trains or trained its people for pay.
        Training = "training" "培训关系",
        /// Took part in its contract, bid or project.
        Contract = "contract" "合同、投标或项目",
        /// Met it apart from the panel, or took something from it.
        Contact = "contact" "私下接触或馈赠",
        /// The same telephone or address as somebody who works there.
        Shared = "shared" "电话或住址相同",
        /// Something else that may keep somebody from being fair.
        Other = "other" "其他可能影响公正的情形",
    }
}

/// Who an expert is, as far as it may tie them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expert {
    /// The name, as supervisors are named in the station's records.
    pub name: String,
    /// Where the expert works now.
    pub organisation: String,
    /// Former posts and other ties.
    pub ties: Vec<Tie>,
    /// Keyed hash of the telephone number; empty when not known.
    pub phone: String,
    /// Keyed hash of the address; empty when not known.
    pub address: String,
}

/// One tie of an expert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// Of which kind.
    pub kind: TieKind,
    /// To which organisation.
    pub organisation: String,
    /// The first day; not known when missing.
    pub from: Option<NaiveDate>,
    /// The last day; a tie without one still lasts.
    pub until: Option<NaiveDate>,
}

/// The station that is evaluated, and those around it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evaluated {
    /// Its organisations, each with what it is to the station: 承办机构, 镇街.
    pub organisations: Vec<(String, String)>,
    /// Who gave its workers professional supervision 督导: name, and the last day.
    pub supervisors: Vec<(String, NaiveDate)>,
    /// Keyed hashes of the telephones of those who work there.
    pub phones: Vec<String>,
    /// Keyed hashes of their addresses.
    pub addresses: Vec<String>,
}

/// Something that ties an expert to the station.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// Of which kind.
    pub kind: TieKind,
    /// In words, with organisation and dates.
    pub ground: String,
}

/// What in the data ties an expert to a station on a day: ties that last or ended less than `years` before it,
/// the present employer, a supervisor of the same name, the same telephone or address. In a stable order, each once.
///
/// Organisations are compared as they are written, but for width, spaces and brackets; one name inside the other (of at
/// least five characters) counts as the same, since people leave out the city.
#[must_use]
pub fn conflicts(expert: &Expert, evaluated: &Evaluated, on: NaiveDate, years: u32) -> Vec<Conflict> {
    let since = on.checked_sub_months(Months::new(years.saturating_mul(12))).unwrap_or(NaiveDate::MIN);
    let mut found = Vec::new();
    let mut note = |kind: TieKind, ground: String| found.push(Conflict { kind, ground });
    if let Some((what, name)) = known(evaluated, &expert.organisation) {
        note(TieKind::Employer, format!("现在就职于{what}“{name}”"));
    }
    for tie in expert.ties.iter().filter(|tie| tie.until.is_none_or(|until| until > since)) {
        if let Some((what, name)) = known(evaluated, &tie.organisation) {
            note(tie.kind, format!("与{what}“{name}”有{}，{}", tie.kind.label(), tie.period()));
        }
    }
    for (name, last) in evaluated.supervisors.iter().filter(|(_, last)| *last > since) {
        if !expert.name.is_empty() && plain(name) == plain(&expert.name) {
            let ground = format!("本站督导记录里的督导者同名“{name}”，最近一次 {}", chinese_date(*last));
            note(TieKind::Supervision, ground);
        }
    }
    if !expert.phone.is_empty() && evaluated.phones.contains(&expert.phone) {
        note(TieKind::Shared, "电话与本站一名工作人员相同".to_owned());
    }
    if !expert.address.is_empty() && evaluated.addresses.contains(&expert.address) {
        note(TieKind::Shared, "住址与本站一名工作人员相同".to_owned());
    }
    found.sort();
    found.dedup();
    found
}

impl Tie {
    /// From when to when, in words.
    fn period(&self) -> String {
        let from =
            self.from.map_or_else(|| "起始日期不详".to_owned(), |day| format!("{}起", chinese_date(day)));
        match self.until {
            Some(day) => format!("{from}，{}止", chinese_date(day)),
            None => format!("{from}，至今"),
        }
    }
}

/// The organisation of the station that is meant, and what it is to it.
fn known<'e>(evaluated: &'e Evaluated, name: &str) -> Option<(&'e str, &'e str)> {
    let same = |(_, other): &&(String, String)| same_organisation(name, other);
    evaluated.organisations.iter().find(same).map(|(what, name)| (what.as_str(), name.as_str()))
}

/// Fewest characters of a name that may stand for a longer one.
const ENOUGH: usize = 5;

/// Whether two names of organisations mean the same one.
#[must_use]
pub fn same_organisation(one: &str, other: &str) -> bool {
    let (one, other) = (plain(one), plain(other));
    let within = |short: &str, long: &str| short.chars().count() >= ENOUGH && long.contains(short);
    !one.is_empty() && (one == other || within(&one, &other) || within(&other, &one))
}

/// A name without what people write differently: width, spaces, brackets.
fn plain(name: &str) -> String {
    name.nfkc().filter(|c| !c.is_whitespace() && !"()〔〕[]“”\"·".contains(*c)).collect()
}

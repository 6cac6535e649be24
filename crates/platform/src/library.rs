//! The data that users change: counting rules, the evaluation scheme, code lists, service levels and the calendar, from a
//! folder or as shipped.

use std::path::Path;

use kernel::Problem;
use rules::codes::{Codes, List};
use rules::contacts::{Calendar, Levels};
use rules::counting::{Catalogue, RuleSet};
use rules::scoring::Scheme;

/// The files as shipped.
pub const SHIPPED: [(&str, &str); 5] = [
    (RULES, include_str!("../../../schemes/guangzhou-rules.toml")),
    (SCHEME, include_str!("../../../schemes/guangzhou-2024.toml")),
    (CODES, include_str!("../../../schemes/guangzhou-codes.toml")),
    (LEVELS, include_str!("../../../schemes/guangzhou-service-levels.toml")),
    (CALENDAR, include_str!("../../../schemes/china-calendar.toml")),
];
const RULES: &str = "guangzhou-rules.toml";
const SCHEME: &str = "guangzhou-2024.toml";
const CODES: &str = "guangzhou-codes.toml";
const LEVELS: &str = "guangzhou-service-levels.toml";
const CALENDAR: &str = "china-calendar.toml";

/// Counting rules and scheme, read and checked.
#[derive(Debug, Clone)]
pub struct Library {
    /// What can be counted.
    pub catalogue: Catalogue,
    /// The counting rules.
    pub rules: RuleSet,
    /// The text they were read from.
    pub rules_text: String,
    /// The evaluation scheme.
    pub scheme: Scheme,
    /// The text it was read from.
    pub scheme_text: String,
    /// The code lists of household files.
    pub codes: Codes,
    /// How often each service level is contacted.
    pub levels: Levels,
    /// Which days are worked.
    pub calendar: Calendar,
}

impl Library {
    /// Reads the files of `folder`; a file that is not there is taken as shipped, and so are all without a folder.
    ///
    /// # Errors
    /// Everything that is wrong with the files, with file, line and remedy.
    pub fn load(folder: Option<&Path>) -> Result<Self, Vec<Problem>> {
        let read = |(name, shipped): (&str, &str)| match folder.map(|folder| folder.join(name)) {
            Some(path) if path.exists() => {
                let text = std::fs::read_to_string(&path).map_err(|error| vec![unreadable(&path, &error)])?;
                Ok::<_, Vec<Problem>>((path.display().to_string(), text))
            }
            _ => Ok((name.to_owned(), shipped.to_owned())),
        };
        let catalogue = crate::catalogue();
        let (rules_file, rules_text) = read(SHIPPED[0])?;
        let rules = RuleSet::parse(&rules_file, &rules_text, &catalogue)?;
        let (scheme_file, scheme_text) = read(SHIPPED[1])?;
        let known: Vec<&str> = rules.iter().map(rules::counting::Figure::code).collect();
        let scheme = Scheme::parse(&scheme_file, &scheme_text, &known)?;
        let (codes_file, codes_text) = read(SHIPPED[2])?;
        let codes = Codes::parse(&codes_file, &codes_text)?;
        let categories: Vec<&str> =
            codes.list(List::Categories).iter().map(|category| category.code.as_str()).collect();
        let (levels_file, levels_text) = read(SHIPPED[3])?;
        let levels = Levels::parse(&levels_file, &levels_text, &categories)?;
        let (calendar_file, calendar_text) = read(SHIPPED[4])?;
        let calendar = Calendar::parse(&calendar_file, &calendar_text)?;
        Ok(Self { catalogue, rules, rules_text, scheme, scheme_text, codes, levels, calendar })
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    Problem::new("scheme_unreadable", format!("读不了文件：{error}"), "请检查文件权限与编码（UTF-8）")
        .at(path.display().to_string())
}

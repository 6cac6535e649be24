//! The data that users change: counting rules, evaluation schemes, questionnaires, code lists, service levels, the calendar and
//! good wording by theme, from a folder or as shipped.

use std::path::{Path, PathBuf};

use kernel::Problem;
use rules::codes::{Codes, List};
use rules::contacts::{Calendar, Levels};
use rules::counting::{Catalogue, RuleSet};
use rules::scoring::Scheme;
use rules::survey::Questionnaire;
use rules::wording::phrases::{self, Known, Theme};

/// The files as shipped.
pub const SHIPPED: [(&str, &str); 9] = [
    (RULES, include_str!("../../../schemes/guangzhou-rules.toml")),
    (SCHEME, include_str!("../../../schemes/guangzhou-2024.toml")),
    (CODES, include_str!("../../../schemes/guangzhou-codes.toml")),
    (LEVELS, include_str!("../../../schemes/guangzhou-service-levels.toml")),
    (CALENDAR, include_str!("../../../schemes/china-calendar.toml")),
    ("guangzhou-2019.toml", include_str!("../../../schemes/guangzhou-2019.toml")),
    ("committees-2024.toml", include_str!("../../../schemes/committees-2024.toml")),
    ("satisfaction-2024.toml", include_str!("../../../schemes/satisfaction-2024.toml")),
    (WORDING, include_str!("../../../schemes/wording/guangzhou.toml")),
];
/// Those of them that are schemes, the one that rounds use first.
const SCHEMES: [usize; 3] = [1, 5, 6];
/// The one that is a questionnaire.
const QUESTIONNAIRE: usize = 7;
/// The one that is good wording.
const PHRASES: usize = 8;
const RULES: &str = "guangzhou-rules.toml";
const SCHEME: &str = "guangzhou-2024.toml";
const CODES: &str = "guangzhou-codes.toml";
const LEVELS: &str = "guangzhou-service-levels.toml";
const CALENDAR: &str = "china-calendar.toml";
const WORDING: &str = "wording/guangzhou.toml";

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
    /// Every scheme there is a file of, that one first.
    pub schemes: Vec<SchemeFile>,
    /// The code lists of household files.
    pub codes: Codes,
    /// How often each service level is contacted.
    pub levels: Levels,
    /// Which days are worked.
    pub calendar: Calendar,
    /// Good wording for findings, by theme.
    pub themes: Vec<Theme>,
    /// Every questionnaire there is a file of, the shipped one first; never none.
    pub questionnaires: Vec<QuestionnaireFile>,
}

/// A questionnaire as a file says it.
#[derive(Debug, Clone)]
pub struct QuestionnaireFile {
    /// Its text.
    pub text: String,
    /// What it says.
    pub questionnaire: Questionnaire,
}

/// A scheme as a file says it.
#[derive(Debug, Clone)]
pub struct SchemeFile {
    /// The file's name.
    pub file: String,
    /// Its text.
    pub text: String,
    /// What it says.
    pub scheme: Scheme,
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
        let known: Vec<&str> = rules.iter().map(rules::counting::Figure::code).collect();
        let mut schemes = Vec::new();
        for place in SCHEMES {
            let (file, text) = read(SHIPPED[place])?;
            schemes.push(scheme_file(file, text, &known)?);
        }
        let (file, text) = read(SHIPPED[QUESTIONNAIRE])?;
        let questionnaires = questionnaires(folder, &file, text)?;
        for path in added(folder, "[[party]]")? {
            let text = std::fs::read_to_string(&path).map_err(|error| vec![unreadable(&path, &error)])?;
            schemes.push(scheme_file(path.display().to_string(), text, &known)?);
        }
        unlike(&schemes)?;
        let (codes_file, codes_text) = read(SHIPPED[2])?;
        let codes = Codes::parse(&codes_file, &codes_text)?;
        let categories: Vec<&str> =
            codes.list(List::Categories).iter().map(|category| category.code.as_str()).collect();
        let (levels_file, levels_text) = read(SHIPPED[3])?;
        let levels = Levels::parse(&levels_file, &levels_text, &categories)?;
        let (calendar_file, calendar_text) = read(SHIPPED[4])?;
        let calendar = Calendar::parse(&calendar_file, &calendar_text)?;
        let mut sections: Vec<&str> = schemes
            .iter()
            .flat_map(|file| {
                let parties = file.scheme.others().map(|party| party.code.as_str());
                file.scheme.sections.iter().map(|section| section.code.as_str()).chain(parties)
            })
            .collect();
        sections.dedup();
        let (file, text) = read(SHIPPED[PHRASES])?;
        let themes = match phrases::read(&file, &text, Known { figures: &known, sections: &sections }) {
            // Other rules than the shipped ones may lack what its phrases count: then there is nothing to suggest.
            Err(_) if file == WORDING => Vec::new(),
            other => other?,
        };
        let (scheme, scheme_text) = (schemes[0].scheme.clone(), schemes[0].text.clone());
        Ok(Self {
            catalogue,
            rules,
            rules_text,
            scheme,
            scheme_text,
            schemes,
            codes,
            levels,
            calendar,
            questionnaires,
            themes,
        })
    }
}

fn scheme_file(file: String, text: String, known: &[&str]) -> Result<SchemeFile, Vec<Problem>> {
    let scheme = Scheme::parse(&file, &text, known)?;
    Ok(SchemeFile { file, text, scheme })
}

/// The shipped questionnaire and those that users added, each with a code of its own.
fn questionnaires(
    folder: Option<&Path>,
    file: &str,
    text: String,
) -> Result<Vec<QuestionnaireFile>, Vec<Problem>> {
    let read = |file: &str, text: String| {
        let questionnaire = Questionnaire::parse(file, &text)?;
        Ok::<_, Vec<Problem>>(QuestionnaireFile { text, questionnaire })
    };
    let mut all = vec![read(file, text)?];
    for path in added(folder, "[[question]]")? {
        let text = std::fs::read_to_string(&path).map_err(|error| vec![unreadable(&path, &error)])?;
        let one = read(&path.display().to_string(), text)?;
        if all.iter().any(|known| known.questionnaire.code == one.questionnaire.code) {
            let what = format!("问卷的代码“{}”已经用在另一份里", one.questionnaire.code);
            let problem = Problem::new("duplicate_questionnaire", what, "给这一份换一个代码");
            return Err(vec![problem.at(path.display().to_string())]);
        }
        all.push(one);
    }
    Ok(all)
}

/// The other files of the folder in which such a line stands, `[[party]]` of schemes, `[[question]]` of questionnaires: those
/// that users added, by name.
fn added(folder: Option<&Path>, holds: &str) -> Result<Vec<PathBuf>, Vec<Problem>> {
    let Some(folder) = folder.filter(|folder| folder.is_dir()) else { return Ok(Vec::new()) };
    let listed = std::fs::read_dir(folder).map_err(|error| vec![unreadable(folder, &error)])?;
    let mut paths: Vec<PathBuf> = listed.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.ends_with(".toml") && !SHIPPED.iter().any(|(shipped, _)| *shipped == name)
    });
    paths.sort();
    let mut schemes = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).map_err(|error| vec![unreadable(&path, &error)])?;
        if text.lines().any(|line| line.trim() == holds) {
            schemes.push(path);
        }
    }
    Ok(schemes)
}

/// Each scheme has a code of its own.
fn unlike(schemes: &[SchemeFile]) -> Result<(), Vec<Problem>> {
    for (place, one) in schemes.iter().enumerate() {
        if let Some(first) = schemes[..place].iter().find(|other| other.scheme.code == one.scheme.code) {
            let what = format!("指标体系的代码“{}”已用在 {} 里", one.scheme.code, first.file);
            let problem = Problem::new("duplicate_scheme", what, "给这一份换一个代码");
            return Err(vec![problem.at(one.file.clone())]);
        }
    }
    Ok(())
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    Problem::new("scheme_unreadable", format!("读不了文件：{error}"), "请检查文件权限与编码（UTF-8）")
        .at(path.display().to_string())
}
